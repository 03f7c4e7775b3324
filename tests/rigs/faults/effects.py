"""What can go wrong between a bench and an instrument, and what a bench may make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)

TIMEOUT_S = 0.5  # a busy machine takes some of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An effect on one message, on some, or (None) on all from then on.

    `is_tolerable`: a bench that copes with it may vouch for what it saw.
    """

    effect: Effect
    times: int | None = 1
    is_tolerable: bool = False


TROUBLES: Mapping[str, Trouble] = {
    "late, but in time": Trouble(effect=LateAnswer(delay_s=TIMEOUT_S / 10), is_tolerable=True),
    "late, after the time-out": Trouble(effect=LateAnswer(delay_s=TIMEOUT_S * 1.5)),
    "no answer": Trouble(effect=NoAnswer()),
    "hung for good": Trouble(effect=NoAnswer(), times=None),
    "noise in the place of an answer": Trouble(effect=GarbledAnswer()),
    "half an answer": Trouble(effect=GarbledAnswer(octets=b"23")),
    "an answer that is no number": Trouble(effect=GarbledAnswer(octets=b'9.91E37;0,"No error"')),
    "a wrong number": Trouble(effect=GarbledAnswer(octets=b'4.2E0;0,"No error"')),
    "two wrong numbers": Trouble(effect=GarbledAnswer(octets=b'4.2E0;0;0,"No error"')),
    "an answer of another message": Trouble(effect=GarbledAnswer(octets=b"A,B,C,D")),
    "an error in its queue": Trouble(effect=QueuedError()),
    "connection cut": Trouble(effect=DroppedConnection()),
    "connection cut again and again": Trouble(effect=DroppedConnection(), times=4),
}

QUEUED = "an error in its queue"
CUT_ONLY = ("connection cut", "connection cut again and again")
WITHOUT_WORDS = (*CUT_ONLY, "late, but in time", "no answer", "hung for good")
PLAUSIBLE = ("a wrong number", "two wrong numbers", "half an answer")
"""What may pass for an answer."""
