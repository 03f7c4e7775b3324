"""`assay duis sign` and `verify`: what one signs the other takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate

from assay.cli.key_folder import read_certificate
from assay.dcc.pki.bench_keys import import_supplier, set_up
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request, parse_request
from assay.duis.signature import verify
from assay.gbcs.certificates import RemotePartyRole
from tests.dcc.parties import BROKER, METER, START, SUPPLIER

REQUEST = build_request(
    Request(
        request_id=RequestId(SUPPLIER, BROKER, 1000),
        command_variant=8,
        srv="8.2",
        body={"DeviceID": METER},
    )
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    keys = set_up(START, [import_supplier(SUPPLIER, "Supplier")])
    for name, role in (("xml", RemotePartyRole.XML_SIGNING), ("ds", RemotePartyRole.SUPPLIER)):
        credential = keys.credential(SUPPLIER, role)
        key = credential.private_key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        (folder / f"{name}.key").write_bytes(key)
        (folder / f"{name}.pem").write_text(credential.certificate.to_pem())
    (folder / "request.xml").write_bytes(REQUEST)
    return folder


def duis(folder: Path, *words: str, document: bytes = b"") -> tuple[int, bytes]:
    """Exit code and output of `assay duis`, in the folder."""
    command = [sys.executable, "-m", "assay.cli", "duis", *words]
    done = subprocess.run(
        command, input=document, capture_output=True, cwd=folder, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def sign(folder: Path, *words: str) -> bytes:
    code, signed = duis(folder, "sign", *words, "--key", "xml.key", "--certificate", "xml.pem")
    assert code == 0, signed
    return signed


def test_what_is_signed_is_verified_and_says_by_whom(folder: Path) -> None:
    signed = sign(folder, "request.xml")
    options = ("--certificate", "ds.pem", "--certificate", "xml.pem")
    code, words = duis(folder, "verify", "-", *options, document=signed)
    assert code == 0
    assert words.startswith(b"-: signed by ")


def test_the_signature_of_another_is_not_taken(folder: Path) -> None:
    signed = sign(folder, "request.xml")
    code, words = duis(folder, "verify", "-", "--certificate", "ds.pem", document=signed)
    assert (code, b"expected a known certificate" in words) == (1, True)


def test_signing_again_takes_the_place_of_the_signature_and_of_the_counter(folder: Path) -> None:
    (folder / "signed.xml").write_bytes(sign(folder, "request.xml"))
    signed = sign(folder, "signed.xml", "--counter", "1001")
    content = verify(signed, lambda _, __: _certificate(folder)).content
    assert parse_request(content).request_id == RequestId(SUPPLIER, BROKER, 1001)
    now = sign(folder, "signed.xml", "--counter", "now")
    later = parse_request(verify(now, lambda _, __: _certificate(folder)).content)
    assert later.request_id.counter > 1_700_000_000_000


def test_a_counter_that_is_none_is_refused(folder: Path) -> None:
    options = ("--key", "xml.key", "--certificate", "xml.pem", "--counter", "-1")
    code, words = duis(folder, "sign", "request.xml", *options)
    assert (code, b"--counter: expected a number" in words) == (2, True)


def _certificate(folder: Path) -> Certificate:
    return read_certificate(folder / "xml.pem")
