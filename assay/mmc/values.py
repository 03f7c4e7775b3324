"""Conversions: DLMS data and ZigBee fields to the typed values of the schema.

Times in DLMS are 12 octets (4.6 of the digest) or seconds since 2000; in typed ZigBee and
ASN.1 payloads they are ISO texts, the special ones hex texts, which name no time.
"""

from __future__ import annotations

from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import Data
from assay.gbcs.identifiers import Eui64
from assay.mmc.nodes import Base64, Hex, Node

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ANY = 0xFF
_ANY_YEAR = 0xFFFF
_LEAP_CYCLE = 400
"""Years after which the calendar repeats."""
_LAST_DAY = 0xFE
_SECOND_LAST_DAY = 0xFD
_MONTHS = range(1, 13)
UNITS = {27: "W", 30: "Wh", 32: "varh", 255: "count"}
"""DLMS units that the use cases name; the word for 255 (no unit, a count) is inferred."""
GAS_PLACES = 3
"""Snapshots and samples carry no divisor of their own; they count litres, as the divisor 1000
of the same meter's registers says (inferred for snapshots and samples)."""


def number(data: Data) -> int:
    return int(data.value)


def flag(data: Data) -> bool:
    return bool(data.value)


def instant(data: Data) -> datetime | None:
    """Of 12 octets; None where they name no time."""
    return DateTime.from_octets(data.value).as_utc()


def since_2000(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def moment(data: Data) -> datetime:
    """Of seconds since 2000."""
    return since_2000(data.value)


def iso(text: str) -> datetime | None:
    """Of a typed ZigBee or ASN.1 time; None for the special ones."""
    return None if text.startswith("0x") else datetime.fromisoformat(text)


def time_of_day(octets: bytes) -> time | None:
    """Of hour, minute, second, hundredths; None for a wildcard."""
    hour, minute, second, hundredths = octets
    if _ANY in (hour, minute):
        return None
    second, hundredths = (0 if part == _ANY else part for part in (second, hundredths))
    return time(hour, minute, second, hundredths * 10_000)


def whole_date(octets: bytes) -> date | str | None:
    """Of a 5-octet date; None where it is none.

    Users write any year as 65535 (requests of 2.1 do), which no `date` holds: text, as in the
    request.
    """
    year, month, day = octets[0] << 8 | octets[1], octets[2], octets[3]
    try:
        if year <= MAXYEAR:
            return date(year, month, day)
        date(_LEAP_CYCLE + year % _LEAP_CYCLE, month, day)  # whether there is such a day
    except ValueError:
        return None
    return f"{year}-{month:02}-{day:02}Z"


def text(octets: bytes) -> str:
    """Printable text of octets that a device chose; padding goes, what XML forbids is replaced."""
    seen = octets.decode("utf-8", errors="replace").strip("\x00")
    return "".join(sign if sign.isprintable() else "�" for sign in seen)


def string(data: Data) -> str:
    return text(data.value)


def eui64(octets: bytes) -> str:
    return Eui64(octets).hyphenated


def firmware(octets: bytes) -> str:
    """Four octets as eight hex digits, as requests and image headers have them."""
    return octets.hex().upper()


def gas(raw: int) -> Decimal:
    """Cubic metres of a snapshot's or sample's value."""
    return Decimal(raw).scaleb(-GAS_PLACES)


def unit(data: Data) -> str | None:
    """The name of the unit in structure{scaler, unit}."""
    return UNITS.get(data.value[1].value)


def date_nodes(octets: bytes) -> tuple[Node, ...]:
    """The Date type: year, month, day and weekday, each specified or not (5 octets or more).

    Daylight saving months (FD, FE) have no word in the schema and are left unspecified.
    """
    year = octets[0] << 8 | octets[1]
    month, day, weekday = octets[2:5]
    return (
        _choice("Year", "SpecifiedYear", "NonSpecifiedYear", year, year != _ANY_YEAR),
        _choice("Month", "SpecifiedMonth", "NonSpecifiedMonth", month, month in _MONTHS),
        Node("DayOfMonth", (_day(day),)),
        _choice(
            "DayOfWeek", "SpecifiedDayOfWeek", "NonSpecifiedDayOfWeek", weekday, weekday != _ANY
        ),
    )


def _choice(name: str, specified: str, open_: str, value: Any, is_specified: bool) -> Node:
    return Node(name, (Node(specified, value) if is_specified else Node(open_),))


_DAYS = {
    _ANY: Node("NonSpecifiedDayOfMonth"),
    _LAST_DAY: Node("LastDayOfMonth"),
    _SECOND_LAST_DAY: Node("SecondLastDayOfMonth"),
}


def _day(day: int) -> Node:
    return _DAYS.get(day) or Node("SpecifiedDayOfMonth", day)


def gas_date_nodes(form: dict[str, int | None]) -> tuple[Node, ...]:
    """The same of a ZigBee date, whose missing parts are None."""
    return tuple(
        _choice(name, specified, open_, form[key], form[key] is not None)
        for key, name, specified, open_ in _GAS_DATE
    )


_GAS_DATE = (
    ("year", "GasYearWithWildcards", "SpecifiedYear", "NonSpecifiedYear"),
    ("month", "GasMonthWithWildcards", "SpecifiedMonth", "NonSpecifiedMonth"),
    ("day", "GasDayOfMonthWithWildcards", "SpecifiedDayOfMonth", "GasNonSpecifiedDayOfMonth"),
    ("weekday", "GasDayOfWeekWithWildcards", "SpecifiedDayOfWeek", "NonSpecifiedDayOfWeek"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekdays_node(bits: str) -> Node | None:
    """Of the seven bits of a schedule entry, Monday first."""
    days = tuple(
        Node("DayOfWeekApplicability", (Node("DayOfWeekID", name),), is_many=True)
        for name, bit in zip(_WEEKDAYS, bits, strict=False)
        if bit == "1"
    )
    return Node("DaysOfWeekApplicability", days) if days else None


def special_days(bits: str) -> list[int]:
    """Numbers (from 1) of the special days that a schedule entry names."""
    return [index for index, bit in enumerate(bits, 1) if bit == "1"]


def numbered(name: str, values: Any, *, first: int = 1) -> list[Node]:
    """One element per value, with its index."""
    return [
        Node(name, value, (("index", index),), is_many=True)
        for index, value in enumerate(values, first)
    ]


def hexadecimal(value: int, size: int) -> Hex:
    return Hex(value.to_bytes(size, "big"))


def base64(octets: bytes) -> Base64:
    return Base64(octets)
