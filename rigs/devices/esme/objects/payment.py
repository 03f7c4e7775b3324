"""Balances, debts, emergency credit and top-ups: what is read of them and what is done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    double_long_unsigned,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from rigs.devices.dlms_objects import FAILED, Access, Call, ItemError, Row
from rigs.devices.esme.calendar_data import parts
from rigs.devices.esme.payment import fits, shown
from rigs.devices.esme.payment_next import StatedAmount
from rigs.devices.logs import NUMBER, UTC_SECONDS, buffer, read_range
from rigs.devices.payment import ELECTRICITY, AmountLog
from rigs.devices.payment.debts import DebtRegister
from rigs.devices.payment.money import EXACT
from rigs.devices.payment.settings import DAY, HOUR, WHOLE
from rigs.devices.protected_read import protected_read

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

CODES = {
    0x0007: "CS01a",
    0x001C: "ECS04a",
    0x001E: "ECS07",
    0x0020: "ECS09",
    0x002D: "ECS19",
    0x002E: "ECS20a",
    0x0069: "ECS82",
    0x00B3: "ECS04b",
    0x00C9: "ECS20d",
}
METER_BALANCE = "0-0:19.10.0.255"
EMERGENCY_CREDIT = "0-0:19.10.1.255"
ACCUMULATED_DEBT = "0-0:19.10.2.255"
TIME_DEBTS = ("0-0:19.20.1.255", "0-0:19.20.2.255")
PAYMENT_DEBT = "0-0:19.20.3.255"

_PERIODS = {int(period.total_seconds()): period for period in (HOUR, DAY)}
_SCALES = range(-12, 1)


def rows(meter: ElectricityMeter) -> Iterator[Row]:
    yield Op.ACTION, 115, "0-0:19.40.0.255", 1, _enter(meter)
    yield from _balance_rows(meter)
    for place, obis in enumerate(TIME_DEBTS):
        yield from _time_debt_rows(meter, place, obis)
    yield from _payment_debt_rows(meter)
    balances = {(1, "0-0:94.44.34.30", 2): lambda: _balances(meter)}
    yield (
        Op.ACTION,
        30,
        "0-0:43.2.1.255",
        1,
        protected_read(balances, meter.seal.encrypt_for),
    )

    account = meter.payment.account
    yield Op.GET_WITH_SELECTION, 7, "0-0:98.1.4.255", 2, _read_log(lambda: account.debt_payments)
    yield Op.GET_WITH_SELECTION, 7, "0-0:98.1.5.255", 2, _read_log(lambda: account.credits)


def _enter(meter: ElectricityMeter) -> Access:
    def enter(call: Call) -> None:
        octets = call.value(Tag.OCTET_STRING)
        digits = octets.decode("ascii", "replace") if isinstance(octets, bytes) else ""
        if not meter.payment.top_up(digits, call.command.message.counter).is_accepted:
            raise ItemError(FAILED)

    return enter


def _balance_rows(meter: ElectricityMeter) -> Iterator[Row]:
    payment, account = meter.payment, meter.payment.account

    def adjust(call: Call) -> None:
        amount = ELECTRICITY.of(call.number(Tag.DOUBLE_LONG))
        payment.settle()
        if not fits(EXACT.add(account.meter_balance, amount)):
            raise ItemError(Result.OTHER_REASON)
        account.adjust_balance(amount, meter.now())

    def read(_call: Call) -> Data:
        payment.settle()
        return Data(Tag.DOUBLE_LONG, shown(account.meter_balance))

    def activate(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0:
            raise ItemError(Result.OTHER_REASON)
        if not payment.activate_emergency_credit():
            raise ItemError(FAILED)

    yield Op.ACTION, 112, METER_BALANCE, 1, adjust
    yield Op.GET, 112, METER_BALANCE, 2, read
    yield Op.ACTION, 112, EMERGENCY_CREDIT, 3, activate
    resets: dict[str, Callable[[], None]] = {
        METER_BALANCE: lambda: account.reset_balance(meter.now()),
        EMERGENCY_CREDIT: lambda: account.reset_emergency_credit(meter.now()),
        ACCUMULATED_DEBT: lambda: account.reset_accumulated_debt(meter.now()),
    }
    for obis, act in resets.items():
        yield Op.ACTION, 112, obis, 2, _reset(meter, act)


def _reset(meter: ElectricityMeter, act: Callable[[], None]) -> Access:
    def reset(call: Call) -> None:
        if call.number(Tag.DOUBLE_LONG) != 0:
            raise ItemError(Result.OTHER_REASON)
        meter.payment.settle()
        act()

    return reset


def _time_debt_rows(meter: ElectricityMeter, place: int, obis: str) -> Iterator[Row]:
    payment = meter.payment
    debt, following = payment.account.time_debts[place], payment.next

    def set_amount(call: Call) -> None:
        following.prepare_rate(place, amount=_read_rate(call.data))

    def set_period(call: Call) -> None:
        period = _PERIODS.get(call.number(Tag.DOUBLE_LONG_UNSIGNED))
        if period is None:
            raise ItemError(Result.OTHER_REASON)
        following.prepare_rate(place, period=period)

    def activate(call: Call) -> None:
        if call.number(Tag.INTEGER) != 0:
            raise ItemError(Result.OTHER_REASON)
        following.activate_rate(place)

    yield Op.SET, 113, obis, 6, set_amount
    yield Op.SET, 113, obis, 8, set_period
    yield Op.ACTION, 113, obis, 2, activate
    yield Op.ACTION, 113, obis, 4, _adjust_debt(meter, debt)
    yield Op.GET, 113, obis, 5, lambda _: _write_rate(following.active_rates[place])
    yield Op.GET, 113, obis, 8, lambda _: double_long_unsigned(_seconds(debt.rate.period))


def _payment_debt_rows(meter: ElectricityMeter) -> Iterator[Row]:
    debt = meter.payment.account.payment_debt

    def set_share(call: Call) -> None:
        share = call.number(Tag.LONG_UNSIGNED)
        if share > WHOLE:
            raise ItemError(Result.OTHER_REASON)
        debt.per_payment = share

    yield Op.GET, 113, PAYMENT_DEBT, 13, lambda _: long_unsigned(debt.per_payment)
    yield Op.SET, 113, PAYMENT_DEBT, 13, set_share
    yield Op.ACTION, 113, PAYMENT_DEBT, 4, _adjust_debt(meter, debt)


def _adjust_debt(meter: ElectricityMeter, debt: DebtRegister) -> Access:
    def adjust(call: Call) -> None:
        account = meter.payment.account
        account.adjust_debt(debt, ELECTRICITY.of(call.number(Tag.DOUBLE_LONG)), meter.now())

    return adjust


def _balances(meter: ElectricityMeter) -> Data:
    """Meter balance, emergency credit, accumulated debt, time debts 1 and 2, payment debt."""
    meter.payment.settle()
    emergency, balance, payment, first, second, accumulated = meter.payment.balances()
    numbers = (balance, emergency, accumulated, first, second, payment)
    return structure(*(Data(Tag.DOUBLE_LONG, number) for number in numbers))


def _read_log(log: Callable[[], AmountLog]) -> Access:
    def read(call: Call) -> Data:
        first, last = read_range(call)
        stamped = ((seconds_since_2000(entry.at), entry.amount) for entry in log().entries)
        return buffer(
            (UTC_SECONDS, NUMBER),
            ((at, ELECTRICITY.millipence(paid)) for at, paid in stamped if first <= at <= last),
        )

    return read


def _read_rate(data: Data) -> StatedAmount:
    """structure{ {0, scale}, {0, no object, 0}, array(1){ {no index, amount} } }."""
    scaling, reference, table = parts(data, Tag.STRUCTURE, Tag.STRUCTURE, Tag.ARRAY)
    commodity_scale, scale = parts(scaling, Tag.INTEGER, Tag.INTEGER)
    parts(reference, Tag.LONG_UNSIGNED, Tag.OCTET_STRING, Tag.INTEGER)
    if len(table.value) != 1 or commodity_scale.value != 0 or scale.value not in _SCALES:
        raise ItemError(Result.OTHER_REASON)
    _, amount = parts(table.value[0], Tag.OCTET_STRING, Tag.LONG)
    if amount.value < 0:
        raise ItemError(Result.OTHER_REASON)
    return StatedAmount(amount.value, scale.value)


def _write_rate(rate: StatedAmount) -> Data:
    return structure(
        structure(integer(0), integer(rate.scale)),
        structure(long_unsigned(0), octet_string(bytes(6)), integer(0)),
        array(structure(octet_string(b""), Data(Tag.LONG, rate.value))),
    )


def _seconds(period: timedelta) -> int:
    return int(period.total_seconds())
