"""A TCP port of this machine, and the clients that are connected to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from assay.clock import LoopThread
from rigs.virtual.server import HOST

_TURNS_TO_A_CLIENT = 2  # one for asyncio's task that makes the transport, one for its first call


async def _turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


class TcpListener:
    """A free port; `new_client` gives what talks over a connection that somebody has opened."""

    def __init__(
        self, loop_thread: LoopThread, new_client: Callable[[TcpListener], TcpClient]
    ) -> None:
        self._new_client = new_client
        self.clients: set[TcpClient] = set()
        self._server = loop_thread(self._listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def _listen(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: self._new_client(self), HOST, 0)

    def drop_clients(self) -> None:
        for client in tuple(self.clients):
            client.drop()

    async def stop(self) -> None:
        """Nobody new, and those who are there are dropped; nothing where it was stopped before.

        A connection that the loop has accepted becomes a client two turns later. asyncio refuses
        it where the server has closed meanwhile, and leaves its socket open; so the ear is taken
        off the port first.
        """
        for port in self._server.sockets:
            asyncio.get_running_loop().remove_reader(port.fileno())
        await _turns(_TURNS_TO_A_CLIENT)
        self.drop_clients()
        self._server.close()
        await self._server.wait_closed()
        await _turns(1)  # the sockets of dropped clients close in the loop's next turn


class TcpClient(asyncio.Protocol):
    """One connection. Its server says what comes of the octets."""

    def __init__(self, listener: TcpListener) -> None:
        self._clients = listener.clients
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._clients.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc  # whoever hangs up may do so in any way
        self._clients.discard(self)
        self._transport = None
        self.abandon()

    def abandon(self) -> None:
        """Forget what has not been answered; there is nobody left to be told."""

    def drop(self) -> None:
        self.abandon()
        if self._transport is not None:
            self._transport.abort()

    def write(self, octets: bytes) -> None:
        """Lost where the client has gone."""
        if self._transport is not None:
            self._transport.write(octets)
