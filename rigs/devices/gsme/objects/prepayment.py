"""Balances, debts, emergency credit, top-ups and payment mode of a gas meter (cluster 0705).

Money is in thousandths of a penny.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.gbz.tables import Direction
from rigs.devices.gbz_objects import (
    FAILURE,
    INVALID_VALUE,
    NOT_FOUND,
    Attribute,
    CommandRow,
    GbzCall,
    GbzError,
    Reply,
)
from rigs.devices.gsme.payment import GAS, GasPayment, TopUpEntry, as_int32
from rigs.devices.gsme.snapshots import Snapshots
from rigs.devices.gsme.use_cases import PREPAYMENT
from rigs.devices.payment import AmountEntry, Mode, TimeDebtRate
from rigs.devices.payment.settings import DAY, HOUR, WHOLE

if TYPE_CHECKING:
    from rigs.devices.gsme.meter import GasMeter

Json = Any
_TO_SERVER = Direction.CLIENT_TO_SERVER
_PREPAYMENT_BIT, _DISABLED_BIT, _EMERGENCY_BIT = 1 << 1, 1 << 10, 1 << 11
_COMMON_BITS = 0x0094
"""As the payment mode commands have them, beside the bits for mode and suspension."""
_NO_CUT_OFF = -1
_NO_LIMIT = 0xFFFFFFFF
_MODES: Mapping[int, Mode] = {0x006C: Mode.CREDIT, 0x006D: Mode.PREPAYMENT}
_ADJUSTMENTS: Mapping[int, int] = {0x0086: 0, 0x00B4: 1, 0x00C0: 3, 0x00C2: 2}
"""Message code -> type of the credit adjustment that it may carry."""
_RESETS = frozenset((0x00B4, 0x00C2))
_FREQUENCIES: Mapping[int, timedelta] = {0: HOUR, 1: DAY}
_TIME_DEBTS: Mapping[int, int] = {1: 0, 3: 1}
_PAYMENT_DEBT_TYPE = 5
_PAYMENT_DEBT_LOG = 2
_CALENDAR_OF_FRIENDLY_CREDIT = 0xFFFFFFFE
_NO_TOP_UP = -1


def balances(payment: GasPayment) -> Iterator[Attribute]:
    yield PREPAYMENT, 0x0001, "int32", payment.credit_balance
    yield PREPAYMENT, 0x0002, "int32", _money(payment, lambda a: a.emergency_credit_balance)
    yield PREPAYMENT, 0x0005, "int32", _money(payment, lambda a: a.accumulated_debt)
    for number, attribute in enumerate((0x0211, 0x0221, 0x0231)):
        yield PREPAYMENT, attribute, "uint32", _debt(payment, number)


def settings(payment: GasPayment) -> Iterator[Attribute]:
    account = payment.account
    yield PREPAYMENT, 0x0000, "bitmap16", lambda: _control(payment)
    yield PREPAYMENT, 0x0006, "int32", lambda: _limit(account.settings.debt_cap, 0x7FFFFFFF)
    for attribute, name in (
        (0x0010, "emergency_credit_limit"),
        (0x0011, "emergency_credit_threshold"),
        (0x0021, "maximum_balance"),
        (0x0022, "maximum_credit"),
        (0x0031, "low_credit_threshold"),
    ):
        yield PREPAYMENT, attribute, "uint32", _setting(payment, name)
    yield (
        PREPAYMENT,
        0x0040,
        "int32",
        lambda: GAS.millipence(account.settings.disablement_threshold),
    )
    for number, (frequency, amount) in enumerate(((0x0216, 0x0217), (0x0226, 0x0227))):
        yield PREPAYMENT, frequency, "enum8", _frequency(payment, number)
        yield PREPAYMENT, amount, "uint32", _rate(payment, number)
    yield PREPAYMENT, 0x0239, "uint16", lambda: account.payment_debt.per_payment


def _money(payment: GasPayment, of: Callable[[Any], Decimal]) -> Callable[[], int]:
    return lambda: as_int32(GAS.millipence(of(payment.settle())))


def _debt(payment: GasPayment, number: int) -> Callable[[], int]:
    return lambda: payment.debts()[number]


def _setting(payment: GasPayment, name: str) -> Callable[[], int]:
    return lambda: _limit(getattr(payment.account.settings, name), _NO_LIMIT)


def _limit(amount: Decimal | None, none: int) -> int:
    return none if amount is None else GAS.millipence(amount)


def _frequency(payment: GasPayment, number: int) -> Callable[[], int]:
    return lambda: int(payment.account.time_debts[number].rate.period == DAY)


def _rate(payment: GasPayment, number: int) -> Callable[[], int]:
    return lambda: GAS.millipence(payment.account.time_debts[number].rate.amount)


def _control(payment: GasPayment) -> int:
    account = payment.account
    return (
        _COMMON_BITS
        | (_PREPAYMENT_BIT | 1 if account.mode is Mode.PREPAYMENT else 0)
        | (_DISABLED_BIT if account.settings.suspend_debt_disabled else 0)
        | (0 if account.settings.suspend_debt_emergency else _EMERGENCY_BIT)
    )


def log_reads(
    snapshots: Snapshots,
    top_ups: Callable[[], tuple[TopUpEntry, ...]],
    debt_payments: Callable[[], tuple[tuple[AmountEntry, int], ...]],
) -> Iterator[CommandRow]:
    """What meter and proxy share; `debt_payments` come with what was outstanding afterwards.

    The newest entries come first, as ZigBee has it (recalled).
    """

    def get_snapshot(call: GbzCall) -> list[Reply]:
        return [Reply(0x01, snapshots.balances.read(call.fields))]

    def get_top_up_log(call: GbzCall) -> list[Reply]:
        found = [one for one in reversed(top_ups()) if _is_between(call, one.at)]
        rows = [
            {"code": one.code, "amount": one.millipence, "time": seconds_since_2000(one.at)}
            for one in found[: call.fields["records"] or None]
        ]
        return [Reply(0x05, _listed("top_ups", rows))]

    def get_debt_log(call: GbzCall) -> list[Reply]:
        if call.fields["debt_type"] != _PAYMENT_DEBT_LOG:
            raise GbzError(NOT_FOUND)
        found = [one for one in reversed(debt_payments()) if _is_between(call, one[0].at)]
        rows = [
            {
                "time": seconds_since_2000(entry.at),
                "collected": GAS.millipence(entry.amount),
                "debt_type": _PAYMENT_DEBT_LOG,
                "outstanding": outstanding,
            }
            for entry, outstanding in found[: call.fields["debts"] or None]
        ]
        return [Reply(0x06, _listed("debt_payments", rows))]

    yield PREPAYMENT, _TO_SERVER, 0x07, get_snapshot
    yield PREPAYMENT, _TO_SERVER, 0x08, get_top_up_log
    yield PREPAYMENT, _TO_SERVER, 0x0A, get_debt_log


def _is_between(call: GbzCall, at: Any) -> bool:
    first = call.component.from_date_time or 0
    return first <= seconds_since_2000(at) <= time_seconds(call.fields["latest_end"])


def _listed(name: str, rows: list[Json]) -> Json:
    if not rows:
        raise GbzError(NOT_FOUND)
    return {"command_index": 0, "total_commands": 1, name: rows}


def commands(meter: GasMeter) -> Iterator[CommandRow]:
    payment, account = meter.payment, meter.payment.account

    def activate_emergency_credit(_call: GbzCall) -> None:
        if not payment.settle().activate_emergency_credit(meter.now()):
            raise GbzError(FAILURE)

    def top_up(call: GbzCall) -> list[Reply]:
        fields, command = call.fields, call.command
        code = fields["top_up_code"]
        digits = code if isinstance(code, str) else ""
        answer = (
            payment.local_top_up(digits)
            if meter.is_from_display(command)
            else payment.remote_top_up(digits, command.message.counter)
        )
        payload = {
            "result_type": answer.result,
            "value": payment.credit_of(answer),
            "source": fields["originating_device"],
            "credit_remaining": payment.credit_balance() if answer.is_accepted else _NO_TOP_UP,
        }
        return [Reply(0x03, payload, "success" if answer.is_accepted else FAILURE)]

    def change_payment_mode(call: GbzCall) -> list[Reply]:
        fields = call.fields
        mode = _MODES[call.command.use_case.code]
        control = fields["payment_control"]
        if bool(control & _PREPAYMENT_BIT) is not (mode is Mode.PREPAYMENT):
            raise GbzError(INVALID_VALUE)
        changes: dict[str, Any] = {
            "suspend_debt_disabled": bool(control & _DISABLED_BIT),
            "suspend_debt_emergency": not control & _EMERGENCY_BIT,
        }
        if mode is Mode.PREPAYMENT and fields["cut_off"] != _NO_CUT_OFF:
            changes["disablement_threshold"] = GAS.of(fields["cut_off"])

        def activate() -> None:
            payment.settle().set_mode(mode, meter.now(), **changes)

        meter.dated.date(call, fields["implementation_time"], activate)
        payload = {
            "friendly_credit": 1,
            "friendly_credit_calendar": _CALENDAR_OF_FRIENDLY_CREDIT,
            "ec_limit": GAS.millipence(account.settings.emergency_credit_limit),
            "ec_threshold": GAS.millipence(account.settings.emergency_credit_threshold),
        }
        return [Reply(0x02, payload)]

    def adjust_credit(call: GbzCall) -> None:
        code, fields = call.command.use_case.code, call.fields
        if fields["type"] != _ADJUSTMENTS[code] or time_seconds(fields["start_time"]):
            raise GbzError(INVALID_VALUE)
        if code in _RESETS:
            settled, now = payment.settle(), meter.now()
            settled.reset_balance(now)
            settled.reset_emergency_credit(now)
            settled.reset_accumulated_debt(now)
        else:
            payment.settle().adjust_balance(GAS.of(fields["value"]), meter.now())

    def change_debt(call: GbzCall) -> None:
        fields = call.fields
        kind = fields["amount_type"]
        payment.settle()
        if kind == _PAYMENT_DEBT_TYPE:
            if fields["balance_percentage"] > WHOLE:
                raise GbzError(INVALID_VALUE)
            account.payment_debt.per_payment = fields["balance_percentage"]
            account.adjust_debt(account.payment_debt, GAS.of(fields["amount"]), meter.now())
            return
        if kind not in _TIME_DEBTS or fields["frequency"] not in _FREQUENCIES:
            raise GbzError(INVALID_VALUE)
        if fields["recovery_amount"] < 0:
            raise GbzError(INVALID_VALUE)
        place = _TIME_DEBTS[kind]
        rate = TimeDebtRate(
            amount=GAS.of(fields["recovery_amount"]), period=_FREQUENCIES[fields["frequency"]]
        )
        account.set_rate(place, rate, meter.now())
        account.adjust_debt(account.time_debts[place], GAS.of(fields["amount"]), meter.now())

    def dated(call: GbzCall, when: str | int, **changes: int) -> None:
        amounts = {name: GAS.of(value) for name, value in changes.items()}
        meter.dated.date(call, when, lambda: payment.settle().configure(meter.now(), **amounts))

    def set_up_emergency_credit(call: GbzCall) -> None:
        fields = call.fields
        dated(
            call,
            fields["start_time"],
            emergency_credit_limit=fields["limit"],
            emergency_credit_threshold=fields["threshold"],
        )

    def set_low_credit(call: GbzCall) -> None:
        """Its time travels in the header (GBCS digest 5.1)."""
        dated(call, call.component.from_date_time or 0, low_credit_threshold=call.fields["level"])

    def set_maximum_credit(call: GbzCall) -> None:
        fields = call.fields
        dated(
            call,
            fields["implementation_time"],
            maximum_balance=fields["max_level"],
            maximum_credit=fields["max_per_top_up"],
        )

    def set_debt_cap(call: GbzCall) -> None:
        dated(call, call.fields["implementation_time"], debt_cap=call.fields["cap"])

    yield PREPAYMENT, _TO_SERVER, 0x00, activate_emergency_credit
    yield PREPAYMENT, _TO_SERVER, 0x02, change_debt
    yield PREPAYMENT, _TO_SERVER, 0x03, set_up_emergency_credit
    yield PREPAYMENT, _TO_SERVER, 0x04, top_up
    yield PREPAYMENT, _TO_SERVER, 0x05, adjust_credit
    yield PREPAYMENT, _TO_SERVER, 0x06, change_payment_mode
    yield PREPAYMENT, _TO_SERVER, 0x09, set_low_credit
    yield PREPAYMENT, _TO_SERVER, 0x0B, set_maximum_credit
    yield PREPAYMENT, _TO_SERVER, 0x0C, set_debt_cap
    yield from log_reads(
        meter.snapshots,
        lambda: tuple(payment.top_up_log),
        lambda: tuple(payment.debt_log),
    )
