"""`assay duis serve-correlate`: Correlate over HTTP, for users who keep it apart."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.gbcs.identifiers import Eui64

SUPPLIER, METER = Eui64.from_text("90B3D51F30010000"), Eui64.from_text("00DB1234567890A1")
DISABLE_GAS = (
    "DF090100000000000003E80890B3D51F300100000800DB1234567890A1000200811D"
    "010901010702001501000B00000000804A371C00000000000000000001"
)


def asked(srv: str) -> str:
    request = Request(
        request_id=RequestId(SUPPLIER, METER, 1000), command_variant=4, srv=srv, body={}
    )
    return build_request(request).decode("utf-8")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "assay.cli", "duis", "serve-correlate"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[1]
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def post(address: str, body: Any) -> tuple[int, Any]:
    octets = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, data=octets), timeout=10
        ) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


def test_the_same_and_the_different(address: str) -> None:
    status, found = post(address, {"request": asked("7.2"), "pre_command": DISABLE_GAS})
    assert (status, found["same"], found["differences"]) == (200, True, [])
    status, found = post(address, {"request": asked("7.3"), "pre_command": DISABLE_GAS})
    assert (status, found["same"]) == (200, False)
    assert found["differences"][0]["where"] == "message code"


def test_what_is_known_is_compared(address: str) -> None:
    body = {"request": asked("7.2"), "pre_command": DISABLE_GAS}
    right = {"issuer_event": "2015-01-01T00:00:00Z"}
    assert post(address, {**body, "known": right})[1]["same"]
    wrong = {"issuer_event": "2026-01-01T00:00:00Z"}
    assert not post(address, {**body, "known": wrong})[1]["same"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"not JSON", "Expecting value"),
        (b"[" * 100_000, "recursion"),
        ({"request": "<a/>"}, "pre_command: expected a text"),
        ({"request": "<a/>", "pre_command": "00"}, "request: expected a Service Request"),
        ({"request": "", "pre_command": "", "known": {"colour": 1}}, "known: expected an object"),
    ],
)
def test_a_body_that_cannot_be_read_is_the_callers_fault(
    address: str, body: Any, said: str
) -> None:
    status, found = post(address, body)
    assert status == 400
    assert said in found["error"]


def test_the_health_page_answers(address: str) -> None:
    with urllib.request.urlopen(address.replace("correlate", "healthz"), timeout=10) as answer:
        assert json.load(answer) == {"status": "ok"}
