"""Waiting for a reference standard that has gated itself on a meter's pulses.

The standard does the measuring: neither a message nor a clock of this machine is part of the
result. Waiting takes the bench's time, and ends when no further pulse comes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Identity, Reading

PATIENCE = timedelta(minutes=30)
"""Between two pulses; at the starting current of a domestic meter they are 15 minutes apart."""

_FIRST_LOOK = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=1)


def await_pulses(clock: Clock, pulses: int, seen: Callable[[], int], where: str) -> None:
    """`seen` asks for the pulses since the first edge. BenchFault when they stop coming."""
    began = last_change = clock.now()
    newest = -1
    while (count := seen()) < pulses:
        now = clock.now()
        if count != newest:
            newest, last_change = count, now
        if now - last_change >= PATIENCE:
            raise BenchFault(
                f"{where}: expected {pulses} pulses of the meter, "
                f"seen {max(count, 0)} and none within {PATIENCE}"
            )
        clock.advance(min(max(_FIRST_LOOK, (now - began) / 20), _LONGEST_WAIT))


def check_error_test(pulses: int, constant: int) -> None:
    if pulses < 1 or constant < 1:
        raise ValueError(
            f"expected at least one pulse and a constant above 0, got {pulses}, {constant}"
        )


def error_reading(percent: Decimal, clock: Clock, instrument: Identity) -> Reading:
    return Reading(quantity="error", value=percent, unit="%", at=clock.now(), instrument=instrument)
