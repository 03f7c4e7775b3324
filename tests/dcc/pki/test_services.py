"""The SMKI's services as a party meets them: over TLS, with an ordinary HTTP client."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from aiohttp import web
from cryptography import x509
from lxml import etree

from assay.clock import LoopThread, SimulatedClock
from assay.dcc.pki.authority import Smki
from assay.dcc.pki.batches import Batches, BatchWindow
from assay.dcc.pki.desk import (
    DEVICE_CSR_PATH,
    ORGANISATION_CSR_PATH,
    REJECTION_PATH,
    REVOCATION_PATH,
)
from assay.dcc.pki.iki import Iki, IkiService
from assay.dcc.pki.portal import Portal
from assay.dcc.pki.services import (
    AD_HOC_PATH,
    AUTHORITIES_PATH,
    AUTHORITY_REVOCATION_LIST_PATH,
    BATCH_RESULT_PATH,
    RETRIEVAL_PATH,
    REVOCATION_LIST_PATH,
    SEARCH_PATH,
    SUBMIT_BATCH_PATH,
    compose,
)
from assay.dcc.pki.tls import TlsFiles
from assay.gbcs.certificates import (
    CertificateReference,
    CertificateView,
    RemotePathError,
    request_to_web_service_text,
)
from tests.dcc.pki.parties import (
    DS,
    FOREIGN_METER,
    KA,
    MANUFACTURER,
    METER,
    OPERATOR,
    OPERATOR_EUI,
    OTHER_METER,
    SUPPLIER,
    SUPPLIER_EUI,
    badly_signed,
    meter_csr,
    supplier_csr,
)

AD_HOC, BATCHED = IkiService.AD_HOC_DEVICE_CSR, IkiService.BATCHED_DEVICE_CSR
PORTAL = IkiService.PORTAL
KEY_HELD = "apikey=key-of-supplier-1"
ROLES = {SUPPLIER: 0x02, OPERATOR: 0x03, MANUFACTURER: 0x7F}


class Client:
    """A party's HTTP client with one IKI certificate, or none."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self._port = port
        self._context = context

    def call(self, method: str, path: str, body: bytes = b"", type: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self._port, context=self._context, timeout=10
        )
        try:
            headers = {"Content-Type": type} if type else {}
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def xml(self, path: str, body: bytes) -> etree._Element:
        """Post XML and take XML; also refusals come with HTTP 200."""
        status, answer = self.call("POST", path, body, "application/xml")
        assert status == 200, answer
        return etree.fromstring(answer)

    def json(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
        status, answer = self.call(method, path, body)
        assert status == 200, answer
        parsed: dict[str, str] = json.loads(answer)
        return parsed

    def form(self, path: str, **fields: str) -> tuple[int, bytes]:
        body = urlencode(fields).encode()
        return self.call("POST", path, body, "application/x-www-form-urlencoded")


ClientOf = Callable[[str, IkiService | None], Client]


@pytest.fixture
def clock(now: datetime) -> SimulatedClock:
    return SimulatedClock(now)


@pytest.fixture
def batches(smki: Smki) -> Batches:
    return Batches(smki, requests_per_batch=4)


@pytest.fixture
def port(
    smki: Smki, batches: Batches, iki: Iki, clock: SimulatedClock, loop: LoopThread
) -> Iterator[int]:
    app = compose(
        smki=smki,
        portal=Portal(smki),
        batches=batches,
        iki=iki,
        clock=clock,
        api_keys={"key-of-supplier-1": SUPPLIER},
    ).application()
    runner = web.AppRunner(app)
    loop(runner.setup())
    context = iki.server_ssl_context()
    loop(web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start())
    yield int(runner.addresses[0][1])
    loop(runner.cleanup())


def credentials(iki: Iki, name: str, service: IkiService) -> TlsFiles:
    return iki.enrol(service, trading_name=name, role=ROLES.get(name, 0x7F), system_name="S1")


@pytest.fixture
def client(port: int, iki: Iki) -> ClientOf:
    def connect(name: str, service: IkiService | None) -> Client:
        files = None if service is None else credentials(iki, name, service)
        return Client(port, iki.client_ssl_context(files))

    return connect


def device_request(csr: bytes | str, message_id: str = "R1") -> bytes:
    text = csr if isinstance(csr, str) else request_to_web_service_text(csr)
    return (
        f'<DeviceCertificateSigningRequest ID="{message_id}"><Version>1.0</Version>'
        f"<CertificateSigningRequest>{text}</CertificateSigningRequest>"
        "</DeviceCertificateSigningRequest>"
    ).encode()


def batch(*csrs: bytes) -> bytes:
    requests = "".join(
        f'<DeviceCSR ID="r{number}">{request_to_web_service_text(csr)}</DeviceCSR>'
        for number, csr in enumerate(csrs)
    )
    return f'<SubmitCSRBatch ID="B1"><Version>1.0</Version>{requests}</SubmitCSRBatch>'.encode()


def search(**criteria: str) -> bytes:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in criteria.items())
    return f"<CertificateSearchRequest>{inner}</CertificateSearchRequest>".encode()


def certificate_in(element: etree._Element) -> CertificateView:
    return CertificateView.from_der(base64.b64decode(element.findtext("Certificate") or ""))


def body_in(element: etree._Element) -> CertificateView:
    text = element.findtext("CertificateResponse/CertificateBody") or ""
    return CertificateView.from_der(base64.b64decode(text))


def names(element: etree._Element) -> list[str]:
    return [str(child.tag) for child in element]


class TestAdHocDeviceRequests:
    def test_a_replacement_comes_in_the_same_response(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        smki.issue_device(meter_csr(), by=MANUFACTURER, now=now)
        answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, device_request(meter_csr(usage=KA)))
        assert answer.get("ID") == "R1"
        assert names(answer) == ["Version", "Build", "TransactionId", "Status", "Certificate"]
        assert answer.findtext("Status") == "SUCCESS"
        certificate = certificate_in(answer)
        assert (certificate.eui, certificate.usage) == (METER, KA)
        smki.check(certificate, at=now)

    def test_a_device_without_an_earlier_certificate_is_unknown(self, client: ClientOf) -> None:
        answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, device_request(meter_csr()))
        assert answer.findtext("Status") == "UNKNOWN_DEVICE"
        assert (answer.findtext("Error/ErrorCode") or "").startswith("UD:")
        assert answer.get("ID") == "R1"

    @pytest.mark.parametrize(
        "csr",
        [
            badly_signed(meter_csr()),
            supplier_csr(),
            "AAAA",
            request_to_web_service_text(meter_csr()) + "\n",
        ],
    )
    def test_a_faulty_request_is_a_csr_error(self, client: ClientOf, csr: bytes | str) -> None:
        answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, device_request(csr))
        assert answer.findtext("Status") == "CSR_ERROR"
        assert (answer.findtext("Error/ErrorCode") or "").startswith("CR:")
        assert answer.find("Certificate") is None

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"not XML",
            device_request(meter_csr())[:-5],
            device_request(meter_csr()).replace(b' ID="R1"', b""),
            device_request(meter_csr(), message_id="x" * 33),
            device_request(meter_csr()).replace(b"1.0", b"1.1"),
            device_request(meter_csr()).replace(b"<Version>1.0</Version>", b""),
            device_request(meter_csr()).replace(b"</Version>", b"</Version><Other/>"),
            device_request(meter_csr()).replace(b"</Version>", b"</Version>text"),
            device_request(meter_csr()).replace(b"</Version>", b"</Version><!-- note -->"),
            b'<!DOCTYPE a [<!ENTITY e "1.0">]>'
            + device_request(meter_csr()).replace(b"1.0", b"&e;"),
            b"<!DOCTYPE DeviceCertificateSigningRequest>" + device_request(meter_csr()),
            b" " * 70_000 + device_request(meter_csr()),
        ],
    )
    def test_malformed_xml_is_answered_with_http_200_and_no_id(
        self, client: ClientOf, body: bytes
    ) -> None:
        answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, body)
        assert answer.findtext("Status") == "FORMAT_ERROR"
        assert answer.findtext("Error/ErrorCode") == "FM:AA1"
        assert answer.get("ID") is None

    def test_the_101st_certificate_of_a_device_is_an_anomaly(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        for _ in range(100):
            smki.issue_device(meter_csr(), by=MANUFACTURER, now=now)
        answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, device_request(meter_csr()))
        assert answer.findtext("Status") == "ISSUANCE_ANOMALY"
        assert (answer.findtext("Error/ErrorCode") or "").startswith("CA:")

    def test_the_answer_uses_the_namespace_of_the_question(self, client: ClientOf) -> None:
        body = device_request(meter_csr()).replace(b" ID", b' xmlns="urn:example" ID')
        answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, body)
        assert answer.tag == "{urn:example}DeviceCertificateSigningResponse"

    def test_transactions_are_numbered(self, client: ClientOf) -> None:
        system = client(SUPPLIER, AD_HOC)
        numbers = [system.xml(AD_HOC_PATH, b"?").findtext("TransactionId") for _ in range(2)]
        assert numbers == ["1", "2"]

    def test_error_codes_have_the_published_form(self, client: ClientOf) -> None:
        for csr in (meter_csr(), badly_signed(meter_csr()), meter_csr(FOREIGN_METER)):
            answer = client(SUPPLIER, AD_HOC).xml(AD_HOC_PATH, device_request(csr))
            code = answer.findtext("Error/ErrorCode") or ""
            area, colon, number = code.partition(":")
            assert (len(area), colon, number.isalnum(), len(code) <= 10) == (2, ":", True, True)
            assert area.isupper()


class TestAccess:
    @pytest.mark.parametrize(
        ("path", "holder", "service"),
        [
            (AD_HOC_PATH, SUPPLIER, None),
            (AD_HOC_PATH, SUPPLIER, BATCHED),
            (AD_HOC_PATH, MANUFACTURER, AD_HOC),
            (AD_HOC_PATH, "Unregistered", AD_HOC),
            (SUBMIT_BATCH_PATH, MANUFACTURER, None),
            (SUBMIT_BATCH_PATH, SUPPLIER, AD_HOC),
            (ORGANISATION_CSR_PATH, SUPPLIER, AD_HOC),
            (DEVICE_CSR_PATH, SUPPLIER, BATCHED),
            (REVOCATION_PATH, SUPPLIER, None),
        ],
    )
    def test_a_missing_or_wrong_iki_certificate_is_denied(
        self, client: ClientOf, path: str, holder: str, service: IkiService | None
    ) -> None:
        status, _ = client(holder, service).call("POST", path, device_request(meter_csr()))
        assert status == 403

    def test_a_revoked_iki_certificate_is_denied(self, client: ClientOf, iki: Iki) -> None:
        files = iki.enrol(AD_HOC, trading_name=SUPPLIER, role=0x02, system_name="stolen")
        stolen = Client(client(SUPPLIER, None)._port, iki.client_ssl_context(files))
        assert stolen.call("POST", AD_HOC_PATH, b"?")[0] == 200
        iki.revoke(files)
        assert stolen.call("POST", AD_HOC_PATH, b"?")[0] == 403

    @pytest.mark.parametrize(
        ("method", "path"),
        [("POST", SEARCH_PATH), ("GET", REVOCATION_LIST_PATH), ("GET", AUTHORITIES_PATH)],
    )
    @pytest.mark.parametrize("query", ["", "?apikey=", "?apikey=guess"])
    def test_the_repository_wants_a_known_api_key(
        self, client: ClientOf, method: str, path: str, query: str
    ) -> None:
        status, _ = client(SUPPLIER, None).call(method, path + query, search(CertificateRole="2"))
        assert status == 401

    def test_tls_is_of_the_published_suites(self, port: int, iki: Iki) -> None:
        context = iki.client_ssl_context(None)
        with (
            socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
        ):
            assert secured.cipher() == ("ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", 256)

    def test_iki_keys_are_rsa_2048_and_name_role_and_system(self, iki: Iki) -> None:
        certificate = credentials(iki, SUPPLIER, AD_HOC).load()
        assert certificate.public_key().key_size == 2048  # type: ignore[union-attr]
        assert certificate.signature_algorithm_oid._name == "sha256WithRSAEncryption"
        assert certificate.subject.rfc4514_string() == f"CN=S1,OU=02,O={SUPPLIER}"


class TestBatches:
    def test_a_batch_is_pending_then_complete_with_every_certificate(
        self, client: ClientOf
    ) -> None:
        system = client(MANUFACTURER, BATCHED)
        csrs = (meter_csr(), badly_signed(meter_csr()), meter_csr(FOREIGN_METER), meter_csr())
        taken = system.xml(SUBMIT_BATCH_PATH, batch(*csrs))
        assert (taken.get("ID"), taken.findtext("BatchStatus")) == ("B1", "PENDING")

        number = taken.findtext("BatchId")
        status, body = system.call("GET", f"{BATCH_RESULT_PATH}?BatchId={number}")
        result = etree.fromstring(body)
        assert (status, result.get("ID")) == (200, "B1")
        assert result.findtext("BatchStatus") == "COMPLETED"
        outcomes = {
            entry.get("ID"): entry.findtext("Status")
            for entry in result.iterfind("DeviceCertificate")
        }
        assert outcomes == {
            "r0": "SUCCESS",
            "r1": "CSR_ERROR",
            "r2": "INELIGIBLE",
            "r3": "SUCCESS",
        }
        first = result.find("DeviceCertificate")
        assert first is not None
        assert certificate_in(first).eui == METER

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (batch(*[meter_csr()] * 5), "FM:AA2"),
            (batch(), "FM:AA1"),
            (batch(meter_csr(), meter_csr()).replace(b'"r1"', b'"r0"'), "FM:AA1"),
            (batch(meter_csr()).replace(b'"r0"', b'"0"'), "FM:AA1"),
        ],
    )
    def test_a_batch_that_is_refused_is_refused_whole(
        self, smki: Smki, client: ClientOf, body: bytes, code: str
    ) -> None:
        answer = client(MANUFACTURER, BATCHED).xml(SUBMIT_BATCH_PATH, body)
        assert answer.findtext("BatchStatus") == "FORMAT_ERROR"
        assert answer.findtext("Error/ErrorCode") == code
        assert answer.find("BatchId") is None
        assert smki.repository.count_for(METER) == 0

    @pytest.mark.parametrize("number", ["1", "2", "x", "", "%C2%B2"])
    def test_a_batch_of_another_party_or_none_is_unknown(
        self, client: ClientOf, number: str
    ) -> None:
        client(MANUFACTURER, BATCHED).xml(SUBMIT_BATCH_PATH, batch(meter_csr()))
        status, body = client(SUPPLIER, BATCHED).call(
            "GET", f"{BATCH_RESULT_PATH}?BatchId={number}"
        )
        answer = etree.fromstring(body)
        assert (status, answer.findtext("Error/ErrorCode")) == (200, "FM:AA3")


class TestNightlyBatches:
    @pytest.fixture
    def batches(self, smki: Smki) -> Batches:
        return Batches(smki, window=BatchWindow())

    def test_a_batch_waits_for_the_bench_clock_to_reach_the_night(
        self, client: ClientOf, clock: SimulatedClock
    ) -> None:
        system = client(MANUFACTURER, BATCHED)
        number = system.xml(SUBMIT_BATCH_PATH, batch(meter_csr())).findtext("BatchId")
        seen = []
        for _ in range(2):
            _, body = system.call("GET", f"{BATCH_RESULT_PATH}?BatchId={number}")
            seen.append(etree.fromstring(body).findtext("BatchStatus"))
            clock.advance(timedelta(hours=20))
        assert seen == ["QUEUED", "COMPLETED"]


class TestPortal:
    def test_an_organisation_request_is_accepted_then_approved(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        officer = client(SUPPLIER, PORTAL)
        text = base64.encodebytes(supplier_csr())
        accepted = officer.json("POST", ORGANISATION_CSR_PATH, text)
        assert accepted["state"] == "ACCEPTED"
        result = officer.json("GET", f"/portal/submissions/{accepted['number']}")
        assert result["state"] == "APPROVED"
        certificate = CertificateView.from_pem(result["certificate"])
        assert (certificate.eui, certificate.role) == (SUPPLIER_EUI, 0x02)
        smki.check(certificate, at=now)

    def test_a_bad_signature_is_rejected_at_once(self, client: ClientOf) -> None:
        text = base64.b64encode(badly_signed(supplier_csr()))
        answer = client(SUPPLIER, PORTAL).json("POST", ORGANISATION_CSR_PATH, text)
        assert answer["state"] == "REJECTED"
        assert "signature" in answer["reason"]

    def test_another_partys_eui_is_rejected_afterwards(self, client: ClientOf) -> None:
        officer = client(SUPPLIER, PORTAL)
        text = base64.b64encode(supplier_csr(eui=OPERATOR_EUI))
        number = officer.json("POST", ORGANISATION_CSR_PATH, text)["number"]
        answer = officer.json("GET", f"/portal/submissions/{number}")
        assert answer["state"] == "REJECTED"
        assert str(OPERATOR_EUI) in answer["reason"]

    @pytest.mark.parametrize("number", ["1", "2", "none"])
    def test_results_of_others_are_not_found(self, client: ClientOf, number: str) -> None:
        text = base64.b64encode(supplier_csr())
        client(SUPPLIER, PORTAL).json("POST", ORGANISATION_CSR_PATH, text)
        status, _ = client(OPERATOR, PORTAL).call("GET", f"/portal/submissions/{number}")
        assert status == 404

    def test_a_device_request_is_taken_too(self, client: ClientOf) -> None:
        officer = client(SUPPLIER, PORTAL)
        accepted = officer.json("POST", DEVICE_CSR_PATH, base64.b64encode(meter_csr()))
        result = officer.json("GET", f"/portal/submissions/{accepted['number']}")
        assert CertificateView.from_pem(result["certificate"]).eui == METER


class TestRepository:
    @pytest.fixture
    def issued(self, smki: Smki, now: datetime) -> dict[str, CertificateView]:
        return {
            "ds": smki.issue_organisation(supplier_csr(usage=DS), by=SUPPLIER, now=now),
            "ka": smki.issue_organisation(supplier_csr(usage=KA), by=SUPPLIER, now=now),
            "xml": smki.issue_organisation(supplier_csr(role=0x87), by=SUPPLIER, now=now),
            "meter": smki.issue_device(meter_csr(), by=MANUFACTURER, now=now),
        }

    def ask(self, client: ClientOf, body: bytes) -> tuple[int, bytes]:
        return client(SUPPLIER, None).call("POST", f"{SEARCH_PATH}?{KEY_HELD}", body)

    @pytest.mark.parametrize(
        ("criteria", "expected"),
        [
            ({"CertificateSubjectName": str(SUPPLIER_EUI)}, {"ds", "ka", "xml"}),
            (
                {"CertificateSubjectName": str(SUPPLIER_EUI), "CertificateRole": "135"},
                {"xml"},
            ),
            (
                {
                    "CertificateSubjectName": str(SUPPLIER_EUI),
                    "CertificateRole": "2",
                    "CertificateUsage": "KA",
                    "CertificateStatus": "I",
                },
                {"ka"},
            ),
            ({"CertificateSubjectAltName": str(METER)}, {"meter"}),
        ],
    )
    def test_a_search_gives_serials_and_a_serial_gives_the_certificate(
        self,
        client: ClientOf,
        issued: dict[str, CertificateView],
        criteria: dict[str, str],
        expected: set[str],
    ) -> None:
        status, body = self.ask(client, search(**criteria))
        assert status == 200
        results = etree.fromstring(body).findall("Result")
        serials = [result.findtext("CertificateSerial") or "" for result in results]
        assert {int(serial, 16) for serial in serials} == {issued[name].serial for name in expected}
        for serial in serials:
            wanted = f"<CertificateSerial>{serial}</CertificateSerial>"
            document = f"<CertificateDataRequest>{wanted}</CertificateDataRequest>".encode()
            for path in (RETRIEVAL_PATH, SEARCH_PATH):
                _, data = client(SUPPLIER, None).call("POST", f"{path}?{KEY_HELD}", document)
                assert body_in(etree.fromstring(data)) in issued.values()

    def test_a_serial_may_be_decimal_as_a_signature_names_it(
        self, client: ClientOf, issued: dict[str, CertificateView]
    ) -> None:
        wanted = f"<CertificateSerial>{issued['xml'].serial}</CertificateSerial>"
        document = f"<CertificateDataRequest>{wanted}</CertificateDataRequest>".encode()
        _, data = self.ask(client, document)
        assert body_in(etree.fromstring(data)) == issued["xml"]

    @pytest.mark.parametrize(
        "body",
        [
            search(CertificateSubjectAltName=str(OTHER_METER)),
            search(CertificateSubjectName=str(METER)),
            search(CertificateRole="2", CertificateStatus="R"),
            b"<CertificateDataRequest><CertificateSerial>1</CertificateSerial>"
            b"</CertificateDataRequest>",
        ],
    )
    @pytest.mark.usefixtures("issued")
    def test_nothing_found_is_402(self, client: ClientOf, body: bytes) -> None:
        assert self.ask(client, body)[0] == 402

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            search(),
            search(CertificateSubjectName="supplier"),
            search(CertificateRole="0x02"),
            search(CertificateRole="256"),
            search(CertificateUsage="XX"),
            search(CertificateStatus="Q"),
            search(CertificateSubjectName=str(SUPPLIER_EUI), CertificateSubjectAltName=str(METER)),
            search(CertificateRole="2", Colour="red"),
            b"<CertificateDataRequest/>",
            b"<CertificateDeleteRequest/>",
        ],
    )
    def test_invalid_parameters_are_401(self, client: ClientOf, body: bytes) -> None:
        assert self.ask(client, body)[0] == 401

    def test_root_issuing_authorities_and_lists_make_a_chain(
        self, client: ClientOf, issued: dict[str, CertificateView]
    ) -> None:
        reader = client(SUPPLIER, None)
        _, pem = reader.call("GET", f"{AUTHORITIES_PATH}?{KEY_HELD}")
        authorities = x509.load_pem_x509_certificates(pem)
        by_name = {authority.subject: authority for authority in authorities}
        for view in issued.values():
            certificate = view.to_cryptography()
            while certificate.issuer != certificate.subject:
                issuer = by_name[certificate.issuer]
                certificate.verify_directly_issued_by(issuer)
                certificate = issuer
        for path in (REVOCATION_LIST_PATH, AUTHORITY_REVOCATION_LIST_PATH):
            _, der = reader.call("GET", f"{path}?{KEY_HELD}")
            crl = x509.load_der_x509_crl(der)
            assert crl.is_signature_valid(by_name[crl.issuer].public_key())  # type: ignore[arg-type]


class TestServiceDesk:
    def test_a_rejected_certificate_is_revoked_and_stands_on_the_list(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        victim = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
        status, _ = client(SUPPLIER, PORTAL).form(REJECTION_PATH, serial=str(victim.serial))
        assert status == 200

        _, der = client(SUPPLIER, None).call("GET", f"{REVOCATION_LIST_PATH}?{KEY_HELD}")
        crl = x509.load_der_x509_crl(der)
        assert crl.get_revoked_certificate_by_serial_number(victim.serial) is not None
        query = search(CertificateSubjectName=str(SUPPLIER_EUI), CertificateStatus="R")
        status, _ = client(SUPPLIER, None).call("POST", f"{SEARCH_PATH}?{KEY_HELD}", query)
        assert status == 200
        with pytest.raises(RemotePathError, match="revoked"):
            smki.check(victim, at=now)

    def test_a_revocation_keeps_its_reason(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        victim = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
        desk = client(SUPPLIER, PORTAL)
        status, body = desk.form(REVOCATION_PATH, serial=str(victim.serial), reason="keyCompromise")
        assert (status, json.loads(body)["reason"]) == (200, "keyCompromise")
        assert smki.revoked == {CertificateReference(victim.issuer, victim.serial)}

    def test_nobody_revokes_for_another_party(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        victim = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
        status, _ = client(OPERATOR, PORTAL).form(REVOCATION_PATH, serial=str(victim.serial))
        assert status == 404
        assert smki.revoked == frozenset()

    @pytest.mark.parametrize(("serial", "reason"), [("x", "unspecified"), ("", "unspecified")])
    def test_a_serial_that_is_none_is_not_found(
        self, client: ClientOf, serial: str, reason: str
    ) -> None:
        desk = client(SUPPLIER, PORTAL)
        assert desk.form(REVOCATION_PATH, serial=serial, reason=reason)[0] == 404

    def test_an_unknown_reason_is_refused(
        self, smki: Smki, now: datetime, client: ClientOf
    ) -> None:
        victim = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
        desk = client(SUPPLIER, PORTAL)
        assert desk.form(REVOCATION_PATH, serial=str(victim.serial), reason="whim")[0] == 400
        assert smki.revoked == frozenset()
