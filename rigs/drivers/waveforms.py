"""Steps of a waveform as columns of text, from which the messages to a source are filled.

| Column | Text |
|---|---|
| number | the step, from 1 |
| volts, hertz | where it goes |
| volts_from, hertz_from | where it begins: the level before where it is a ramp |
| volts_ramp, hertz_ramp | 1 where it is a ramp, else 0 |
| volts_slew, hertz_slew | slope of the ramp per second; infinity (9.9E37) where it is none |
| seconds, milliseconds | its length |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from rigs.capabilities import Step

AT_ONCE = "9.9E37"
_SLEW_FIGURES = Decimal("0.000001")


def rows_of(steps: Sequence[Step], steady: tuple[Decimal, Decimal]) -> Iterator[Mapping[str, str]]:
    """One row for each step; `steady` are volts and hertz before the first."""
    volts, hertz = steady
    for number, step in enumerate(steps, start=1):
        seconds = _seconds(step.duration)
        yield {
            "number": str(number),
            "volts": plain(step.volts),
            "hertz": plain(step.hertz),
            "volts_from": plain(volts if step.is_ramp else step.volts),
            "hertz_from": plain(hertz if step.is_ramp else step.hertz),
            "volts_ramp": str(int(step.is_ramp)),
            "hertz_ramp": str(int(step.is_ramp)),
            "volts_slew": _slew(step, abs(step.volts - volts), seconds),
            "hertz_slew": _slew(step, abs(step.hertz - hertz), seconds),
            "seconds": plain(seconds),
            "milliseconds": plain(seconds * 1000),
        }
        volts, hertz = step.volts, step.hertz


def columns_of(rows: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """Every column as one list, separated by commas."""
    return {name: ",".join(row[name] for row in rows) for name in rows[0]}


def plain(value: Decimal) -> str:
    """Figures without an exponent and without zeros that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _slew(step: Step, distance: Decimal, seconds: Decimal) -> str:
    """A slope too small to be written is none: the level is there already."""
    slope = (distance / seconds).quantize(_SLEW_FIGURES)
    return plain(slope) if step.is_ramp and slope else AT_ONCE


def _seconds(duration: timedelta) -> Decimal:
    return Decimal(duration // timedelta(microseconds=1)) / 1_000_000
