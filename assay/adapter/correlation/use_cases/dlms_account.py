"""ECS02 to ECS09: balance, payment mode, prepayment configuration and debt of an ESME."""

from __future__ import annotations

from collections.abc import Callable

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.dlms_values import (
    Value,
    act,
    activation,
    always,
    coded,
    constant,
    items,
    number,
    one_of,
    passive,
    put,
)
from assay.adapter.correlation.expected import DlmsItems, Listed, Node, OneOf, Parts, Want, parts
from assay.adapter.correlation.use_cases.dlms_schedules import (
    calendar_dates,
    named_special_days,
    schedule,
    special_day_table,
)
from assay.adapter.correlation.use_cases.dlms_tariffs import CHARGE, single_charge
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import Data, Tag

_ACCOUNT, _CREDIT, _SCRIPT_TABLE, _EXTENDED = 111, 112, 9, 9000
_ACCOUNT_OBIS = "0-1:19.0.0.255"


def _credit(number_: int) -> bytes:
    return bytes(Obis.from_text(f"0-0:19.10.{number_}.255"))


def _charge(number_: int) -> bytes:
    return bytes(Obis.from_text(f"0-0:19.20.{number_}.255"))


_METER_BALANCE, _EMERGENCY_CREDIT, _ACCUMULATED_DEBT = _credit(0), _credit(1), _credit(2)
_PRICES, _TIME_DEBT_1, _TIME_DEBT_2, _PAYMENT_DEBT, _STANDING_CHARGE, _SECONDARY_PRICES = (
    _charge(at) for at in range(6)
)
_ALWAYS, _NOT_WHILE_DISABLED = "111", "110"
_TIME_DEBTS = (_TIME_DEBT_1, _TIME_DEBT_2)


def _collection(credit: bytes, charge: bytes, bits: Want | str = _ALWAYS) -> Parts:
    """Which charge is collected from which credit, and in which states of the supply."""
    return parts(
        credit=constant(Tag.OCTET_STRING, credit),
        charge=constant(Tag.OCTET_STRING, charge),
        collection=bits if isinstance(bits, Want) else constant(Tag.BIT_STRING, bits),
    )


def _single_or_twin(entries: tuple[Node, ...], twin: tuple[Node, ...]) -> OneOf:
    """A twin-element ESME has the secondary prices as well. The request does not say which
    it is, so both forms are accepted."""
    return OneOf((Listed(entries), Listed((*entries, *twin))))


def _collections_in_credit_mode(_: Asked) -> OneOf:
    return _single_or_twin(
        tuple(_collection(_METER_BALANCE, charge) for charge in (_PRICES, _STANDING_CHARGE)),
        (_collection(_METER_BALANCE, _SECONDARY_PRICES),),
    )


def _collections_in_prepayment_mode(asked: Asked) -> OneOf:
    """Rows for (suspend while disabled, suspend in emergency) = (true, false), (false, true)
    are verified; (false, false) and (true, true) are inferred: each setting changes its own
    entries, the time debts' bits and the accumulated debt's entries."""
    disabled, where = asked.leaf("Prepayment/SuspendDebtDisabled", bool)
    emergency, _ = asked.leaf("Prepayment/SuspendDebtEmergency", bool)
    bits = _NOT_WHILE_DISABLED if disabled else _ALWAYS
    debt = Want(Data(Tag.BIT_STRING, bits), where, disabled)

    def entries(accumulated: Want | str) -> tuple[Node, ...]:
        return (
            _collection(_METER_BALANCE, _PRICES),
            _collection(_METER_BALANCE, _STANDING_CHARGE),
            *(_collection(_METER_BALANCE, charge, debt) for charge in _TIME_DEBTS),
            _collection(_METER_BALANCE, _PAYMENT_DEBT),
            _collection(_EMERGENCY_CREDIT, _PAYMENT_DEBT),
            _collection(_EMERGENCY_CREDIT, _PRICES),
            _collection(_EMERGENCY_CREDIT, _STANDING_CHARGE),
            *(_collection(_EMERGENCY_CREDIT, charge, debt) for charge in _TIME_DEBTS),
            *(_accumulated(accumulated) if emergency else ()),
        )

    twin = (
        _collection(_METER_BALANCE, _SECONDARY_PRICES),
        _collection(_EMERGENCY_CREDIT, _SECONDARY_PRICES),
    )
    options = _single_or_twin(entries(debt), twin).options
    if disabled and emergency:
        # no source tells whether suspension reaches the accumulated debt: both are accepted
        options += _single_or_twin(entries(_ALWAYS), twin).options
    return OneOf(options)


def _accumulated(bits: Want | str) -> tuple[Node, ...]:
    return (
        _collection(_ACCUMULATED_DEBT, _STANDING_CHARGE),
        *(_collection(_ACCUMULATED_DEBT, charge, bits) for charge in _TIME_DEBTS),
    )


def _mode(code: int, path: str) -> Value:
    """Payment mode and account status "active"."""

    def build(asked: Asked) -> Parts:
        asked.has(path)
        mode = Want(Data(Tag.ENUM, code), path, path)
        return parts(payment_mode=mode, account_status=constant(Tag.ENUM, 1))

    return build


_THRESHOLD = "0-0:94.44.128.22"

ECS02 = items(
    put("payment mode", _ACCOUNT, _ACCOUNT_OBIS, 2, _mode(1, "Credit")),
    put("collections", _ACCOUNT, _ACCOUNT_OBIS, 11, _collections_in_credit_mode),
    activation("payment mode", _ACCOUNT_OBIS, _ACCOUNT, 13),
)
ECS03 = items(
    put("payment mode", _ACCOUNT, _ACCOUNT_OBIS, 2, _mode(2, "Prepayment")),
    passive(
        "disablement threshold",
        _THRESHOLD,
        number(Tag.DOUBLE_LONG, "Prepayment/DisablementThreshold"),
    ),
    put("collections", _ACCOUNT, _ACCOUNT_OBIS, 11, _collections_in_prepayment_mode),
    activation("disablement threshold", _THRESHOLD),
    activation("payment mode", _ACCOUNT_OBIS, _ACCOUNT, 13),
)


def _adjustment(asked: Asked) -> Node:
    """An ESME has one balance for both modes: which mode was named is not carried."""
    mode = one_of(asked, "PrepaymentMode", "CreditMode")
    return number(Tag.DOUBLE_LONG, f"{mode}/AdjustMeterBalance")(asked)


def _reset(asked: Asked) -> Node:
    mode = one_of(asked, "PrepaymentMode", "CreditMode")
    asked.has(f"{mode}/ResetMeterBalance")
    return Want(Data(Tag.DOUBLE_LONG, 0), f"{mode}/ResetMeterBalance", "reset")


_ZERO_BALANCE = always(Tag.DOUBLE_LONG, 0)
ECS04A = items(act("meter balance: adjust", _CREDIT, "0-0:19.10.0.255", 1, _adjustment))
ECS04B = items(
    act("meter balance: reset", _CREDIT, "0-0:19.10.0.255", 2, _reset),
    act("emergency credit balance: reset", _CREDIT, "0-0:19.10.1.255", 2, _ZERO_BALANCE),
    act("accumulated debt: reset", _CREDIT, "0-0:19.10.2.255", 2, _ZERO_BALANCE),
)
_RESET_BLOCK_COUNTERS = 0x63
ECS05 = items(
    act(
        "block counters: reset",
        _SCRIPT_TABLE,
        "0-0:10.0.100.255",
        1,
        always(Tag.LONG_UNSIGNED, _RESET_BLOCK_COUNTERS),
    )
)
ECS09 = items(
    act("emergency credit: select", _CREDIT, "0-0:19.10.1.255", 3, always(Tag.INTEGER, 0))
)

_CONFIG = "UpdatePrepayConfigElectricity"
_CALENDAR = f"{_CONFIG}/ElectricityNonDisablementCalendar"
_MAX_BALANCE, _MAX_CREDIT = "0-0:94.44.2.20", "0-0:94.44.2.10"
_CAP_AMOUNT, _CAP_PERIOD = "0-0:94.44.128.12", "0-0:94.44.128.13"
_LOW_CREDIT, _EMERGENCY_LIMIT = "0-0:94.44.128.9", "0-0:94.44.128.2"
_EMERGENCY_THRESHOLD = "0-0:94.44.128.3"
_CAP_PERIOD_S = 604_800
"""A week: the request has no period, and vectors always write this one."""
_NON_DISABLEMENT_SCRIPTS = {"START": 0x20, "STOP": 0x21}


def _amount(path: str) -> Value:
    return number(Tag.DOUBLE_LONG, f"{_CONFIG}/{path}")


def _script(entry: Asked) -> Node:
    return coded(Tag.LONG_UNSIGNED, "NonDisablementScript", _NON_DISABLEMENT_SCRIPTS)(entry)


def _non_disablement(asked: Asked) -> Node:
    calendar = asked.at(_CALENDAR)
    defined = calendar.by_index("ElectricitySpecialDays/SpecialDay")
    return schedule(
        calendar.each("ElectricityNonDisablementSchedule"),
        table="0-0:10.0.106.255",
        script=_script,
        special_days=named_special_days(
            "SpecialDaysApplicability/SpecialDayApplicability", "SpecialDayID", defined
        ),
        dates=calendar_dates("ScheduleDatesAndTime"),
    )


def _prepayment(max_balance_attribute: int) -> Callable[[Asked], DlmsItems]:
    return items(
        put(
            "special days",
            11,
            "0-1:11.0.2.255",
            2,
            special_day_table(f"{_CALENDAR}/ElectricitySpecialDays/SpecialDay", date_at="Date"),
        ),
        put(
            "maximum meter balance",
            _EXTENDED,
            _MAX_BALANCE,
            max_balance_attribute,
            _amount("MaxMeterBalance"),
        ),
        passive("maximum credit threshold", _MAX_CREDIT, _amount("MaxCreditThreshold")),
        put("non-disablement calendar", 10, "0-1:12.0.1.255", 2, _non_disablement),
        passive(
            "debt recovery rate cap",
            _CAP_AMOUNT,
            number(Tag.LONG_UNSIGNED, f"{_CONFIG}/DebtRecoveryRateCap"),
        ),
        passive(
            "debt recovery rate cap, period", _CAP_PERIOD, always(Tag.DOUBLE_LONG, _CAP_PERIOD_S)
        ),
        passive("low credit threshold", _LOW_CREDIT, _amount("LowCreditThreshold")),
        passive("emergency credit limit", _EMERGENCY_LIMIT, _amount("EmergencyCreditLimit")),
        activation("special days", "0-0:94.44.128.31"),
        passive(
            "emergency credit threshold", _EMERGENCY_THRESHOLD, _amount("EmergencyCreditThreshold")
        ),
        activation("maximum meter balance", _MAX_BALANCE),
        activation("maximum credit threshold", _MAX_CREDIT),
        activation("debt recovery rate cap", _CAP_AMOUNT),
        activation("debt recovery rate cap, period", _CAP_PERIOD),
        activation("low credit threshold", _LOW_CREDIT),
        activation("emergency credit limit", _EMERGENCY_LIMIT),
        activation("emergency credit threshold", _EMERGENCY_THRESHOLD),
        activation("non-disablement calendar", "0-0:94.44.128.28"),
    )


_VALUE_ACTIVE, _VALUE_PASSIVE = 2, 4
ECS08 = _prepayment(_VALUE_ACTIVE)
"""The older use case writes the maximum meter balance itself, not its next value (vectors)."""
ECS08A = _prepayment(_VALUE_PASSIVE)

_PERIODS_S = {"HOURLY": 3_600, "DAILY": 86_400}
_DEBT_1, _DEBT_2, _PAYMENTS = "0-0:19.20.1.255", "0-0:19.20.2.255", "0-0:19.20.3.255"


def _rate(debt: str) -> Value:
    return single_charge(f"{debt}/DebtRecoveryRatePriceScale", f"{debt}/DebtRecoveryRate")


def _period(debt: str) -> Value:
    return coded(Tag.DOUBLE_LONG_UNSIGNED, f"{debt}/DebtRecoveryRatePeriod", _PERIODS_S)


def _adjust(path: str) -> Value:
    return number(Tag.DOUBLE_LONG, path)


ECS07 = items(
    put("debt recovery rate 1", CHARGE, _DEBT_1, 6, _rate("ElecDebtRecovery1")),
    put("debt recovery rate 2", CHARGE, _DEBT_2, 6, _rate("ElecDebtRecovery2")),
    put(
        "debt recovery per payment",
        CHARGE,
        _PAYMENTS,
        13,
        number(Tag.LONG_UNSIGNED, "DebtRecoveryPerPayment"),
    ),
    put("debt recovery period 1", CHARGE, _DEBT_1, 8, _period("ElecDebtRecovery1")),
    put("debt recovery period 2", CHARGE, _DEBT_2, 8, _period("ElecDebtRecovery2")),
    act("debt recovery rate 1: activate", CHARGE, _DEBT_1, 2, always(Tag.INTEGER, 0)),
    act("debt recovery rate 2: activate", CHARGE, _DEBT_2, 2, always(Tag.INTEGER, 0)),
    act("payment debt: adjust", CHARGE, _PAYMENTS, 4, _adjust("PaymentDebtRegister")),
    act("time debt 1: adjust", CHARGE, _DEBT_1, 4, _adjust("TimeDebtRegister1")),
    act("time debt 2: adjust", CHARGE, _DEBT_2, 4, _adjust("TimeDebtRegister2")),
)
