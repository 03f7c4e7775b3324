"""Batches of device requests: taken whole, worked off at night, answered one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.batches import (
    REQUESTS_PER_BATCH,
    BatchedRequest,
    Batches,
    BatchStatus,
    BatchWindow,
)
from assay.dcc.pki.refusals import IssuanceStatus, RemoteIssuanceError
from assay.gbcs.certificates import request_to_web_service_text
from tests.dcc.pki.parties import (
    FOREIGN_METER,
    MANUFACTURER,
    METER,
    OTHER_METER,
    SUPPLIER,
    badly_signed,
    meter_csr,
)

WINDOW = BatchWindow()


def batched(name: str, csr: bytes) -> BatchedRequest:
    return BatchedRequest(id=name, text=request_to_web_service_text(csr))


GOOD = batched("a", meter_csr())


def evening(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_batch_without_a_window_is_complete_when_asked_for(smki: Smki, now: datetime) -> None:
    batches = Batches(smki)
    number = batches.submit("B1", [GOOD], by=MANUFACTURER, now=now)
    report = batches.query(number, by=MANUFACTURER, now=now)
    assert (report.message_id, report.status) == ("B1", BatchStatus.COMPLETED)
    (result,) = report.results
    assert result.certificate is not None
    assert result.certificate.eui == METER


def test_one_bad_request_does_not_spoil_the_others(smki: Smki, now: datetime) -> None:
    batches = Batches(smki)
    requests = [
        GOOD,
        batched("bad", badly_signed(meter_csr())),
        batched("foreign", meter_csr(FOREIGN_METER)),
        BatchedRequest(id="noise", text="???"),
        batched("b", meter_csr(OTHER_METER)),
    ]
    number = batches.submit("B1", requests, by=MANUFACTURER, now=now)
    results = batches.query(number, by=MANUFACTURER, now=now).results
    outcome = {r.id: r.refusal.status if r.refusal else IssuanceStatus.SUCCESS for r in results}
    assert outcome == {
        "a": IssuanceStatus.SUCCESS,
        "bad": IssuanceStatus.CSR_ERROR,
        "foreign": IssuanceStatus.INELIGIBLE,
        "noise": IssuanceStatus.CSR_ERROR,
        "b": IssuanceStatus.SUCCESS,
    }


def test_a_batch_is_issued_once_however_often_it_is_asked_for(smki: Smki, now: datetime) -> None:
    batches = Batches(smki)
    number = batches.submit("B1", [GOOD], by=MANUFACTURER, now=now)
    first = batches.query(number, by=MANUFACTURER, now=now)
    assert batches.query(number, by=MANUFACTURER, now=now) == first
    assert smki.repository.count_for(METER) == 1


def test_a_batch_of_50001_is_refused_whole(smki: Smki, now: datetime) -> None:
    batches = Batches(smki)
    with pytest.raises(RemoteIssuanceError) as caught:
        batches.submit("B1", [GOOD] * (REQUESTS_PER_BATCH + 1), by=MANUFACTURER, now=now)
    assert (caught.value.status, caught.value.code) == (IssuanceStatus.FORMAT_ERROR, "FM:AA2")
    batches.submit("B2", [GOOD] * REQUESTS_PER_BATCH, by=MANUFACTURER, now=now)


def test_batches_that_are_unknown_foreign_or_old_are_all_unknown(smki: Smki, now: datetime) -> None:
    batches = Batches(smki)
    number = batches.submit("B1", [GOOD], by=MANUFACTURER, now=now)
    for wrong, by, at in (
        (number + 1, MANUFACTURER, now),
        (number, SUPPLIER, now),
        (number, MANUFACTURER, now + timedelta(days=30, seconds=1)),
    ):
        with pytest.raises(RemoteIssuanceError) as caught:
            batches.query(wrong, by=by, now=at)
        assert caught.value.code == "FM:AA3"


def test_a_batch_waits_for_the_night_and_is_done_in_it(smki: Smki) -> None:
    slow = BatchWindow(certificates_per_night=12)  # one an hour
    batches = Batches(smki, window=slow, approval_delay=timedelta(hours=1))
    requests = [batched(f"r{n}", meter_csr()) for n in range(14)]
    number = batches.submit("B1", requests, by=MANUFACTURER, now=evening(1, 12))
    seen = [
        (moment, batches.query(number, by=MANUFACTURER, now=moment).status)
        for moment in (
            evening(1, 12, 59),
            evening(1, 19, 59),
            evening(1, 20),
            evening(2, 7, 59),
            evening(2, 8),
            evening(2, 21, 59),
            evening(2, 22),
        )
    ]
    assert [status.value for _, status in seen] == [
        "PENDING",
        "QUEUED",
        "PROCESSING",
        "PROCESSING",
        "PAUSED",
        "PROCESSING",
        "COMPLETED",
    ]


def test_a_rejected_batch_issues_nothing(smki: Smki) -> None:
    batches = Batches(smki, window=WINDOW)
    number = batches.submit("B1", [GOOD], by=MANUFACTURER, now=evening(1, 12))
    batches.reject(number)
    report = batches.query(number, by=MANUFACTURER, now=evening(3, 12))
    assert (report.status, report.results) == (BatchStatus.REJECTED, ())
    assert smki.repository.count_for(METER) == 0


@pytest.mark.parametrize(
    ("submitted", "opening"),
    [
        (evening(1, 19, 59), evening(1, 20)),
        (evening(1, 20), evening(2, 20)),
        (evening(2, 3), evening(2, 20)),
    ],
)
def test_a_batch_after_20_00_goes_into_the_next_night(
    submitted: datetime, opening: datetime
) -> None:
    assert WINDOW.next_opening(submitted) == opening


@given(
    count=st.integers(0, 1_000_000),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
)
def test_work_ends_in_a_night_and_takes_its_time(count: int, start: datetime) -> None:
    end = WINDOW.finish(start, count)
    hours = timedelta(hours=12) * count / WINDOW.certificates_per_night
    assert end >= start + hours
    assert WINDOW.is_open(end) or end.hour == 8


def test_all_parties_wait_in_one_queue(smki: Smki) -> None:
    batches = Batches(smki, window=BatchWindow(certificates_per_night=12))
    first = batches.submit("B1", [GOOD] * 3, by=MANUFACTURER, now=evening(1, 12))
    second = batches.submit("B1", [GOOD], by=SUPPLIER, now=evening(1, 12))
    statuses = [
        (
            batches.query(first, by=MANUFACTURER, now=evening(1, hour)).status.value,
            batches.query(second, by=SUPPLIER, now=evening(1, hour)).status.value,
        )
        for hour in (22, 23)
    ]
    assert statuses == [("PROCESSING", "QUEUED"), ("COMPLETED", "PROCESSING")]
    assert batches.query(second, by=SUPPLIER, now=evening(2, 0)).status is BatchStatus.COMPLETED
