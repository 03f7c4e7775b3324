"""A folder of certificates and keys, as the public signing tool carries them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from assay.cli.credential_folder import read_credentials
from assay.dcc.pki.bench_keys import (
    ACCESS_CONTROL_BROKER,
    BenchKeys,
    Credential,
    dcc_parties,
    import_supplier,
    set_up,
)
from assay.gbcs.certificates import CertificateUsage, RemotePartyRole, RemotePathError
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=5000)
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
DS = CertificateUsage.DIGITAL_SIGNATURE


def keys(now: datetime = NOW) -> BenchKeys:
    return set_up(now, [*dcc_parties(), import_supplier(SUPPLIER, "Supplier")])


@pytest.fixture(scope="module")
def foreign() -> BenchKeys:
    """Of another SMKI, and expired."""
    return keys(LONG_AGO)


@pytest.fixture(scope="module")
def signing(foreign: BenchKeys) -> Credential:
    return foreign.credential(ACCESS_CONTROL_BROKER, RemotePartyRole.DSP_XML_SIGNING)


def write(folder: Path, credential: Credential, encoding: Encoding | None) -> None:
    (folder / "one.pem").write_text(credential.certificate.to_pem())
    if encoding is not None:
        key = credential.private_key.private_bytes(encoding, PrivateFormat.PKCS8, NoEncryption())
        (folder / "one.key").write_bytes(key)


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_certificate_with_its_key_is_a_credential(
    tmp_path: Path, signing: Credential, encoding: Encoding
) -> None:
    write(tmp_path, signing, encoding)
    (found,) = read_credentials(tmp_path).credentials
    assert found.certificate == signing.certificate
    assert found.private_key.private_numbers() == signing.private_key.private_numbers()


def test_a_certificate_without_a_key_is_believed_only(tmp_path: Path, signing: Credential) -> None:
    write(tmp_path, signing, None)
    found = read_credentials(tmp_path)
    assert (found.credentials, found.certificates) == ((), (signing.certificate,))


def test_a_key_in_a_pem_file_of_its_own_is_no_certificate(
    tmp_path: Path, signing: Credential
) -> None:
    write(tmp_path, signing, Encoding.DER)
    (tmp_path / "one.key.pem").write_text("-----BEGIN PRIVATE KEY-----\n")
    assert len(read_credentials(tmp_path).credentials) == 1


def test_anothers_key_is_refused(tmp_path: Path, foreign: BenchKeys, signing: Credential) -> None:
    write(tmp_path, foreign.credential(SUPPLIER, RemotePartyRole.SUPPLIER), Encoding.DER)
    (tmp_path / "one.pem").write_text(signing.certificate.to_pem())
    with pytest.raises(PlanError, match=r"one\.key: expected the key of one\.pem"):
        read_credentials(tmp_path)


@pytest.mark.parametrize("key", [b"\x30\x00", b"no key"])
def test_a_key_that_is_none_is_refused(tmp_path: Path, signing: Credential, key: bytes) -> None:
    write(tmp_path, signing, None)
    (tmp_path / "one.key").write_bytes(key)
    with pytest.raises(PlanError, match=r"one\.key: expected"):
        read_credentials(tmp_path)


def test_a_folder_without_certificates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="expected certificates"):
        read_credentials(tmp_path)


def test_an_adopted_key_is_used_and_believed_though_it_has_expired(signing: Credential) -> None:
    bench = keys()
    with pytest.raises(RemotePathError):
        bench.smki.check(signing.certificate, at=NOW, usage=DS)
    for _ in range(2):
        bench.adopt(signing, NOW)
    used = bench.credential(ACCESS_CONTROL_BROKER, RemotePartyRole.DSP_XML_SIGNING)
    assert used is signing
    bench.smki.check(signing.certificate, at=NOW, usage=DS)
    with pytest.raises(RemotePathError, match="usage"):
        bench.smki.check(signing.certificate, at=NOW, usage=CertificateUsage.KEY_AGREEMENT)


def test_a_pinned_certificate_may_be_revoked(signing: Credential) -> None:
    bench = keys()
    bench.smki.pin(signing.certificate, now=NOW)
    bench.smki.revoke(signing.certificate.reference, now=NOW)
    with pytest.raises(RemotePathError, match="revoked"):
        bench.smki.check(signing.certificate, at=NOW, usage=DS)


def test_a_certificate_of_a_party_that_the_bench_has_no_keys_for_is_believed_only(
    foreign: BenchKeys,
) -> None:
    bench = set_up(NOW, dcc_parties())
    credential = foreign.credential(SUPPLIER, RemotePartyRole.XML_SIGNING)
    bench.adopt(credential, NOW)
    bench.smki.check(credential.certificate, at=NOW, usage=DS)
    with pytest.raises(KeyError):
        bench.credential(SUPPLIER, RemotePartyRole.XML_SIGNING)


def test_the_public_test_certificates_are_read(shared: Path) -> None:
    found = read_credentials(shared / "reference/duis/certs")
    parties = {view.eui for view in found.certificates}
    assert {SUPPLIER, ACCESS_CONTROL_BROKER} <= parties
    assert len(found.certificates) == len(list((shared / "reference/duis/certs").iterdir()))
