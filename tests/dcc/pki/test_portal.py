"""The portal accepts or rejects at once, and approves or rejects afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.portal import Portal, SubmissionState
from assay.dcc.pki.refusals import IssuanceStatus, RemoteIssuanceError
from assay.gbcs.certificates import RemoteRequestError, build_organisation_request
from tests.dcc.pki.parties import (
    DS,
    FOREIGN_METER,
    KA,
    KEY,
    METER,
    OPERATOR,
    OPERATOR_EUI,
    SUPPLIER,
    SUPPLIER_EUI,
    badly_signed,
    meter_csr,
    supplier_csr,
)


@pytest.fixture
def portal(smki: Smki) -> Portal:
    return Portal(smki)


def test_a_sound_request_is_accepted_then_approved(portal: Portal, now: datetime) -> None:
    submission = portal.submit_organisation(supplier_csr(), by=SUPPLIER, now=now)
    assert submission.state is SubmissionState.ACCEPTED
    result = portal.result(submission.number, by=SUPPLIER, now=now)
    assert result.state is SubmissionState.APPROVED
    assert result.certificate is not None
    assert result.certificate.public_key == KEY.public_key()


def test_a_bad_signature_is_rejected_at_once(portal: Portal, now: datetime) -> None:
    with pytest.raises(RemoteRequestError):
        portal.submit_organisation(badly_signed(supplier_csr()), by=SUPPLIER, now=now)


def test_another_partys_eui_is_accepted_then_rejected_and_may_be_sent_again(
    portal: Portal, now: datetime
) -> None:
    wrong = portal.submit_organisation(supplier_csr(eui=OPERATOR_EUI), by=SUPPLIER, now=now)
    result = portal.result(wrong.number, by=SUPPLIER, now=now)
    assert result.state is SubmissionState.REJECTED
    assert result.refusal is not None
    assert str(OPERATOR_EUI) in result.refusal.text

    right = portal.submit_organisation(supplier_csr(), by=SUPPLIER, now=now)
    corrected = portal.result(right.number, by=SUPPLIER, now=now)
    assert corrected.state is SubmissionState.APPROVED


def test_a_decision_takes_the_time_it_is_given(smki: Smki, now: datetime) -> None:
    portal = Portal(smki, approval_delay=timedelta(days=2))
    number = portal.submit_organisation(supplier_csr(), by=SUPPLIER, now=now).number
    almost = now + timedelta(days=2, seconds=-1)
    assert portal.result(number, by=SUPPLIER, now=almost).state is SubmissionState.ACCEPTED
    later = now + timedelta(days=2)
    assert portal.result(number, by=SUPPLIER, now=later).state is SubmissionState.APPROVED


def test_results_are_for_their_party_and_for_thirty_days(portal: Portal, now: datetime) -> None:
    number = portal.submit_organisation(supplier_csr(), by=SUPPLIER, now=now).number
    last = now + timedelta(days=30)
    assert portal.result(number, by=SUPPLIER, now=last).state is SubmissionState.APPROVED
    for by, at in ((OPERATOR, now), (SUPPLIER, last + timedelta(seconds=1))):
        with pytest.raises(KeyError):
            portal.result(number, by=by, now=at)


def test_a_device_request_of_an_eligible_subscriber_is_approved(
    portal: Portal, now: datetime
) -> None:
    submission = portal.submit_device(meter_csr(), by=SUPPLIER, now=now)
    result = portal.result(submission.number, by=SUPPLIER, now=now)
    assert result.certificate is not None
    assert result.certificate.eui == METER


def test_eligibility_for_a_device_is_found_out_at_once(portal: Portal, now: datetime) -> None:
    with pytest.raises(RemoteIssuanceError) as caught:
        portal.submit_device(meter_csr(FOREIGN_METER), by=SUPPLIER, now=now)
    assert caught.value.status is IssuanceStatus.INELIGIBLE


def test_fields_of_a_device_request_are_looked_at_after_acceptance(
    portal: Portal, now: datetime
) -> None:
    not_for_a_device = supplier_csr()
    submission = portal.submit_device(not_for_a_device, by=SUPPLIER, now=now)
    result = portal.result(submission.number, by=SUPPLIER, now=now)
    assert result.refusal is not None
    assert result.refusal.status is IssuanceStatus.CSR_ERROR


def test_a_top_up_key_is_lodged_as_a_third_credential(
    smki: Smki, portal: Portal, now: datetime
) -> None:
    for usage, top_up in ((DS, False), (KA, False), (KA, True)):
        csr = supplier_csr(usage=usage)
        number = portal.submit_organisation(csr, by=SUPPLIER, now=now, top_up=top_up).number
        portal.result(number, by=SUPPLIER, now=now)
    found = smki.repository.search(now, role=0x02)
    assert [(one.certificate.usage, one.top_up, one.status.value) for one in found] == [
        (DS, False, "I"),
        (KA, False, "I"),
        (KA, True, "I"),
    ]


def test_a_subject_comes_from_the_request(portal: Portal, now: datetime) -> None:
    csr = build_organisation_request(
        KEY,
        eui=SUPPLIER_EUI,
        role=0x02,
        usage=DS,
        common_name="SUPPLIER 1",
    )
    number = portal.submit_organisation(csr, by=SUPPLIER, now=now).number
    certificate = portal.result(number, by=SUPPLIER, now=now).certificate
    assert certificate is not None
    assert certificate.subject == "2.5.4.45=#03090090b3d51f30010000,OU=02,CN=SUPPLIER 1"
