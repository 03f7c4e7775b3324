"""The whole DCC over real HTTP on loopback, with users' Receive Response services beside it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, TCPConnector, web

from assay.clock import LoopThread, SimulatedClock
from assay.dcc.access import WebService
from assay.dcc.audit import Direction
from assay.dcc.coverage import Coverage, CoverageMap
from assay.dcc.delivery import TRY
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.pki.dccki import Dccki
from assay.dcc.registration import Registration
from assay.dcc.server import EmbeddedDcc
from assay.duis.responses import Response, parse_response
from assay.duis.signature import verify
from assay.gbcs.identifiers import Eui64
from assay.wan import InProcessWan
from tests.dcc.parties import METER, START, hub, meter, metering_points, users

XML = {"Content-Type": "application/xml"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class UserService:
    """Answers with `status`, and keeps what it answered with a success status."""

    loop: LoopThread
    tls: ssl.SSLContext | None = None
    status: int = 204
    taken: list[bytes] = field(default_factory=list)
    tries_told: list[str | None] = field(default_factory=list)
    """Of each letter, which try the DCC says that it is; None where it says nothing."""
    tries: int = 0
    url: str = ""
    _runner: web.AppRunner | None = None

    def start(self, port: int = 0) -> str:
        self.loop(self._start(port))
        return self.url

    async def _start(self, port: int) -> None:
        app = web.Application()
        app.router.add_post("/duis", self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, ssl_context=self.tls).start()
        scheme = "http" if self.tls is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._runner.addresses[0][1]}/duis"

    async def _receive(self, request: web.Request) -> web.Response:
        self.tries += 1
        self.tries_told.append(request.headers.get(TRY))
        document = await request.read()
        if self.status < 300:
            self.taken.append(document)
        return web.Response(status=self.status)

    def stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            self.loop(runner.cleanup())


@dataclass(slots=True)
class ServerBench:
    """A commissioned meter behind a hub that is not on the WAN: nothing comes from devices."""

    keys: BenchKeys
    dccki: Dccki | None
    coverage: tuple[Coverage, ...] = ()
    loop: LoopThread = field(default_factory=LoopThread)
    services: list[UserService] = field(default_factory=list)
    clock: SimulatedClock = field(init=False)
    dcc: EmbeddedDcc = field(init=False)

    def __post_init__(self) -> None:
        self.clock = SimulatedClock(START, run=self.loop.run)
        self.dcc = EmbeddedDcc(
            clock=self.clock,
            loop_thread=self.loop,
            wan=InProcessWan(self.clock),
            keys=self.keys,
            dccki=self.dccki,
            registration=Registration(users(), metering_points()),
            coverage=CoverageMap(self.coverage),
        )
        for device in (hub(), meter()):
            self.dcc.inventory.enter(device)
        self.dcc.start()

    def service(self, *, status: int = 204) -> UserService:
        tls = self.dccki.server_ssl_context("User") if self.dccki is not None else None
        service = UserService(self.loop, tls, status)
        self.services.append(service)
        return service

    def post(
        self,
        document: bytes,
        *,
        path: str = f"/api/v1/{WebService.SEND_COMMAND}",
        tls: ssl.SSLContext | None = None,
        headers: dict[str, str] | None = None,
        method: str = "POST",
    ) -> Answer:
        return self.loop(
            self._post(document, path, tls, XML if headers is None else headers, method)
        )

    async def _post(
        self,
        document: bytes,
        path: str,
        tls: ssl.SSLContext | None,
        headers: dict[str, str],
        method: str,
    ) -> Answer:
        connector = TCPConnector(ssl=tls if tls is not None else True)
        async with (
            ClientSession(connector=connector) as session,
            session.request(
                method, self.dcc.base_url + path, data=BytesIO(document), headers=headers
            ) as answer,
        ):
            return Answer(answer.status, await answer.read(), answer.headers.copy())

    def response(self, answer: Answer) -> Response:
        assert answer.status == 200, answer
        return parse_response(verify(answer.body, self.keys.find_x509).content)

    def alter_meter(self, **changes: Any) -> None:
        """On the loop's thread."""
        inventory = self.dcc.inventory
        changed = replace(inventory[METER], **changes)
        inventory.remove(METER)
        inventory.enter(changed)

    def note_request(self, user: Eui64, note: str, code: str) -> None:
        """In the audit trail, as if the user had sent it. On the loop's thread."""
        self.dcc.audit.record(Direction.FROM_USER, "request", party=user, code=code, note=note)

    def on_loop(self, action: Callable[[], None]) -> None:
        self.loop.run(action)

    def stop(self) -> None:
        self.dcc.stop()
        for service in self.services:
            service.stop()
        self.loop(asyncio.sleep(0))
        self.loop.close()
