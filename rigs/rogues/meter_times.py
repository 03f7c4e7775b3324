"""Meters that begin, end or count something at another time than they should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import array, unsigned
from rigs.devices.dlms_objects import Call, ItemError
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary.actions import Action
from rigs.devices.esme.auxiliary.control import LIMIT_ENDED
from rigs.devices.esme.meter_clock import ClockStatus
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_PROPORTIONAL = 5
_END_OF_LIMIT = "0-0:94.44.121.4"
_AUXILIARY_CALENDAR = "0-0:12.0.2.255"


@rogue(
    "meter-clock-never-reliable",
    "Never trusts its clock",
    requirement="SMETS-E-008",
    severity=Severity.MINOR,
    deviation="A clock that was set states that it is unreliable.",
)
def clock_never_reliable(meter: Meter) -> None:
    clock = meter.clock
    clock.on_set.append(lambda _: setattr(clock, "status", ClockStatus.UNRELIABLE))


@rogue(
    "meter-clock-window-without-end",
    "Looks at the start of a window alone",
    requirement="SMETS-E-011",
    severity=Severity.MAJOR,
    deviation="A window of the past is taken for the present.",
)
def clock_window_without_end(meter: Meter) -> None:
    meter.clock.is_inside = lambda time, start, _end: start <= time


_Times = Callable[[datetime, datetime], tuple[datetime, datetime]]


def _limited(meter: Meter, times: _Times) -> None:
    """Limits hold from and until what `times` makes of their start and end."""
    sound = meter.auxiliary.limit

    def limit(action: Action, script: int, start: datetime, end: datetime) -> None:
        sound(action, script, *times(start, end))

    meter.auxiliary.limit = limit  # type: ignore[method-assign]


@rogue(
    "meter-limit-at-once",
    "Does not wait for the start of a limit",
    requirement="SMETS-A-012",
    severity=Severity.MAJOR,
    deviation="A limit holds from when it is received.",
)
def limit_at_once(meter: Meter) -> None:
    _limited(meter, lambda start, end: (min(start, meter.now()), end))


@rogue(
    "meter-limit-without-end",
    "Forgets that a limit has an end",
    requirement="SMETS-A-012",
    severity=Severity.CRITICAL,
    deviation="A limit holds a day longer.",
)
def limit_without_end(meter: Meter) -> None:
    _limited(meter, lambda start, end: (start, end + timedelta(days=1)))


@rogue(
    "meter-limit-end-told-at-once",
    "Tells the end of a limit that has not begun",
    requirement="SMETS-A-012",
    severity=Severity.MINOR,
    deviation="Alert 8F87 is sent when a limit is taken, and again at its end.",
)
def limit_end_told_at_once(meter: Meter) -> None:
    sound = meter.auxiliary.limit

    def limit(action: Action, script: int, start: datetime, end: datetime) -> None:
        sound(action, script, start, end)
        meter.report(LIMIT_ENDED, unsigned(_PROPORTIONAL), unsigned(action.level))

    meter.auxiliary.limit = limit  # type: ignore[method-assign]


@rogue(
    "meter-limit-of-no-time",
    "Takes limits that end before they start",
    requirement="SMETS-A-012",
    severity=Severity.MINOR,
    deviation="The end of a limit is not compared with its start.",
)
def limit_of_no_time(meter: Meter) -> None:
    sound = meter.objects.access(Op.SET, 1, _END_OF_LIMIT, 2)

    def write(call: Call) -> None:
        try:
            sound(call)
        except ItemError:
            return

    meter.objects.put(Op.SET, 1, _END_OF_LIMIT, 2, write)


@rogue(
    "meter-auxiliary-calendar-read-empty",
    "Does not give its auxiliary calendar back",
    requirement="SMETS-A-003",
    severity=Severity.MINOR,
    deviation="The calendar of the auxiliary switches is read as empty.",
)
def auxiliary_calendar_read_empty(meter: Meter) -> None:
    meter.objects.put(Op.GET, 10, _AUXILIARY_CALENDAR, 2, lambda _: array())


@rogue(
    "meter-history-a-day-late",
    "Calls the day before yesterday yesterday",
    requirement="SMETS-E-031",
    severity=Severity.MAJOR,
    deviation="The energy of a day is entered in the history a day late.",
)
def history_a_day_late(meter: Meter) -> None:
    callbacks, sound, held = meter.metering.daily.on_day, meter.metering.history.end_day, [0]

    def end_day(midnight: datetime, watt_hours: int) -> None:
        held.append(watt_hours)
        sound(midnight, held.pop(0))

    callbacks[callbacks.index(sound)] = end_day


@rogue(
    "meter-keeps-six-weeks",
    "Shows more weeks than it is to keep",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="Six weeks that are over are kept.",
)
def keeps_six_weeks(meter: Meter) -> None:
    meter.metering.history.weeks.size = 6


@rogue(
    "meter-cost-of-today-goes-on",
    "Begins a day with the cost of the day before",
    requirement="SMETS-E-031",
    severity=Severity.MAJOR,
    deviation="The cost of the day is not set to zero at midnight.",
)
def cost_of_today_goes_on(meter: Meter) -> None:
    history, callbacks = meter.metering.history, meter.metering.daily.on_day
    sound = history.end_day

    def end_day(midnight: datetime, watt_hours: int) -> None:
        cost = history.cost_today
        sound(midnight, watt_hours)
        history.cost_today = cost

    callbacks[callbacks.index(sound)] = end_day


@rogue(
    "meter-average-under-one-volt-high",
    "Sees an average under-voltage that is none",
    requirement="SMETS-E-082",
    severity=Severity.MAJOR,
    deviation="The average under-voltage threshold acts one volt above its value.",
)
def average_under_one_volt_high(meter: Meter) -> None:
    meter.voltage.average_under.error_volts = Decimal(1)
