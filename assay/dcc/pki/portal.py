"""The SMKI portal without its pages: a request is accepted or not at once, decided later.

The two steps matter to a test (SREPT S04 to S09): a request that is well formed and
signed is accepted, even if its EUI-64 belongs to another party; that is found out
afterwards, and the party may send a corrected request with the same key pair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.refusals import RemoteIssuanceError, as_issuance_error
from assay.gbcs.certificates import (
    CertificateView,
    RemoteRequestError,
    read_device_request,
    read_organisation_request,
)

RESULTS_KEPT = timedelta(days=30)


class SubmissionKind(StrEnum):
    ORGANISATION = "organisation"
    DEVICE = "device"


class SubmissionState(StrEnum):
    ACCEPTED = "ACCEPTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A request that was accepted, and what became of it."""

    number: int
    by: str
    kind: SubmissionKind
    der: bytes
    top_up: bool
    submitted_at: datetime
    state: SubmissionState = SubmissionState.ACCEPTED
    certificate: CertificateView | None = None
    refusal: RemoteIssuanceError | None = None


class Portal:
    """Submissions of all parties; a decision falls `approval_delay` after acceptance."""

    def __init__(self, smki: Smki, *, approval_delay: timedelta = timedelta(0)) -> None:
        self._smki = smki
        self._approval_delay = approval_delay
        self._submissions: dict[int, Submission] = {}
        self.look_at_once: Callable[[bytes], object] = read_organisation_request
        """What is checked of an organisation's request before it is accepted."""

    def submit_organisation(
        self, der: bytes, *, by: str, now: datetime, top_up: bool = False
    ) -> Submission:
        """RemoteRequestError when format, fields or signature are wrong."""
        self.look_at_once(der)
        return self._accept(SubmissionKind.ORGANISATION, der, by, now, top_up)

    def submit_device(self, der: bytes, *, by: str, now: datetime) -> Submission:
        """Format and signature, then eligibility; the other fields are looked at later."""
        try:
            request = read_device_request(der)
        except RemoteRequestError as error:
            if error.fault.is_format:
                raise
        else:
            self._smki.check_eligible(request, by=by)
        return self._accept(SubmissionKind.DEVICE, der, by, now, top_up=False)

    def result(self, number: int, *, by: str, now: datetime) -> Submission:
        """KeyError for a number that is unknown, of another party, or older than 30 days."""
        submission = self._submissions[number]
        if submission.by != by:
            raise KeyError(number)
        decided_at = submission.submitted_at + self._approval_delay
        if now > decided_at + RESULTS_KEPT:
            raise KeyError(number)
        if submission.state is SubmissionState.ACCEPTED and now >= decided_at:
            submission = self._submissions[number] = self._decide(submission, decided_at)
        return submission

    def _accept(
        self, kind: SubmissionKind, der: bytes, by: str, now: datetime, top_up: bool
    ) -> Submission:
        number = len(self._submissions) + 1
        submission = Submission(
            number=number, by=by, kind=kind, der=der, top_up=top_up, submitted_at=now
        )
        self._submissions[number] = submission
        return submission

    def _decide(self, submission: Submission, now: datetime) -> Submission:
        try:
            certificate = self._issue(submission, now)
        except RemoteRequestError as error:
            return _rejected(submission, as_issuance_error(error))
        except RemoteIssuanceError as error:
            return _rejected(submission, error)
        return replace(submission, state=SubmissionState.APPROVED, certificate=certificate)

    def _issue(self, submission: Submission, now: datetime) -> CertificateView:
        if submission.kind is SubmissionKind.DEVICE:
            return self._smki.issue_device(submission.der, by=submission.by, now=now)
        return self._smki.issue_organisation(
            submission.der, by=submission.by, now=now, top_up=submission.top_up
        )


def _rejected(submission: Submission, refusal: RemoteIssuanceError) -> Submission:
    return replace(submission, state=SubmissionState.REJECTED, refusal=refusal)
