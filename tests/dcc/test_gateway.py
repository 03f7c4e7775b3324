"""The gateway over real HTTP: who gets in, what is answered, what is kept out."""

from __future__ import annotations

import json
import socket
import ssl
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientError
from typer.testing import CliRunner

from assay.cli.dcc import app
from assay.dcc.access import WebService
from assay.dcc.pki.dccki import Dccki
from assay.duis.document import MAX_DOCUMENT_SIZE
from assay.duis.responses import DccOnlyResponse, PreCommand
from assay.verdicts import BenchFault
from tests.dcc.bench import DspBench
from tests.dcc.parties import OPERATOR, OTHER_SUPPLIER, SUPPLIER, UNKNOWN_DEVICE
from tests.dcc.server_bench import Answer, ServerBench

XXE = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway">&x;</sr:Request>'
)
UTF_16 = "<a/>".encode("utf-16")
BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<r>&b;&b;&b;</r>"
)


def path(service: WebService) -> str:
    return f"/api/v1/{service}"


def test_each_service_answers_with_http_200_and_a_signed_response(
    plain_server: ServerBench, bench: DspBench
) -> None:
    kinds = {"7.4": WebService.SEND_COMMAND, "7.2": WebService.TRANSFORM}
    for srv, service in {**kinds, "8.2": WebService.NON_DEVICE}.items():
        document = bench.signed(bench.request(srv))
        response = plain_server.response(plain_server.post(document, path=path(service)))
        assert response.response_code in ("I0", "I99")


def test_a_transform_returns_a_pre_command_and_its_version(
    plain_server: ServerBench, bench: DspBench
) -> None:
    document = bench.signed(bench.request("7.2"))
    answer = plain_server.post(document, path=path(WebService.TRANSFORM))
    body = plain_server.response(answer).body
    assert isinstance(body, PreCommand)
    assert body.gbcs_version == "4.3"


def test_an_application_error_is_a_response_with_http_200(
    plain_server: ServerBench, bench: DspBench
) -> None:
    document = bench.signed(bench.request("7.4", target=UNKNOWN_DEVICE))
    assert plain_server.response(plain_server.post(document)).response_code == "E19"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"no XML",
        b"<sr:Request",
        XXE,
        BOMB,
        b"<a/>",
        b"<a>\x00</a>",
        b"\xff\xfe<\x00a\x00/\x00",
    ],
    ids=["empty", "text", "cut", "XXE", "entities", "other root", "zero octet", "UTF-16"],
)
def test_what_no_response_can_name_is_http_400(plain_server: ServerBench, document: bytes) -> None:
    assert plain_server.post(document).status == 400


def test_truncated_requests_are_http_400(plain_server: ServerBench, bench: DspBench) -> None:
    document = bench.signed(bench.request("7.4"))
    statuses = {plain_server.post(document[:size]).status for size in range(1, 1400, 70)}
    assert statuses == {400}
    assert plain_server.dcc.health()["commands_in_flight"] == 0


def test_a_body_above_the_limit_is_http_413(plain_server: ServerBench) -> None:
    assert plain_server.post(b"<" * (MAX_DOCUMENT_SIZE + 1)).status == 413


def test_a_body_at_the_limit_is_read_and_kept_off_the_audit_trail(
    plain_server: ServerBench,
) -> None:
    assert plain_server.post(b" " * (MAX_DOCUMENT_SIZE - 1)).status == 400
    entry = plain_server.dcc.audit.entries[-1]
    assert entry.size == MAX_DOCUMENT_SIZE - 1
    assert len(entry.octets) <= 1 << 16


@pytest.mark.parametrize(
    ("headers", "method", "url", "status"),
    [
        ({"Content-Type": "text/plain"}, "POST", path(WebService.SEND_COMMAND), 415),
        (None, "PUT", path(WebService.SEND_COMMAND), 405),
        (None, "POST", "/api/v1/serviceX", 404),
    ],
    ids=["content type", "method", "path"],
)
def test_http_errors_are_told_by_http(
    plain_server: ServerBench,
    headers: dict[str, str] | None,
    method: str,
    url: str,
    status: int,
) -> None:
    answer = plain_server.post(b"<a/>", headers=headers, method=method, path=url)
    assert answer.status == status


def test_the_charset_of_the_content_type_does_not_matter(
    plain_server: ServerBench, bench: DspBench
) -> None:
    headers = {"Content-Type": "application/xml; charset=utf-8"}
    document = bench.signed(bench.request("7.4"))
    assert plain_server.post(document, headers=headers).status == 200


def test_the_health_check_counts_what_is_there(plain_server: ServerBench) -> None:
    answer = plain_server.post(b"", method="GET", path="/healthz", headers={})
    assert json.loads(answer.body) == {
        "status": "ok",
        "devices": 2,
        "commands_in_flight": 0,
        "dated_requests": 0,
        "schedules": 0,
        "undelivered": 0,
        "quarantined": 0,
    }


def test_a_request_over_its_users_connection_is_accepted(
    tls_server: ServerBench, bench: DspBench, dccki: Dccki
) -> None:
    tls = dccki.client_ssl_context(SUPPLIER, "Supplier")
    document = bench.signed(bench.request("8.2"))
    answer = tls_server.post(document, tls=tls, path=path(WebService.NON_DEVICE))
    assert isinstance(tls_server.response(answer).body, DccOnlyResponse)


def test_a_request_over_another_users_connection_is_refused(
    tls_server: ServerBench, bench: DspBench, dccki: Dccki
) -> None:
    tls = dccki.client_ssl_context(OPERATOR, "Operator")
    answer = tls_server.post(bench.signed(bench.request("7.4")), tls=tls)
    assert tls_server.response(answer).response_code == "E1"


def test_a_client_that_is_no_user_is_http_403(
    tls_server: ServerBench, bench: DspBench, dccki: Dccki
) -> None:
    tls = dccki.client_ssl_context(UNKNOWN_DEVICE, "Stranger")
    document = bench.signed(bench.request("7.4", user=OTHER_SUPPLIER))
    assert tls_server.post(document, tls=tls).status == 403


def test_a_client_without_a_certificate_gets_no_connection(
    tls_server: ServerBench, dccki: Dccki
) -> None:
    with pytest.raises((ClientError, ssl.SSLError, OSError)):
        tls_server.post(b"<a/>", tls=dccki.anonymous_ssl_context())


def test_a_client_of_another_authority_gets_no_connection(
    tls_server: ServerBench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Dccki(tmp_path_factory.mktemp("other"))
    context = other.client_ssl_context(SUPPLIER, "Supplier")
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with pytest.raises((ClientError, ssl.SSLError, OSError)):
        tls_server.post(b"<a/>", tls=context)


def test_plain_http_on_the_tls_port_gets_no_answer(tls_server: ServerBench) -> None:
    address = urlsplit(tls_server.dcc.base_url)
    assert address.hostname is not None
    with socket.create_connection((address.hostname, address.port or 0), timeout=5) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        plain.settimeout(5)
        try:
            answer = plain.recv(100)
        except ConnectionError:
            answer = b""
    assert not answer.startswith(b"HTTP/1.1 200")


def test_there_is_no_address_before_the_start(plain_server: ServerBench) -> None:
    plain_server.dcc.stop()
    with pytest.raises(RuntimeError, match="start"):
        _ = plain_server.dcc.base_url


def audit_entries(answer: Answer) -> list[dict[str, object]]:
    assert answer.status == 200, answer
    entries: list[dict[str, object]] = json.loads(answer.body)["entries"]
    return entries


def test_the_audit_trail_is_open_over_http(plain_server: ServerBench, bench: DspBench) -> None:
    document = bench.signed(bench.request("7.4", target=UNKNOWN_DEVICE))
    plain_server.post(document)
    url = "/audit?kind=request&code=E19&octets=1"
    (entry,) = audit_entries(plain_server.post(b"", method="GET", path=url, headers={}))
    assert entry["device"] == UNKNOWN_DEVICE.hyphenated
    assert entry["octets"] == b64encode(document).decode()
    assert plain_server.post(b"", method="GET", path="/audit?colour=red", headers={}).status == 400


def test_a_user_sees_its_own_part_of_the_audit_trail(
    tls_server: ServerBench, bench: DspBench, dccki: Dccki
) -> None:
    supplier = dccki.client_ssl_context(SUPPLIER, "Supplier")
    operator = dccki.client_ssl_context(OPERATOR, "Operator")
    tls_server.post(bench.signed(bench.request("7.4")), tls=supplier)
    asked: dict[str, Any] = {"method": "GET", "path": "/audit?kind=request", "headers": {}}
    assert len(audit_entries(tls_server.post(b"", tls=supplier, **asked))) == 1
    assert audit_entries(tls_server.post(b"", tls=operator, **asked)) == []
    stranger = dccki.client_ssl_context(UNKNOWN_DEVICE, "Stranger")
    assert tls_server.post(b"", tls=stranger, **asked).status == 403


def test_what_http_refuses_is_on_the_audit_trail(plain_server: ServerBench) -> None:
    plain_server.post(b"<a/>", headers={"Content-Type": "text/plain"})
    entry = plain_server.dcc.audit.entries[-1]
    assert (entry.kind, "HTTP 415" in entry.note) == ("refused connection", True)


def test_the_prompt_asks_the_audit_trail_over_tls(
    tls_server: ServerBench, bench: DspBench, dccki: Dccki
) -> None:
    tls = dccki.client_ssl_context(SUPPLIER, "Supplier")
    tls_server.post(bench.signed(bench.request("7.4", target=UNKNOWN_DEVICE)), tls=tls)
    files = dccki.user(SUPPLIER, "Supplier")
    asked = ["audit", tls_server.dcc.base_url, "--code", "E19", "--kind", "request"]
    client = ["--certificate", str(files.certificate), "--key", str(files.key)]
    trusted = CliRunner().invoke(app, [*asked, *client, "--root", str(dccki.root_file)])
    assert trusted.exit_code == 0, trusted.output
    assert f"E19: device {UNKNOWN_DEVICE} is not in the inventory" in trusted.output
    untrusted = CliRunner().invoke(app, [*asked, *client])
    assert isinstance(untrusted.exception, BenchFault)
