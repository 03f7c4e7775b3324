"""The files of the out-of-band channel: thresholds, attribute limits, decisions on what is held.

Their forms are our own (docs/anomaly_files.md): no public text gives one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from assay.dcc.anomaly.limits import is_number_at
from assay.dcc.anomaly.thresholds import (
    ANY,
    AttributeLimit,
    Basis,
    Communication,
    Level,
    Period,
    Threshold,
)
from assay.dcc.strict_csv import Cells, read_rows
from assay.duis.catalogue import CATALOGUE
from assay.gbcs.identifiers import Eui64

THRESHOLD_COLUMNS = (
    "communication",
    "subject",
    "period",
    "basis",
    "expected_per_month",
    "warning",
    "quarantine",
)
LIMIT_COLUMNS = ("variant", "path", "minimum", "maximum")
DECISION_COLUMNS = ("event", "decision")
_MAX_DIGITS = 20
"""QuarantineEventRef has no more (schema)."""


class Kind(StrEnum):
    """What a file is about: the first word of its name."""

    THRESHOLDS = "thresholds"
    LIMITS = "limits"
    QUARANTINE = "quarantine"


class Decision(StrEnum):
    RELEASE = "release"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    line: int
    event: int
    decision: Decision


def read_thresholds(name: str, octets: bytes, owner: Eui64 | None) -> list[Threshold]:
    """RemoteFileError for anything that is wrong."""
    seen: set[str] = set()

    def row(cells: Cells) -> Threshold:
        threshold = _threshold(cells, owner)
        _only_once(cells, "subject", threshold.key, seen)
        return threshold

    return read_rows(name, octets, THRESHOLD_COLUMNS, row)


def read_limits(name: str, octets: bytes) -> list[AttributeLimit]:
    """RemoteFileError for anything that is wrong."""
    seen: set[str] = set()

    def row(cells: Cells) -> AttributeLimit:
        limit = _limit(cells)
        _only_once(cells, "path", limit.key, seen)
        return limit

    return read_rows(name, octets, LIMIT_COLUMNS, row)


def read_decisions(name: str, octets: bytes) -> list[Decided]:
    """RemoteFileError for anything that is wrong."""
    seen: set[str] = set()

    def row(cells: Cells) -> Decided:
        decision = cells.read("decision", Decision, " or ".join(Decision))
        event = cells.read("event", _count, "a number")
        _only_once(cells, "event", str(event), seen)
        return Decided(line=cells.line, event=event, decision=decision)

    return read_rows(name, octets, DECISION_COLUMNS, row)


def _only_once(cells: Cells, column: str, key: str, seen: set[str]) -> None:
    if key in seen:
        cells.refuse(column, "each once")
    seen.add(key)


def _threshold(cells: Cells, owner: Eui64 | None) -> Threshold:
    communication = cells.read("communication", Communication, " or ".join(Communication))
    basis = cells.read("basis", Basis, " or ".join(Basis))
    expected = cells.maybe("expected_per_month", _count, "a number, or nothing")
    if basis is Basis.PER_CENT and expected is None:
        cells.refuse("expected_per_month", f"the volume that {basis} is of")

    def level(column: str) -> int | None:
        value = cells.maybe(column, _amount, "a number from 0 up")
        if value is None:
            return None
        return Level(value=value, basis=basis, expected_per_month=expected).count

    quarantine, warning = level("quarantine"), level("warning")
    if quarantine is None:
        cells.refuse("quarantine", "a number")
    elif warning is not None and warning > quarantine:
        cells.refuse("warning", "no more than the quarantine level")
    return Threshold(
        owner=owner,
        communication=communication,
        subject=_subject(cells, communication),
        period=cells.read("period", Period, " or ".join(Period)),
        quarantine=quarantine or 0,
        warning=warning,
    )


def _subject(cells: Cells, communication: Communication) -> str:
    subject = cells["subject"]
    if subject == ANY:
        return subject
    if communication is Communication.ALERT:
        code = cells.read("subject", lambda text: bytes.fromhex(text), "an alert code like 8F12")
        if len(code) != 2:
            cells.refuse("subject", "an alert code like 8F12")
        return code.hex().upper()
    if subject not in CATALOGUE:
        cells.refuse("subject", f"a variant like 7.4, or {ANY}")
    return subject


def _limit(cells: Cells) -> AttributeLimit:
    if cells["variant"] not in CATALOGUE:
        cells.refuse("variant", "a variant like 7.4")
    if not is_number_at(CATALOGUE[cells["variant"]].element, cells["path"]):
        cells.refuse("path", "the path of a number below the request element")
    minimum = cells.maybe("minimum", _number, "a number, or nothing")
    maximum = cells.maybe("maximum", _number, "a number, or nothing")
    if minimum is None and maximum is None:
        cells.refuse("maximum", "a number here or as minimum")
    if minimum is not None and maximum is not None and maximum < minimum:
        cells.refuse("maximum", "no less than the minimum")
    return AttributeLimit(
        srv=cells["variant"], path=cells["path"], minimum=minimum, maximum=maximum
    )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or len(text) > _MAX_DIGITS:
        raise ValueError(text)
    return number


def _amount(text: str) -> Decimal:
    number = _number(text)
    if number < 0:
        raise ValueError(text)
    return number
