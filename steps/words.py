"""Words with a value in them: durations, numbers, and how a phrase names a request."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from assay.duis.catalogue import CATALOGUE
from assay.verdicts import PlanError

_UNITS = {
    "ms": timedelta(milliseconds=1),
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
_PART = re.compile(r"(\d+) (ms|second|minute|hour|day)s?")


def duration(text: str) -> timedelta:
    """`2 minutes 55 seconds`, `20 ms`, `7 days`; ValueError for anything else."""
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip():
        raise ValueError(f"expected a duration such as '2 minutes 55 seconds', got {text!r}")
    return sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta())


def number(text: str) -> Decimal:
    return Decimal(text)


NAMES = "|".join(re.escape(row.name) for row in CATALOGUE.values())
"""Of the service request variants, as alternatives of an expression."""


def check_name(srv: str, name: str) -> None:
    """The feature names the request as the matrix does, so that a reader can look it up."""
    row = CATALOGUE.get(srv)
    if row is None or row.name != name:
        raise PlanError(f"{srv}: expected the name {row.name if row else 'none'}, found {name!r}")
