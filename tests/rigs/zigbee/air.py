"""A small network that talks: stations with addresses, counters and keys, frames as octets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import aps, fragments, gbcs_tunnel, mac, nwk, zcl
from rigs.zigbee.aps import ApsFrame
from rigs.zigbee.nwk import NwkFrame
from rigs.zigbee.smart_energy import tunneling
from rigs.zigbee.smart_energy.clusters import PROFILE, Cluster
from rigs.zigbee.smart_energy.frames import to_zcl

PAN = 0x1A62
NETWORK_KEY = bytes.fromhex("d4a1907c3be25f6688014c9dd35e7a20")
LINK_KEY = bytes.fromhex("aabbccddeeff00112233445566778899")
OTHER_KEY = bytes(range(0x60, 0x70))


@dataclass(slots=True)
class Station:
    """One radio. Everything that it sends is protected as Smart Energy wants, if not told else."""

    address: int
    eui: Eui64
    network_key: bytes = NETWORK_KEY
    link_key: bytes = LINK_KEY
    mac_sequence: count[int] = field(default_factory=lambda: count(1))
    nwk_counter: count[int] = field(default_factory=lambda: count(1000))
    aps_frame_counter: count[int] = field(default_factory=lambda: count(5000))
    aps_counter: count[int] = field(default_factory=lambda: count(1))
    zcl_sequence: count[int] = field(default_factory=lambda: count(1))

    def mac_frame(self, to: Station, payload: bytes) -> bytes:
        frame = mac.data(
            sequence=next(self.mac_sequence) & 0xFF,
            pan=PAN,
            destination=to.address,
            source=self.address,
            payload=payload,
        )
        return mac.build(frame)

    def nwk_frame(self, to: Station, payload: bytes, *, is_secured: bool = True) -> bytes:
        counter = next(self.nwk_counter)
        frame = NwkFrame(
            destination=to.address,
            source=self.address,
            sequence=counter & 0xFF,
            payload=payload,
            security=nwk.network_security(self.eui, counter) if is_secured else None,
        )
        return self.mac_frame(to, nwk.build(frame, self.network_key))

    def aps_frame(self, to: Station, frame: ApsFrame, *, has_link_key: bool = True) -> bytes:
        if has_link_key:
            security = aps.link_security(next(self.aps_frame_counter), self.eui)
            frame = replace(frame, security=security)
        return self.nwk_frame(to, aps.build(frame, self.link_key))

    def application(self, cluster: int, payload: bytes) -> ApsFrame:
        return ApsFrame(
            destination_endpoint=1,
            source_endpoint=1,
            cluster=cluster,
            profile=PROFILE,
            counter=next(self.aps_counter) & 0xFF,
            payload=payload,
            ack_request=True,
        )

    def command(self, cluster: int, command: object, *, is_to_client: bool = False) -> ApsFrame:
        frame = to_zcl(
            cluster,
            command,
            sequence=next(self.zcl_sequence) & 0xFF,
            is_to_client=is_to_client,
        )
        return self.application(cluster, zcl.build(frame))

    def request_tunnel(self, to: Station, protocol: int = tunneling.GB_HGRP) -> list[bytes]:
        request = tunneling.RequestTunnel(protocol=protocol)
        return [self.aps_frame(to, self.command(Cluster.TUNNELING, request))]

    def accept_tunnel(self, to: Station, tunnel: int) -> list[bytes]:
        response = tunneling.RequestTunnelResponse(tunnel=tunnel)
        return [self.aps_frame(to, self.command(Cluster.TUNNELING, response, is_to_client=True))]

    def tunnel(
        self, to: Station, tunnel: int, said: gbcs_tunnel.Tunnelled, *, is_to_client: bool = False
    ) -> list[bytes]:
        """The MAC frames of one TransferData, in blocks where it needs them."""
        transfer = tunneling.TransferData(tunnel=tunnel, data=said.to_octets())
        whole = self.command(Cluster.TUNNELING, transfer, is_to_client=is_to_client)
        return [self.aps_frame(to, block) for block in fragments.split(whole)]


def hub() -> Station:
    return Station(0x0000, Eui64.from_text("00-DB-12-34-56-78-90-A0"))


def meter() -> Station:
    return Station(0x4A2B, Eui64.from_text("00-DB-12-34-56-78-90-A3"))
