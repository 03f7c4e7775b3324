"""Services 2.x of gas: prepayment settings, top-ups, debt, emergency credit."""

from __future__ import annotations

from assay.dcc.transform.gas_calendar import NON_DISABLEMENT_CALENDAR
from assay.dcc.transform.gbz import ComponentSource, FieldSource, gbz, one
from assay.dcc.transform.gbz_values import NOW, activation, issued, number, text, word
from assay.dcc.transform.row import Row
from assay.dcc.transform.rows.gas import holds, rows

_BACK_OFFICE = 0
"""Originating device: the energy service interface."""
_GAS = "UpdatePrepayConfigGas"


def _setting(element: str) -> FieldSource:
    return number(f"{_GAS}/{element}")


PREPAYMENT_SETTINGS = gbz(
    one(
        "EmergencyCreditSetup",
        {
            "issuer_event_id": issued,
            "start_time": activation,
            "limit": _setting("EmergencyCreditLimit"),
            "threshold": _setting("EmergencyCreditThreshold"),
        },
    ),
    one(
        "SetOverallDebtCap",
        {
            "provider_id": 0,
            "issuer_event_id": issued,
            "implementation_time": activation,
            "cap": _setting("DebtRecoveryRateCap"),
        },
    ),
    # Has no time of its own, so the header of its component says when (gbcs.md 5.1).
    one(
        "SetLowCreditWarningLevel",
        {"level": _setting("LowCreditThreshold")},
        from_date_time=activation,
    ),
    one(
        "SetMaximumCreditLimit",
        {
            "provider_id": 0,
            "issuer_event_id": issued,
            "implementation_time": activation,
            "max_level": _setting("MaxMeterBalance"),
            "max_per_top_up": _setting("MaxCreditThreshold"),
        },
    ),
    NON_DISABLEMENT_CALENDAR.commands,
)

_PERIODS = {"HOURLY": 0, "DAILY": 1}
_BY_TIME = 0
_BY_PERCENTAGE = 1
_PAYMENT_DEBT = 5
_NO_START = {"label": "", "recovery_start": NOW, "collection_time": 0}


def _time_debt(register: int, amount_type: int) -> ComponentSource:
    recovery = f"GasDebtRecovery{register}"
    return one(
        "ChangeDebt",
        {
            "issuer_event_id": issued,
            **_NO_START,
            "amount": number(f"TimeDebtRegister{register}"),
            "recovery_method": _BY_TIME,
            "amount_type": amount_type,
            "frequency": word(f"{recovery}/DebtRecoveryRatePeriod", _PERIODS),
            "recovery_amount": number(f"{recovery}/DebtRecoveryRate"),
            "balance_percentage": 0,
        },
    )


DEBT = gbz(
    _time_debt(1, 1),
    _time_debt(2, 3),
    one(
        "ChangeDebt",
        {
            "issuer_event_id": issued,
            **_NO_START,
            "amount": number("PaymentDebtRegister"),
            "recovery_method": _BY_PERCENTAGE,
            "amount_type": _PAYMENT_DEBT,
            "frequency": _PERIODS["DAILY"],
            "recovery_amount": 0,
            "balance_percentage": number("DebtRecoveryPerPayment"),
        },
    ),
)
TOP_UP = gbz(
    one("ConsumerTopUp", {"originating_device": _BACK_OFFICE, "top_up_code": text("UTRN")})
)
EMERGENCY_CREDIT = gbz(
    one("SelectAvailableEmergencyCredit", {"issue_time": NOW, "originating_device": _BACK_OFFICE})
)

ROWS: tuple[Row, ...] = (
    *rows("2.1", 0x006F, PREPAYMENT_SETTINGS, when=holds(_GAS)),
    *rows("2.2", 0x0097, TOP_UP),
    *rows("2.3", 0x006E, DEBT, when=holds("GasDebtRecovery1", "GasDebtRecovery2")),
    *rows("2.5", 0x0070, EMERGENCY_CREDIT),
)
