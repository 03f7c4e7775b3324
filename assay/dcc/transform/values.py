"""Where the data of a Command come from: small functions from a frame to one DLMS value.

A source is called with the frame, which says the phase of the item as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from assay.dcc.transform.frame import Frame
from assay.duis.values import Content, Value, field
from assay.gbcs.date_time import NEVER, DateTime, seconds_since_2000
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import (
    Data,
    array,
    boolean,
    double_long_unsigned,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64

Source: TypeAlias = Callable[[Frame], Data]

_TIME_ATTRIBUTE = 2


def constant(data: Data) -> Source:
    return lambda _: data


def number(path: str) -> Source:
    """An element that holds an integer, as double-long-unsigned."""
    return lambda frame: double_long_unsigned(field(frame.body, path, int))


def seconds(path: str) -> Source:
    """An element that holds seconds, as long-unsigned."""
    return lambda frame: long_unsigned(field(frame.body, path, int))


def text(path: str) -> Source:
    return lambda frame: octet_string(field(frame.body, path, str).encode("ascii"))


def identifier(path: str) -> Source:
    return lambda frame: octet_string(field(frame.body, path, Eui64))


def average_voltage(name: str) -> Source:
    """A setting of the average voltage monitor: of the item's phase, or of the only one."""

    def source(frame: Frame) -> Data:
        settings = _phase_settings(frame.body, frame.phase)
        return double_long_unsigned(field(settings, name, int))

    return source


def _phase_settings(body: Content, phase: int) -> Content:
    if "SinglePhaseVoltageSettings" in body:
        return _content(body["SinglePhaseVoltageSettings"])
    phases = body["PolyPhaseVoltageSettings"]
    if isinstance(phases, tuple):
        for settings in map(_content, phases):
            if settings["Phase"] == phase:
                return _content(settings["PhaseVoltageSettings"])
    raise EncodeError("PolyPhaseVoltageSettings", f"settings of phase {phase}", "none")


def _content(value: Value) -> Content:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected elements, seen {type(value).__name__}")
    return value


def validity_window(frame: Frame) -> Data:
    """Of Set Clock: no preset time, then the window in which the hub's time must lie."""
    start = field(frame.body, "CurrentDateTime", datetime)
    tolerance = timedelta(seconds=field(frame.body, "TolerancePeriod", int))
    try:
        end = start + tolerance
    except OverflowError:
        raise EncodeError("TolerancePeriod", "an end before the year 10000", tolerance) from None
    return structure(octet_string(NEVER), _date_time(start), _date_time(end))


def _date_time(when: datetime) -> Data:
    return octet_string(DateTime.at(when).octets)


def log_period(frame: Frame) -> Data:
    """The range of a log, by the time of its entries (gbcs.md 4.8); both ends are included."""
    clock = structure(
        long_unsigned(1), octet_string(_GBCS_TIME), integer(_TIME_ATTRIBUTE), long_unsigned(0)
    )
    start = field(frame.body, "ReadLogPeriod/StartDateTime", datetime)
    end = field(frame.body, "ReadLogPeriod/EndDateTime", datetime)
    return structure(clock, _since_2000(start), _since_2000(end), array())


_GBCS_TIME = Obis.from_text("0-0:94.44.100.255")


def _since_2000(when: datetime) -> Data:
    return double_long_unsigned(seconds_since_2000(when))


TRUE = constant(boolean(True))
