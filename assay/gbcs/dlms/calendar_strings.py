"""Dates and times that DLMS carries as octets, as JSON values and back.

A date-time of twelve octets, a date of five, a time of four (digest 4.6): ISO text where
that alone gives back the octets, "now" and "never" for the activation values of GBCS, an
object otherwise, in which null is a wildcard. What cannot be a date or time reads as None:
its octets are something else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.errors import EncodeError

Json = Any
DATE_TIME_SIZE, DATE_SIZE, TIME_SIZE = 12, 5, 4
_ANY_YEAR = 0xFFFF
_YEARS = range(1970, 2200)
"""Wider than the life of any meter, and no two letters of a text."""
_NO_DEVIATION = 0x8000
_DEVIATIONS = range(-720, 841)
_ANY = 0xFF
_PLAIN_END = bytes.fromhex("008000FF")
"""No hundredths, deviation and status unspecified."""
_ACTIVATIONS = {NOW: "now", NEVER: "never"}
_ACTIVATION_OCTETS = {word: octets for octets, word in _ACTIVATIONS.items()}


class _Part(NamedTuple):
    """One octet: its plain values, and the words for its special ones."""

    name: str
    values: range
    words: dict[int, str]

    def to_json(self, octet: int) -> Json:
        """ValueError for an octet that this part cannot be."""
        if octet == _ANY:
            return None
        if octet in self.values:
            return octet
        try:
            return self.words[octet]
        except KeyError:
            raise ValueError(self.name) from None

    def octet(self, form: dict[str, Json]) -> int:
        value = form[self.name]
        if value is None:
            return _ANY
        for octet, word in self.words.items():
            if word == value:
                return octet
        if type(value) is not int or value not in self.values:
            raise EncodeError(self.name, f"{self.values[0]} to {self.values[-1]} or null", value)
        return value


_DATE = (
    _Part("month", range(1, 13), {0xFD: "daylight-saving-end", 0xFE: "daylight-saving-begin"}),
    _Part("day", range(1, 32), {0xFD: "second-last", 0xFE: "last"}),
    _Part("weekday", range(1, 8), {}),
)
_TIME = (
    _Part("hour", range(24), {}),
    _Part("minute", range(60), {}),
    _Part("second", range(60), {}),
    _Part("hundredths", range(100), {}),
)


def _parts_to_json(parts: tuple[_Part, ...], octets: bytes) -> dict[str, Json]:
    return {part.name: part.to_json(octet) for part, octet in zip(parts, octets, strict=True)}


def _parts_to_octets(parts: tuple[_Part, ...], form: dict[str, Json]) -> bytes:
    return bytes(part.octet(form) for part in parts)


def _date_form(o: bytes) -> dict[str, Json]:
    year = o[0] << 8 | o[1]
    if year != _ANY_YEAR and year not in _YEARS:
        raise ValueError(year)
    return {"year": None if year == _ANY_YEAR else year, **_parts_to_json(_DATE, o[2:5])}


def _date_octets(form: dict[str, Json]) -> bytes:
    return _packed_date(form["year"], form["month"], form["day"], form["weekday"])


@lru_cache(maxsize=4096, typed=True)
def _packed_date(year: Json, month: Json, day: Json, weekday: Json) -> bytes:
    """The same dates over and over: what a calendar repeats is worked out once."""
    if year is not None and (type(year) is not int or year not in _YEARS):
        raise EncodeError("year", f"{_YEARS[0]} to {_YEARS[-1]} or null", year)
    number = _ANY_YEAR if year is None else year
    rest = {"month": month, "day": day, "weekday": weekday}
    return number.to_bytes(2, "big") + _parts_to_octets(_DATE, rest)


@lru_cache(maxsize=4096)
def _date_time_to_json(o: bytes) -> Json:
    if o[4] == _ANY and o[8:] == _PLAIN_END:
        try:
            moment = datetime(o[0] << 8 | o[1], o[2], o[3], o[5], o[6], o[7])
        except ValueError:
            pass
        else:
            return moment.isoformat() + "Z"
    word = _ACTIVATIONS.get(o)
    if word is not None:
        return word
    deviation = int.from_bytes(o[9:11], "big", signed=True)
    if deviation not in _DEVIATIONS and o[9] << 8 | o[10] != _NO_DEVIATION:
        raise ValueError(deviation)
    return {
        **_date_form(o[:5]),
        **_parts_to_json(_TIME, o[5:9]),
        "deviation_min": deviation if deviation in _DEVIATIONS else None,
        "status": o[11],
    }


def _date_time_to_octets(form: Json) -> bytes:
    if isinstance(form, str):
        return _moment_octets(form)
    deviation, status = form["deviation_min"], form["status"]
    if deviation is not None and (type(deviation) is not int or deviation not in _DEVIATIONS):
        raise EncodeError("deviation_min", "-720 to 840 or null", deviation)
    if type(status) is not int or not 0 <= status <= 0xFF:
        raise EncodeError("status", "0 to 255", status)
    ending = (
        _NO_DEVIATION.to_bytes(2, "big")
        if deviation is None
        else deviation.to_bytes(2, "big", signed=True)
    )
    return _date_octets(form) + _parts_to_octets(_TIME, form) + ending + bytes((status,))


@lru_cache(maxsize=4096)
def _moment_octets(text: str) -> bytes:
    octets = _ACTIVATION_OCTETS.get(text)
    if octets is not None:
        return octets
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not UTC:
        return DateTime.at(moment).octets
    year, month, day, hour, minute, second, *_ = moment.timetuple()
    return year.to_bytes(2, "big") + bytes((month, day, _ANY, hour, minute, second)) + _PLAIN_END


@lru_cache(maxsize=4096)
def _date_to_json(o: bytes) -> Json:
    return _date_form(o)


@lru_cache(maxsize=4096)
def _time_to_json(o: bytes) -> Json:
    form = _parts_to_json(_TIME, o)
    if o[3] or _ANY in o:
        return form
    return f"{o[0]:02}:{o[1]:02}:{o[2]:02}"


def _time_to_octets(form: Json) -> bytes:
    if not isinstance(form, str):
        return _parts_to_octets(_TIME, form)
    return _clock_octets(form)


@lru_cache(maxsize=4096)
def _clock_octets(text: str) -> bytes:
    hour, minute, second = (int(part) for part in text.split(":"))
    names = {"hour": hour, "minute": minute, "second": second, "hundredths": 0}
    return _parts_to_octets(_TIME, names)


class Kind(NamedTuple):
    """`to_json` raises ValueError for octets that are no such date or time; an object it
    gives is shared, so it must not be changed."""

    size: int
    to_json: Callable[[bytes], Json]
    to_octets: Callable[[Json], bytes]


PART_NAMES = frozenset(("year", *(part.name for part in (*_DATE, *_TIME))))
DATE_TIME = Kind(DATE_TIME_SIZE, _date_time_to_json, _date_time_to_octets)
DATE = Kind(DATE_SIZE, _date_to_json, _date_octets)
TIME = Kind(TIME_SIZE, _time_to_json, _time_to_octets)
