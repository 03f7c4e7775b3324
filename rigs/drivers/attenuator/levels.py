"""Levels that an attenuator can take: limits, steps, and the steps of a ramp. No I/O here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assay.verdicts import LimitExceeded
from rigs.capabilities import AttenuatorRange


def quantised(decibels: Decimal, limits: AttenuatorRange, where: str) -> Decimal:
    """Down to a step above the minimum; LimitExceeded outside of the range.

    Down, so that a procedure that is told the actual value never claims more path loss than
    there was.
    """
    if not decibels.is_finite():
        raise ValueError(f"{where}: expected a number of decibels, got {decibels}")
    if not limits.minimum <= decibels <= limits.maximum:
        raise LimitExceeded(
            f"{where}: {decibels} dB is outside of {limits.minimum} to {limits.maximum} dB"
        )
    steps = (decibels - limits.minimum) // limits.step
    return limits.minimum + steps * limits.step


def check_channel(channel: int, limits: AttenuatorRange, where: str) -> None:
    if not 1 <= channel <= limits.channels:
        raise LimitExceeded(f"{where}: channel {channel}, it has {limits.channels}")


def ramp_levels(
    start: Decimal, stop: Decimal, step: Decimal, limits: AttenuatorRange, where: str
) -> Sequence[Decimal]:
    """From start to stop, both among them where the steps meet the stop; each as it can be set.

    `step` is a distance, so it has no sign. ValueError for one below that of the instrument.
    """
    if step < limits.step:
        raise ValueError(f"{where}: a step of {step} dB, the smallest is {limits.step} dB")
    first, last = quantised(start, limits, where), quantised(stop, limits, where)
    each = step // limits.step * limits.step
    count = int(abs(last - first) // each)
    signed = each if last >= first else -each
    return [first + index * signed for index in range(count + 1)]
