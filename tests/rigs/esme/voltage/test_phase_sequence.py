"""The order of the phases: what is wrong, and that it is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assay.clock import SimulatedClock
from rigs.devices.esme.phase_sequence import LOOKS_FOR, PhaseSequence
from rigs.premises_circuits import Mains

VOLTS, HERTZ = Decimal(230), Decimal(50)
START = datetime(2026, 1, 5, tzinfo=UTC)


class Bench:
    def __init__(self) -> None:
        self.clock = SimulatedClock(START)
        self.mains = Mains(self.clock)
        self.told: list[int] = []
        self.sequence = PhaseSequence(self.clock, self.mains.phases, self.told.append)

    def feed(self, *angles: int) -> None:
        for phase, angle in zip(self.mains.phases, angles, strict=True):
            phase.turn(Decimal(angle))
        self.mains.feed(VOLTS, HERTZ)

    def look(self) -> list[int]:
        self.clock.advance(LOOKS_FOR + timedelta(seconds=1))
        return self.told


@pytest.mark.parametrize("angles", [(0, 120, 240), (0, 100, 260), (90, 210, 330), (0, -240, 600)])
def test_phases_in_their_places_are_no_event(angles: tuple[int, ...]) -> None:
    bench = Bench()
    bench.feed(*angles)
    assert bench.look() == []


@pytest.mark.parametrize("angles", [(0, 240, 120), (120, 0, 240), (0, 180, 240), (0, 0, 0)])
def test_any_other_order_is_told_once(angles: tuple[int, ...]) -> None:
    bench = Bench()
    bench.feed(*angles)
    assert bench.look() == [0x81B7]
    bench.mains.phases[0].feed(VOLTS + 1, HERTZ)
    assert bench.look() == [0x81B7]


def test_a_wrong_order_that_passes_is_not_told() -> None:
    bench = Bench()
    bench.feed(0, 240, 120)
    bench.clock.advance(LOOKS_FOR / 2)
    bench.feed(0, 120, 240)
    assert bench.look() == []


def test_two_phases_have_no_order() -> None:
    bench = Bench()
    bench.feed(0, 240, 120)
    bench.mains.phases[2].feed(Decimal(0), Decimal(0))
    assert bench.look() == []
