"""Gas meters that waste their battery, or misstate it or are silent about it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.gsme.battery import Use
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_MAJOR, _MINOR = Severity.MAJOR, Severity.MINOR


@rogue(
    "gas-meter-low-battery-untold",
    "Says nothing of a low battery",
    requirement="SMETS-G-012",
    severity=_MAJOR,
    deviation="No alert 8F1F.",
)
def low_battery_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F1F)


@rogue(
    "gas-meter-new-battery-untold",
    "Says nothing of a new battery",
    requirement="SMETS-G-013",
    severity=_MAJOR,
    deviation="No alert 8F82.",
)
def new_battery_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F82)


@rogue(
    "gas-meter-battery-cover-untold",
    "Says nothing of the battery cover",
    requirement="SMETS-G-013",
    severity=_MAJOR,
    deviation="No alerts 8F73 and 81A1.",
)
def battery_cover_untold(meter: Meter) -> None:
    meter.alerts.silenced |= {0x8F73, 0x81A1}


@rogue(
    "gas-meter-remaining-in-weeks",
    "States the remaining capacity in weeks",
    requirement="SMETS-G-022",
    severity=_MAJOR,
    deviation="The remaining days are divided by seven.",
)
def remaining_in_weeks(meter: Meter) -> None:
    meter.gbz.put_attribute(0x0702, 0x0205, "uint16", lambda: meter.remaining_battery_days() // 7)


@rogue(
    "gas-meter-old-battery-counted",
    "Goes on counting with a new battery",
    requirement="SMETS-G-022",
    severity=_MAJOR,
    deviation="What the old battery gave is still taken off the new one.",
)
def old_battery_counted(meter: Meter) -> None:
    def replaced(at: datetime, charge: Decimal) -> None:
        del at, charge

    meter.battery.replaced = replaced  # type: ignore[method-assign]


@rogue(
    "gas-meter-valve-moved-twice",
    "Moves its valve three times for one command",
    requirement="SMETS-G-014",
    severity=_MINOR,
    deviation="Each move is made, undone and made again.",
)
def valve_moved_twice(meter: Meter) -> None:
    meter.valve.on_moved.append(lambda _passes: meter.battery.spend(Use.VALVE_MOVE, 2))


@rogue(
    "gas-meter-battery-hog",
    "Polls five times at each wake",
    requirement="SMETS-G-014",
    severity=_MAJOR,
    deviation="Each wake costs four polls more than it needs.",
)
def battery_hog(meter: Meter) -> None:
    meter.wake.on_wake.append(lambda: meter.battery.spend(Use.POLL, 4))
