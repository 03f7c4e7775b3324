"""The gateway: three web services over TLS with client certificates, health and audit trail.

Application errors are DUIS Responses with HTTP 200; HTTP speaks for itself only where no DUIS
Response can be made: no client that we know, no XML, no readable request (duis.md 4, 7).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from assay.clock import Clock
from assay.dcc.access import WebService
from assay.dcc.audit import Direction
from assay.dcc.audit_service import AUDIT, AuditService
from assay.dcc.dsp.processor import Dsp
from assay.dcc.dsp.reading import RemoteUnanswerableError
from assay.dcc.pki.dccki import RemoteTlsIdentityError, party_of
from assay.dcc.pki.tls import client_certificate
from assay.dcc.self_service.service_desk import ServiceDesk
from assay.dcc.self_service.site import SelfService
from assay.duis.document import MAX_DOCUMENT_SIZE
from assay.duis.errors import RemoteDocumentError
from assay.gbcs.identifiers import Eui64

PATH = "/api/v1"
HEALTH = "/healthz"
XML = "application/xml"
BODY_TIME_S = 30.0
"""Wall time for a client to send its document."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True, kw_only=True)
class Gateway:
    """`with_tls` False: nobody shows a certificate, and a document's signature alone counts."""

    dsp: Dsp
    clock: Clock
    with_tls: bool
    is_connection: Callable[[Eui64], bool]
    parties_of: Callable[[Eui64], frozenset[Eui64]]
    health: Callable[[], dict[str, object]]
    self_service: SelfService | None = None
    service_desk: ServiceDesk | None = None

    def application(self) -> web.Application:
        application = web.Application(client_max_size=MAX_DOCUMENT_SIZE)
        for service in WebService:
            application.router.add_post(f"{PATH}/{service}", self._handler(service))
        application.router.add_get(HEALTH, self._health)
        trail = AuditService(
            audit=self.dsp.audit, caller_of=self._caller, parties_of=self.parties_of
        )
        application.router.add_get(AUDIT, trail.handle)
        if self.self_service is not None:
            self.self_service.add_to(application, self._caller)
        if self.service_desk is not None:
            self.service_desk.add_to(application, self._client)
        return application

    def _handler(self, service: WebService) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._handle(service, request)

        return handle

    async def _handle(self, service: WebService, request: web.Request) -> web.Response:
        """Whatever HTTP refuses is on the audit trail like what the DSP refuses."""
        try:
            return await self._answer(service, request)
        except (web.HTTPException, web.RequestPayloadError, ConnectionError) as error:
            self._note_refusal(request, error)
            raise

    def _note_refusal(self, request: web.Request, error: Exception) -> None:
        if isinstance(error, web.HTTPBadRequest):
            return  # the DSP has seen the document, and has noted it
        status = f"HTTP {error.status}: " if isinstance(error, web.HTTPException) else ""
        text = error.text if isinstance(error, web.HTTPException) else None
        self.dsp.audit.record(
            Direction.FROM_USER,
            "refused connection",
            note=f"{request.path}: {status}{text or type(error).__name__}",
        )

    async def _answer(self, service: WebService, request: web.Request) -> web.Response:
        if request.content_type != XML:
            raise web.HTTPUnsupportedMediaType(
                text=f"content type: expected {XML}, seen {request.content_type}"
            )
        caller = self._caller(request)
        document = await _body(request)
        try:
            with self.clock.exchange():
                answer = self.dsp.handle(service, document, caller)
        except (RemoteDocumentError, RemoteUnanswerableError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.Response(body=answer, content_type=XML)

    def _caller(self, request: web.Request) -> Eui64 | None:
        """Whose connection it is; HTTP 403 for a client that no user is registered with."""
        identity = self._client(request)
        if identity is not None and not self.is_connection(identity):
            raise web.HTTPForbidden(text=f"no user is registered for the client {identity}")
        return identity

    def _client(self, request: web.Request) -> Eui64 | None:
        """Whose certificate was shown, known here or not; None without TLS."""
        if not self.with_tls:
            return None
        certificate = client_certificate(request)
        if certificate is None:
            raise web.HTTPForbidden(text="expected a client certificate, seen none")
        try:
            return party_of(certificate)
        except RemoteTlsIdentityError as error:
            raise web.HTTPForbidden(text=str(error)) from error

    async def _health(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self.health())


async def _body(request: web.Request) -> bytes:
    """Bounded in size (HTTP 413, at once where the header says so) and in time (HTTP 408)."""
    announced = request.content_length
    if announced is not None and announced > MAX_DOCUMENT_SIZE:
        raise web.HTTPRequestEntityTooLarge(max_size=MAX_DOCUMENT_SIZE, actual_size=announced)
    try:
        async with asyncio.timeout(BODY_TIME_S):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(text=f"no document within {BODY_TIME_S:.0f} s") from None
