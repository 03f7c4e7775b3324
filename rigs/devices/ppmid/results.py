"""What a display was asked to do by its user, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assay.gbcs.identifiers import Eui64


class Asked(StrEnum):
    TOP_UP = "top-up"
    EMERGENCY_CREDIT = "emergency credit"
    ENABLE_SUPPLY = "enable supply"


class Result(StrEnum):
    """`WAITING`: a gas meter answers when it wakes next (I-002)."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One line of what the display shows; `at` is when the result came, or the request went."""

    meter: Eui64
    asked: Asked
    result: Result
    at: datetime
