"""What is not done twice: writing what is canonical already, reading the tree that was verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from signxml.verifier import XMLVerifier

from assay.duis import (
    Request,
    RequestId,
    Response,
    build_request,
    build_response,
    parse_request,
    remove_signature,
    sign,
    sign_canonical,
    verified_request,
    verify,
)
from assay.gbcs.identifiers import Eui64
from tests.duis.strategies import requests, responses

Issue = Callable[[], tuple[ec.EllipticCurvePrivateKey, x509.Certificate]]

REQUEST = Request(
    request_id=RequestId(Eui64(bytes(8)), Eui64(bytes(7) + b"\x01"), 1),
    command_variant=1,
    srv="6.11",
    body={"CurrentDateTime": datetime(2026, 1, 1, tzinfo=UTC), "TolerancePeriod": 264},
)
PLAIN = build_request(REQUEST)

few = settings(suppress_health_check=[HealthCheck.too_slow])


@given(sent=requests())
@few
def test_a_request_is_built_in_canonical_form(sent: Request) -> None:
    built = build_request(sent)
    assert remove_signature(built) == built


@given(sent=responses)
@few
def test_a_response_is_built_in_canonical_form(sent: Response) -> None:
    built = build_response(sent)
    assert remove_signature(built) == built


def test_what_is_built_is_signed_as_if_it_had_been_parsed(issue: Issue) -> None:
    key, certificate = issue()
    shorter, longer = sign_canonical(PLAIN, key, certificate), sign(PLAIN, key, certificate)
    result = XMLVerifier().verify(shorter, x509_cert=certificate)
    assert not isinstance(result, list)
    assert result.signed_data == PLAIN
    mark = b"<ds:SignatureValue>"
    assert shorter.partition(mark)[0] == longer.partition(mark)[0]


def test_only_a_p_256_key_signs_what_is_built(issue: Issue) -> None:
    with pytest.raises(ValueError, match="secp384r1"):
        sign_canonical(PLAIN, ec.generate_private_key(ec.SECP384R1()), issue()[1])


WRITINGS: dict[str, tuple[bytes, bytes]] = {
    "another prefix": (b"sr:", b"x:"),
    "lines": (b"><", b">\n<"),
    "a comment in a value": (b">264<", b">2<!-- 9 -->64<"),
    "character data": (b">264<", b"><![CDATA[2]]><![CDATA[64]]><"),
    "character references": (b">264<", b">&#50;6&#x34;<"),
    "blanks and carriage returns": (b">264<", b"> &#13;\r\n264\t<"),
    "an unused namespace": (b"<sr:Body>", b"<sr:Body xmlns:unused='urn:x'>"),
    "the other quotes": (b'schemaVersion="5.4"', b"schemaVersion = '&#53;.4'"),
}


@pytest.mark.parametrize("change", WRITINGS.values(), ids=list(WRITINGS))
def test_the_verified_tree_says_what_the_signed_octets_say(
    issue: Issue, change: tuple[bytes, bytes]
) -> None:
    key, certificate = issue()
    written = PLAIN.replace(*change)
    if change[0] == b"sr:":
        written = written.replace(b"xmlns:sr=", b"xmlns:x=")
    assert written != PLAIN
    document = verify(sign(written, key, certificate), lambda _issuer, _serial: certificate)
    assert verified_request(document) == parse_request(document.content) == REQUEST
