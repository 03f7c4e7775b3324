"""A virtual sniffer that sends ZEP datagrams to whoever was named."""

from __future__ import annotations

import socket
from collections.abc import Iterable

from assay.clock import Clock, LoopThread
from rigs.capture import zep
from rigs.virtual.faults import Fault
from rigs.virtual.server import HOST
from rigs.virtual.sniffer.ear import Ear, Told
from rigs.zigbee import fcs


class ZepSniffer(Ear):
    """Sends to a port that it has found free, at which the driver listens."""

    def __init__(self, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()) -> None:
        super().__init__(clock, loop_thread, faults)
        self._to = (HOST, _free_port())
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._sequence = 0

    @property
    def resource(self) -> str:
        return f"zep://{self._to[0]}:{self._to[1]}"

    async def stop(self) -> None:
        self._socket.close()

    def _tell(self, told: Told) -> None:
        self._sequence += 1 + told.lost_before
        frame = told.frame
        datagram = zep.Datagram(
            channel=frame.channel.number,
            device=1,
            at=frame.at,
            sequence=self._sequence,
            frame=fcs.append(frame.octets),
            link_quality=frame.link_quality,
        )
        self._send(datagram.to_octets())

    def _garble(self, octets: bytes) -> None:
        self._send(octets)

    def _hang_up(self) -> None:
        """Datagrams know no connection: what is sent while nobody listens is lost."""
        self._lost += 1

    def _send(self, octets: bytes) -> None:
        if self._socket.fileno() >= 0:
            self._socket.sendto(octets, self._to)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
