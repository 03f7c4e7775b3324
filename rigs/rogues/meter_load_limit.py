"""Meters that limit the load at the wrong time, or do the wrong thing about it."""

from __future__ import annotations

import operator
from dataclasses import replace
from datetime import timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import Indicator
from rigs.devices.esme.load_limit import LoadLimitSettings
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-load-limit-at-threshold",
    "Takes the limit itself for too much",
    requirement="SMETS-E-110",
    severity=Severity.MAJOR,
    deviation="A load that equals the threshold counts as above it.",
)
def load_limit_at_threshold(meter: Meter) -> None:
    meter.load_limit.exceeds = operator.ge


@rogue(
    "meter-load-limit-in-kilowatts",
    "Takes the limit for kilowatts",
    requirement="SMETS-E-110",
    severity=Severity.CRITICAL,
    deviation="The threshold, set in watts, is compared in kilowatts.",
)
def load_limit_in_kilowatts(meter: Meter) -> None:
    meter.load_limit.exceeds = lambda watts, threshold: watts > threshold * 1000


@rogue(
    "meter-load-limit-too-hasty",
    "Limits before the period is over",
    requirement="SMETS-E-110",
    severity=Severity.MAJOR,
    deviation="The load limit period is two seconds too short.",
)
def load_limit_too_hasty(meter: Meter) -> None:
    meter.load_limit.error_time = timedelta(seconds=-2)


@rogue(
    "meter-load-limit-too-patient",
    "Limits later than the period says",
    requirement="SMETS-E-110",
    severity=Severity.MINOR,
    deviation="The load limit period is two seconds too long.",
)
def load_limit_too_patient(meter: Meter) -> None:
    meter.load_limit.error_time = timedelta(seconds=2)


@rogue(
    "meter-load-limit-ignores-dip",
    "Does not notice that the load was down",
    requirement="SMETS-E-114",
    severity=Severity.MAJOR,
    deviation="A dip below the threshold does not start the period anew.",
)
def load_limit_ignores_dip(meter: Meter) -> None:
    meter.load_limit.restart = lambda: False


@rogue(
    "meter-load-limit-not-counted",
    "Does not count what it limits",
    requirement="SMETS-E-110",
    severity=Severity.MINOR,
    deviation="The load limit counter stays where it is.",
)
def load_limit_not_counted(meter: Meter) -> None:
    meter.load_limit.counted = lambda counter: counter


@rogue(
    "meter-load-limit-counter-stays",
    "Keeps a load limit counter that it was told to reset",
    requirement="SMETS-E-115",
    severity=Severity.MINOR,
    deviation="A reset of the load limit counter is acknowledged and has no effect.",
)
def load_limit_counter_stays(meter: Meter) -> None:
    meter.load_limit.counter_after_reset = lambda counter: counter


@rogue(
    "meter-load-limit-unreported",
    "Limits in silence",
    requirement="SMETS-E-110",
    severity=Severity.MAJOR,
    deviation="Alert 8F01 is never sent.",
)
def load_limit_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F01)


@rogue(
    "meter-load-limit-unlogged",
    "Keeps no record of a load above the limit",
    requirement="SMETS-E-110",
    severity=Severity.MINOR,
    deviation="The event log gets no entry 8F01.",
)
def load_limit_unlogged(meter: Meter) -> None:
    meter.event_log.is_recorded = lambda code: code != 0x8F01


@rogue(
    "meter-load-limit-lost-in-outage",
    "Forgets its load limit in an outage",
    requirement="SMETS-E-110",
    severity=Severity.MAJOR,
    deviation="After an outage the load limit has the values of the factory.",
)
def load_limit_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.load_limit.configure(LoadLimitSettings()))


@rogue(
    "meter-load-limit-never-opens",
    "Leaves the supply on whatever was set",
    requirement="SMETS-E-111",
    severity=Severity.CRITICAL,
    deviation="A load above the limit is reported, and the supply never opened.",
)
def load_limit_never_opens(meter: Meter) -> None:
    meter.load_limit.act = lambda: None


@rogue(
    "meter-load-limit-not-armed",
    "Cuts the load and leaves it off",
    requirement="SMETS-E-111",
    severity=Severity.CRITICAL,
    deviation="A load limit disables the supply and does not arm it.",
)
def load_limit_not_armed(meter: Meter) -> None:
    meter.supply.disable_then_arm = meter.supply.disable  # type: ignore[method-assign]


@rogue(
    "meter-load-limit-opening-unreported",
    "Cuts the load and says nothing",
    requirement="SMETS-E-111",
    severity=Severity.MAJOR,
    deviation="Alert 8F33 is never sent.",
)
def load_limit_opening_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F33)


@rogue(
    "meter-load-limit-always-opens",
    "Cuts the load where it was to leave it",
    requirement="SMETS-E-112",
    severity=Severity.CRITICAL,
    deviation="The supply state of the load limit is taken for Disable whatever was set.",
)
def load_limit_always_opens(meter: Meter) -> None:
    sound = meter.load_limit.configure

    def configure(settings: LoadLimitSettings) -> None:
        sound(replace(settings, disables_supply=True))

    meter.load_limit.configure = configure  # type: ignore[method-assign]


@rogue(
    "meter-load-limit-not-shown",
    "Does not show that the load is too high",
    requirement="SMETS-E-112",
    severity=Severity.MINOR,
    deviation="The sign of the load limit never appears.",
)
def load_limit_not_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.LOAD_LIMIT] = lambda: False


@rogue(
    "meter-load-limit-shown-for-good",
    "Shows a load limit that is over",
    requirement="SMETS-E-112",
    severity=Severity.MINOR,
    deviation="The sign of the load limit stays when the load is down again.",
)
def load_limit_shown_for_good(meter: Meter) -> None:
    meter.display.indicators[Indicator.LOAD_LIMIT] = lambda: meter.load_limit.counter > 0


@rogue(
    "meter-load-limit-restored-in-minutes",
    "Takes the restoration period for minutes",
    requirement="SMETS-E-113",
    severity=Severity.CRITICAL,
    deviation="The restoration period, set in seconds, is taken for minutes.",
)
def load_limit_restored_in_minutes(meter: Meter) -> None:
    meter.load_limit.restoration_time = lambda period: timedelta(minutes=period)


@rogue(
    "meter-load-limit-restored-early",
    "Restores the supply before its time",
    requirement="SMETS-E-113",
    severity=Severity.MAJOR,
    deviation="The restoration period is ten seconds too short.",
)
def load_limit_restored_early(meter: Meter) -> None:
    meter.load_limit.restoration_time = lambda period: timedelta(seconds=period - 10)


@rogue(
    "meter-load-limit-restoration-unreported",
    "Restores the supply and says nothing",
    requirement="SMETS-E-113",
    severity=Severity.MINOR,
    deviation="Alert 8F34 is never sent.",
)
def load_limit_restoration_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F34)


@rogue(
    "meter-load-limit-restores-disabled",
    "Restores a supply that the supplier has disabled",
    requirement="SMETS-E-113",
    severity=Severity.CRITICAL,
    deviation="The restoration closes the supply whatever was done to it in between.",
)
def load_limit_restores_disabled(meter: Meter) -> None:
    meter.supply.on_change.remove(meter.load_limit.supply_changed)
    meter.load_limit.may_restore = lambda _state: True


@rogue(
    "meter-load-limit-restoration-lost",
    "Forgets in an outage that a supply is to be restored",
    requirement="SMETS-E-113",
    severity=Severity.CRITICAL,
    deviation="After an outage a supply that the load limit has armed stays armed.",
)
def load_limit_restoration_lost(meter: Meter) -> None:
    meter.on_power_up.append(lambda: setattr(meter.load_limit, "may_restore", lambda _state: False))


@rogue(
    "meter-load-limit-as-delivered",
    "Limits a load that nobody limited",
    requirement="SMETS-E-116",
    severity=Severity.CRITICAL,
    deviation="As delivered the meter limits the load at three kilowatts.",
)
def load_limit_as_delivered(meter: Meter) -> None:
    meter.load_limit.configure(LoadLimitSettings(threshold_watts=3000))


@rogue(
    "meter-load-limit-dated-early",
    "Takes a dated load limit too early",
    requirement="SMETS-E-117",
    severity=Severity.MAJOR,
    deviation="What is dated is carried out ten minutes before its date.",
)
def load_limit_dated_early(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at - timedelta(minutes=10)


@rogue(
    "meter-load-limit-dated-unreported",
    "Says nothing of a dated load limit",
    requirement="SMETS-E-117",
    severity=Severity.MINOR,
    deviation="Only two of the four settings of a dated load limit are reported.",
)
def load_limit_dated_unreported(meter: Meter) -> None:
    sound, told = meter.alerts.is_wanted, [0]

    def is_wanted(code: int) -> bool:
        told[0] += code == 0x8F66
        return sound(code) and (code != 0x8F66 or told[0] <= 2)

    meter.alerts.is_wanted = is_wanted
