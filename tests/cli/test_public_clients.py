"""Clients that were written for the DCC's emulator work against `assay dcc serve` as they are.

What these tests send is what the public tools send: the key store client's searches, and
documents of the signing tool, which carries its own test keys. Nothing but an HTTP client of
the standard library and lxml stands between them and the server.
"""

from __future__ import annotations

import base64
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from assay.dcc.pki.bench_keys import (
    ACCESS_CONTROL_BROKER,
    BenchKeys,
    dcc_parties,
    import_supplier,
    set_up,
)
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.duis.responses import Response, parse_response
from assay.duis.signature import sign, verify
from assay.gbcs.certificates import CertificateUsage, CertificateView, RemotePartyRole
from assay.gbcs.identifiers import Eui64
from tests.cli.serving import ServedDcc, serving

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
HUB = Eui64.from_text("00-DB-12-34-56-78-90-A2")
PROXY = Eui64.from_text("00-DB-12-34-56-78-90-A3")
API_KEY = "u3bg9gt38htd0j2"
"""Written into the key store client."""
HEADERS = {
    "user-agent": "got (https://github.com/sindresorhus/got)",
    "content-type": "application/xml",
    "accept-encoding": "gzip, deflate, br",
}
SETTINGS = """
command_retries = 9
[times]
response_time = 1
"""
"""The hub boots for five seconds; until then nothing answers."""
TIMEOUT_S = 4
"""The clients' own: 3 s for requests, 4 s for searches."""


class Inbox:
    """A client's Receive Response service: takes what comes, and answers 204 without a body."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str | None, bytes]] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                received.append((self.path, self.headers["content-type"], body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/smartdcc/duis"

    def wait_for(self, number: int) -> list[tuple[str, str | None, bytes]]:
        until = time.monotonic() + 20
        while len(self.received) < number and time.monotonic() < until:
            time.sleep(0.05)
        return self.received[:number]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def tool() -> BenchKeys:
    """The test keys of the signing tool: of an SMKI that the DCC knows nothing of."""
    return set_up(datetime.now(UTC), [*dcc_parties(), import_supplier(SUPPLIER, "Test supplier")])


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    inbox = Inbox()
    yield inbox
    inbox.close()


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, tool: BenchKeys, inbox: Inbox
) -> Iterator[ServedDcc]:
    folder = tmp_path_factory.mktemp("serve")
    credentials = folder / "zaz1"
    credentials.mkdir()
    for credential in tool.credentials():
        stem = f"{credential.eui.hex()}-{credential.role:02x}-{credential.usage}"
        (credentials / f"{stem}.pem").write_text(credential.certificate.to_pem())
        if credential.role != RemotePartyRole.XML_SIGNING:
            key = credential.private_key.private_bytes(
                Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
            )
            (credentials / f"{stem}.key").write_bytes(key)
    (credentials / "other.key.pem").write_text("-----BEGIN PRIVATE KEY-----\n")
    settings = folder / "dcc.toml"
    settings.write_text(SETTINGS)
    receive = f"{SUPPLIER.hyphenated}={inbox.url}"
    options = ("--credentials", str(credentials), "--receive", receive, "--settings", str(settings))
    with serving(folder / "dcc", "--plain-http", *options) as served:
        yield served


def post(url: str, body: bytes) -> tuple[int, HTTPMessage, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("POST", path, body, HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


class TestKeyStore:
    """`BoxedKeyStore`: a search, then a retrieval for each result in use."""

    @pytest.fixture
    def ask(self, served: ServedDcc) -> Callable[[str, str, str], tuple[int, bytes]]:
        base = served["certificate search"].partition("/services/")[0]

        def ask(service: str, name: str, content: str) -> tuple[int, bytes]:
            document = f'<?xml version="1.0" encoding="utf-8"?><{name}>{content}</{name}>'
            url = f"{base}/services/{service}?apikey={API_KEY}"
            status, headers, body = post(url, document.encode())
            if status == 200:
                assert headers.get_content_type() == "application/xml"
                assert headers["content-encoding"] is None
            return status, body

        return ask

    def test_the_address_is_plain_http_and_prints_both_services(self, served: ServedDcc) -> None:
        for name in ("certificate search", "certificate retrieval"):
            assert served[name].startswith("http://127.0.0.1:")

    def test_a_devices_certificate_in_use_is_found_and_retrieved(
        self, ask: Callable[[str, str, str], tuple[int, bytes]]
    ) -> None:
        for usage, wanted in (
            ("DS", CertificateUsage.DIGITAL_SIGNATURE),
            ("KA", CertificateUsage.KEY_AGREEMENT),
        ):
            subject = METER.hyphenated.lower()
            content = f"<CertificateSubjectAltName>{subject}</CertificateSubjectAltName>"
            status, body = ask("certificatesearch", "CertificateSearchRequest", content)
            assert status == 200
            in_use = [
                result.findtext("CertificateSerial")
                for result in etree.fromstring(body).findall("Result")
                if result.findtext("CertificateUsage") == usage
                and result.findtext("CertificateStatus") == "I"
            ]
            (serial,) = in_use
            content = f"<CertificateSerial>{serial}</CertificateSerial>"
            status, body = ask("retrievecertificate", "CertificateDataRequest", content)
            found = etree.fromstring(body).find("CertificateResponse")
            assert status == 200
            assert found is not None
            assert found.findtext("CertificateSubjectAltName") == METER.hyphenated
            assert found.find("CertificateSubjectName") is None
            pem = found.findtext("CertificateBody")
            certificate = x509.load_pem_x509_certificate(
                f"-----BEGIN CERTIFICATE-----\n{pem}\n-----END CERTIFICATE-----".encode()
            )
            view = CertificateView.from_pem(certificate.public_bytes(Encoding.PEM))
            assert (view.eui, view.usage) == (METER, wanted)
            assert f"{certificate.serial_number:x}" == serial

    def test_an_organisations_certificate_is_found_by_name_and_role(
        self, ask: Callable[[str, str, str], tuple[int, bytes]], tool: BenchKeys
    ) -> None:
        content = (
            f"<CertificateSubjectName>{SUPPLIER.hyphenated}</CertificateSubjectName>"
            "<CertificateRole>135</CertificateRole><CertificateUsage>DS</CertificateUsage>"
            "<CertificateStatus>I</CertificateStatus>"
        )
        status, body = ask("certificatesearch", "CertificateSearchRequest", content)
        (result,) = etree.fromstring(body).findall("Result")
        certificate = tool.credential(SUPPLIER, RemotePartyRole.XML_SIGNING).certificate
        assert status == 200
        assert result.findtext("CertificateSerial") == f"{certificate.serial:x}"
        assert result.findtext("CertificateRole") == "135"

    def test_a_certificate_is_retrieved_by_a_serial_in_capitals(
        self, ask: Callable[[str, str, str], tuple[int, bytes]], tool: BenchKeys
    ) -> None:
        certificate = tool.credential(
            ACCESS_CONTROL_BROKER, RemotePartyRole.DSP_XML_SIGNING
        ).certificate
        content = f"<CertificateSerial>{certificate.serial:032X}</CertificateSerial>"
        status, body = ask("retrievecertificate", "CertificateDataRequest", content)
        text = etree.fromstring(body).findtext("CertificateResponse/CertificateBody") or ""
        assert (status, base64.b64decode(text)) == (200, certificate.der)

    @pytest.mark.parametrize(
        ("service", "name", "content", "expected"),
        [
            (
                "certificatesearch",
                "CertificateSearchRequest",
                "<CertificateSubjectAltName>00-db-12-34-56-78-ff-ff</CertificateSubjectAltName>",
                402,
            ),
            (
                "retrievecertificate",
                "CertificateDataRequest",
                "<CertificateSerial>4a07bc01d9253b51faf01f7ec7da5b2f</CertificateSerial>",
                402,
            ),
            (
                "certificatesearch",
                "CertificateSearchRequest",
                "<CertificateUsage>Any</CertificateUsage>",
                401,
            ),
            ("certificatesearch", "CertificateSearchRequest", "", 401),
            ("retrievecertificate", "CertificateDataRequest", "", 401),
        ],
        ids=["no such device", "no such serial", "usage", "no criterion", "no serial"],
    )
    def test_nothing_found_is_402_and_a_bad_question_401(
        self,
        ask: Callable[[str, str, str], tuple[int, bytes]],
        service: str,
        name: str,
        content: str,
        expected: int,
    ) -> None:
        assert ask(service, name, content)[0] == expected

    def test_a_question_in_a_namespace_is_answered_in_it(self, served: ServedDcc) -> None:
        document = (
            '<q:CertificateSearchRequest xmlns:q="urn:example">'
            f"<q:CertificateSubjectAltName>{METER}</q:CertificateSubjectAltName>"
            "</q:CertificateSearchRequest>"
        )
        url = served["certificate search"]
        status, _, body = post(url, document.encode())
        assert status == 200
        assert etree.fromstring(body).tag == "{urn:example}CertificateSearchResponse"

    def test_an_unknown_key_is_401(self, served: ServedDcc) -> None:
        url = served["certificate search"].replace("apikey=bench", "apikey=guess")
        assert post(url, b"<CertificateSearchRequest/>")[0] == 401


class TestSignedRequests:
    """Documents of the signing tool, under the keys that it carries."""

    def request(self, srv: str, cv: int, target: Eui64, **body: Any) -> Request:
        """The tool puts the time in milliseconds where the counter stands."""
        time.sleep(0.002)
        request_id = RequestId(SUPPLIER, target, time.time_ns() // 1_000_000)
        return Request(request_id=request_id, command_variant=cv, srv=srv, body=body)

    def signed(self, request: Request, tool: BenchKeys) -> bytes:
        credential = tool.credential(SUPPLIER, RemotePartyRole.XML_SIGNING)
        document = sign(
            build_request(request),
            credential.private_key,
            credential.certificate.to_cryptography(),
        )
        return as_the_tool_writes(document)

    def send(self, served: ServedDcc, service: str, request: Request, tool: BenchKeys) -> Response:
        status, headers, body = post(served[service], self.signed(request, tool))
        assert (status, headers["content-type"]) == (200, "application/xml"), body
        return self.validated(body, tool)

    def validated(self, document: bytes, tool: BenchKeys) -> Response:
        """As the tool validates: the certificate is found by its serial among its own."""
        certificates = {c.certificate.serial: c.certificate for c in tool.credentials()}
        found = verify(document, lambda _, serial: certificates[serial].to_cryptography())
        return parse_response(found.content)

    def pre_notify(self, device: Eui64, **more: Any) -> Request:
        kind = {"DeviceType": "CHF"} if device == HUB else {"ESMEVariant": "A"}
        body = {
            "DeviceID": device,
            "DeviceManufacturer": "AB01",
            "DeviceModel": "010A030B",
            "DeviceType": "ESME",
            **kind,
            **more,
        }
        return self.request("12.2", 8, ACCESS_CONTROL_BROKER, **body)

    def test_an_application_error_is_a_response_that_the_tool_can_validate(
        self, served: ServedDcc, tool: BenchKeys
    ) -> None:
        request = self.request("8.2", 8, ACCESS_CONTROL_BROKER, DeviceID=PROXY)
        response = self.send(served, "Non-Device", request, tool)
        assert (response.response_code, response.request_id) == ("E19", request.request_id)

    def test_a_request_to_the_wrong_service_is_an_application_error(
        self, served: ServedDcc, tool: BenchKeys
    ) -> None:
        request = self.request("8.2", 8, ACCESS_CONTROL_BROKER, DeviceID=PROXY)
        assert self.send(served, "Send Command", request, tool).response_code == "E13"

    def test_a_device_is_pre_notified_joined_and_reported_to_the_clients_own_path(
        self, served: ServedDcc, tool: BenchKeys, inbox: Inbox
    ) -> None:
        hub = self.pre_notify(HUB, AssociatedGPFDeviceID=PROXY)
        for request in (hub, self.pre_notify(METER)):
            assert self.send(served, "Non-Device", request, tool).response_code == "I99"
        joining = {
            "JoinTimePeriod": 90,
            "InstallCode": bytes.fromhex("30313233343536373839414243444546"),
            "ImportMPxN": "1312345678111",
        }
        request = self.request(
            "8.11", 1, HUB, DeviceID=METER, RequestType="Add", AddDeviceToCHFWhitelist=joining
        )
        assert self.send(served, "Send Command", request, tool).response_code == "I99"
        ((path, content_type, document),) = inbox.wait_for(1)
        assert (path, content_type) == ("/smartdcc/duis", "application/xml")
        response = self.validated(document, tool)
        assert response.request_id == request.request_id

    @pytest.mark.parametrize(
        ("document", "status"), [(b"", 400), (b"no XML", 400), (b"<a/>", 400)], ids=str
    )
    def test_what_is_no_request_is_told_by_http(
        self, served: ServedDcc, document: bytes, status: int
    ) -> None:
        assert post(served["Send Command"], document)[0] == status

    def test_only_the_tools_certificates_are_believed(
        self, served: ServedDcc, tool: BenchKeys
    ) -> None:
        other = set_up(datetime.now(UTC), [*dcc_parties(), import_supplier(SUPPLIER, "Another")])
        request = self.request("8.2", 8, ACCESS_CONTROL_BROKER, DeviceID=PROXY)
        _, _, body = post(served["Non-Device"], self.signed(request, other))
        assert self.validated(body, tool).response_code == "E49"

    def test_the_keys_folder_holds_what_the_dcc_uses(
        self, served: ServedDcc, tool: BenchKeys
    ) -> None:
        signing = tool.credential(SUPPLIER, RemotePartyRole.SUPPLIER)
        written = (served.folder / "keys" / f"{SUPPLIER.hex()}-ds.pem").read_text()
        assert written == signing.certificate.to_pem()


def as_the_tool_writes(document: bytes) -> bytes:
    """Its declaration, and the line break of its base64 as a character reference."""
    document = re.sub(
        rb"^<\?xml[^>]*\?>\s*",
        b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
        document,
    )

    def broken(value: re.Match[bytes]) -> bytes:
        return value[1] + value[2][:76] + b"&#13;\n" + value[2][76:]

    return re.sub(rb"(<ds:SignatureValue>)([^<]+)", broken, document)
