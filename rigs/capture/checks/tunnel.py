"""Whether every GBCS message travels in a tunnel that was opened for it (GBCS digest 10.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rigs.capture.checks.check import finding, sender
from rigs.capture.decoded import Decoded, Layer
from rigs.capture.findings import Check, Finding
from rigs.zigbee.aps import ApsKind
from rigs.zigbee.smart_energy.clusters import Cluster, cluster_name
from rigs.zigbee.smart_energy.tunneling import (
    GB_HGRP,
    CloseTunnel,
    RequestTunnel,
    RequestTunnelResponse,
    TransferData,
    TunnelClosed,
    TunnelStatus,
)

_MAC_HEAD = bytes.fromhex("dd00000000000000")
_SIGNING_HEADS = tuple(bytes((0xDF, 0x09, cra)) for cra in (1, 2, 3))
_SMALLEST_MESSAGE = 31
"""A grouping header and a payload of one octet."""


def holds_message(octets: bytes) -> bool:
    """Whether a GBCS message begins somewhere in the first octets of a payload."""
    head = octets[:64]
    for mark in (_MAC_HEAD, *_SIGNING_HEADS):
        place = head.find(mark)
        if place >= 0 and len(octets) - place >= _SMALLEST_MESSAGE:
            return True
    return False


@dataclass(slots=True)
class _Tunnel:
    protocol: int
    is_open: bool


class InsideTunnel:
    """Tunnels that were opened before the capture began are taken to be right."""

    def __init__(self) -> None:
        self._asked: dict[frozenset[int], int] = {}
        self._tunnels: dict[tuple[frozenset[int], int], _Tunnel] = {}

    def look(self, frame: Decoded) -> Iterator[Finding]:
        above, below = frame.whole or frame.aps, frame.nwk
        if above is None or below is None or above.kind is not ApsKind.DATA or above.is_sealed:
            return
        pair = frozenset((below.source, below.destination))
        if above.cluster != Cluster.TUNNELING:
            if holds_message(above.payload):
                told = f"in the cluster {cluster_name(above.cluster)}"
                yield finding(Check.OUTSIDE_TUNNEL, frame, sender(frame), told)
            return
        if isinstance(frame.command, TransferData):
            yield from self._transfer(frame, frame.command, pair)
        elif frame.command is None and frame.reached >= Layer.ZCL:
            if holds_message(above.payload):
                told = "in the tunneling cluster, in no TransferData"
                yield finding(Check.OUTSIDE_TUNNEL, frame, sender(frame), told)
        else:
            self._follow(frame.command, pair)

    def finish(self) -> Iterator[Finding]:
        return iter(())

    def _follow(self, command: object, pair: frozenset[int]) -> None:
        if isinstance(command, RequestTunnel):
            self._asked[pair] = command.protocol
        elif isinstance(command, RequestTunnelResponse):
            if command.status == TunnelStatus.SUCCESS:
                protocol = self._asked.get(pair, GB_HGRP)
                self._tunnels[pair, command.tunnel] = _Tunnel(protocol, is_open=True)
        elif isinstance(command, CloseTunnel | TunnelClosed):
            known = self._tunnels.setdefault((pair, command.tunnel), _Tunnel(GB_HGRP, False))
            known.is_open = False

    def _transfer(
        self, frame: Decoded, transfer: TransferData, pair: frozenset[int]
    ) -> Iterator[Finding]:
        known = self._tunnels.get((pair, transfer.tunnel))
        if known is not None and not known.is_open:
            told = f"in tunnel {transfer.tunnel}, which was closed"
            yield finding(Check.OUTSIDE_TUNNEL, frame, sender(frame), told)
        elif known is not None and known.protocol != GB_HGRP:
            told = f"in tunnel {transfer.tunnel} of protocol {known.protocol}, not {GB_HGRP}"
            yield finding(Check.OUTSIDE_TUNNEL, frame, sender(frame), told)
        elif frame.tunnelled is None and holds_message(transfer.data):
            told = f"in tunnel {transfer.tunnel}, without GET-RESPONSE or PUT"
            yield finding(Check.OUTSIDE_TUNNEL, frame, sender(frame), told)
