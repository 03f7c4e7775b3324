"""A certificate is trusted only when it chains to the root: one broken rule, one reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.certificates import (
    CertificateReference,
    CertificateUsage,
    CertificateView,
    PathFault,
    RemotePathError,
    Signer,
    build_issuing,
    build_organisation,
    build_root,
    check_issued_by,
    check_path,
    serial_number,
)
from assay.gbcs.identifiers import Eui64

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC)
NOW = datetime(2027, 6, 1, tzinfo=UTC)
KA, DS = CertificateUsage.KEY_AGREEMENT, CertificateUsage.DIGITAL_SIGNATURE


def authority(scalar: int, name: str) -> tuple[Signer, Signer]:
    """A root and its issuing authority."""
    root_key, issuing_key = (
        ec.derive_private_key(scalar + offset, ec.SECP256R1()) for offset in (0, 1)
    )
    root = build_root(
        root_key,
        common_name=f"{name}A",
        serial=serial_number(bytes(16)),
        not_before=BEGIN,
        not_after=END,
    )
    root_signer = Signer(certificate=root, private_key=root_key)
    issuing = build_issuing(
        issuing_key.public_key(),
        issuer=root_signer,
        common_name=f"{name}1",
        serial=serial_number(bytes(15) + b"\x01"),
        not_before=BEGIN,
        not_after=END,
    )
    return root_signer, Signer(certificate=issuing, private_key=issuing_key)


def leaf_of(issuer: Signer) -> CertificateView:
    return build_organisation(
        ec.derive_private_key(99, ec.SECP256R1()).public_key(),
        issuer=issuer,
        eui=Eui64(bytes(range(8))),
        role=2,
        usage=KA,
        serial=serial_number(bytes(15) + b"\x02"),
        not_before=BEGIN + timedelta(days=1),
        not_after=END - timedelta(days=1),
    )


ROOT, ISSUING = authority(31, "Z")
STRANGER_ROOT, STRANGER = authority(41, "Y")
SAME_NAMES_ROOT, SAME_NAMES = authority(51, "Z")
LEAF = leaf_of(ISSUING)


def fault(
    leaf: CertificateView = LEAF,
    issuing: Signer = ISSUING,
    root: Signer = ROOT,
    at: datetime | None = NOW,
    usage: CertificateUsage | None = None,
    revoked: frozenset[CertificateReference] = frozenset(),
) -> tuple[PathFault, CertificateView]:
    with pytest.raises(RemotePathError) as caught:
        check_path(leaf, issuing.certificate, root.certificate, at=at, usage=usage, revoked=revoked)
    return caught.value.fault, caught.value.where


@pytest.mark.parametrize("usage", [None, KA])
@pytest.mark.parametrize("at", [None, LEAF.not_before, NOW, LEAF.not_after])
def test_a_good_chain_is_believed(at: datetime | None, usage: CertificateUsage | None) -> None:
    check_path(LEAF, ISSUING.certificate, ROOT.certificate, at=at, usage=usage)


def test_a_leaf_of_another_issuer_is_refused_by_name() -> None:
    assert fault(leaf_of(STRANGER))[0] is PathFault.ISSUER_NAME


def test_an_issuer_of_the_same_name_is_refused_by_its_key() -> None:
    assert fault(leaf_of(SAME_NAMES))[0] is PathFault.AUTHORITY_KEY


def test_an_issuing_authority_under_another_root_is_refused() -> None:
    assert fault(root=STRANGER_ROOT) == (PathFault.ISSUER_NAME, ISSUING.certificate)
    assert fault(root=SAME_NAMES_ROOT) == (PathFault.AUTHORITY_KEY, ISSUING.certificate)


def test_a_changed_leaf_is_refused_by_its_signature() -> None:
    name = Eui64(bytes(range(8)))
    changed = LEAF.der.replace(name, Eui64(bytes(range(1, 9))), 1)
    assert fault(CertificateView.from_der(changed))[0] is PathFault.SIGNATURE


def test_time_is_checked_to_the_second_unless_it_is_left_out() -> None:
    second = timedelta(seconds=1)
    assert fault(at=LEAF.not_before - second) == (PathFault.NOT_YET_VALID, LEAF)
    assert fault(at=LEAF.not_after + second) == (PathFault.EXPIRED, LEAF)
    check_path(LEAF, ISSUING.certificate, ROOT.certificate, at=None)


def test_an_expired_authority_spoils_the_chain() -> None:
    assert fault(at=END + timedelta(seconds=1)) == (PathFault.EXPIRED, ROOT.certificate)


def test_another_usage_is_refused() -> None:
    assert fault(usage=DS) == (PathFault.USAGE, LEAF)


@pytest.mark.parametrize("victim", [LEAF, ISSUING.certificate])
def test_a_revoked_certificate_spoils_the_chain(victim: CertificateView) -> None:
    assert fault(revoked=frozenset({victim.reference})) == (PathFault.REVOKED, victim)


def test_authorities_and_leaves_do_not_change_places() -> None:
    assert fault(ISSUING.certificate)[0] is PathFault.NOT_A_LEAF
    assert fault(issuing=ROOT)[0] is PathFault.NOT_AN_AUTHORITY
    assert fault(root=ISSUING)[0] is PathFault.NOT_AN_AUTHORITY


@pytest.mark.parametrize(
    ("name", "is_genuine"),
    [
        ("Z1-supplier-ds", True),
        ("Z1-accessControlBroker-dSPXmlSign", True),
        ("xml-sign-90B3D51F30010000-ds", False),
        ("dsp-xml-sign-90B3D51F30000002-ds", False),
    ],
)
def test_public_certificates_chain_to_z1_or_only_claim_to(
    shared: Path, name: str, is_genuine: bool
) -> None:
    z1 = issuing_certificate_of_the_samples(shared)
    path = shared / "reference" / "duis" / "certs" / f"{name}.pem"
    leaf = CertificateView.from_pem(path.read_bytes())
    assert leaf.issuer == z1.subject
    if is_genuine:
        check_issued_by(leaf, z1)
    else:
        with pytest.raises(RemotePathError):
            check_issued_by(leaf, z1)
        assert leaf.is_signed_by(leaf.public_key)


def issuing_certificate_of_the_samples(shared: Path) -> CertificateView:
    """Z1's own certificate is public inside credential update requests only."""
    folder = shared / "reference" / "duis" / "requests"
    text = (
        folder / "CS02bSupplierByTransCoS_6.23_CANCELLATION_SUCCESS_REQUEST_DUIS.XML"
    ).read_text()
    blocks = [part.partition("</")[0] for part in text.split("Certificate>")[1::2]]
    views = [CertificateView.from_pem(as_pem(block)) for block in blocks]
    (z1,) = {view for view in views if view.subject == "CN=Z1,OU=07"}
    return z1


def as_pem(base64_text: str) -> str:
    return f"-----BEGIN CERTIFICATE-----\n{base64_text}\n-----END CERTIFICATE-----\n"
