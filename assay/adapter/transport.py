"""HTTP between a DCC User and the DCC: posting to its services, and the Receive Response server."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

from assay.adapter.errors import RemoteTransportError
from assay.clock import LoopThread

XML = {"Content-Type": "application/xml"}
SERVICES = {"transform": "serviceT", "send": "serviceS", "non-device": "serviceD"}
"""Web services of the DCC by name (duis.md 4)."""
MAX_DOCUMENT_SIZE = 16 << 20
_TIMEOUT = ClientTimeout(total=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    status: int
    body: bytes


@dataclass(slots=True)
class DccServices:
    """Posts documents to the DCC over mutual TLS (plain HTTP where no context is given)."""

    loop_thread: LoopThread
    base_url: str
    tls: ssl.SSLContext | None = None
    _session: ClientSession | None = field(default=None, init=False)

    def post(self, service: str, document: bytes) -> HttpAnswer:
        """Raises RemoteTransportError where the service cannot be reached."""
        return self.loop_thread(self.post_on_loop(service, document))

    async def post_on_loop(self, service: str, document: bytes) -> HttpAnswer:
        """The same for callers on the loop's thread."""
        if self._session is None:
            connector = TCPConnector(ssl=self.tls if self.tls is not None else True)
            # Nobody here sets a cookie; the usual jar is searched for each request.
            self._session = ClientSession(
                connector=connector, timeout=_TIMEOUT, cookie_jar=DummyCookieJar()
            )
        url = f"{self.base_url}/api/v1/{SERVICES[service]}"
        try:
            async with self._session.post(url, data=document, headers=XML) as answer:
                return HttpAnswer(status=answer.status, body=await answer.read())
        except (ClientError, TimeoutError, OSError) as error:
            raise RemoteTransportError(f"POST {url}: {type(error).__name__}: {error}") from error

    def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            self.loop_thread(session.close())


@dataclass(slots=True)
class ReceiveResponseServer:
    """The User's own web service: the DCC posts responses and alerts here.

    `take` decides on one document: True answers 204, False 400 (duis.md 4).
    """

    loop_thread: LoopThread
    take: Callable[[bytes], bool]
    tls: ssl.SSLContext | None = None
    path: str = "/smartdcc/duis"
    _runner: web.AppRunner | None = field(default=None, init=False)
    _port: int = field(default=0, init=False)

    def start(self, port: int = 0) -> str:
        """Listen on loopback; returns the URL to give to the DCC."""
        self.loop_thread(self._start(port))
        scheme = "https" if self.tls is not None else "http"
        return f"{scheme}://127.0.0.1:{self._port}{self.path}"

    async def _start(self, port: int) -> None:
        app = web.Application(client_max_size=MAX_DOCUMENT_SIZE)
        app.router.add_post(self.path, self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, ssl_context=self.tls)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _receive(self, request: web.Request) -> web.Response:
        document = await request.read()
        taken = self.take(document)
        return web.Response(status=204 if taken else 400)

    def close(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            self.loop_thread(runner.cleanup())
            self.loop_thread(asyncio.sleep(0))
