"""Values of the request as DLMS data: what the rows of DLMS use cases are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.errors import NotAskedError, NotCarriedError
from assay.adapter.correlation.expected import DlmsItems, ItemRow, Listed, Node, OneOf, Want
from assay.adapter.correlation.times import dlms_activation
from assay.duis.values import CalendarDate
from assay.gbcs.dlms.access import Obis, Op
from assay.gbcs.dlms.data import Data, Tag

Value = Callable[[Asked], Node]
Rows = Callable[[Asked], tuple[ItemRow, ...]]
TRUE, FALSE = 0xFF, 0x00
"""True is FF in every national vector, though the tables also write 01 and a device takes any
but 00: only FF is accepted, for the DCC has no reason to write anything else."""

EXTENDED_DATA = 9000
_VALUE_PASSIVE, _ACTIVATION_TIME = 4, 6


def items(*rows: Rows) -> Callable[[Asked], DlmsItems]:
    """The items of a use case in order, from rows and groups of rows."""
    return lambda asked: DlmsItems(tuple(row for make in rows for row in make(asked)))


def row(name: str, op: Op, class_id: int, obis: str, attribute: int, value: Value) -> Rows:
    code = Obis.from_text(obis)
    return lambda asked: (ItemRow(name, op, class_id, code, attribute, value(asked)),)


def put(name: str, class_id: int, obis: str, attribute: int, value: Value) -> Rows:
    return row(name, Op.SET, class_id, obis, attribute, value)


def act(name: str, class_id: int, obis: str, method: int, value: Value) -> Rows:
    return row(name, Op.ACTION, class_id, obis, method, value)


def passive(name: str, obis: str, value: Value) -> Rows:
    """The next value of a GBCS extended data object."""
    return put(name, EXTENDED_DATA, obis, _VALUE_PASSIVE, value)


def activation(name: str, obis: str, class_id: int = EXTENDED_DATA, attribute: int = 6) -> Rows:
    return put(f"{name}: activation", class_id, obis, attribute, dlms_activation)


def always(tag: Tag, value: object) -> Value:
    want = constant(tag, value)
    return lambda _: want


def constant(tag: Tag, value: object) -> Want:
    return Want(Data(tag, value))


def number(tag: Tag, path: str) -> Value:
    def build(asked: Asked) -> Want:
        value, where = asked.leaf(path, int)
        return Want(Data(tag, value), where, value)

    return build


def coded(tag: Tag, path: str, codes: Mapping[str, object]) -> Value:
    """An enumeration of the request by its code."""

    def build(asked: Asked) -> Want:
        value, where = asked.leaf(path, str)
        return Want(Data(tag, codes[value]), where, value)

    return build


def text(tag: Tag, path: str) -> Value:
    def build(asked: Asked) -> Want:
        value, where = asked.leaf(path, str)
        return Want(Data(tag, value.encode("utf-8")), where, value)

    return build


def octet(value: int, where: str, asked: object) -> Want:
    """An identifier of one octet, as an octet string."""
    return Want(Data(Tag.OCTET_STRING, bytes((value,))), where, asked)


def calendar_date(asked: Asked, path: str) -> Want:
    """Year, month, day, any weekday: 65535 is the year of no year. A zone other than Z and
    none at all are the same date to a Device, which has no zones."""
    value, where = asked.leaf(path, CalendarDate)
    octets = value.year.to_bytes(2, "big") + bytes((value.month, value.day, 0xFF))
    return Want(Data(Tag.OCTET_STRING, octets), where, value)


_WILDCARD_DAYS = {"LastDayOfMonth": 0xFE, "SecondLastDayOfMonth": 0xFD}


def date_octets(asked: Asked) -> tuple[bytes, str]:
    """(five octets of a date with wildcards, the same in words)."""
    has_year = not asked.has("Year/NonSpecifiedYear")
    year = asked.value("Year/SpecifiedYear", int) if has_year else 0xFFFF
    month = _or_any(asked, "Month/SpecifiedMonth", "Month/NonSpecifiedMonth")
    day = next(
        (code for name, code in _WILDCARD_DAYS.items() if asked.has(f"DayOfMonth/{name}")), None
    )
    if day is None:
        day = _or_any(asked, "DayOfMonth/SpecifiedDayOfMonth", "DayOfMonth/NonSpecifiedDayOfMonth")
    weekday = _or_any(asked, "DayOfWeek/SpecifiedDayOfWeek", "DayOfWeek/NonSpecifiedDayOfWeek")
    octets = year.to_bytes(2, "big") + bytes((month, day, weekday))
    said = {"year": year, "month": month, "day": day, "weekday": weekday}
    return octets, ", ".join(
        f"{name} {_WORDS.get(number, number)}" for name, number in said.items()
    )


_WORDS = {0xFFFF: "any", 0xFF: "any", 0xFE: "the last", 0xFD: "the last but one"}


def _or_any(asked: Asked, specified: str, wildcard: str) -> int:
    return 0xFF if asked.has(wildcard) else asked.value(specified, int)


def date(asked: Asked) -> Want:
    octets, said = date_octets(asked)
    return Want(Data(Tag.OCTET_STRING, octets), asked.path.rstrip("/"), said)


def midnight_of(asked: Asked) -> Want:
    """A date with wildcards as a date-time at 00:00:00."""
    octets, said = date_octets(asked)
    octets += bytes.fromhex("000000008000FF")
    return Want(Data(Tag.OCTET_STRING, octets), asked.path.rstrip("/"), said)


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekdays(asked: Asked) -> Want:
    """Bits from Monday on; all zero without the element (inferred from an empty one)."""
    path = "DaysOfWeekApplicability/DayOfWeekApplicability"
    named = {day.value("DayOfWeekID", str) for day in asked.each(path)}
    bits = "".join("1" if day in named else "0" for day in _DAYS)
    return Want(Data(Tag.BIT_STRING, bits), f"{asked.path}{path}", ", ".join(sorted(named)))


_MOST_SPECIAL_DAYS = 20


def special_days(named: list[int], defined: int, path: str) -> Node:
    """Bits from special day 1 on. Vectors have as many as days are defined; the tables print
    bit-string(20): both say the same days, so both are accepted."""
    beyond = [day for day in named if day > defined]
    if beyond:
        raise NotCarriedError(path, f"special day {beyond[0]}", f"the {defined} that are defined")
    bits = "".join("1" if day in named else "0" for day in range(1, defined + 1))
    asked = ", ".join(map(str, sorted(named)))
    short = Want(Data(Tag.BIT_STRING, bits), path, asked)
    if defined == _MOST_SPECIAL_DAYS:
        return short
    long = Data(Tag.BIT_STRING, bits.ljust(_MOST_SPECIAL_DAYS, "0"))
    return OneOf((short, Want(long, path, asked)))


def listed(path: str, value: Callable[[Asked], Node]) -> Value:
    """An array with an entry per repeated element, in the request's order."""
    return lambda asked: Listed(tuple(map(value, asked.each(path))), path)


def scaled(value: Decimal, digits: int, where: str) -> int:
    """A decimal as an integer of so many digits after the point."""
    moved = value.scaleb(digits)
    if moved != moved.to_integral_value():
        raise NotCarriedError(where, value, f"{digits} digits after the point")
    return int(moved)


def one_of(asked: Asked, *paths: str) -> str:
    """The one of some elements that is there."""
    found = next((path for path in paths if asked.has(path)), None)
    if found is None:
        raise NotAskedError(f"{asked.path}{' or '.join(paths)}")
    return found
