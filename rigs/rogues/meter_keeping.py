"""Meters that do not keep, show or give back what they were to keep."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import boolean
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import DisplayItem
from rigs.devices.tariff import Rate
from rigs.premises_tamper import Interference
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_CONTROLLER_LOG = "0-17:99.98.2.255"
_CURRENCY = "0-0:94.44.2.0"


@rogue(
    "meter-event-log-by-the-minute",
    "Logs the minute of an event",
    requirement="SMETS-E-176",
    severity=Severity.MINOR,
    deviation="The time of an entry in the event log has no seconds.",
)
def event_log_by_the_minute(meter: Meter) -> None:
    sound = meter.event_log.write

    def write(code: int, other: bytes | int | None = None, *, at: datetime | None = None) -> None:
        sound(code, other, at=(at or meter.now()).replace(second=0, microsecond=0))

    meter.event_log.write = write  # type: ignore[method-assign]


@rogue(
    "meter-controller-log-not-cleared",
    "Keeps a log of its controllers that it was told to clear",
    requirement="SMETS-E-173",
    severity=Severity.MINOR,
    deviation="The clearing of the auxiliary controllers' log is acknowledged and has no effect.",
)
def controller_log_not_cleared(meter: Meter) -> None:
    meter.objects.put(Op.ACTION, 7, _CONTROLLER_LOG, 1, lambda _: None)


@rogue(
    "meter-clears-both-logs",
    "Clears the event log with that of its controllers",
    requirement="SMETS-E-173",
    severity=Severity.MAJOR,
    deviation="The clearing of the auxiliary controllers' log empties the event log too.",
)
def clears_both_logs(meter: Meter) -> None:
    sound = meter.objects.access(Op.ACTION, 7, _CONTROLLER_LOG, 1)

    def clear(call: Call) -> None:
        sound(call)
        meter.event_log.clear()

    meter.objects.put(Op.ACTION, 7, _CONTROLLER_LOG, 1, clear)


@rogue(
    "meter-daily-log-every-second-day",
    "Leaves out every second day",
    requirement="SMETS-E-025",
    severity=Severity.CRITICAL,
    deviation="Of two midnights the daily read log has the first.",
)
def daily_log_every_second_day(meter: Meter) -> None:
    turns = cycle((True, False))
    meter.metering.daily.registers.is_recorded = lambda: next(turns)


@rogue(
    "meter-tenancy-erases",
    "Erases at a change of tenancy what it is to hide",
    requirement="SMETS-E-029",
    severity=Severity.CRITICAL,
    deviation="A restriction of the household's data empties the daily read log.",
)
def tenancy_erases(meter: Meter) -> None:
    sound, log = meter.metering.tenancy.restrict, meter.metering.daily.registers

    def restrict(since: datetime) -> None:
        sound(since)
        capacity = log.capacity
        log.resize(0)
        log.resize(capacity)

    meter.metering.tenancy.restrict = restrict


@rogue(
    "meter-tenancy-restricts-nothing",
    "Shows the old tenant's data to the new one",
    requirement="SMETS-D-004",
    severity=Severity.CRITICAL,
    deviation="A restriction of the household's data is acknowledged and has no effect.",
)
def tenancy_restricts_nothing(meter: Meter) -> None:
    meter.metering.tenancy.restrict = lambda _since: None


@rogue(
    "meter-no-certificate-while-waiting",
    "Drops its certificate when it makes a new key",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="While a new key waits for its certificate, that of the key in use is not given.",
)
def no_certificate_while_waiting(meter: Meter) -> None:
    keys = meter.security.own_keys
    sound = keys.provide
    keys.provide = lambda usage: None if usage in keys.pending else sound(usage)


@rogue(
    "meter-case-unseen",
    "Has no sensor on its case",
    requirement="SMETS-E-180",
    severity=Severity.CRITICAL,
    deviation="The opening of the case is never seen.",
)
def case_unseen(meter: Meter) -> None:
    meter.tamper.is_seen = lambda what: what is not Interference.CASE


@rogue(
    "meter-outage-of-no-time",
    "Takes a flicker for an outage",
    requirement="SMETS-E-106",
    severity=Severity.MAJOR,
    deviation="A cut that the meter bridges is logged as an interruption of the supply.",
)
def outage_of_no_time(meter: Meter) -> None:
    def volts_changed(_at: datetime, volts: Decimal) -> None:
        if not volts:
            meter.outage.interrupted(meter.now())

    meter.terminals.listen(volts_changed)


@rogue(
    "meter-registers-unnamed",
    "Counts in registers that its calendar does not name",
    requirement="SMETS-E-050",
    severity=Severity.CRITICAL,
    deviation="Energy of the first rate lands in register 3, of the second in register 48.",
)
def registers_unnamed(meter: Meter) -> None:
    other = {1: Rate(3), 2: Rate(48)}
    attribution = meter.tariffs.primary.operation.attribution
    attribution.register_of = lambda rate: other.get(rate.time_of_use, rate)


@rogue(
    "meter-currency-read-as-euro",
    "Reads back another currency than it charges",
    requirement="SMETS-E-055",
    severity=Severity.MINOR,
    deviation="The currency is read as the euro whatever was set.",
)
def currency_read_as_euro(meter: Meter) -> None:
    meter.objects.put(Op.GET, 9000, _CURRENCY, 2, lambda _: boolean(False))


@rogue(
    "meter-private-items-unprotected",
    "Shows to everybody how its household pays",
    requirement="SMETS-E-161",
    severity=Severity.MAJOR,
    deviation="Payment mode and debt to clear are not behind the privacy PIN.",
)
def private_items_unprotected(meter: Meter) -> None:
    meter.display.protected -= {DisplayItem.PAYMENT_MODE, DisplayItem.DEBT_TO_CLEAR}


@rogue(
    "meter-hides-without-pin",
    "Hides what nobody wanted hidden",
    requirement="SMETS-E-160",
    severity=Severity.MINOR,
    deviation="Protected items are hidden although no privacy PIN was ever set.",
)
def hides_without_pin(meter: Meter) -> None:
    sound, pin = meter.display.items, meter.user_interface.pin
    meter.display.items = lambda *, is_open: sound(  # type: ignore[method-assign]
        is_open=is_open and pin.is_set
    )


@rogue(
    "meter-special-day-lasts-two",
    "Takes the day after a special day for one",
    requirement="SMETS-E-135",
    severity=Severity.MAJOR,
    deviation="The non-disablement calendar of a special day runs on the following day too.",
)
def special_day_lasts_two(meter: Meter) -> None:
    account = meter.payment.account
    sound = account.is_barred
    account.is_barred = lambda at: sound(at) or sound(at - timedelta(days=1))
