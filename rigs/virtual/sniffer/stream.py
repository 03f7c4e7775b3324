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


class PcapStreamServer(Ear):
    """Each client gets the head of the capture, and then every frame from that moment on."""

    def __init__(self, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()) -> None:
        super().__init__(clock, loop_thread, faults)
        self._links: set[_Link] = set()
        self._server = loop_thread(self._listen())
        self._port: int = self._server.sockets[0].getsockname()[1]

    @property
    def resource(self) -> str:
        return f"pcap+tcp://{HOST}:{self._port}"

    @property
    def clients(self) -> int:
        """How many listen; on the loop thread."""
        return len(self._links)

    def close(self) -> None:
        self._loop_thread(self._stop())

    def _tell(self, told: Told) -> None:
        frame = replace(told.frame, lost_before=told.lost_before)
        self._write(pcap.packet(files.record_of(frame)))

    def _garble(self, octets: bytes) -> None:
        self._write(octets.ljust(12, b"\xff"))  # as long as the head of a block

    def _hang_up(self) -> None:
        for link in tuple(self._links):
            link.drop()

    def _write(self, octets: bytes) -> None:
        for link in self._links:
            link.write(octets)

    async def _listen(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: _Link(self._links), HOST, 0)

    async def _stop(self) -> None:
        self._server.close()
        self._hang_up()
        await self._server.wait_closed()
        await asyncio.sleep(0)  # the sockets of dropped links close in the loop's next turn


class _Link(asyncio.Protocol):
    def __init__(self, links: set[_Link]) -> None:
        self._links = links
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._links.add(self)
        transport.write(pcap.section(link_type=TAP, name="ether"))

    def connection_lost(self, _exc: Exception | None) -> None:
        self._links.discard(self)
        self._transport = None

    def write(self, octets: bytes) -> None:
        if self._transport is not None:
            self._transport.write(octets)

    def drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()
