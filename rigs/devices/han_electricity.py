"""What an electricity meter answers to the devices of the home: displays and load switches.

A display may read, enter a top-up, activate emergency credit and enable a supply that is armed; a
load switch may ask what state it is to be in. Each request of a display is in the meter's event log
with the message code that stands for it (PECS01 to PECS03, HECS01; I-004), done or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from math import floor
from typing import TYPE_CHECKING

from rigs.devices.command_log import CARRIED_OUT, NOT_CARRIED_OUT
from rigs.devices.esme.metering.history import Consumption, PeriodHistory
from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.han_attributes import (
    AttributeName,
    AttributeTable,
    HistoryEntry,
    Value,
    ValueType,
)
from rigs.devices.han_requests import (
    ActivateEmergencyCredit,
    EnableSupply,
    EnterTopUp,
    Request,
    RequestTable,
)
from rigs.devices.payment import ELECTRICITY
from rigs.devices.peers import Right

if TYPE_CHECKING:
    from assay.gbcs.identifiers import Eui64
    from rigs.devices.esme.meter import ElectricityMeter

TOP_UP, EMERGENCY_CREDIT, ENABLE_SUPPLY = 0x0116, 0x0117, 0x0118
PRICES, METERING, PREPAYMENT = 0x0700, 0x0702, 0x0705

IMPORT = AttributeName(METERING, 0x0000)
SUPPLY_STATUS = AttributeName(METERING, 0x0014)
POWER = AttributeName(METERING, 0x0400)
DAILY_CONSUMPTION = AttributeName(METERING, 0x0401)
"""Of the four, 0400 and 0401 are recalled, and that a history is one attribute is this bench's."""
PAST_CONSUMPTION = (
    DAILY_CONSUMPTION,
    AttributeName(METERING, 0x0F30),
    AttributeName(METERING, 0x0F31),
)
PAST_COSTS = tuple(AttributeName(METERING, number) for number in (0x0F40, 0x0F41, 0x0F42))
"""Histories of days, weeks and months: watt-hours, and millipence. Numbers are this bench's."""
BALANCE = AttributeName(PREPAYMENT, 0x0001)
EMERGENCY_CREDIT_LEFT = AttributeName(PREPAYMENT, 0x0002)
ACCUMULATED_DEBT = AttributeName(PREPAYMENT, 0x0005)
DEBTS = (
    AttributeName(PREPAYMENT, 0x0211),
    AttributeName(PREPAYMENT, 0x0221),
    AttributeName(PREPAYMENT, 0x0231),
)
PRICE = AttributeName(PRICES, 0x0000)
"""The active tariff price, in millipence for a kilowatt-hour."""
CONSUMED = tuple(AttributeName(METERING, number) for number in (0x0F00, 0x0F01, 0x0F02))
COSTS = tuple(AttributeName(METERING, number) for number in (0x0F10, 0x0F11, 0x0F12))
"""Of the day, the week and the month so far."""
THRESHOLDS = tuple(AttributeName(METERING, number) for number in (0x0F20, 0x0F21))
"""Between low and medium, medium and high power. These numbers, too, are this bench's."""
IS_PREPAYMENT = AttributeName(PREPAYMENT, 0x0000)
LOW_CREDIT_THRESHOLD = AttributeName(PREPAYMENT, 0x0031)
_STATUS = {SupplyState.DISABLED: 0, SupplyState.ARMED: 1, SupplyState.ENABLED: 2}
_SCALE_OF_MILLIPENCE = 5
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)

_Handle = Callable[["ElectricityMeter", Request], object]


def requests_of(meter: ElectricityMeter) -> RequestTable:
    """All answers but those to load switches, which `hcalcs.serve_load_control` adds."""
    log = meter.security.device_log
    table = RequestTable(lambda: meter.power.is_ready, log.allows)
    for kind, right, code, handle in _ACTS:
        table.serve(kind, right, _logged(meter, code, handle))
    attributes_of(meter).serve(table)
    return table


def _logged(
    meter: ElectricityMeter, code: int, handle: _Handle
) -> Callable[[Eui64, Request], object]:
    def act(_sender: Eui64, request: Request) -> object:
        outcome = handle(meter, request)
        is_done = outcome is True or getattr(outcome, "is_accepted", False) is True
        event = CARRIED_OUT if is_done else NOT_CARRIED_OUT
        meter.event_log.write(event, code.to_bytes(2, "big"))
        return outcome

    return act


def _enter_top_up(meter: ElectricityMeter, request: Request) -> object:
    return meter.payment.enter_top_up(request.digits) if isinstance(request, EnterTopUp) else False


def _activate_emergency_credit(meter: ElectricityMeter, _request: Request) -> object:
    return meter.payment.activate_emergency_credit()


def _enable_supply(meter: ElectricityMeter, request: Request) -> object:
    """A display may ask for nothing but on (E-125)."""
    if not isinstance(request, EnableSupply):
        return False
    return meter.payment.enable_supply() if request.on else meter.payment.answer_supply_off()


_ACTS: tuple[tuple[type[Request], Right, int, _Handle], ...] = (
    (EnterTopUp, Right.TOP_UP, TOP_UP, _enter_top_up),
    (
        ActivateEmergencyCredit,
        Right.EMERGENCY_CREDIT,
        EMERGENCY_CREDIT,
        _activate_emergency_credit,
    ),
    (EnableSupply, Right.ENABLE_SUPPLY, ENABLE_SUPPLY, _enable_supply),
)


def attributes_of(meter: ElectricityMeter) -> AttributeTable:
    """Amounts are in millipence, energy in watt-hours, power in watts."""
    table = AttributeTable(lambda: meter.metering.tenancy.since)
    account = meter.payment.account

    def millipence(amount: Callable[[], Decimal]) -> Callable[[], Value]:
        def read() -> Value:
            meter.payment.settle()
            return int(amount() / ELECTRICITY.per_millipence)

        return read

    amounts: dict[AttributeName, Callable[[], Decimal]] = {
        BALANCE: lambda: account.meter_balance,
        EMERGENCY_CREDIT_LEFT: lambda: account.emergency_credit_balance,
        ACCUMULATED_DEBT: lambda: account.accumulated_debt,
        DEBTS[0]: lambda: account.time_debts[0].owed,
        DEBTS[1]: lambda: account.time_debts[1].owed,
        DEBTS[2]: lambda: account.payment_debt.owed,
        LOW_CREDIT_THRESHOLD: lambda: account.settings.low_credit_threshold,
    }
    for name, amount in amounts.items():
        table.provide(name, ValueType.NUMBER, millipence(amount))
    table.provide(IMPORT, ValueType.NUMBER, meter.import_watt_hours)
    table.provide(SUPPLY_STATUS, ValueType.NUMBER, lambda: _STATUS[meter.supply.state])
    table.provide(POWER, ValueType.NUMBER, lambda: int(meter.flows.primary_power()))
    table.provide(IS_PREPAYMENT, ValueType.FLAG, lambda: account.mode.name == "PREPAYMENT")
    table.provide(PRICE, ValueType.NUMBER, lambda: _price(meter))
    history = meter.metering.history
    for number, (periods, begin) in enumerate(
        (
            (history.days, _day_before),
            (history.weeks, _week_before),
            (history.months, _month_before),
        )
    ):
        table.provide(CONSUMED[number], ValueType.NUMBER, partial(_consumed, meter, periods))
        table.provide(COSTS[number], ValueType.NUMBER, partial(_cost, meter, periods))
        energy, cost = partial(_past, periods, begin), partial(_past_costs, periods, begin)
        table.provide_history(PAST_CONSUMPTION[number], energy)
        table.provide_history(PAST_COSTS[number], cost)
    metering = meter.metering
    low, high = THRESHOLDS
    table.provide(low, ValueType.NUMBER, lambda: metering.power_thresholds.low_medium)
    table.provide(high, ValueType.NUMBER, lambda: metering.power_thresholds.medium_high)
    return table


def _price(meter: ElectricityMeter) -> int:
    price = meter.tariffs.primary.operation.attribution.active_price
    return int(price.scaleb(_SCALE_OF_MILLIPENCE))


def _so_far(meter: ElectricityMeter, periods: PeriodHistory) -> Consumption:
    """Of the period that has begun."""
    meter.flows.account(meter.clock.bench_time(meter.now()))
    today = meter.metering.daily.watt_hours_today
    return periods.current(meter.now(), today, meter.metering.history.cost_today)


def _consumed(meter: ElectricityMeter, periods: PeriodHistory) -> int:
    return _so_far(meter, periods).watt_hours


def _cost(meter: ElectricityMeter, periods: PeriodHistory) -> int:
    meter.payment.settle()
    return _millipence(_so_far(meter, periods).cost)


def _millipence(pounds: Decimal) -> int:
    """Whole ones, rounded down."""
    return floor(pounds.scaleb(_SCALE_OF_MILLIPENCE))


_Begin = Callable[[datetime], datetime]


def _past(periods: PeriodHistory, begin: _Begin) -> Iterator[HistoryEntry]:
    """Midnights at which periods began, with their watt-hours; newest first."""
    return ((begin(one.end), one.watt_hours) for one in periods.past)


def _past_costs(periods: PeriodHistory, begin: _Begin) -> Iterator[HistoryEntry]:
    return ((begin(one.end), _millipence(one.cost)) for one in periods.past)


def _day_before(end: datetime) -> datetime:
    return end - _DAY


def _week_before(end: datetime) -> datetime:
    return end - _WEEK


def _month_before(end: datetime) -> datetime:
    return (end - _DAY).replace(day=1)
