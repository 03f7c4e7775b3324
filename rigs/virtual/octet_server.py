"""Serves virtual instruments that speak octets, and over TCP in particular."""

from __future__ import annotations

from collections.abc import Iterable

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault, FaultSchedule
from rigs.virtual.octet_conversation import Conversation, OctetPeer
from rigs.virtual.server import HOST, VirtualServer
from rigs.virtual.tcp import TcpClient, TcpListener


class OctetServer(VirtualServer):
    """A peer at an address that the drivers of `rigs.drivers.octet_line` can open."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(clock, loop_thread, faults)
        self._peer = peer


class TcpOctetServer(OctetServer):
    """At a free port; several clients share the peer's state."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()
    ) -> None:
        super().__init__(peer, clock, loop_thread, faults)
        self._listener = TcpListener(loop_thread, self._new_link)
        self.port = self._listener.port

    @property
    def resource(self) -> str:
        return f"tcp://{HOST}:{self.port}"

    async def stop(self) -> None:
        await self._listener.stop()

    def _new_link(self, listener: TcpListener) -> TcpClient:
        return _Link(listener, self._peer, self._clock, self._faults)


class _Link(TcpClient):
    def __init__(
        self, listener: TcpListener, peer: OctetPeer, clock: Clock, faults: FaultSchedule
    ) -> None:
        super().__init__(listener)
        self._conversation = Conversation(peer, clock, faults, self.drop)

    def data_received(self, data: bytes) -> None:
        self._conversation.take(data, self.write)

    def abandon(self) -> None:
        self._conversation.end()
