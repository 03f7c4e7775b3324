"""The decode of a capture: 802.15.4, NWK, APS, tunnel, GBCS, both layers of security opened.

One frame after the other, live or from a file. What a listener learns on the way is kept: who
has which address, which key opened whose frames, keys that were handed out in the clear of a key
that is known.
"""

from __future__ import annotations

from datetime import datetime

from assay.gbcs import block_transfer, envelope, payload, segments
from assay.gbcs.errors import GbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.segments import Segment
from rigs.capabilities.radio import CapturedFrame
from rigs.capture.assembly import Assembly, Incomplete, Route
from rigs.capture.decoded import Decoded, GbcsContent, Layer
from rigs.capture.keys import KeyRing, LabelledKey
from rigs.zigbee import aps, aps_commands, gbcs_tunnel, mac, nwk, zcl
from rigs.zigbee.aps import ApsFrame, ApsKind, FragmentKind
from rigs.zigbee.errors import NotAuthentic, RemoteRadioError
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.nwk import NwkFrame, NwkKind
from rigs.zigbee.security import AuxiliaryHeader, KeyKind, Sealed, specialised_key
from rigs.zigbee.smart_energy import frames as smart_energy
from rigs.zigbee.smart_energy.clusters import PROFILE, Cluster
from rigs.zigbee.smart_energy.tunneling import TransferData
from rigs.zigbee.zcl import ZclFrame

LEARNED = "heard"
"""Put after the label of a key that was not given but heard."""

_STRICT_CLUSTERS = frozenset((Cluster.TUNNELING, Cluster.KEY_ESTABLISHMENT))
"""Of which every command is known, so that another one is a fault."""
_SEVERAL_BLOCKS = (FragmentKind.FIRST, FragmentKind.REST)


class Decoder:
    """Feed it captured frames in the order in which they were heard."""

    def __init__(self, keys: KeyRing) -> None:
        self._network_keys = list(keys.network_keys())
        self._link_keys = list(keys.link_keys())
        self._link_key_of: dict[tuple[int, int], LabelledKey] = {}
        self._assembly = Assembly()
        self._segments = block_transfer.Receiver()
        self._number = 0
        self.addresses: dict[int, Eui64] = {}

    @property
    def has_keys(self) -> bool:
        return bool(self._network_keys or self._link_keys)

    @property
    def has_open_transfers(self) -> bool:
        """Whether segments of a large message are waiting for those that were not heard."""
        return self._segments.octets_held > 0

    def learn(self, keys: KeyRing) -> None:
        """Keys that were agreed on while the capture runs; before the first frame under them."""
        for known, given in (
            (self._network_keys, keys.network_keys()),
            (self._link_keys, keys.link_keys()),
        ):
            fresh = {one.key for one in known}
            known[:0] = [one for one in given if one.key not in fresh]

    def overdue(self, at: datetime | None = None) -> list[Incomplete]:
        """Fragmented messages that will not become whole any more; all of them, without a time."""
        return self._assembly.overdue(at)

    def decode(self, frame: CapturedFrame) -> Decoded:
        """As far as the frame can be read; never raises for what was on the air."""
        self._number += 1
        reading = _Reading(self, self._number, frame)
        try:
            reading.read()
        except (RemoteRadioError, GbcsError) as error:
            reading.problem = error
        return reading.decoded()

    def open_nwk(self, sealed: Sealed) -> tuple[bytes, str] | None:
        """Payload and label of the key: the one that served last, or any other."""
        source = sealed.auxiliary.source
        if source is None:
            return None
        keys = self._network_keys
        for index, candidate in enumerate(keys):
            payload = sealed.open(candidate.key, source)
            if payload is not None:
                if index:
                    keys.insert(0, keys.pop(index))
                return payload, candidate.label
        return None

    def open_aps(self, sealed: Sealed, source: int, to: int) -> tuple[bytes, str] | None:
        """The same for a link key, with the one that served this pair first."""
        sender = sealed.auxiliary.source or self.addresses.get(source)
        kind = sealed.auxiliary.key_kind
        if sender is None or kind is KeyKind.NETWORK:
            return None
        usual = self._link_key_of.get((source, to))
        if usual is not None:
            payload = sealed.open(specialised_key(usual.key, kind), sender)
            if payload is not None:
                return payload, usual.label
        for candidate in self._link_keys:
            payload = sealed.open(specialised_key(candidate.key, kind), sender)
            if payload is not None:
                self._link_key_of[source, to] = candidate
                return payload, candidate.label
        return None

    def learn_key(self, command: object) -> None:
        """A key that was transported under one that is known is known as well."""
        if isinstance(command, aps_commands.TransportNetworkKey):
            known, kind = self._network_keys, "nwk"
        elif isinstance(
            command, aps_commands.TransportLinkKey | aps_commands.TransportApplicationKey
        ):
            known, kind = self._link_keys, "link"
        else:
            return
        if all(key.key != command.key for key in known):
            known.insert(0, LabelledKey(f"{kind} {LEARNED}", command.key))

    def join_blocks(self, frame: ApsFrame, nwk_frame: NwkFrame, at: datetime) -> ApsFrame | None:
        route = Route(nwk_frame.source, nwk_frame.destination, frame.counter, frame.cluster)
        return self._assembly.add(route, frame, at)

    def join_segment(self, segment: Segment, at: datetime) -> bytes | None:
        if segment.is_acknowledgement:
            return None
        return self._segments.receive(segment, at).message


class _Reading:
    """One frame on its way up; what was read before a layer failed stays."""

    __slots__ = (
        "_decoder", "_number", "aps", "command", "frame", "gbcs", "link_key", "mac",
        "network_key", "nwk", "problem", "reached", "segment", "tunnelled", "whole", "zcl",
    )  # fmt: skip

    def __init__(self, decoder: Decoder, number: int, frame: CapturedFrame) -> None:
        self._decoder = decoder
        self._number = number
        self.frame = frame
        self.reached = Layer.PHYSICAL
        self.mac: MacFrame | None = None
        self.nwk: NwkFrame | None = None
        self.aps: ApsFrame | None = None
        self.whole: ApsFrame | None = None
        self.zcl: ZclFrame | None = None
        self.command: object | None = None
        self.tunnelled: gbcs_tunnel.Tunnelled | None = None
        self.segment: Segment | None = None
        self.gbcs: GbcsContent | None = None
        self.network_key: str | None = None
        self.link_key: str | None = None
        self.problem: RemoteRadioError | GbcsError | None = None

    def decoded(self) -> Decoded:
        return Decoded(
            number=self._number,
            frame=self.frame,
            reached=self.reached,
            mac=self.mac,
            nwk=self.nwk,
            aps=self.aps,
            whole=self.whole,
            zcl=self.zcl,
            command=self.command,
            tunnelled=self.tunnelled,
            segment=self.segment,
            gbcs=self.gbcs,
            network_key=self.network_key,
            link_key=self.link_key,
            problem=self.problem,
        )

    def read(self) -> None:
        if not self.frame.is_intact:
            raise RemoteRadioError("frame check sequence", "that of the frame", "another")
        self.mac = frame = mac.parse(self.frame.octets)
        self.reached = Layer.MAC
        if frame.kind is MacKind.DATA:
            self._read_nwk(frame.payload)

    def _read_nwk(self, octets: bytes) -> None:
        self.nwk = frame = nwk.parse(octets, self._open_nwk)
        self.reached = Layer.NWK
        if frame.kind is NwkKind.INTER_PAN:
            self._read_aps(frame)
            return
        if frame.is_sealed:
            raise _closed(frame.security, "network key")
        if frame.source_eui is not None:
            self._decoder.addresses[frame.source] = frame.source_eui
        elif self._is_first_hop(frame) and frame.security and frame.security.source:
            self._decoder.addresses[frame.source] = frame.security.source
        if frame.kind is NwkKind.DATA:
            self._read_aps(frame)

    def _open_nwk(self, sealed: Sealed) -> bytes | None:
        opened = self._decoder.open_nwk(sealed)
        if opened is None:
            return None
        payload, self.network_key = opened
        return payload

    def _open_aps(self, sealed: Sealed) -> bytes | None:
        assert self.nwk is not None
        opened = self._decoder.open_aps(sealed, self.nwk.source, self.nwk.destination)
        if opened is None:
            return None
        payload, self.link_key = opened
        return payload

    def _is_first_hop(self, frame: NwkFrame) -> bool:
        """Only there is whoever protected the frame also its source."""
        return self.mac is not None and self.mac.source == frame.source

    def _read_aps(self, below: NwkFrame) -> None:
        self.aps = frame = aps.parse(below.payload, self._open_aps)
        self.reached = Layer.APS
        if frame.is_sealed:
            raise _closed(frame.security, "link key")
        if frame.kind is ApsKind.COMMAND:
            self.command = aps_commands.parse(frame.payload)
            self._decoder.learn_key(self.command)
        if frame.kind in (ApsKind.DATA, ApsKind.INTER_PAN):
            self._read_data(frame, below)

    def _read_data(self, frame: ApsFrame, below: NwkFrame) -> None:
        if frame.extended is not None and frame.extended.kind in _SEVERAL_BLOCKS:
            joined = self._decoder.join_blocks(frame, below, self.frame.at)
            if joined is None:
                return
            self.whole = frame = joined
        if frame.profile != PROFILE:
            return
        self.zcl = said = zcl.parse(frame.payload)
        self.reached = Layer.ZCL
        if said.is_general or not (
            frame.cluster in _STRICT_CLUSTERS or smart_energy.has_command(frame.cluster, said)
        ):
            return
        self.command = smart_energy.from_zcl(frame.cluster, said)
        if isinstance(self.command, TransferData):
            self._read_tunnel(self.command.data)

    def _read_tunnel(self, octets: bytes) -> None:
        self.tunnelled = tunnelled = gbcs_tunnel.parse(octets)
        self.reached = Layer.TUNNEL
        if isinstance(tunnelled, gbcs_tunnel.Get) or not tunnelled.message:
            return
        message: bytes | None = tunnelled.message
        if segments.is_segment(tunnelled.message):
            self.segment = segments.parse_segment(tunnelled.message)
            message = self._decoder.join_segment(self.segment, self.frame.at)
        if message is not None:
            self.gbcs = read_gbcs(message)
            self.reached = Layer.GBCS
            self.problem = self.gbcs.problem


def _closed(security: AuxiliaryHeader | None, key: str) -> NotAuthentic:
    counter = security.counter if security is not None else 0
    return NotAuthentic(f"frame counter {counter}", f"a known {key}", "none that opens it")


def read_gbcs(octets: bytes) -> GbcsContent:
    """A message typed as far as it can be; never raises for the peer's octets."""
    message = None
    try:
        message = envelope.parse(octets)
        kind, typed = payload.decode(message)
    except GbcsError as error:
        return GbcsContent(octets=octets, message=message, problem=error)
    return GbcsContent(octets=octets, message=message, kind=kind, typed=typed)
