"""Batched device requests: taken at once, worked off at night (Appendix M C-E, N 3).

A batch in before 20:00 is worked off from 20:00 on, a later one in the next night, all
parties in one queue at 375,000 a night. A bench that does not test the night leaves the
window out; batches are then complete when first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.refusals import (
    TOO_MANY_REQUESTS,
    UNKNOWN_BATCH,
    IssuanceStatus,
    RemoteIssuanceError,
    as_issuance_error,
)
from assay.gbcs.certificates import (
    CertificateView,
    RemoteRequestError,
    request_from_web_service_text,
)

REQUESTS_PER_BATCH = 50_000
RESULTS_KEPT = timedelta(days=30)
_ONE_DAY = timedelta(days=1)


class BatchStatus(StrEnum):
    """TAMPERED and PARSING never occur: nothing lies between upload and parsing here."""

    PENDING = "PENDING"
    REJECTED = "REJECTED"
    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    PAUSED = "PAUSED"
    COMPLETED = "COMPLETED"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWindow:
    """When batches are worked off. Times of day are UTC; the text names no zone (inferred)."""

    opens: time = time(20)
    closes: time = time(8)
    certificates_per_night: int = 375_000

    def is_open(self, moment: datetime) -> bool:
        return moment.time() >= self.opens or moment.time() < self.closes

    def next_opening(self, moment: datetime) -> datetime:
        """The first opening after `moment`: at 20:00 sharp it is that of tomorrow."""
        today = datetime.combine(moment.date(), self.opens, moment.tzinfo)
        return today if moment < today else today + _ONE_DAY

    def finish(self, start: datetime, count: int) -> datetime:
        """When `count` certificates are done if work on them begins at `start`."""
        night = self._length()
        remaining = night * count / self.certificates_per_night
        begin = start if self.is_open(start) else self.next_opening(start)
        while begin + remaining > self._closing(begin):
            remaining -= self._closing(begin) - begin
            begin = self.next_opening(begin)
        return begin + remaining

    def _length(self) -> timedelta:
        any_day = datetime(2000, 1, 1)
        opening = datetime.combine(any_day, self.opens)
        return datetime.combine(any_day, self.closes) + _ONE_DAY - opening

    def _closing(self, begin: datetime) -> datetime:
        """The end of the night in which `begin` lies."""
        today = datetime.combine(begin.date(), self.closes, begin.tzinfo)
        return today if begin < today else today + _ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchedRequest:
    """One DeviceCSR of a batch: its id, and base64 text as it came."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchedResult:
    """Exactly one of certificate and refusal."""

    id: str
    certificate: CertificateView | None = None
    refusal: RemoteIssuanceError | None = None


@dataclass(slots=True, kw_only=True)
class _Batch:
    number: int
    message_id: str
    by: str
    requests: tuple[BatchedRequest, ...]
    submitted_at: datetime
    starts_at: datetime
    finishes_at: datetime
    is_rejected: bool = False
    results: tuple[BatchedResult, ...] | None = field(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """What a query gets: `results` are empty until the batch is complete."""

    number: int
    message_id: str
    status: BatchStatus
    results: tuple[BatchedResult, ...] = ()


class Batches:
    """The queue of all parties' batches."""

    def __init__(
        self,
        smki: Smki,
        *,
        window: BatchWindow | None = None,
        approval_delay: timedelta = timedelta(0),
        requests_per_batch: int = REQUESTS_PER_BATCH,
    ) -> None:
        self._smki = smki
        self._window = window
        self._approval_delay = approval_delay
        self._requests_per_batch = requests_per_batch
        self._batches: dict[int, _Batch] = {}

    def submit(
        self, message_id: str, requests: Sequence[BatchedRequest], *, by: str, now: datetime
    ) -> int:
        """The batch number; RemoteIssuanceError FM:AA2 refuses a batch that is too large whole."""
        if len(requests) > self._requests_per_batch:
            raise RemoteIssuanceError(
                IssuanceStatus.FORMAT_ERROR,
                TOO_MANY_REQUESTS,
                f"{len(requests)} requests in a batch, at most {self._requests_per_batch}",
            )
        number = len(self._batches) + 1
        starts_at, finishes_at = self._plan(now + self._approval_delay, len(requests))
        self._batches[number] = _Batch(
            number=number,
            message_id=message_id,
            by=by,
            requests=tuple(requests),
            submitted_at=now,
            starts_at=starts_at,
            finishes_at=finishes_at,
        )
        return number

    def reject(self, number: int) -> None:
        """The registration authority refuses a batch that is still pending."""
        self._batches[number].is_rejected = True

    def query(self, number: int, *, by: str, now: datetime) -> BatchReport:
        """RemoteIssuanceError FM:AA3 for a batch that is unknown, foreign or too old."""
        batch = self._batches.get(number)
        is_old = batch is not None and now > batch.finishes_at + RESULTS_KEPT
        if batch is None or batch.by != by or is_old:
            raise RemoteIssuanceError(
                IssuanceStatus.FORMAT_ERROR, UNKNOWN_BATCH, f"no batch {number} of {by}"
            )
        self._work_off(now)
        return BatchReport(
            number=number,
            message_id=batch.message_id,
            status=self._status(batch, now),
            results=batch.results or (),
        )

    def _plan(self, approved_at: datetime, count: int) -> tuple[datetime, datetime]:
        if self._window is None:
            return approved_at, approved_at
        queue_ends = max((b.finishes_at for b in self._batches.values()), default=approved_at)
        starts_at = max(self._window.next_opening(approved_at), queue_ends)
        return starts_at, self._window.finish(starts_at, count)

    def _work_off(self, now: datetime) -> None:
        for batch in self._batches.values():
            is_due = batch.results is None and not batch.is_rejected and batch.finishes_at <= now
            if is_due:
                batch.results = tuple(
                    self._issue(request, batch.by, batch.finishes_at) for request in batch.requests
                )

    def _issue(self, request: BatchedRequest, by: str, now: datetime) -> BatchedResult:
        try:
            der = request_from_web_service_text(request.text)
            certificate = self._smki.issue_device(der, by=by, now=now)
        except RemoteRequestError as error:
            return BatchedResult(id=request.id, refusal=as_issuance_error(error))
        except RemoteIssuanceError as error:
            return BatchedResult(id=request.id, refusal=error)
        return BatchedResult(id=request.id, certificate=certificate)

    def _status(self, batch: _Batch, now: datetime) -> BatchStatus:
        if batch.is_rejected:
            return BatchStatus.REJECTED
        if batch.results is not None:
            return BatchStatus.COMPLETED
        if now < batch.submitted_at + self._approval_delay:
            return BatchStatus.PENDING
        if now < batch.starts_at:
            return BatchStatus.QUEUED
        is_night = self._window is None or self._window.is_open(now)
        return BatchStatus.PROCESSING if is_night else BatchStatus.PAUSED
