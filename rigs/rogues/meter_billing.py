"""Meters that bill wrongly: periods, what is taken down of them, who is told and how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.metering.billing_calendar import BillingCalendar
from rigs.devices.esme.metering.snapshots import Numbers
from rigs.devices.esme.objects.billing import BILLING_DATA_LOG_UPDATED, send_newest_entry
from rigs.devices.payment import AmountLog
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)

_BALANCES = 6


@rogue(
    "meter-billing-day-late",
    "Ends billing periods a day late",
    requirement="SMETS-E-070",
    severity=Severity.CRITICAL,
    deviation="Days of the billing calendar are counted from 0.",
)
def billing_day_late(meter: Meter) -> None:
    billing = meter.metering.billing
    sound, day = billing.next_end, timedelta(days=1)

    def late(after: datetime) -> datetime | None:
        due = sound(after - day)
        return None if due is None else due + day

    billing.next_end = late


@rogue(
    "meter-billing-once-a-year",
    "Takes quarters and half years for years",
    requirement="SMETS-E-070",
    severity=Severity.CRITICAL,
    deviation="Of a billing calendar of several dates the first alone is kept.",
)
def billing_once_a_year(meter: Meter) -> None:
    billing = meter.metering.billing
    sound = billing.set_calendar
    billing.set_calendar = lambda calendar: sound(BillingCalendar(calendar.starts[:1]))


@rogue(
    "meter-billing-calendar-ignored",
    "Keeps its old billing calendar",
    requirement="SMETS-E-070",
    severity=Severity.CRITICAL,
    deviation="A billing calendar is acknowledged and not taken.",
)
def billing_calendar_ignored(meter: Meter) -> None:
    meter.metering.billing.set_calendar = lambda _calendar: None


@rogue(
    "meter-billing-log-of-six",
    "Keeps six billing periods",
    requirement="SMETS-E-071",
    severity=Severity.MAJOR,
    deviation="The billing data log holds 6 entries of each kind.",
)
def billing_log_of_six(meter: Meter) -> None:
    billing = meter.metering.billing
    for log in (billing.registers, billing.balances, billing.changes):
        log.resize(6)


@rogue(
    "meter-billing-log-stops-when-full",
    "Stops taking down billing periods when its log is full",
    requirement="SMETS-E-071",
    severity=Severity.MAJOR,
    deviation="The billing data log keeps its oldest 12 entries and takes no more.",
)
def billing_log_stops_when_full(meter: Meter) -> None:
    log = meter.metering.billing.registers
    log.is_recorded = lambda: len(log) < log.capacity


@rogue(
    "meter-billing-log-without-balances",
    "Takes down no balances with a billing period",
    requirement="SMETS-E-075",
    severity=Severity.MAJOR,
    deviation="Balances in billing entries are zero.",
)
def billing_log_without_balances(meter: Meter) -> None:
    meter.metering.snapshot_sources.balances = lambda: (0,) * _BALANCES


@rogue(
    "meter-billing-log-of-stale-rates",
    "Takes down registers as they were at the first billing period",
    requirement="SMETS-E-075",
    severity=Severity.CRITICAL,
    deviation="Registers by time of use in entries are those of the first entry.",
)
def billing_log_of_stale_rates(meter: Meter) -> None:
    sources = meter.metering.snapshot_sources
    sources.time_of_use = _kept(sources.time_of_use)
    sources.secondary_time_of_use = _kept(lambda: (0, 0, 0, 0))


def _kept(source: Callable[[], Numbers]) -> Callable[[], Numbers]:
    first: list[Numbers] = []

    def value() -> Numbers:
        if not first:
            first.append(source())
        return first[0]

    return value


@rogue(
    "meter-billing-untold",
    "Tells nobody that a billing period has ended",
    requirement="SMETS-E-070",
    severity=Severity.MAJOR,
    deviation="No alert 8F0A is sent.",
)
def billing_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(BILLING_DATA_LOG_UPDATED)


@rogue(
    "meter-billing-alert-in-clear",
    "Sends household data in clear",
    requirement="SMETS-E-073",
    severity=Severity.CRITICAL,
    deviation="What is to be encrypted is sent as it is.",
)
def billing_alert_in_clear(meter: Meter) -> None:
    meter.seal.encrypt = lambda plain, _secret, _device, _counter, _party: plain


@rogue(
    "meter-billing-alert-after-each-outage",
    "Tells of the last billing period whenever it starts",
    requirement="SMETS-E-074",
    severity=Severity.MINOR,
    deviation="After a loss of supply the alert of the last period is sent again.",
)
def billing_alert_after_each_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: send_newest_entry(meter, meter.now()))


@rogue(
    "meter-billing-missed-in-outage",
    "Misses the end of a billing period while it is off",
    requirement="SMETS-E-074",
    severity=Severity.MAJOR,
    deviation="A period that ends without supply is not told of.",
)
def billing_missed_in_outage(meter: Meter) -> None:
    listeners = meter.metering.billing.on_period_end
    sound = tuple(listeners)

    def when_ready(due: datetime) -> None:
        if meter.power.is_ready:
            for tell in sound:
                tell(due)

    listeners[:] = [when_ready]


@rogue(
    "meter-three-credits",
    "Keeps three credits",
    requirement="SMETS-E-072",
    severity=Severity.MINOR,
    deviation="The log of prepayment credits holds 3 entries.",
)
def three_credits(meter: Meter) -> None:
    meter.payment.account.credits = AmountLog(3)


@rogue(
    "meter-five-debt-payments",
    "Keeps five payments towards debt",
    requirement="SMETS-E-072",
    severity=Severity.MINOR,
    deviation="The log of payments towards debt holds 5 entries.",
)
def five_debt_payments(meter: Meter) -> None:
    meter.payment.account.debt_payments = AmountLog(5)
