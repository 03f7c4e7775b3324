"""The SMKI over HTTP: device requests one by one and in batches, and the repository.

Published are the two batch paths, the messages and their HTTP 200 for errors. The search and
retrieval paths are those that the emulator's public key store client asks; the other paths are
ours. Load limits (one request per 0.8 s and so on) bind the sender and are not enforced here.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from aiohttp import web

from assay.clock import Clock
from assay.dcc.pki import answers, messages
from assay.dcc.pki.access import Access, bounded_body
from assay.dcc.pki.authority import Smki
from assay.dcc.pki.batches import Batches
from assay.dcc.pki.desk import Desk
from assay.dcc.pki.iki import Iki, IkiService
from assay.dcc.pki.messages import RemoteMessageError
from assay.dcc.pki.portal import Portal
from assay.dcc.pki.refusals import (
    BAD_XML,
    UNKNOWN_BATCH,
    IssuanceStatus,
    RemoteIssuanceError,
    as_issuance_error,
)
from assay.dcc.pki.repository import LodgedCertificate
from assay.gbcs.certificates import (
    CertificateView,
    RemoteRequestError,
    request_from_web_service_text,
)

AD_HOC_PATH = "/1.0/DeviceCSR"
SUBMIT_BATCH_PATH = "/1.0/PortalCSRBatch/SubmitCSRBatch"
BATCH_RESULT_PATH = "/1.0/PortalCSRBatch/CSRBatchResult"
SEARCH_PATH = "/services/certificatesearch"
RETRIEVAL_PATH = "/services/retrievecertificate"
REVOCATION_LIST_PATH = "/services/crl"
AUTHORITY_REVOCATION_LIST_PATH = "/services/arl"
AUTHORITIES_PATH = "/services/authorities"

NOTHING_FOUND = 402
INVALID_PARAMETERS = 401

_XML = "application/xml"


def compose(
    *,
    smki: Smki,
    portal: Portal,
    batches: Batches,
    iki: Iki,
    clock: Clock,
    api_keys: Mapping[str, str],
) -> Services:
    """`api_keys` maps a repository key to its user's name."""
    access = Access(smki=smki, iki=iki, api_keys=api_keys)
    return Services(
        smki=smki,
        portal=portal,
        access=access,
        requests=DeviceRequests(smki=smki, batches=batches, access=access, clock=clock),
        pages=RepositoryPages(smki=smki, access=access, clock=clock),
        desk=Desk(smki=smki, portal=portal, access=access, clock=clock),
    )


def repository(
    *, smki: Smki, iki: Iki, clock: Clock, api_keys: Mapping[str, str]
) -> web.Application:
    """The repository alone, which wants no client certificate."""
    access = Access(smki=smki, iki=iki, api_keys=api_keys)
    app = web.Application()
    app.add_routes(RepositoryPages(smki=smki, access=access, clock=clock).routes())
    return app


def _bad_xml(error: RemoteMessageError) -> RemoteIssuanceError:
    return RemoteIssuanceError(IssuanceStatus.FORMAT_ERROR, BAD_XML, str(error))


@dataclass(slots=True, kw_only=True)
class DeviceRequests:
    """The ad hoc and the batched web service."""

    smki: Smki
    batches: Batches
    access: Access
    clock: Clock
    refusal_of: Callable[[RemoteMessageError], RemoteIssuanceError] = _bad_xml
    """How a document that is none of the service's is answered."""
    _transactions: Iterator[int] = field(default_factory=lambda: itertools.count(1), init=False)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(AD_HOC_PATH, self._ad_hoc),
            web.post(SUBMIT_BATCH_PATH, self._submit_batch),
            web.get(BATCH_RESULT_PATH, self._batch_result),
        ]

    async def _ad_hoc(self, request: web.Request) -> web.StreamResponse:
        subscriber = self.access.subscriber(request, IkiService.AD_HOC_DEVICE_CSR)
        if not subscriber.may_use_ad_hoc:
            raise web.HTTPForbidden(text=f"{subscriber.name} may not use this service")
        transaction = next(self._transactions)
        try:
            message = messages.read_device_request(
                await bounded_body(request, messages.MESSAGE_OCTETS)
            )
        except RemoteMessageError as error:
            return _xml(answers.device_response(None, transaction, self.refusal_of(error)))
        outcome = self._replacement(message.request_text)
        return _xml(answers.device_response(message, transaction, outcome))

    def _replacement(self, text: str) -> CertificateView | RemoteIssuanceError:
        try:
            der = request_from_web_service_text(text)
            return self.smki.issue_replacement(der, now=self.clock.now())
        except RemoteRequestError as error:
            return as_issuance_error(error)
        except RemoteIssuanceError as error:
            return error

    async def _submit_batch(self, request: web.Request) -> web.StreamResponse:
        subscriber = self.access.subscriber(request, IkiService.BATCHED_DEVICE_CSR)
        message = None
        try:
            message = messages.read_batch(await bounded_body(request, messages.BATCH_OCTETS))
            outcome: int | RemoteIssuanceError = self.batches.submit(
                message.id, message.requests, by=subscriber.name, now=self.clock.now()
            )
        except RemoteMessageError as error:
            outcome = self.refusal_of(error)
        except RemoteIssuanceError as error:
            outcome = error
        return _xml(answers.batch_status(message, outcome))

    async def _batch_result(self, request: web.Request) -> web.StreamResponse:
        subscriber = self.access.subscriber(request, IkiService.BATCHED_DEVICE_CSR)
        text = request.query.get("BatchId", "")
        try:
            if not (text.isascii() and text.isdigit()):
                raise RemoteIssuanceError(
                    IssuanceStatus.FORMAT_ERROR, UNKNOWN_BATCH, f"BatchId {text!r} is no number"
                )
            report = self.batches.query(int(text), by=subscriber.name, now=self.clock.now())
        except RemoteIssuanceError as error:
            return _xml(answers.batch_result_error(error))
        return _xml(
            answers.batch_result(report.message_id, report.number, report.status, report.results)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryPages:
    """Search, certificates by serial, revocation lists, authorities."""

    smki: Smki
    access: Access
    clock: Clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(SEARCH_PATH, self._search),
            web.post(RETRIEVAL_PATH, self._search),
            web.get(REVOCATION_LIST_PATH, self._revocation_list),
            web.get(AUTHORITY_REVOCATION_LIST_PATH, self._authority_revocation_list),
            web.get(AUTHORITIES_PATH, self._authorities),
        ]

    async def _search(self, request: web.Request) -> web.StreamResponse:
        self.access.check_api_key(request)
        try:
            query = messages.read_repository_query(
                await bounded_body(request, messages.MESSAGE_OCTETS)
            )
        except RemoteMessageError as error:
            return web.Response(status=INVALID_PARAMETERS, text=str(error))
        if isinstance(query, messages.SerialQuery):
            lodged = self._retrieved(query)
            if lodged is None:
                return web.Response(status=NOTHING_FOUND, text="nothing found")
            return _xml(answers.data_response(lodged, query.namespace))
        found = self._found(query)
        if not found:
            return web.Response(status=NOTHING_FOUND, text="nothing found")
        return _xml(answers.search_response(found, query.namespace))

    def _retrieved(self, query: messages.SerialQuery) -> LodgedCertificate | None:
        """With its status now; of serials that may be meant the first that is known."""
        known = map(self.smki.repository.by_serial, query.serials)
        lodged = next((one for one in known if one is not None), None)
        if lodged is None:
            return None
        return replace(lodged, status=lodged.status_at(self.clock.now()))

    def _found(self, query: messages.CertificateQuery) -> list[LodgedCertificate]:
        found = self.smki.repository.search(
            self.clock.now(),
            eui=query.eui,
            role=query.role,
            usage=query.usage,
            status=query.status,
        )
        return [one for one in found if query.kind in (None, one.certificate.kind)]

    async def _revocation_list(self, request: web.Request) -> web.StreamResponse:
        self.access.check_api_key(request)
        return _der_list(self.smki.certificate_revocation_list(self.clock.now()))

    async def _authority_revocation_list(self, request: web.Request) -> web.StreamResponse:
        self.access.check_api_key(request)
        return _der_list(self.smki.authority_revocation_list(self.clock.now()))

    async def _authorities(self, request: web.Request) -> web.StreamResponse:
        self.access.check_api_key(request)
        pem = "".join(view.to_pem() for view in self.smki.hierarchy.authorities)
        return web.Response(text=pem, content_type="application/pem-certificate-chain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All that answers, part by part; serve `application()` with `iki.server_ssl_context()`, or
    add it to another application."""

    smki: Smki
    portal: Portal
    access: Access
    requests: DeviceRequests
    pages: RepositoryPages
    desk: Desk

    def application(self) -> web.Application:
        app = web.Application()
        for part in (self.requests, self.pages, self.desk):
            app.add_routes(part.routes())
        return app


def _xml(body: bytes) -> web.Response:
    """HTTP 200 also for errors: they are told in the message (Appendix M)."""
    return web.Response(body=body, content_type=_XML, charset="UTF-8")


def _der_list(der: bytes) -> web.Response:
    return web.Response(body=der, content_type="application/pkix-crl")
