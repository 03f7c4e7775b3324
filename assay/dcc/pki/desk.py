"""Stand-ins for the SMKI portal and the Service Desk, which people use through a browser.

The paths and the JSON are ours; who may do what, and what is told when, is Appendix M 2.3.
Both want the IKI certificate of an Authorised Responsible Officer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from assay.clock import Clock
from assay.dcc.pki.access import Access, RemoteSizeError, bounded_body
from assay.dcc.pki.authority import Smki
from assay.dcc.pki.iki import IkiService
from assay.dcc.pki.messages import MESSAGE_OCTETS
from assay.dcc.pki.portal import Portal, Submission
from assay.dcc.pki.refusals import RemoteIssuanceError, as_issuance_error
from assay.dcc.pki.repository import LodgedCertificate
from assay.dcc.pki.revocation import RevocationReason
from assay.dcc.pki.subscribers import Subscriber
from assay.gbcs.certificates import RemoteRequestError, request_from_portal_text

ORGANISATION_CSR_PATH = "/portal/organisationcsr"
DEVICE_CSR_PATH = "/portal/devicecsr"
SUBMISSION_PATH = "/portal/submissions/{number}"
REJECTION_PATH = "/servicedesk/rejection"
REVOCATION_PATH = "/servicedesk/revocation"

_LONGEST_NUMBER = 40  # decimal digits of a serial number of 16 octets, and one to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Requests typed into a page, and certificates taken back by a call."""

    smki: Smki
    portal: Portal
    access: Access
    clock: Clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(ORGANISATION_CSR_PATH, self._submit_organisation),
            web.post(DEVICE_CSR_PATH, self._submit_device),
            web.get(SUBMISSION_PATH, self._submission),
            web.post(REJECTION_PATH, self._reject),
            web.post(REVOCATION_PATH, self._revoke),
        ]

    async def _submit_organisation(self, request: web.Request) -> web.StreamResponse:
        """Body: the request as base64; `?topup=true` for a prepayment top-up key."""
        subscriber = self.access.subscriber(request, IkiService.PORTAL)
        top_up = request.query.get("topup") == "true"
        return await self._submit(
            request,
            lambda der: self.portal.submit_organisation(
                der, by=subscriber.name, now=self.clock.now(), top_up=top_up
            ),
        )

    async def _submit_device(self, request: web.Request) -> web.StreamResponse:
        subscriber = self.access.subscriber(request, IkiService.PORTAL)
        return await self._submit(
            request,
            lambda der: self.portal.submit_device(der, by=subscriber.name, now=self.clock.now()),
        )

    async def _submit(
        self, request: web.Request, submit: Callable[[bytes], Submission]
    ) -> web.StreamResponse:
        try:
            body = await bounded_body(request, MESSAGE_OCTETS)
            submission = submit(request_from_portal_text(body.decode("ascii", "replace")))
        except RemoteSizeError as error:
            return web.json_response({"state": "REJECTED", "reason": str(error)}, status=413)
        except RemoteRequestError as error:
            return _rejected(as_issuance_error(error))
        except RemoteIssuanceError as error:
            return _rejected(error)
        return web.json_response({"state": submission.state, "number": submission.number})

    async def _submission(self, request: web.Request) -> web.StreamResponse:
        subscriber = self.access.subscriber(request, IkiService.PORTAL)
        number = request.match_info["number"]
        try:
            submission = self.portal.result(int(number), by=subscriber.name, now=self.clock.now())
        except (KeyError, ValueError):
            raise web.HTTPNotFound(text=f"no submission {number} of {subscriber.name}") from None
        if submission.refusal is not None:
            return _rejected(submission.refusal)
        answer: dict[str, object] = {"state": submission.state, "number": submission.number}
        if submission.certificate is not None:
            answer["certificate"] = submission.certificate.to_pem()
        return web.json_response(answer)

    async def _reject(self, request: web.Request) -> web.StreamResponse:
        """A subscriber rejects a certificate that is not what it asked for."""
        return await self._take_back(request, RevocationReason.UNSPECIFIED)

    async def _revoke(self, request: web.Request) -> web.StreamResponse:
        return await self._take_back(request, None)

    async def _take_back(
        self, request: web.Request, reason: RevocationReason | None
    ) -> web.StreamResponse:
        """Form fields: serial (decimal) and, for a revocation, reason."""
        subscriber = self.access.subscriber(request, IkiService.PORTAL)
        form = await request.post()
        lodged = self._own(str(form.get("serial", "")), subscriber)
        try:
            revocation = self.smki.revoke(
                lodged.certificate.reference,
                now=self.clock.now(),
                reason=reason or RevocationReason(str(form.get("reason", "unspecified"))),
            )
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response(
            {
                "serial": str(revocation.reference.serial),
                "revokedAt": revocation.at.isoformat(),
                "reason": revocation.reason,
            }
        )

    def _own(self, serial: str, subscriber: Subscriber) -> LodgedCertificate:
        """404 unless this party holds a certificate of this serial."""
        is_number = serial.isascii() and serial.isdigit() and len(serial) <= _LONGEST_NUMBER
        lodged = self.smki.repository.by_serial(int(serial)) if is_number else None
        if lodged is None or lodged.certificate.eui not in subscriber.euis:
            raise web.HTTPNotFound(text=f"{subscriber.name} has no certificate {serial[:40]!r}")
        return lodged


def _rejected(refusal: RemoteIssuanceError) -> web.Response:
    return web.json_response({"state": "REJECTED", "code": refusal.code, "reason": refusal.text})
