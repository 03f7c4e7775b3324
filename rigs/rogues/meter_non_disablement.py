"""Meters that keep a calendar of non-disablement wrongly, or are silent about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data
from rigs.devices.dlms_objects import FAILED, Call, ItemError
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import Indicator
from rigs.devices.payment import Schedule, Wish, codes
from rigs.devices.payment.settings import HOUR
from rigs.rogues.account_access import EVERY_DAY, account_of, answer, silence
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@rogue(
    "meter-ignores-non-disablement",
    "Disconnects at night",
    requirement="SMETS-E-135",
    severity=CRITICAL,
    deviation="The non-disablement calendar is stored and has no effect.",
)
def ignores_non_disablement(meter: Meter) -> None:
    account_of(meter).is_barred = lambda _at: False


@rogue(
    "meter-non-disablement-for-good",
    "Never disconnects once it was night",
    requirement="SMETS-E-135",
    severity=CRITICAL,
    deviation="What was suspended in the hours is not made up for at their end.",
)
def non_disablement_for_good(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.is_barred
    account.is_barred = lambda at: sound(at) or sound(at - timedelta(hours=6))


@rogue(
    "meter-non-disablement-in-summer-time",
    "Keeps the hours by summer time",
    requirement="SMETS-E-135",
    severity=CRITICAL,
    deviation="The hours of non-disablement begin and end an hour early.",
)
def non_disablement_early(meter: Meter) -> None:
    account = account_of(meter)
    sound = account.is_barred
    account.is_barred = lambda at: sound(at + HOUR)


@rogue(
    "meter-non-disablement-every-day",
    "Knows no days of the week in the calendar",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="Every entry of the non-disablement calendar runs every day.",
)
def non_disablement_every_day(meter: Meter) -> None:
    account = account_of(meter)

    def is_barred(at: datetime) -> bool:
        calendar = account.calendar
        if not isinstance(calendar, Schedule):
            return calendar.is_barred(at)
        entries = (
            replace(one, weekdays=EVERY_DAY if one.weekdays else one.weekdays)
            for one in calendar.entries
        )
        return Schedule(entries, calendar.special_days).is_barred(at)

    account.is_barred = is_barred


@rogue(
    "meter-non-disablement-no-special-days",
    "Knows no special days in the calendar",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="Entries of special days of the non-disablement calendar never run.",
)
def non_disablement_no_special_days(meter: Meter) -> None:
    account = account_of(meter)

    def is_barred(at: datetime) -> bool:
        calendar = account.calendar
        return Schedule(getattr(calendar, "entries", ()), ()).is_barred(at)

    account.is_barred = is_barred


@rogue(
    "meter-suspension-silent",
    "Does not report a suspended disablement",
    requirement="SMETS-E-135",
    severity=MINOR,
    deviation="No alert 8F83.",
)
def suspension_silent(meter: Meter) -> None:
    silence(meter, codes.DISABLEMENT_SUSPENDED)


@rogue(
    "meter-suspension-always-reported",
    "Reports every lack of credit as suspended",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="8F83 is sent outside the hours, too, though the supply is disabled.",
)
def suspension_always_reported(meter: Meter) -> None:
    account = account_of(meter)
    account.on_wish.append(
        lambda wish: account.report(codes.DISABLEMENT_SUSPENDED) if wish is Wish.DISABLE else None
    )


@rogue(
    "meter-non-disablement-not-shown",
    "Does not show the hours of non-disablement",
    requirement="SMETS-E-135",
    severity=MINOR,
    deviation="The display never has the sign F.",
)
def non_disablement_not_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.NON_DISABLEMENT] = lambda: False


@rogue(
    "meter-non-disablement-always-shown",
    "Shows the hours of non-disablement all day",
    requirement="SMETS-E-135",
    severity=MINOR,
    deviation="The display has the sign F at all times.",
)
def non_disablement_always_shown(meter: Meter) -> None:
    meter.display.indicators[Indicator.NON_DISABLEMENT] = lambda: True


@rogue(
    "meter-calendar-of-20",
    "Has no room for 22 entries",
    requirement="SMETS-E-135",
    severity=MAJOR,
    deviation="A non-disablement calendar of more than 20 entries is refused.",
)
def calendar_of_20(meter: Meter) -> None:
    sound = meter.objects.access(Op.SET, 10, "0-1:12.0.1.255", 2)

    def set_entries(call: Call) -> Data | None:
        if len(call.data.value) > 20:
            raise ItemError(FAILED)
        return sound(call)

    answer(meter, Op.SET, 10, "0-1:12.0.1.255", 2, set_entries)
