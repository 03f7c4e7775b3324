"""Meters whose radio falls short."""

from __future__ import annotations

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-hears-badly",
    "Has a deaf receiver",
    requirement="RADIO-MARGIN-2.4",
    severity=Severity.MAJOR,
    deviation="It needs 25 dB more than a sound one to understand a command.",
)
def hears_badly(meter: Meter) -> None:
    meter.radio.hears_less_db = 25.0


@rogue(
    "meter-whispers",
    "Has a weak transmitter",
    requirement="RADIO-MARGIN-868",
    severity=Severity.MAJOR,
    deviation="Its answers leave with 25 dB less than those of a sound one.",
)
def whispers(meter: Meter) -> None:
    meter.radio.sends_less_db = 25.0
