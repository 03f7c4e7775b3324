"""The serving end of tunnels: it gives out identifiers, and takes what comes through them.

Meters and displays serve the hub's tunnels, the hub serves those of devices that sleep (GBCS digest
10.1). No I/O and no clock: times are given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.smart_energy.tunneling import (
    ANY_MANUFACTURER,
    GB_HGRP,
    MAX_TRANSFER_SIZE,
    CloseTunnel,
    RequestTunnel,
    RequestTunnelResponse,
    TransferData,
    TransferDataError,
    TunnelClosed,
    TunnelStatus,
)

LIFE = timedelta(seconds=0xFFFF)
"""Without use; recalled as the default of the attribute that says so."""
CAPACITY = 4
"""Tunnels at once; this bench's choice."""
NO_TUNNEL, WRONG_DEVICE, TOO_MUCH_DATA = 0, 1, 2
_NO_IDENTIFIER = 0xFFFF


@dataclass(slots=True)
class _Tunnel:
    peer: Eui64
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """What a command brought: an answer, octets that came through, or nothing."""

    answer: RequestTunnelResponse | TransferDataError | None = None
    data: bytes | None = None


class TunnelServer:
    """Hooks: `judge` says with which status a request is answered, before identifiers are
    counted; `life` of a tunnel that is not used.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self.life = LIFE
        self.judge: Callable[[Eui64], TunnelStatus] = lambda _: TunnelStatus.SUCCESS
        self._tunnels: dict[int, _Tunnel] = {}
        self._next = 0

    def tunnel_to(self, peer: Eui64) -> int | None:
        """The youngest tunnel of this device."""
        mine = [number for number, tunnel in self._tunnels.items() if tunnel.peer == peer]
        return mine[-1] if mine else None

    def receive(self, peer: Eui64, command: object, now: datetime) -> Served:
        match command:
            case RequestTunnel():
                return Served(answer=self._request(peer, command, now))
            case CloseTunnel():
                tunnel = self._tunnels.get(command.tunnel)
                if tunnel is not None and tunnel.peer == peer:
                    del self._tunnels[command.tunnel]
            case TransferData():
                return self._transfer(peer, command, now)
        return Served()

    def used(self, number: int, now: datetime) -> None:
        """Something was sent through it."""
        self._tunnels[number].used_at = now

    def expire(self, now: datetime) -> list[tuple[Eui64, TunnelClosed]]:
        """Whom to tell that a tunnel has been closed, which nobody used."""
        over = [
            number for number, tunnel in self._tunnels.items() if tunnel.used_at + self.life <= now
        ]
        return [(self._tunnels.pop(number).peer, TunnelClosed(tunnel=number)) for number in over]

    @property
    def next_expiry(self) -> datetime | None:
        return min((one.used_at + self.life for one in self._tunnels.values()), default=None)

    def close_all(self) -> None:
        """Without a word: the power is gone, or the network has been left."""
        self._tunnels.clear()

    def _request(self, peer: Eui64, request: RequestTunnel, now: datetime) -> RequestTunnelResponse:
        status = self._judged(peer, request)
        if status is not TunnelStatus.SUCCESS:
            return RequestTunnelResponse(tunnel=_NO_IDENTIFIER, status=status)
        number = self._next
        while number in self._tunnels:
            number += 1
        self._next = (number + 1) % _NO_IDENTIFIER
        self._tunnels[number] = _Tunnel(peer, now)
        return RequestTunnelResponse(tunnel=number)

    def _judged(self, peer: Eui64, request: RequestTunnel) -> TunnelStatus:
        if (request.protocol, request.manufacturer) != (GB_HGRP, ANY_MANUFACTURER):
            return TunnelStatus.PROTOCOL_NOT_SUPPORTED
        if request.flow_control:
            return TunnelStatus.FLOW_CONTROL_NOT_SUPPORTED
        status = self.judge(peer)
        if status is TunnelStatus.SUCCESS and len(self._tunnels) >= self.capacity:
            return TunnelStatus.NO_MORE_TUNNELS
        return status

    def _transfer(self, peer: Eui64, command: TransferData, now: datetime) -> Served:
        tunnel = self._tunnels.get(command.tunnel)
        status = None
        if tunnel is None:
            status = NO_TUNNEL
        elif tunnel.peer != peer:
            status = WRONG_DEVICE
        elif len(command.data) > MAX_TRANSFER_SIZE:
            status = TOO_MUCH_DATA
        if status is not None or tunnel is None:
            error = TransferDataError(tunnel=command.tunnel, status=status or NO_TUNNEL)
            return Served(answer=error)
        tunnel.used_at = now
        return Served(data=command.data)
