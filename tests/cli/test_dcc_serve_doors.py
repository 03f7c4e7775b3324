"""One `assay dcc serve` with everything that it may be told, and a knock at each of its doors."""

from __future__ import annotations

import json
import signal
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from assay.cli.dcc import serve
from assay.cli.key_folder import read_certificate, read_private_key
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.duis.responses import DccOnlyResponse, Response, parse_response
from assay.duis.signature import sign, verify
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError
from tests.cli.serving import ServedDcc, refused, serving

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
STRANGER = Eui64.from_text("90-B3-D5-1F-30-0F-00-00")
BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
COVERAGE = """\
post_code,uprn,region,available,anticipated,technology,likelihood,auxiliary_equipment,note
AB1 2CD,,North,true,,Long range radio,High,,
"""
PRODUCTS = """\
device_type,manufacturer,model,firmware_version,gbcs_version,image_hash,status
ESME,Maker,Meter,00000002,4.3,,Active
"""
SETTINGS = f"""\
registration_at = 03:30:00
quarantine_alert_code = "N50"
[receive]
"{SUPPLIER}" = "MAILBOX"
[opened]
"8.5" = ["IS"]
"""
REGISTRATION = f"""\
action,mpxn,role,party,start,end
set,1312345678999,IS,{STRANGER},2020-01-01T00:00:00Z,
END,1,,,,
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDcc]:
    folder = tmp_path_factory.mktemp("doors")
    settings = SETTINGS.replace("MAILBOX", (folder / "mailbox").as_uri())
    files = {"coverage.csv": COVERAGE, "products.csv": PRODUCTS, "dcc.toml": settings}
    for name, text in files.items():
        (folder / name).write_text(text)
    options = {
        "--database": f"sqlite:///{folder / 'dcc.db'}",
        "--coverage": str(folder / "coverage.csv"),
        "--products": str(folder / "products.csv"),
        "--settings": str(folder / "dcc.toml"),
        "--registration": str(folder / "registration"),
        "--non-gateway": str(folder / "drop"),
    }
    with serving(folder / "dcc", *(word for pair in options.items() for word in pair)) as served:
        yield served


@pytest.fixture(scope="module")
def call(served: ServedDcc) -> Callable[..., HTTPResponse]:
    """An HTTP client with the import supplier's identity, from the files that were written."""
    context = ssl.create_default_context(cafile=served["trust anchor of the gateway"])
    (certificate,) = (served.folder / "dccki").glob(f"*user-{SUPPLIER}-*.pem".lower())
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))

    def call(url: str, body: bytes | None = None) -> Any:
        headers = {"Content-Type": "application/xml"} if body is not None else {}
        request = urllib.request.Request(url, body, headers)
        return urllib.request.urlopen(request, timeout=10, context=context)

    return call


def signed(served: ServedDcc, request: Request) -> bytes:
    stem = served.folder / "keys" / f"{request.request_id.originator.hex()}-xml"
    key, certificate = stem.with_suffix(".key"), stem.with_suffix(".pem")
    return sign(build_request(request), read_private_key(key), read_certificate(certificate))


def response(served: ServedDcc, document: bytes) -> Response:
    dcc = read_certificate(served.folder / "keys" / f"{BROKER.hex()}-xml.pem")
    return parse_response(verify(document, lambda _issuer, _serial: dcc).content)


def non_device(counter: int, srv: str, body: dict[str, Any]) -> Request:
    request_id = RequestId(SUPPLIER, BROKER, counter)
    return Request(request_id=request_id, command_variant=8, srv=srv, body=body)


def wait_for(path: Path) -> bytes:
    until = time.monotonic() + 15
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return path.read_bytes()


def test_every_door_is_printed(served: ServedDcc) -> None:
    for name in ("Transform", "Send Command", "Non-Device", "Self-Service Interface", "health"):
        assert served[name].startswith("https://127.0.0.1:")
    assert served["Non-Gateway files"].endswith("/drop")
    assert served["registration files"].endswith("/registration")
    assert served["out-of-band files"] == str(served.folder / "out-of-band")


def test_the_coverage_table_answers_12_1_over_tls(
    served: ServedDcc, call: Callable[..., HTTPResponse]
) -> None:
    address = {"PartialAddress": {"PostCode": "AB1 2CD", "AddressIdentifier": "9"}}
    with call(served["Non-Device"], signed(served, non_device(1, "12.1", address))) as answer:
        found = response(served, answer.read())
    assert found.response_code == "I0"
    assert isinstance(found.body, DccOnlyResponse)
    assert "Long range radio" in str(found.body.content)


def test_the_self_service_interface_opens_for_a_users_certificate(
    served: ServedDcc, call: Callable[..., HTTPResponse]
) -> None:
    base = served["Self-Service Interface"]
    with call(f"{base}coverage?post_code=AB1+2CD&uprn=") as answer:
        assert "Long range radio" in answer.read().decode()


def test_the_gateway_stays_shut_without_a_certificate(served: ServedDcc) -> None:
    context = ssl.create_default_context(cafile=served["trust anchor of the gateway"])
    with pytest.raises((urllib.error.URLError, ssl.SSLError, OSError)):
        urllib.request.urlopen(served["health"], timeout=10, context=context)


def test_certificates_are_searched_over_the_tls_of_the_smki(served: ServedDcc) -> None:
    context = ssl.create_default_context(cafile=served["trust anchor of the SMKI services"])
    question = (
        "<CertificateSearchRequest><CertificateSubjectAltName>"
        f"{METER}</CertificateSubjectAltName></CertificateSearchRequest>"
    )
    request = urllib.request.Request(
        served["certificate search"], question.encode(), {"Content-Type": "application/xml"}
    )
    with urllib.request.urlopen(request, timeout=10, context=context) as answer:
        assert b"CertificateSearchResponse" in answer.read()


def test_registration_files_are_read_at_a_hangup(served: ServedDcc) -> None:
    name = "registration-electricity-NORTH-full-000001.csv"
    folder = Path(served["registration files"])
    (folder / "inbox" / name).write_text(REGISTRATION)
    served.process.send_signal(signal.SIGHUP)
    answer = wait_for(folder / "responses" / name.replace(".csv", ".response.csv"))
    assert b"accepted" in answer


def test_a_supplier_that_is_no_user_drops_a_request(served: ServedDcc) -> None:
    folder = Path(served["Non-Gateway files"])
    request = Request(
        request_id=RequestId(STRANGER, METER, 1), command_variant=1, srv="7.4", body={}
    )
    unfinished = folder / "inbox" / "supply.xml.part"
    unfinished.write_bytes(signed(served, request))
    unfinished.rename(folder / "inbox" / "supply.xml")
    assert b"accepted" in wait_for(folder / "responses" / "supply.acknowledgement.csv")
    answer = response(served, (folder / "responses" / "supply.response.xml").read_bytes())
    assert (answer.request_id, answer.response_code) == (request.request_id, "E19")


def test_the_audit_trail_names_every_file_and_request(served: ServedDcc) -> None:
    lines = (served.folder / "audit.jsonl").read_text().splitlines()
    kinds = {json.loads(line)["kind"] for line in lines}
    assert {"request", "registration file", "non-gateway file"} <= kinds


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        ("coverage", COVERAGE.replace("true", "maybe"), "file:2: expected cells as documented"),
        ("products", "device_type\n", "file:1: expected device_type,manufacturer"),
        ("products", "\xff".encode("latin-1"), "file: expected a readable table"),
        ("settings", "recieve = {}\n", "file:1: recieve: unknown key"),
        ("settings", "[times]\nresponse_time = 0\n", "file:2: times.response_time: expected"),
        ("settings", '[opened]\n"99.9" = ["IS"]\n', "opened.99.9: expected a service reference"),
        ("settings", 'quarantine_alert_code = "N7"\n', "whose body is not known, seen N7"),
        ("settings", '[receive]\n"x" = "http://a"\n', "expected an EUI-64"),
        ("credentials", "", "expected a folder of .pem files"),
    ],
)
def test_what_makes_no_sense_is_told_before_anything_starts(
    tmp_path: Path, option: str, text: str | bytes, expected: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    arguments: dict[str, Any] = {option: path}
    with pytest.raises(PlanError) as complaint:
        serve(folder=tmp_path / "dcc", **arguments)
    assert expected in str(complaint.value)
    assert not (tmp_path / "dcc").exists()


def test_a_receive_option_without_an_eui_64_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="--receive nobody=http"):
        serve(folder=tmp_path / "dcc", receive=["nobody=http://127.0.0.1"])


def test_a_port_that_is_taken_is_a_fault_of_the_bench(served: ServedDcc, tmp_path: Path) -> None:
    port = served["health"].removesuffix("/healthz").rpartition(":")[2]
    code, complaint = refused("--folder", str(tmp_path / "dcc"), "--port", port)
    assert (code, "cannot serve" in complaint) == (4, True), complaint
