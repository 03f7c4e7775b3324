"""Thresholds and limits: how many of what in which period, and which values.

A threshold is absolute, or per cent of the volume that its owner expects in a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from assay.dcc.store import BookForm
from assay.gbcs.identifiers import Eui64

ANY = "*"
"""Communications in general, of whatever type."""


class Communication(StrEnum):
    """What is counted: by variant, an alert by its code."""

    REQUEST = "request"
    RESPONSE = "response"
    ALERT = "alert"


class Basis(StrEnum):
    ABSOLUTE = "absolute"
    PER_CENT = "percent"


class Period(StrEnum):
    """Fixed spans of UTC (inferred): each begins to count from none."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"

    def start(self, at: datetime) -> datetime:
        """When the span that holds this moment began."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        if self is Period.HOUR:
            return hour
        return hour.replace(hour=0) if self is Period.DAY else hour.replace(hour=0, day=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """`value` communications, or per cent of the expected monthly volume."""

    value: Decimal
    basis: Basis
    expected_per_month: int | None = None

    @property
    def count(self) -> int:
        """The most that may come; ValueError for a per cent of nothing."""
        if self.basis is Basis.ABSOLUTE:
            return int(self.value)
        if self.expected_per_month is None:
            raise ValueError("a level in per cent: expected a monthly volume, got none")
        return int(self.value * self.expected_per_month / 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """`owner` None: the DCC's own, over all Users. `subject` is a variant, a code, or any.

    What comes above `quarantine` in a period is held; what comes above `warning` is told.
    """

    owner: Eui64 | None
    communication: Communication
    subject: str
    period: Period
    quarantine: int
    warning: int | None = None

    @property
    def key(self) -> str:
        return threshold_key(self.owner, self.communication, self.subject)


def threshold_key(owner: Eui64 | None, communication: Communication, subject: str) -> str:
    name = owner.hyphenated if owner is not None else "DCC"
    return f"{name}/{communication}/{subject}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Of one threshold in its current period. `key` is the threshold's."""

    key: str
    since: datetime
    number: int = 0
    has_warned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeLimit:
    """The values that an element of a request may have; its path is below the request element.

    None on one side: no bound there.
    """

    srv: str
    path: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def key(self) -> str:
        return f"{self.srv}/{self.path}"


THRESHOLDS: BookForm[Threshold] = BookForm(
    name="anomaly_threshold",
    record=Threshold,
    key=lambda threshold: threshold.key,
    columns={"owner": lambda t: t.owner.hyphenated if t.owner is not None else "DCC"},
    parts=(Threshold, Communication, Period),
)
COUNTS: BookForm[Count] = BookForm(
    name="anomaly_count", record=Count, key=lambda count: count.key, parts=(Count,)
)
ATTRIBUTE_LIMITS: BookForm[AttributeLimit] = BookForm(
    name="attribute_limit",
    record=AttributeLimit,
    key=lambda limit: limit.key,
    columns={"srv": lambda limit: limit.srv},
    parts=(AttributeLimit,),
)
