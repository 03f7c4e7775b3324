"""A virtual sniffer that serves pcapng over TCP, as extcap tools behind a network pipe do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from assay.clock import Clock, LoopThread
from rigs.capture import files, pcap
from rigs.capture.link_types import TAP
from rigs.virtual.faults import Fault
from rigs.virtual.server import HOST
from rigs.virtual.sniffer.ear import Ear, Told
from rigs.virtual.tcp import TcpClient, TcpListener


class PcapStreamServer(Ear):
    """Each client gets the head of the capture, and then every frame from that moment on."""

    def __init__(self, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()) -> None:
        super().__init__(clock, loop_thread, faults)
        self._listener = TcpListener(loop_thread, _Link)

    @property
    def resource(self) -> str:
        return f"pcap+tcp://{HOST}:{self._listener.port}"

    @property
    def clients(self) -> int:
        """How many listen; on the loop thread."""
        return len(self._listener.clients)

    async def stop(self) -> None:
        await self._listener.stop()

    def _tell(self, told: Told) -> None:
        frame = replace(told.frame, lost_before=told.lost_before)
        self._write(pcap.packet(files.record_of(frame)))

    def _garble(self, octets: bytes) -> None:
        self._write(octets.ljust(12, b"\xff"))  # as long as the head of a block

    def _hang_up(self) -> None:
        self._listener.drop_clients()

    def _write(self, octets: bytes) -> None:
        for client in self._listener.clients:
            client.write(octets)


class _Link(TcpClient):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.write(pcap.section(link_type=TAP, name="ether"))
