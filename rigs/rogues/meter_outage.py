"""Meters that come out of an outage changed, or do not say that there was one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme import VoltageSettings
from rigs.devices.esme.outage import RESTORED, RESTORED_AFTER_LONG, Outage
from rigs.devices.esme.registers import WATT_MICROSECONDS_PER_WATT_HOUR
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-outage-alert-late",
    "Reports a restoration late",
    requirement="SMETS-E-102",
    severity=Severity.MAJOR,
    deviation="Alerts 8F35 and 8F36 leave the meter five minutes late.",
)
def outage_alert_late(meter: Meter) -> None:
    meter.alerts.delays |= dict.fromkeys((RESTORED, RESTORED_AFTER_LONG), timedelta(minutes=5))


@rogue(
    "meter-outage-alert-missing",
    "Reports no restoration",
    requirement="SMETS-E-102",
    severity=Severity.MAJOR,
    deviation="Alerts 8F35 and 8F36 are never sent.",
)
def outage_alert_missing(meter: Meter) -> None:
    meter.alerts.silenced |= {RESTORED, RESTORED_AFTER_LONG}


@rogue(
    "meter-long-outage-alert-missing",
    "Reports no restoration after a long outage",
    requirement="SMETS-E-102",
    severity=Severity.MAJOR,
    deviation="Alert 8F36 is never sent.",
)
def long_outage_alert_missing(meter: Meter) -> None:
    meter.alerts.silenced.add(RESTORED_AFTER_LONG)


@rogue(
    "meter-long-outage-too-early",
    "Takes a short outage for a long one",
    requirement="SMETS-E-103",
    severity=Severity.MINOR,
    deviation="An outage counts as long from 170 seconds on.",
)
def long_outage_too_early(meter: Meter) -> None:
    meter.outage.long_after = timedelta(seconds=170)


@rogue(
    "meter-long-outage-too-late",
    "Takes a long outage for a short one",
    requirement="SMETS-E-103",
    severity=Severity.MINOR,
    deviation="An outage counts as long from 190 seconds on.",
)
def long_outage_too_late(meter: Meter) -> None:
    meter.outage.long_after = timedelta(seconds=190)


@rogue(
    "meter-outage-times-swapped",
    "Confuses the start and the end of an outage",
    requirement="SMETS-E-102",
    severity=Severity.MAJOR,
    deviation="The restoration alert carries restoration first and interruption second.",
)
def outage_times_swapped(meter: Meter) -> None:
    sound = meter.outage.alert
    meter.outage.alert = lambda code, outage: sound(code, Outage(outage.restored, outage.lost))


@rogue(
    "meter-outage-alert-twice",
    "Reports a restoration twice",
    requirement="SMETS-E-102",
    severity=Severity.MINOR,
    deviation="Each restoration alert is followed by a second one.",
)
def outage_alert_twice(meter: Meter) -> None:
    sound = meter.outage.alert
    meter.outage.alert = lambda code, outage: (sound(code, outage), sound(code, outage))[0]


@rogue(
    "meter-outage-not-logged",
    "Keeps no record of an outage",
    requirement="SMETS-E-100",
    severity=Severity.MINOR,
    deviation="The power event log gets no entry for interruption and restoration.",
)
def outage_not_logged(meter: Meter) -> None:
    meter.power_event_log.is_recorded = lambda code: code < 0x8F00


@rogue(
    "meter-register-jumps-back",
    "The register goes back at an outage",
    requirement="SMETS-E-104",
    severity=Severity.CRITICAL,
    deviation="After an outage the register shows 100 Wh less than before.",
)
def register_jumps_back(meter: Meter) -> None:
    meter.register.on_power_up = lambda energy: max(
        Decimal(0), energy - 100 * WATT_MICROSECONDS_PER_WATT_HOUR
    )


@rogue(
    "meter-counters-reset-by-outage",
    "Forgets its replay counters in an outage",
    requirement="SMETS-E-104",
    severity=Severity.CRITICAL,
    deviation="After an outage every stored counter is zero.",
)
def counters_reset_by_outage(meter: Meter) -> None:
    counters = meter.credentials.anchors.counters
    meter.on_power_up.append(lambda: counters.update(dict.fromkeys(counters, 0)))


@rogue(
    "meter-enabled-by-outage",
    "A disabled supply is enabled after an outage",
    requirement="SMETS-E-104",
    severity=Severity.CRITICAL,
    deviation="After an outage the load switch is closed, whatever it was before.",
)
def enabled_by_outage(meter: Meter) -> None:
    meter.on_power_up.append(meter.supply.enable)


@rogue(
    "meter-voltage-settings-lost",
    "Forgets its voltage configuration in an outage",
    requirement="SMETS-E-104",
    severity=Severity.MAJOR,
    deviation="After an outage the voltage monitors have the values of the factory.",
)
def voltage_settings_lost(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.voltage.configure(VoltageSettings()))


@rogue(
    "meter-clock-loses-time-in-outage",
    "The clock loses time in an outage",
    requirement="ALT-CLOCK",
    severity=Severity.MAJOR,
    deviation="The clock falls back by one second in each outage.",
)
def clock_loses_time_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.clock.set(meter.clock.now() - timedelta(seconds=1)))


@rogue(
    "meter-first-outage-alone-reported",
    "Reports the first outage of its life and no other",
    requirement="SMETS-E-103",
    severity=Severity.MAJOR,
    deviation="After one restoration that was reported, no other is.",
)
def first_outage_alone_reported(meter: Meter) -> None:
    sound, told = meter.outage.alert, list[Outage]()

    def alert(code: int, outage: Outage) -> None:
        told.append(outage)
        if len(told) == 1:
            sound(code, outage)

    meter.outage.alert = alert


@rogue(
    "meter-phase-outage-unreported",
    "Reports no outage of a phase",
    requirement="SMETS-E-107",
    severity=Severity.MAJOR,
    deviation="Alerts 8F37 to 8F3C are never sent.",
)
def phase_outage_unreported(meter: Meter) -> None:
    meter.alerts.silenced |= set(range(0x8F37, 0x8F3D))


@rogue(
    "meter-phase-outage-as-meters",
    "Reports an outage of a phase as one of the meter",
    requirement="SMETS-E-107",
    severity=Severity.MAJOR,
    deviation="The outage of a phase has the codes of the supply as a whole.",
)
def phase_outage_as_meters(meter: Meter) -> None:
    for supply in meter.phases.supplies:
        supply.report.phase = 0


@rogue(
    "meter-phase-outage-long-too-early",
    "Takes a short outage of a phase for a long one",
    requirement="SMETS-E-107",
    severity=Severity.MINOR,
    deviation="An outage of a phase counts as long from 160 seconds on.",
)
def phase_outage_long_too_early(meter: Meter) -> None:
    for supply in meter.phases.supplies:
        supply.report.long_after = timedelta(seconds=160)


@rogue(
    "meter-register-saved-by-the-kilowatt-hour",
    "Saves its register now and then",
    requirement="SMETS-E-105",
    severity=Severity.CRITICAL,
    deviation="After an outage the register stands at the last whole kilowatt-hour.",
)
def register_saved_by_the_kilowatt_hour(meter: Meter) -> None:
    saved = 1000 * WATT_MICROSECONDS_PER_WATT_HOUR
    meter.register.on_power_up = lambda energy: energy - energy % saved


@rogue(
    "meter-every-fifth-outage-unlogged",
    "Loses the entry of a cut that comes while it writes",
    requirement="SMETS-E-105",
    severity=Severity.MAJOR,
    deviation="Every fifth outage leaves no entries in the power event log.",
)
def every_fifth_outage_unlogged(meter: Meter) -> None:
    sound, number = meter.outage.record, count(1)
    meter.outage.record = lambda outage: sound(outage) if next(number) % 5 else None  # type: ignore[method-assign]


@rogue(
    "meter-half-hour-lost-in-outage",
    "Loses the half hour in which it is cut off",
    requirement="SMETS-E-105",
    severity=Severity.MAJOR,
    deviation="A half hour with an outage in it has no entry in the profile.",
)
def half_hour_lost_in_outage(meter: Meter) -> None:
    profile, spoilt = meter.metering.profiles.active_import, [False]
    meter.on_power_up.append(lambda: spoilt.__setitem__(0, True))

    def is_recorded() -> bool:
        is_spoilt, spoilt[0] = spoilt[0], False
        return not is_spoilt

    profile.is_recorded = is_recorded
