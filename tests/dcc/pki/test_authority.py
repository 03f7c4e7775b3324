"""What the small SMKI issues, what it refuses, and in which order it finds out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.hierarchy import SmkiProfile
from assay.dcc.pki.refusals import IssuanceStatus, RemoteIssuanceError
from assay.dcc.pki.repository import CertificateStatus
from assay.dcc.pki.revocation import Revocation, RevocationReason, build_revocation_list
from assay.gbcs.certificates import (
    CertificateKind,
    CertificateReference,
    CertificateUsage,
    CertificateView,
    PathFault,
    RemotePathError,
    RemoteRequestError,
    RequestFault,
)
from assay.gbcs.identifiers import Eui64
from tests.dcc.pki.conftest import register_parties
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


@pytest.mark.parametrize("usage", [DS, KA])
def test_an_organisation_gets_what_it_asked_for(
    smki: Smki, now: datetime, usage: CertificateUsage
) -> None:
    certificate = smki.issue_organisation(supplier_csr(usage=usage), by=SUPPLIER, now=now)
    assert (certificate.eui, certificate.role, certificate.usage) == (SUPPLIER_EUI, 0x02, usage)
    assert certificate.departures == ()
    smki.check(certificate, at=now, usage=usage)
    assert smki.repository.by_reference(certificate.reference) is not None


def test_a_device_gets_what_it_asked_for(smki: Smki, now: datetime) -> None:
    certificate = smki.issue_device(meter_csr(), by=MANUFACTURER, now=now)
    assert (certificate.kind, certificate.eui) == (CertificateKind.DEVICE, METER)
    smki.check(certificate, at=now, usage=DS)


def test_every_certificate_has_a_serial_number_of_its_own(smki: Smki, now: datetime) -> None:
    issued = [smki.issue_device(meter_csr(), by=MANUFACTURER, now=now) for _ in range(5)]
    assert len({certificate.serial for certificate in issued}) == 5


def test_the_eui_of_another_party_is_refused(smki: Smki, now: datetime) -> None:
    with pytest.raises(RemoteIssuanceError, match=str(OPERATOR_EUI)) as caught:
        smki.issue_organisation(supplier_csr(eui=OPERATOR_EUI), by=SUPPLIER, now=now)
    assert caught.value.status is IssuanceStatus.INELIGIBLE


def test_a_role_that_the_party_does_not_hold_is_refused(smki: Smki, now: datetime) -> None:
    with pytest.raises(RemoteIssuanceError, match="role 04"):
        smki.issue_organisation(supplier_csr(role=0x04), by=SUPPLIER, now=now)


def test_a_signature_is_looked_at_before_the_right_to_the_eui(smki: Smki, now: datetime) -> None:
    with pytest.raises(RemoteRequestError) as caught:
        smki.issue_organisation(badly_signed(supplier_csr(eui=OPERATOR_EUI)), by=SUPPLIER, now=now)
    assert caught.value.fault is RequestFault.SIGNATURE


def test_a_refused_request_leaves_nothing_in_the_repository(smki: Smki, now: datetime) -> None:
    before = len(list(smki.repository))
    with pytest.raises(RemoteIssuanceError):
        smki.issue_organisation(supplier_csr(eui=OPERATOR_EUI), by=SUPPLIER, now=now)
    assert len(list(smki.repository)) == before


@pytest.mark.parametrize(("by", "device_id"), [(OPERATOR, METER), (MANUFACTURER, FOREIGN_METER)])
def test_only_an_eligible_subscriber_may_ask_for_a_device(
    smki: Smki, now: datetime, by: str, device_id: Eui64
) -> None:
    with pytest.raises(RemoteIssuanceError) as caught:
        smki.issue_device(meter_csr(device_id), by=by, now=now)
    assert (caught.value.status, caught.value.code[:3]) == (IssuanceStatus.INELIGIBLE, "IN:")


def test_a_replacement_needs_an_earlier_certificate(smki: Smki, now: datetime) -> None:
    with pytest.raises(RemoteIssuanceError) as caught:
        smki.issue_replacement(meter_csr(), now=now)
    assert (caught.value.status, caught.value.code[:3]) == (IssuanceStatus.UNKNOWN_DEVICE, "UD:")

    smki.issue_device(meter_csr(), by=MANUFACTURER, now=now)
    smki.issue_replacement(meter_csr(), now=now)


def test_the_101st_certificate_of_a_device_is_refused_until_the_limit_is_lifted(
    smki: Smki, now: datetime
) -> None:
    csr = meter_csr()
    for _ in range(100):
        smki.issue_device(csr, by=MANUFACTURER, now=now)
    channels: list[Callable[[], CertificateView]] = [
        lambda: smki.issue_device(csr, by=SUPPLIER, now=now),
        lambda: smki.issue_replacement(csr, now=now),
    ]
    for issue in channels:
        with pytest.raises(RemoteIssuanceError, match="the limit is 100") as caught:
            issue()
        assert caught.value.status is IssuanceStatus.ISSUANCE_ANOMALY
    smki.issue_device(meter_csr(OTHER_METER), by=MANUFACTURER, now=now)

    smki.lift_device_limit(METER)
    smki.issue_device(csr, by=MANUFACTURER, now=now)


def test_a_full_device_authority_is_followed_by_a_new_one_and_both_stay_valid(
    now: datetime,
) -> None:
    smki = Smki(now=now, profile=SmkiProfile(certificates_per_device_authority=3))
    register_parties(smki)
    issued = [smki.issue_device(meter_csr(), by=MANUFACTURER, now=now) for _ in range(7)]
    assert [certificate.issuer for certificate in issued] == ["CN=D1"] * 3 + ["CN=D2"] * 3 + [
        "CN=D3"
    ]
    for certificate in issued:
        smki.check(certificate, at=now)
    for authority in smki.hierarchy.authorities:
        assert smki.repository.by_reference(authority.reference) is not None


def test_revoked_certificates_are_refused_and_stand_on_the_list(smki: Smki, now: datetime) -> None:
    victim = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
    other = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
    later = now + timedelta(hours=1)
    smki.revoke(victim.reference, now=later, reason=RevocationReason.KEY_COMPROMISE)

    with pytest.raises(RemotePathError) as caught:
        smki.check(victim, at=later)
    assert caught.value.fault is PathFault.REVOKED
    smki.check(other, at=later)
    (found,) = smki.repository.search(later, status=CertificateStatus.REVOKED)
    assert found.certificate == victim

    crl = x509.load_der_x509_crl(smki.certificate_revocation_list(later))
    (entry,) = crl
    assert (entry.serial_number, entry.revocation_date_utc) == (victim.serial, later)
    reason = entry.extensions.get_extension_for_class(x509.CRLReason).value
    assert reason.reason is x509.ReasonFlags.key_compromise


def test_revocation_lists_are_signed_by_the_issuer_and_numbered(smki: Smki, now: datetime) -> None:
    numbers = []
    for der, authority in (
        (smki.certificate_revocation_list(now), smki.hierarchy.organisation_issuing),
        (smki.authority_revocation_list(now), smki.hierarchy.organisation_root),
    ):
        crl = x509.load_der_x509_crl(der)
        assert crl.is_signature_valid(authority.private_key.public_key())
        assert crl.issuer == authority.certificate.to_cryptography().subject
        assert (crl.last_update_utc, crl.next_update_utc) == (now, now + timedelta(days=1))
        numbers.append(crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number)
    assert numbers == [1, 2]


def test_a_list_holds_certificates_of_its_own_issuer_only(smki: Smki, now: datetime) -> None:
    foreign = Revocation(
        reference=CertificateReference("CN=Z1,OU=07", 42),
        at=now,
        reason=RevocationReason.UNSPECIFIED,
    )
    with pytest.raises(ValueError, match="is not of CN=O1,OU=07"):
        build_revocation_list(
            [foreign],
            signer=smki.hierarchy.organisation_issuing,
            number=1,
            now=now,
            lifetime=timedelta(days=1),
        )


def test_revoking_again_changes_nothing(smki: Smki, now: datetime) -> None:
    reference = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now).reference
    first = smki.revoke(reference, now=now, reason=RevocationReason.SUPERSEDED)
    assert smki.revoke(reference, now=now + timedelta(days=1)) == first


def test_device_certificates_are_not_revoked(smki: Smki, now: datetime) -> None:
    certificate = smki.issue_device(meter_csr(), by=MANUFACTURER, now=now)
    with pytest.raises(ValueError, match="kind device"):
        smki.revoke(certificate.reference, now=now)


def test_only_what_was_lodged_can_be_revoked(smki: Smki, now: datetime) -> None:
    with pytest.raises(KeyError, match="not in the repository"):
        smki.revoke(CertificateReference("CN=O1,OU=07", 1), now=now)


def test_a_certificate_of_another_smki_is_not_believed(smki: Smki, now: datetime) -> None:
    stranger = Smki(now=now)
    register_parties(stranger)
    certificate = stranger.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
    with pytest.raises(RemotePathError) as caught:
        smki.check(certificate, at=now)
    assert caught.value.fault is PathFault.AUTHORITY_KEY


def test_organisation_certificates_end_after_ten_years(smki: Smki, now: datetime) -> None:
    certificate = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
    with pytest.raises(RemotePathError) as caught:
        smki.check(certificate, at=datetime(2036, 3, 1, tzinfo=UTC))
    assert caught.value.fault is PathFault.EXPIRED
    smki.check(certificate, at=None)


def test_an_smki_is_repeatable_given_its_keys_and_random_octets(now: datetime) -> None:
    def build() -> list[bytes]:
        counter = iter(range(1, 100))
        scalars = iter(range(201, 300))
        smki = Smki(
            now=now,
            new_key=lambda: ec_key(next(scalars)),
            random_octets=lambda size: next(counter).to_bytes(size, "big"),
        )
        register_parties(smki)
        smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
        return [lodged.certificate.der for lodged in smki.repository]

    assert build() == build()


def ec_key(scalar: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(scalar, ec.SECP256R1())


def test_the_library_reads_what_we_issue(smki: Smki, now: datetime) -> None:
    view: CertificateView = smki.issue_device(meter_csr(), by=MANUFACTURER, now=now)
    issuer = smki.hierarchy.device_authorities[-1].certificate.to_cryptography()
    view.to_cryptography().verify_directly_issued_by(issuer)
