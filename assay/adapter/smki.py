"""A party's side of the SMKI: certificate requests, the repository, revocation, over HTTP.

The portal's and the service desk's pages are stand-ins of this project; the ad hoc web
service and the certificate search are as published (SEC Appendix M; emulator's key store).
"""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from assay.adapter.errors import RemoteTransportError
from assay.adapter.transport import XML, HttpAnswer
from assay.clock import LoopThread
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage, PublicKey

_AD_HOC = "/1.0/DeviceCSR"
_SEARCH = "/services/certificatesearch"
_RETRIEVAL = "/services/retrievecertificate"
_REVOCATION_LIST = "/services/crl"
_ORGANISATION_CSR = "/portal/organisationcsr"
_SUBMISSION = "/portal/submissions/{number}"
_REVOCATION = "/servicedesk/revocation"
_TIMEOUT = ClientTimeout(total=30)
_SEARCH_USAGES = {KeyUsage.DIGITAL_SIGNATURE: "DS", KeyUsage.KEY_AGREEMENT: "KA"}
PORTAL, AD_HOC, ANY = "portal", "ad hoc", "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdHocAnswer:
    """Answer of the ad hoc device CSR service; None where the element is absent."""

    http_status: int
    id: str | None = None
    status: str | None = None
    error_code: str | None = None
    certificate: x509.Certificate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result of a certificate search: serial and status letter (P, I, N, E, R)."""

    serial: int
    status: str


@dataclass(slots=True, kw_only=True)
class SmkiClient:
    """`tls` holds a context per service ("portal", "ad hoc", "any" for the repository)."""

    loop_thread: LoopThread
    base_url: str
    api_key: str
    tls: Mapping[str, ssl.SSLContext]
    _sessions: dict[str, ClientSession] = field(default_factory=dict, init=False)

    def submit_organisation_request(self, der: bytes, *, is_top_up: bool = False) -> dict[str, Any]:
        """The portal's synchronous answer: state ACCEPTED or REJECTED, number or reason."""
        path = f"{_ORGANISATION_CSR}?topup=true" if is_top_up else _ORGANISATION_CSR
        return self._json(self._call("POST", path, PORTAL, base64.b64encode(der)))

    def submission(self, number: int) -> dict[str, Any]:
        """What became of it: APPROVED with the certificate as PEM, or REJECTED with reasons."""
        return self._json(self._call("GET", _SUBMISSION.format(number=number), PORTAL))

    def ad_hoc_device_request(self, der: bytes, request_id: str) -> AdHocAnswer:
        root = etree.Element("DeviceCertificateSigningRequest", ID=request_id)
        etree.SubElement(root, "Version").text = "1.0"
        request = etree.SubElement(root, "CertificateSigningRequest")
        request.text = base64.b64encode(der).decode("ascii")
        return self.post_ad_hoc(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def post_ad_hoc(self, document: bytes, *, service: str = AD_HOC) -> AdHocAnswer:
        """Any octets to the ad hoc service, with the certificate of any service."""
        answer = self._call("POST", _AD_HOC, service, document)
        if answer.status != 200:
            return AdHocAnswer(http_status=answer.status)
        root = _parse(answer.body)
        certificate = _text(root, "Certificate")
        return AdHocAnswer(
            http_status=answer.status,
            id=root.get("ID"),
            status=_text(root, "Status"),
            error_code=_text(root, "Error/ErrorCode"),
            certificate=_certificate(certificate) if certificate is not None else None,
        )

    def search(
        self,
        eui: Eui64,
        usage: KeyUsage,
        *,
        is_device: bool,
        role: int | None = None,
        api_key: str | None = None,
    ) -> tuple[int, tuple[Found, ...]]:
        """(HTTP status, results); 402 = nothing found, 401 = refused.

        `role` tells an organisation's keys apart: it may sign commands and XML under one EUI.
        """
        root = etree.Element("CertificateSearchRequest")
        name = "CertificateSubjectAltName" if is_device else "CertificateSubjectName"
        etree.SubElement(root, name).text = eui.hyphenated
        if role is not None:
            etree.SubElement(root, "CertificateRole").text = str(role)
        etree.SubElement(root, "CertificateUsage").text = _SEARCH_USAGES[usage]
        key = api_key if api_key is not None else self.api_key
        answer = self._call("POST", f"{_SEARCH}?apikey={key}", ANY, etree.tostring(root))
        if answer.status != 200:
            return answer.status, ()
        results = _parse(answer.body).findall("Result")
        found = (
            Found(
                serial=int(_text(result, "CertificateSerial") or "0", 16),
                status=_text(result, "CertificateStatus") or "",
            )
            for result in results
        )
        return answer.status, tuple(found)

    def certificate(self, serial: int) -> x509.Certificate:
        root = etree.Element("CertificateDataRequest")
        etree.SubElement(root, "CertificateSerial").text = f"{serial:x}"
        path = f"{_RETRIEVAL}?apikey={self.api_key}"
        answer = self._call("POST", path, ANY, etree.tostring(root))
        place = "CertificateResponse/CertificateBody"
        text = _text(_parse(answer.body), place) if answer.status == 200 else None
        if text is None:
            raise RemoteTransportError(f"certificate {serial}: HTTP {answer.status}")
        return _certificate(text)

    def device_keys(self, devices: Iterable[Eui64]) -> dict[KeyName, PublicKey]:
        """The public keys of these devices' certificates in use."""
        keys: dict[KeyName, PublicKey] = {}
        for eui in devices:
            for usage in _SEARCH_USAGES:
                _, found = self.search(eui, usage, is_device=True)
                for one in (one for one in found if one.status == "I"):
                    key = self.certificate(one.serial).public_key()
                    if isinstance(key, ec.EllipticCurvePublicKey):
                        keys[KeyName(eui, usage)] = key
        return keys

    def revocation_list(self) -> x509.CertificateRevocationList:
        answer = self._call("GET", f"{_REVOCATION_LIST}?apikey={self.api_key}", ANY)
        if answer.status != 200:
            raise RemoteTransportError(f"revocation list: HTTP {answer.status}")
        return x509.load_der_x509_crl(answer.body)

    def authorities(self) -> list[x509.Certificate]:
        answer = self._call("GET", f"/services/authorities?apikey={self.api_key}", ANY)
        return x509.load_pem_x509_certificates(answer.body)

    def revoke(self, serial: int, reason: str) -> int:
        """Asks the service desk; the HTTP status."""
        form = f"serial={serial}&reason={reason}".encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._call("POST", _REVOCATION, PORTAL, form, headers).status

    def _json(self, answer: HttpAnswer) -> dict[str, Any]:
        try:
            form = json.loads(answer.body)
        except json.JSONDecodeError as error:
            raise RemoteTransportError(
                f"SMKI portal: expected JSON, seen HTTP {answer.status} {answer.body[:80]!r}"
            ) from error
        return {"http_status": answer.status, **form}

    def _call(
        self,
        method: str,
        path: str,
        service: str,
        body: bytes | None = None,
        headers: Mapping[str, str] = XML,
    ) -> HttpAnswer:
        return self.loop_thread(self._request(method, path, service, body, headers))

    async def _request(
        self,
        method: str,
        path: str,
        service: str,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> HttpAnswer:
        if service not in self._sessions:
            connector = TCPConnector(ssl=self.tls[service])
            self._sessions[service] = ClientSession(connector=connector, timeout=_TIMEOUT)
        url = f"{self.base_url}{path}"
        try:
            async with self._sessions[service].request(
                method, url, data=body, headers=headers
            ) as answer:
                return HttpAnswer(status=answer.status, body=await answer.read())
        except (ClientError, TimeoutError, OSError) as error:
            place = url.partition("?")[0]  # the query holds the API key
            raise RemoteTransportError(f"{method} {place}: {type(error).__name__}") from error

    def close(self) -> None:
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            self.loop_thread(session.close())


def _parse(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise RemoteTransportError(f"SMKI: expected XML: {error.msg}") from error


def _text(root: etree._Element, path: str) -> str | None:
    return root.findtext(path)


def _certificate(text: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(text))
