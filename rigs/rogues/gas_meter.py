"""Gas meters that count, sleep, shut, charge or remember wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from rigs.devices.firmware import ImageFault
from rigs.devices.gbz_objects import GbzCall
from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.gsme.battery import Use
from rigs.devices.gsme.calendar import PublishedCalendar
from rigs.devices.gsme.snapshots import (
    CHANGE_OF_MODE,
    CHANGE_OF_TARIFF,
    END_OF_BILLING_PERIOD,
    GENERAL,
)
from rigs.devices.gsme.valve import GasSupply
from rigs.devices.tariff.attribution import EXACT
from rigs.devices.tariff.switching_table import Rate
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR, _MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


def _without_snapshots(meter: Meter, cause: int) -> None:
    sound = meter.take_snapshot

    unwanted = cause

    def take(cause: int, at: datetime) -> None:
        if cause != unwanted:
            sound(cause, at)

    meter.take_snapshot = take  # type: ignore[method-assign]


# Counting.


@rogue(
    "gas-meter-counts-slowly",
    "Counts a hundredth too little",
    requirement="SMETS-G-001",
    severity=_CRITICAL,
    deviation="The flow is measured one per cent too low.",
)
def counts_slowly(meter: Meter) -> None:
    sound = meter.register.measure
    meter.register.measure = lambda: sound() * Decimal("0.99")


@rogue(
    "gas-meter-ignores-correction",
    "Ignores the conversion factor",
    requirement="SMETS-G-003",
    severity=_CRITICAL,
    deviation="Costs are those of an uncorrected volume.",
)
def ignores_correction(meter: Meter) -> None:
    tariff = meter.tariff
    tariff.cost_of = lambda share: EXACT.multiply(share.value, meter.settings.calorific_value.value)


@rogue(
    "gas-meter-calorific-value-fixed",
    "Charges by the calorific value of the factory",
    requirement="SMETS-G-003",
    severity=_CRITICAL,
    deviation="A new calorific value is stored and never used.",
)
def calorific_value_fixed(meter: Meter) -> None:
    factory = meter.settings.calorific_value.value
    meter.tariff.cost_of = lambda share: EXACT.multiply(
        share.value, EXACT.multiply(meter.settings.conversion_factor.value, factory)
    )


@rogue(
    "gas-meter-conversion-rounded",
    "Keeps three decimals of the conversion factor",
    requirement="SMETS-G-003",
    severity=_MAJOR,
    deviation="The conversion factor is cut after its third decimal when it is read.",
)
def conversion_rounded(meter: Meter) -> None:
    def cut() -> int:
        raw = meter.settings.conversion_factor.raw
        return raw - raw % 100

    meter.gbz.put_attribute(0x0700, 0x0302, "uint32", cut)


@rogue(
    "gas-meter-rates-exchanged",
    "Counts working days as weekends",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="Volume of the first two times of use lands in each other's register.",
)
def rates_exchanged(meter: Meter) -> None:
    other = {1: Rate(2), 2: Rate(1)}
    meter.tariff.attribution.register_of = lambda rate: (
        rate if rate.is_block else other.get(rate.time_of_use, rate)
    )


@rogue(
    "gas-meter-one-rate",
    "Counts everything in its first register",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="Whatever the day, volume lands in the first register.",
)
def one_rate(meter: Meter) -> None:
    meter.tariff.attribution.register_of = lambda rate: rate if rate.is_block else Rate(1)


@rogue(
    "gas-meter-one-block",
    "Knows no thresholds",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="Block thresholds are stored and never applied.",
)
def one_block(meter: Meter) -> None:
    sound = meter.tariff.apply_prices

    def apply() -> None:
        kept, meter.tariff.prices.thresholds[:] = list(meter.tariff.prices.thresholds), [0] * 3
        sound()
        meter.tariff.prices.thresholds[:] = kept

    meter.tariff.apply_prices = apply  # type: ignore[method-assign]


@rogue(
    "gas-meter-no-standing-charge",
    "Takes no standing charge",
    requirement="SMETS-G-004",
    severity=_CRITICAL,
    deviation="The standing charge is read back and never taken.",
)
def no_standing_charge(meter: Meter) -> None:
    meter.payment.account.standing_charge = lambda: Decimal(0)


@rogue(
    "gas-meter-few-special-days",
    "Has room for 19 special days",
    requirement="SMETS-G-005",
    severity=_MAJOR,
    deviation="A tariff calendar with 20 special days is refused.",
)
def few_special_days(meter: Meter) -> None:
    store = meter.tariff.calendar_store
    store.sizes = replace(store.sizes, special_days=19)


@rogue(
    "gas-meter-few-friendly-days",
    "Has room for four days of non-disablement",
    requirement="SMETS-G-005",
    severity=_MAJOR,
    deviation="A non-disablement calendar with five day profiles is refused.",
)
def few_friendly_days(meter: Meter) -> None:
    store = meter.payment.calendar_store
    store.sizes = replace(store.sizes, day_profiles=4)


@rogue(
    "gas-meter-ignores-special-days",
    "Knows no special days",
    requirement="SMETS-G-005",
    severity=_CRITICAL,
    deviation="Special days are stored and never looked at.",
)
def ignores_special_days(meter: Meter) -> None:
    store = meter.tariff.calendar_store
    store.special_days = tuple  # type: ignore[method-assign]


@rogue(
    "gas-meter-calendar-kept",
    "Keeps days of the calendar before",
    requirement="SMETS-G-028",
    severity=_CRITICAL,
    deviation="A new calendar is added to the old one instead of replacing it.",
)
def calendar_kept(meter: Meter) -> None:
    store = meter.tariff.calendar_store
    sound = store.replace

    def merge(published: PublishedCalendar) -> None:
        old = store.published
        named = {day["day_id"] for day in published.days}
        kept = tuple(day for day in old.days if day["day_id"] not in named)
        sound(replace(published, days=(*published.days, *kept)))

    store.replace = merge  # type: ignore[method-assign]


@rogue(
    "gas-meter-dated-at-once",
    "Takes what is dated at once",
    requirement="SMETS-G-028",
    severity=_CRITICAL,
    deviation="The date of a tariff is not looked at.",
)
def dated_at_once(meter: Meter) -> None:
    sound = meter.dated.date

    def date(call: GbzCall, when: str | int, activate: Callable[[], None], kind: str = "") -> None:
        del when
        sound(call, 0, activate, kind)

    meter.dated.date = date  # type: ignore[method-assign]


@rogue(
    "gas-meter-dated-unreported",
    "Says nothing of a dated tariff",
    requirement="SMETS-G-028",
    severity=_MAJOR,
    deviation="No alert 8F66 is sent when dated components come into force.",
)
def dated_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F66)


# Sleep.


@rogue(
    "gas-meter-never-sleeps",
    "Never sleeps",
    requirement="SMETS-G-001",
    severity=_MAJOR,
    deviation="It polls the hub every ten seconds for ever.",
)
def never_sleeps(meter: Meter) -> None:
    meter.wake.is_fast = lambda: True


@rogue(
    "gas-meter-wakes-hourly",
    "Wakes once an hour",
    requirement="SMETS-G-001",
    severity=_MAJOR,
    deviation="The time from wake to wake is an hour.",
)
def wakes_hourly(meter: Meter) -> None:
    meter.wake.interval = timedelta(hours=1)


@rogue(
    "gas-meter-sleeps-during-installation",
    "Sleeps while it is being installed",
    requirement="SMETS-G-002",
    severity=_MINOR,
    deviation="No fast polling after power comes.",
)
def sleeps_during_installation(meter: Meter) -> None:
    meter.wake.is_fast = lambda: False


@rogue(
    "gas-meter-one-message-a-wake",
    "Fetches one message at each wake",
    requirement="SMETS-G-002",
    severity=_MAJOR,
    deviation="What remains at the hub waits another half hour.",
)
def one_message_a_wake(meter: Meter) -> None:
    sound = meter.wake.answered

    def answered(*, remaining: int) -> None:
        del remaining
        sound(remaining=0)

    meter.wake.answered = answered  # type: ignore[method-assign]


@rogue(
    "gas-meter-forgets-its-hub",
    "Gives its network up after three lost wakes",
    requirement="SMETS-G-021",
    severity=_CRITICAL,
    deviation="After three wakes without the hub it never looks for it again.",
)
def forgets_its_hub(meter: Meter) -> None:
    missed = [0]

    def count() -> None:
        missed[0] = 0 if meter.network.can_send() else missed[0] + 1
        if missed[0] >= 3:
            meter.wake.stop()

    meter.wake.on_wake.append(count)


@rogue(
    "gas-meter-searches-on-and-on",
    "Searches for its hub without a pause",
    requirement="SMETS-G-021",
    severity=_MAJOR,
    deviation="While the hub is silent it stays awake and calls.",
)
def searches_on_and_on(meter: Meter) -> None:
    sound = meter.wake.is_fast
    meter.wake.is_fast = lambda: sound() or not meter.network.can_send()


# Valve.


@rogue(
    "gas-meter-valve-not-closed",
    "Says that the valve is shut, and it is not",
    requirement="SMETS-G-008",
    severity=_CRITICAL,
    deviation="The valve is not moved, and its sensor is not read.",
)
def valve_not_closed(meter: Meter) -> None:
    valve = meter.valve
    place = [True]
    valve.actuate = lambda passes: place.__setitem__(0, passes)
    valve.sense = lambda: place[0]


@rogue(
    "gas-meter-arm-opens",
    "Opens when it is armed",
    requirement="SMETS-G-008",
    severity=_CRITICAL,
    deviation="A remote command to arm lets gas pass without a press.",
)
def arm_opens(meter: Meter) -> None:
    valve = meter.valve

    def press() -> None:
        valve.press()

    valve.on_armed.append(press)


@rogue(
    "gas-meter-press-opens-disabled",
    "Opens to any press",
    requirement="SMETS-G-008",
    severity=_CRITICAL,
    deviation="The button opens a valve that is disabled.",
)
def press_opens_disabled(meter: Meter) -> None:
    sound = meter.valve.press

    def press() -> None:
        meter.valve.state = GasSupply.ARMED
        sound()

    meter.valve.press = press


@rogue(
    "gas-meter-arming-untold",
    "Does not say that it was armed",
    requirement="SMETS-G-008",
    severity=_MAJOR,
    deviation="No alert 8F32.",
)
def arming_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F32)


@rogue(
    "gas-meter-flow-unchecked",
    "Checks no flow after opening",
    requirement="SMETS-G-009",
    severity=_CRITICAL,
    deviation="Whatever flows after a press, the valve stays open.",
)
def flow_unchecked(meter: Meter) -> None:
    meter.valve.is_excessive = lambda _flow: False


@rogue(
    "gas-meter-settles-in-seconds",
    "Takes tenths of a second for seconds",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="The settling time is ten times too long.",
)
def settles_in_seconds(meter: Meter) -> None:
    sound = meter.valve.settling_time
    meter.valve.settling_time = lambda: 10 * sound()


@rogue(
    "gas-meter-measures-too-briefly",
    "Judges the flow before its time is over",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="The measuring time is taken for tenths of a second.",
)
def measures_too_briefly(meter: Meter) -> None:
    sound = meter.valve.measuring_time
    meter.valve.measuring_time = lambda: sound() / 10


@rogue(
    "gas-meter-flow-limit-included",
    "Shuts at the threshold itself",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="A flow that equals the threshold counts as one above it.",
)
def flow_limit_included(meter: Meter) -> None:
    meter.valve.is_excessive = lambda flow: flow >= meter.valve.check.cubic_metres_per_hour


@rogue(
    "gas-meter-flow-untold",
    "Keeps a flow without control to itself",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="No alert 81BF.",
)
def flow_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x81BF)


@rogue(
    "gas-meter-flow-limit-whole",
    "Knows whole cubic metres alone",
    requirement="SMETS-G-009",
    severity=_MAJOR,
    deviation="The flow threshold is read back without its decimals.",
)
def flow_limit_whole(meter: Meter) -> None:
    def cut() -> int:
        check = meter.valve.check
        return check.threshold - check.threshold % (check.divisor or 1)

    meter.gbz.put_attribute(0x0702, 0x0B10, "uint16", cut)


@rogue(
    "gas-meter-ignores-tampering",
    "Does not lock when somebody tampers with it",
    requirement="SMETS-G-011",
    severity=_CRITICAL,
    deviation="The supply tamper state is stored and never applied.",
)
def ignores_tampering(meter: Meter) -> None:
    meter.tamper_locks = lambda: False


@rogue(
    "gas-meter-always-locks",
    "Locks whatever its supplier chose",
    requirement="SMETS-G-011",
    severity=_CRITICAL,
    deviation="An opened cover shuts the valve even where it is to stay.",
)
def always_locks(meter: Meter) -> None:
    meter.tamper_locks = lambda: True


@rogue(
    "gas-meter-lock-opens-to-press",
    "Opens a lock to a press",
    requirement="SMETS-G-011",
    severity=_CRITICAL,
    deviation="A lock leaves the supply armed.",
)
def lock_opens_to_press(meter: Meter) -> None:
    def lock() -> None:
        meter.valve.arm()
        meter.valve.is_locked = True

    meter.valve.lock = lock  # type: ignore[method-assign]


@rogue(
    "gas-meter-dies-open",
    "Leaves the gas on when its battery is spent",
    requirement="SMETS-G-012",
    severity=_CRITICAL,
    deviation="The supply depletion state is stored and never applied.",
)
def dies_open(meter: Meter) -> None:
    meter.depletion_locks = lambda: False


@rogue(
    "gas-meter-dies-shut",
    "Shuts when its battery is spent, whatever its supplier chose",
    requirement="SMETS-G-012",
    severity=_CRITICAL,
    deviation="The valve shuts even where it is to stay.",
)
def dies_shut(meter: Meter) -> None:
    meter.depletion_locks = lambda: True


@rogue(
    "gas-meter-low-battery-untold",
    "Says nothing of a low battery",
    requirement="SMETS-G-012",
    severity=_MAJOR,
    deviation="No alert 8F1F.",
)
def low_battery_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F1F)


# Battery.


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


# Payment.


@rogue(
    "gas-meter-top-up-in-pence",
    "Credits a hundredth of a code",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The pounds of a code are taken for pence.",
)
def top_up_in_pence(meter: Meter) -> None:
    account = meter.payment.account
    sound = account.pay
    account.pay = lambda amount, at, **how: sound(amount / 100, at, **how)  # type: ignore[method-assign]


@rogue(
    "gas-meter-code-taken-twice",
    "Takes a code twice",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The counters of spent codes are forgotten after each.",
)
def code_taken_twice(meter: Meter) -> None:
    top_ups = meter.payment.top_ups
    unspent = top_ups.counters
    sound = top_ups.spend

    def spend(*arguments: Any, **named: Any) -> Any:
        return sound(*arguments, **(named | {"counters": unspent}))

    top_ups.spend = spend


@rogue(
    "gas-meter-no-credit-limit",
    "Takes a code of any amount",
    requirement="SMETS-G-015",
    severity=_MAJOR,
    deviation="The largest credit of a code is not looked at.",
)
def no_credit_limit(meter: Meter) -> None:
    def refusal_of(amount: Decimal, at: datetime) -> None:
        del amount, at

    meter.payment.top_ups.refusal_of = refusal_of


@rogue(
    "gas-meter-gas-without-credit",
    "Gives gas without credit",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The valve is not shut when the credit is used up.",
)
def gas_without_credit(meter: Meter) -> None:
    meter.payment.account.is_barred = lambda _at: True


@rogue(
    "gas-meter-stays-off-after-top-up",
    "Stays shut after a top-up",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="Credit does not arm a supply that was shut for lack of it.",
)
def stays_off_after_top_up(meter: Meter) -> None:
    meter.valve.arm_if_disabled = lambda: False  # type: ignore[method-assign]


@rogue(
    "gas-meter-low-credit-untold",
    "Says nothing of a low credit",
    requirement="SMETS-G-015",
    severity=_MAJOR,
    deviation="No alert 810D.",
)
def low_credit_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x810D)


@rogue(
    "gas-meter-no-emergency-credit",
    "Has no emergency credit",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="A request to activate emergency credit is refused.",
)
def no_emergency_credit(meter: Meter) -> None:
    def activate(at: datetime) -> bool:
        del at
        return False

    meter.payment.account.activate_emergency_credit = activate  # type: ignore[method-assign]


@rogue(
    "gas-meter-debt-not-collected",
    "Collects no debt by the hour",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="An hour's debt is never taken.",
)
def debt_not_collected(meter: Meter) -> None:
    meter.payment.account.time_debts[0].due = lambda: Decimal(0)


@rogue(
    "gas-meter-payment-not-shared",
    "Takes nothing of a payment for debt",
    requirement="SMETS-G-015",
    severity=_CRITICAL,
    deviation="The share of payment-based debt goes to the balance.",
)
def payment_not_shared(meter: Meter) -> None:
    meter.payment.account.payment_debt.share = lambda _amount, _at, _settings: Decimal(0)


@rogue(
    "gas-meter-adjustment-added",
    "Adds an adjustment to what is owed",
    requirement="SMETS-G-016",
    severity=_CRITICAL,
    deviation="The sign of an adjustment in credit mode is the wrong one.",
)
def adjustment_added(meter: Meter) -> None:
    account = meter.payment.account
    sound = account.adjust_balance
    account.adjust_balance = (  # type: ignore[method-assign]
        lambda amount, at: sound(amount.copy_negate(), at)
    )


@rogue(
    "gas-meter-owed-not-counted",
    "Owes nothing in credit mode",
    requirement="SMETS-G-016",
    severity=_CRITICAL,
    deviation="The bill to date stays at zero.",
)
def owed_not_counted(meter: Meter) -> None:
    meter.gbz.put_attribute(0x0702, 0x0A00, "uint32", lambda: 0)


# Logs.


@rogue(
    "gas-meter-half-hours-late",
    "Dates a half hour by its end",
    requirement="SMETS-G-006",
    severity=_CRITICAL,
    deviation="Each entry of the profile is half an hour late.",
)
def half_hours_late(meter: Meter) -> None:
    sound = meter.profile.record
    meter.profile.record = (  # type: ignore[method-assign]
        lambda end, total: sound(end + timedelta(minutes=30), total)
    )


@rogue(
    "gas-meter-short-daily-log",
    "Keeps ten days",
    requirement="SMETS-G-006",
    severity=_MAJOR,
    deviation="The daily read log has ten entries.",
)
def short_daily_log(meter: Meter) -> None:
    meter.snapshots.registers.resize(GENERAL, 10)


@rogue(
    "gas-meter-days-of-summer-time",
    "Ends a day at 23:00 UTC",
    requirement="SMETS-G-023",
    severity=_CRITICAL,
    deviation="The daily snapshot is taken an hour before midnight, and dated midnight.",
)
def days_of_summer_time(meter: Meter) -> None:
    sound = meter.take_snapshot
    hourly: list[int] = []

    def remember(end: datetime, total: int) -> None:
        record(end, total)
        hourly.append(total)

    def take(cause: int, at: datetime) -> None:
        litres = meter.litres
        if cause == GENERAL and len(hourly) > 2:
            meter.litres = lambda: hourly[-3]  # type: ignore[method-assign]
        sound(cause, at)
        meter.litres = litres  # type: ignore[method-assign]

    record = meter.profile.record
    meter.profile.record = remember  # type: ignore[method-assign]
    meter.take_snapshot = take  # type: ignore[method-assign]


@rogue(
    "gas-meter-blocks-with-times-of-use",
    "States blocks that its tariff does not have",
    requirement="SMETS-G-023",
    severity=_MINOR,
    deviation="Snapshots under a tariff by times of use carry block counters.",
)
def blocks_with_times_of_use(meter: Meter) -> None:
    meter.omits_blocks = lambda: False


@rogue(
    "gas-meter-no-balances-of-days",
    "Keeps no balances of days",
    requirement="SMETS-G-023",
    severity=_MAJOR,
    deviation="The prepayment daily read log stays empty.",
)
def no_balances_of_days(meter: Meter) -> None:
    meter.keeps_balances = lambda cause: cause != GENERAL


@rogue(
    "gas-meter-balances-in-credit-mode",
    "Keeps balances of days in credit mode",
    requirement="SMETS-G-023",
    severity=_MINOR,
    deviation="The prepayment daily read log grows in both modes.",
)
def balances_in_credit_mode(meter: Meter) -> None:
    meter.keeps_balances = lambda _cause: True


@rogue(
    "gas-meter-no-tariff-snapshot",
    "Takes no snapshot when the tariff changes",
    requirement="SMETS-G-024",
    severity=_MAJOR,
    deviation="A change of tariff leaves no entry in the billing data log.",
)
def no_tariff_snapshot(meter: Meter) -> None:
    _without_snapshots(meter, CHANGE_OF_TARIFF)


@rogue(
    "gas-meter-no-mode-snapshot",
    "Takes no snapshot when the mode changes",
    requirement="SMETS-G-024",
    severity=_MAJOR,
    deviation="A change of payment mode leaves no entry in the billing data log.",
)
def no_mode_snapshot(meter: Meter) -> None:
    _without_snapshots(meter, CHANGE_OF_MODE)


@rogue(
    "gas-meter-wrong-cause",
    "Calls the end of a billing period a change of tariff",
    requirement="SMETS-G-024",
    severity=_MAJOR,
    deviation="The billing snapshot carries the cause of another event.",
)
def wrong_cause(meter: Meter) -> None:
    sound = meter.take_snapshot

    def take(cause: int, at: datetime) -> None:
        sound(CHANGE_OF_TARIFF if cause == END_OF_BILLING_PERIOD else cause, at)

    meter.take_snapshot = take  # type: ignore[method-assign]


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


# Network data.


@rogue(
    "gas-meter-network-data-one-short",
    "Ends a network data log one step early",
    requirement="SMETS-G-007",
    severity=_MINOR,
    deviation="Forty entries: one end is missing.",
)
def network_data_one_short(meter: Meter) -> None:
    sound = meter.network_data.start
    meter.network_data.start = lambda at, interval, samples: sound(at, interval, samples - 1)  # type: ignore[method-assign]


@rogue(
    "gas-meter-network-data-by-five-minutes",
    "Takes network data every five minutes",
    requirement="SMETS-G-007",
    severity=_MAJOR,
    deviation="The step of the log is five sixths of what is asked.",
)
def network_data_by_five_minutes(meter: Meter) -> None:
    sound = meter.network_data.start
    meter.network_data.start = lambda at, interval, samples: sound(at, interval * 5 / 6, samples)  # type: ignore[method-assign]


@rogue(
    "gas-meter-network-data-doubled",
    "Doubles what flowed in a step",
    requirement="SMETS-G-007",
    severity=_MAJOR,
    deviation="Each entry of the network data log is twice the volume of its step.",
)
def network_data_doubled(meter: Meter) -> None:
    sound = meter.network_data.read
    meter.network_data.read = lambda: 2 * sound()


@rogue(
    "gas-meter-network-data-once",
    "Records network data once",
    requirement="SMETS-G-007",
    severity=_MAJOR,
    deviation="A second recording is acknowledged and not made.",
)
def network_data_once(meter: Meter) -> None:
    sound = meter.network_data.start

    def start(at: datetime, interval: timedelta, samples: int) -> None:
        if not meter.network_data.entries:
            sound(at, interval, samples)

    meter.network_data.start = start  # type: ignore[method-assign]


@rogue(
    "gas-meter-network-data-for-free",
    "Takes samples that no battery pays for",
    requirement="SMETS-G-007",
    severity=_MINOR,
    deviation="The battery's ledger leaves samples out.",
)
def network_data_for_free(meter: Meter) -> None:
    meter.network_data.on_sample.clear()


# Firmware.


@rogue(
    "gas-meter-image-signature-unchecked",
    "Takes firmware of anybody",
    requirement="SMETS-G-018",
    severity=_CRITICAL,
    deviation="The signature of an image is not verified.",
)
def image_signature_unchecked(meter: Meter) -> None:
    verifier = meter.firmware.verifier
    verifier.checks = tuple(
        row for row in verifier.checks if row[0] is not ImageFault.BAD_SIGNATURE
    )


@rogue(
    "gas-meter-verification-untold",
    "Says nothing of an image that it has verified",
    requirement="SMETS-G-018",
    severity=_MAJOR,
    deviation="No alert 8F72.",
)
def verification_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F72)


@rogue(
    "gas-meter-blind-while-it-verifies",
    "Measures nothing while it verifies an image",
    requirement="SMETS-G-018",
    severity=_CRITICAL,
    deviation="For an hour from the last octet of an image on no flow is counted.",
)
def blind_while_it_verifies(meter: Meter) -> None:
    sound, until = meter.register.measure, [meter.now()]
    meter.register.measure = lambda: Decimal(0) if meter.now() < until[0] else sound()

    def begin(_octets: int) -> None:
        until[0] = meter.now() + timedelta(hours=1)
        meter.litres()

    meter.firmware.on_octets.append(begin)


@rogue(
    "gas-meter-runs-no-image",
    "Keeps its old firmware",
    requirement="SMETS-G-018",
    severity=_MAJOR,
    deviation="An activation fails, also with a sound image.",
)
def runs_no_image(meter: Meter) -> None:
    meter.firmware.can_run = lambda _: False


@rogue(
    "gas-meter-register-lost-with-its-firmware",
    "Starts its register anew with new firmware",
    requirement="SMETS-G-018",
    severity=_CRITICAL,
    deviation="From an activation on the register counts from zero.",
)
def register_lost_with_its_firmware(meter: Meter) -> None:
    sound = meter.register.volume

    def begin(_version: bytes) -> None:
        lost = sound(meter.clock.bench_time(meter.now()))
        meter.register.volume = lambda at: sound(at) - lost  # type: ignore[method-assign]

    meter.firmware.on_version.append(begin)
