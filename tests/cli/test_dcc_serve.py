"""`assay dcc serve` serves a client that knows nothing but DUIS and the files it was given."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator

import pytest

from assay.cli.key_folder import read_certificate, read_private_key
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.duis.responses import Acknowledgement, parse_response
from assay.duis.signature import sign, verify
from assay.gbcs.identifiers import Eui64
from tests.cli.serving import ServedDcc, serving

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDcc]:
    with serving(tmp_path_factory.mktemp("serve") / "dcc", "--plain") as served:
        yield served


def test_a_plain_client_is_told_that_the_inventory_is_empty(served: ServedDcc) -> None:
    keys = served.folder / "keys"
    key = read_private_key(keys / f"{SUPPLIER.hex()}-xml.key")
    certificate = read_certificate(keys / f"{SUPPLIER.hex()}-xml.pem")
    dcc = read_certificate(keys / f"{BROKER.hex()}-xml.pem")
    request = Request(
        request_id=RequestId(SUPPLIER, BROKER, 1),
        command_variant=8,
        srv="8.2",
        body={"MPxN": "1312345678111"},
    )
    http = urllib.request.Request(
        served["Non-Device"],
        data=sign(build_request(request), key, certificate),
        headers={"Content-Type": "application/xml"},
    )
    with urllib.request.urlopen(http, timeout=10) as answer:
        assert answer.headers.get_content_type() == "application/xml"
        body = answer.read()
    response = parse_response(verify(body, lambda _issuer, _serial: dcc).content)
    assert response.request_id == request.request_id
    assert isinstance(response.body, Acknowledgement)
    assert response.response_code == "E19"  # nothing is pre-notified yet


def test_the_health_page_answers(served: ServedDcc) -> None:
    with urllib.request.urlopen(served["health"], timeout=10) as answer:
        assert b'"status": "ok"' in answer.read()
