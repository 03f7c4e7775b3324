"""Voltage ranges: a source that has them takes no level above the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rigs.virtual.scpi import Number, RemoteProgramError, Row, number_answer


class VoltageRange:
    """One of a few; the smallest at *RST (inferred)."""

    def __init__(self, ranges: Sequence[Decimal]) -> None:
        self.ranges = tuple(sorted(ranges))
        self.value = self.ranges[0]

    def restore(self) -> None:
        self.value = self.ranges[0]

    def choose(self, volts: Decimal) -> None:
        """The smallest range that has these volts."""
        self.value = min(one for one in self.ranges if one >= volts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RangedNumber(Number):
    """A number whose maximum depends on what has been chosen elsewhere."""

    ceiling: Callable[[], Decimal]

    def read_one(self, element: str) -> Decimal:
        value = Number.read_one(self, element)
        if value > self.ceiling():
            raise RemoteProgramError(-222)
        return value


def range_row(voltage_range: VoltageRange, output_is_on: Callable[[], bool]) -> Row:
    """Relays change the range, so it stays as it is while the output is on (inferred)."""
    highest = voltage_range.ranges[-1]
    number = Number(unit="V", minimum=Decimal(0), maximum=highest, default=voltage_range.ranges[0])

    def run(elements: Sequence[str]) -> None:
        if not elements:
            raise RemoteProgramError(-109)
        before = voltage_range.value
        voltage_range.choose(number.read(elements))
        if output_is_on() and voltage_range.value != before:
            voltage_range.value = before
            raise RemoteProgramError(-221)

    def answer(_elements: Sequence[str]) -> str:
        return number_answer(voltage_range.value)

    return Row(header="[SOURce:]VOLTage:RANGe[:LEVel]", run=run, answer=answer)
