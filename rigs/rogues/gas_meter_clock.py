"""Gas meters whose clock is wrong, or is set without a record."""

from __future__ import annotations

from decimal import Decimal

from rigs.devices.gsme import GasMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_MAJOR, _MINOR = Severity.MAJOR, Severity.MINOR


@rogue(
    "gas-meter-clock-drifts",
    "Has a clock that runs fast",
    requirement="SMETS-G-019",
    severity=_MAJOR,
    deviation="The clock gains 100 millionths, and is never compared with the hub's.",
)
def clock_drifts(meter: Meter) -> None:
    meter.clock.drift_ppm = Decimal(100)
    meter.clock.adjust = lambda _time: None


@rogue(
    "gas-meter-clock-setting-unlogged",
    "Keeps no record of clocks that were set",
    requirement="SMETS-G-019",
    severity=_MINOR,
    deviation="Neither a clock that was set nor one that was not is in the event log.",
)
def clock_setting_unlogged(meter: Meter) -> None:
    sound = meter.is_logged_in
    meter.is_logged_in = lambda code, log: code not in (0x8145, 0x81C6) and sound(code, log)
