"""Serves virtual instruments that speak octets over TCP, and what every such server has."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault, FaultSchedule
from rigs.virtual.octet_conversation import Conversation, OctetPeer
from rigs.virtual.server import HOST


class OctetServer(ABC):
    """A peer at an address of this machine."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        self._peer = peer
        self._clock = clock
        self._loop_thread = loop_thread
        self._faults = FaultSchedule(faults)

    @property
    @abstractmethod
    def resource(self) -> str:
        """Where it is, as the drivers of `rigs.drivers.octet_line` write it."""

    @abstractmethod
    async def _stop(self) -> None:
        """Let go of clients and of the address."""

    def inject(self, fault: Fault) -> None:
        self._loop_thread.run(lambda: self._faults.add(fault))

    def clear_faults(self) -> None:
        self._loop_thread.run(self._faults.clear)

    def close(self) -> None:
        self._loop_thread(self._stop())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class TcpOctetServer(OctetServer):
    """At a free port; several clients share the peer's state."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(peer, clock, loop_thread, faults)
        self._links: set[_TcpLink] = set()
        self._server = loop_thread(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def resource(self) -> str:
        return f"tcp://{HOST}:{self.port}"

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._new_link, HOST, 0)

    async def _stop(self) -> None:
        self._server.close()
        for link in tuple(self._links):
            link.drop()
        await self._server.wait_closed()
        await asyncio.sleep(0)  # the sockets of dropped links close in the loop's next turn

    def _new_link(self) -> _TcpLink:
        return _TcpLink(self._peer, self._clock, self._faults, self._links)


class _TcpLink(asyncio.Protocol):
    def __init__(
        self, peer: OctetPeer, clock: Clock, faults: FaultSchedule, links: set[_TcpLink]
    ) -> None:
        self._conversation = Conversation(peer, clock, faults, self.drop)
        self._links = links
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._links.add(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._links.discard(self)
        self._transport = None
        self._conversation.end()

    def data_received(self, data: bytes) -> None:
        self._conversation.take(data, self._write)

    def drop(self) -> None:
        self._conversation.end()
        if self._transport is not None:
            self._transport.abort()

    def _write(self, octets: bytes) -> None:
        if self._transport is not None:
            self._transport.write(octets)
