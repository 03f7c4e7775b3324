"""Certificates are found by whose they are, what for, in which state, and by serial."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.repository import CertificateStatus
from assay.gbcs.certificates import CertificateUsage, CertificateView
from assay.gbcs.identifiers import Eui64
from tests.dcc.pki.parties import (
    DS,
    KA,
    MANUFACTURER,
    METER,
    OTHER_METER,
    SUPPLIER,
    SUPPLIER_EUI,
    meter_csr,
    supplier_csr,
)

IN_USE, PENDING = CertificateStatus.IN_USE, CertificateStatus.PENDING


@pytest.fixture
def issued(smki: Smki, now: datetime) -> dict[str, CertificateView]:
    def organisation(role: int, usage: CertificateUsage, top_up: bool = False) -> CertificateView:
        csr = supplier_csr(role=role, usage=usage)
        return smki.issue_organisation(csr, by=SUPPLIER, now=now, top_up=top_up)

    return {
        "ds": organisation(0x02, DS),
        "ka": organisation(0x02, KA),
        "top-up": organisation(0x02, KA, top_up=True),
        "xml": organisation(0x87, DS),
        "meter ds": smki.issue_device(meter_csr(METER, DS), by=MANUFACTURER, now=now),
        "meter ka": smki.issue_device(meter_csr(METER, KA), by=MANUFACTURER, now=now),
    }


@pytest.mark.parametrize(
    ("eui", "role", "usage", "expected"),
    [
        (SUPPLIER_EUI, None, None, ["ds", "ka", "top-up", "xml"]),
        (SUPPLIER_EUI, 0x02, None, ["ds", "ka", "top-up"]),
        (SUPPLIER_EUI, 0x87, None, ["xml"]),
        (SUPPLIER_EUI, 0x02, KA, ["ka", "top-up"]),
        (None, 0x02, DS, ["ds"]),
        (METER, None, KA, ["meter ka"]),
        (OTHER_METER, None, None, []),
    ],
)
def test_a_search_finds_what_matches_every_criterion(
    smki: Smki,
    now: datetime,
    issued: dict[str, CertificateView],
    eui: Eui64 | None,
    role: int | None,
    usage: CertificateUsage | None,
    expected: list[str],
) -> None:
    found = smki.repository.search(now, eui=eui, role=role, usage=usage)
    assert [lodged.certificate for lodged in found] == [issued[name] for name in expected]


def test_a_certificate_is_found_by_serial_and_by_issuer_with_serial(
    smki: Smki, issued: dict[str, CertificateView]
) -> None:
    for view in issued.values():
        lodged = smki.repository.by_serial(view.serial)
        assert lodged is not None
        assert lodged.certificate == view
        assert smki.repository.find_certificate(view.issuer, view.serial) == view


def test_an_xml_signature_names_its_certificate(
    smki: Smki, issued: dict[str, CertificateView]
) -> None:
    serial = issued["xml"].serial
    find = smki.repository.find_x509
    assert find("CN=O1, OU=07", serial) == issued["xml"].to_cryptography()
    assert find("CN=O2,OU=07", serial) is None
    assert find("CN=O1,OU=07", serial + 1) is None


def test_the_first_of_its_kind_is_in_use_and_top_up_is_a_kind_of_its_own(
    smki: Smki, now: datetime, issued: dict[str, CertificateView]
) -> None:
    found = smki.repository.search(now, status=IN_USE)
    assert {lodged.certificate for lodged in found} >= set(issued.values())


def test_a_successor_is_pending_until_it_is_put_in_use(smki: Smki, now: datetime) -> None:
    old, new = (smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now) for _ in range(2))
    assert statuses(smki, now) == {old.serial: IN_USE, new.serial: PENDING}
    smki.repository.put_in_use(new.reference)
    not_in_use = CertificateStatus.NOT_IN_USE
    assert statuses(smki, now) == {old.serial: not_in_use, new.serial: IN_USE}


def test_a_certificate_expires_by_itself_and_a_revoked_one_stays_revoked(
    smki: Smki, now: datetime
) -> None:
    one, two = (smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now) for _ in range(2))
    smki.revoke(two.reference, now=now)
    end = one.not_after
    assert statuses(smki, end) == {one.serial: IN_USE, two.serial: CertificateStatus.REVOKED}
    assert statuses(smki, end + timedelta(seconds=1)) == {
        one.serial: CertificateStatus.EXPIRED,
        two.serial: CertificateStatus.REVOKED,
    }


def test_a_revoked_certificate_is_never_put_in_use(smki: Smki, now: datetime) -> None:
    certificate = smki.issue_organisation(supplier_csr(), by=SUPPLIER, now=now)
    smki.revoke(certificate.reference, now=now)
    with pytest.raises(ValueError, match="revoked"):
        smki.repository.put_in_use(certificate.reference)


def test_nothing_is_lodged_twice(
    smki: Smki, now: datetime, issued: dict[str, CertificateView]
) -> None:
    with pytest.raises(ValueError, match="lodged already"):
        smki.repository.lodge(issued["ds"], now=now)


def statuses(smki: Smki, now: datetime) -> dict[int, CertificateStatus]:
    found = smki.repository.search(now, eui=SUPPLIER_EUI)
    return {lodged.certificate.serial: lodged.status for lodged in found}
