"""GCS02 to GCS06, GCS40a to GCS40d: payment mode, prepayment, debt, balance of a GSME."""

from __future__ import annotations

from collections.abc import Mapping

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.errors import NotCarriedError
from assay.adapter.correlation.expected import Node, Want, parts
from assay.adapter.correlation.gbz_values import (
    PREPAYMENT,
    Components,
    always,
    coded,
    component,
    components,
    number,
)
from assay.adapter.correlation.times import (
    ZCL_NOW,
    minutes_of_day,
    zcl_activation,
    zcl_from_date_time,
)
from assay.adapter.correlation.use_cases.gbz_calendars import FRIENDLY_CREDIT, calendar

_CREDIT_MODE = 0b0000_1100_1001_0100
_PREPAYMENT_MODE = 0b0000_0000_1001_0111
_SUSPENDED_WHILE_DISABLED, _COLLECTED_IN_EMERGENCY = 1 << 10, 1 << 11
_THRESHOLD_UNCHANGED = -1


def _credit_mode(asked: Asked) -> Mapping[str, Node]:
    asked.has("Credit")
    return {
        "implementation_time": zcl_activation(asked),
        "payment_control": Want(_CREDIT_MODE, "Credit", "credit mode"),
        "cut_off": always(_THRESHOLD_UNCHANGED),
    }


def _prepayment_mode(asked: Asked) -> Mapping[str, Node]:
    """The bits of (disabled, emergency) = (true, false) and (false, true) are verified. That
    bit 10 stands for the first and bit 11 for the second is inferred: ZigBee names bit 11 the
    emergency one; the four values that the tables list are just these combinations."""
    mode = asked.at("Prepayment")
    disabled, where = mode.leaf("SuspendDebtDisabled", bool)
    emergency, _ = mode.leaf("SuspendDebtEmergency", bool)
    control = _PREPAYMENT_MODE
    control |= _SUSPENDED_WHILE_DISABLED if disabled else 0
    control |= 0 if emergency else _COLLECTED_IN_EMERGENCY
    threshold, threshold_path = mode.leaf("DisablementThreshold", int)
    if threshold == _THRESHOLD_UNCHANGED:
        raise NotCarriedError(threshold_path, threshold, "other numbers: it means unchanged")
    said = f"suspend while disabled {disabled}, in emergency {emergency}"
    return {
        "implementation_time": zcl_activation(asked),
        "payment_control": Want(control, where, said),
        "cut_off": Want(threshold, threshold_path, threshold),
    }


GCS02 = components(component("payment mode", PREPAYMENT, 0x06, _credit_mode))
GCS03 = components(component("payment mode", PREPAYMENT, 0x06, _prepayment_mode))

_FREQUENCIES = {"HOURLY": 0, "DAILY": 1}
_TIME_BASED, _PERCENTAGE = 0, 1
_DAILY = 1


def _debt(
    amount: Want, amount_type: int, method: int, frequency: Want, rate: Want, percentage: Want
) -> Mapping[str, Node]:
    return {
        "label": always(""),
        "amount": amount,
        "recovery_method": always(method),
        "amount_type": always(amount_type),
        "recovery_start": always(ZCL_NOW),
        "collection_time": always(0),
        "frequency": frequency,
        "recovery_amount": rate,
        "balance_percentage": percentage,
    }


def _time_debt(register: int, amount_type: int) -> Components:
    recovery = f"GasDebtRecovery{register}"
    return component(
        f"time debt {register}",
        PREPAYMENT,
        0x02,
        lambda asked: _debt(
            number(asked, f"TimeDebtRegister{register}"),
            amount_type,
            _TIME_BASED,
            coded(asked, f"{recovery}/DebtRecoveryRatePeriod", _FREQUENCIES),
            number(asked, f"{recovery}/DebtRecoveryRate"),
            always(0),
        ),
        provider=False,
    )


GCS04 = components(
    _time_debt(1, amount_type=1),
    _time_debt(2, amount_type=3),
    component(
        "payment debt",
        PREPAYMENT,
        0x02,
        lambda asked: _debt(
            number(asked, "PaymentDebtRegister"),
            5,
            _PERCENTAGE,
            always(_DAILY),
            always(0),
            number(asked, "DebtRecoveryPerPayment"),
        ),
        provider=False,
    ),
)

_CONFIG = "UpdatePrepayConfigGas"
_CALENDAR = f"{_CONFIG}/GasNonDisablementCalendar"
_NON_DISABLEMENT = {"START": 1, "STOP": 0}


def _day_entries(day: Asked) -> tuple[Node, ...]:
    return tuple(
        parts(
            start_min=minutes_of_day(entry, "StartTime"),
            tier_or_flag=coded(entry, "NonDisablementAction", _NON_DISABLEMENT),
        )
        for entry in day.each("TimeStartAction")
    )


GCS05 = components(
    component(
        "emergency credit",
        PREPAYMENT,
        0x03,
        lambda asked: {
            "start_time": zcl_activation(asked),
            "limit": number(asked, f"{_CONFIG}/EmergencyCreditLimit"),
            "threshold": number(asked, f"{_CONFIG}/EmergencyCreditThreshold"),
        },
        provider=False,
    ),
    component(
        "debt recovery rate cap",
        PREPAYMENT,
        0x0C,
        lambda asked: {
            "implementation_time": zcl_activation(asked),
            "cap": number(asked, f"{_CONFIG}/DebtRecoveryRateCap"),
        },
    ),
    component(
        "low credit threshold",
        PREPAYMENT,
        0x09,
        lambda asked: {"level": number(asked, f"{_CONFIG}/LowCreditThreshold")},
        provider=False,
        event=False,
        from_date_time=zcl_from_date_time,
    ),
    component(
        "maximum credit",
        PREPAYMENT,
        0x0B,
        lambda asked: {
            "implementation_time": zcl_activation(asked),
            "max_level": number(asked, f"{_CONFIG}/MaxMeterBalance"),
            "max_per_top_up": number(asked, f"{_CONFIG}/MaxCreditThreshold"),
        },
    ),
    *calendar(
        FRIENDLY_CREDIT,
        days=f"{_CALENDAR}/DayProfiles/GasNonDisablementDayProfile",
        day_name="GasDayName",
        entries=_day_entries,
        weeks=f"{_CALENDAR}/WeekProfiles/WeekProfile",
        seasons=f"{_CALENDAR}/SeasonProfiles/Season",
        special_days=f"{_CALENDAR}/SpecialDays/SpecialDay",
    ),
)
GCS06 = components(
    component(
        "emergency credit: select",
        PREPAYMENT,
        0x00,
        lambda _: {"issue_time": always(ZCL_NOW), "originating_device": always(0)},
        provider=False,
        event=False,
    )
)


def _adjustment(kind: int, mode: str) -> Components:
    return component(
        "credit adjustment",
        PREPAYMENT,
        0x05,
        lambda asked: {
            "start_time": always(ZCL_NOW),
            "type": Want(kind, mode, f"adjust in {mode}"),
            "value": number(asked, f"{mode}/AdjustMeterBalance"),
        },
        provider=False,
    )


def _reset(kind: int, mode: str) -> Components:
    def fields(asked: Asked) -> Mapping[str, Node]:
        asked.has(f"{mode}/ResetMeterBalance")
        return {
            "start_time": always(ZCL_NOW),
            "type": Want(kind, mode, f"reset in {mode}"),
            "value": always(0),
        }

    return component("credit adjustment", PREPAYMENT, 0x05, fields, provider=False)


GCS40A = components(_adjustment(0, "PrepaymentMode"))
GCS40B = components(_reset(1, "PrepaymentMode"))
GCS40C = components(_adjustment(3, "CreditMode"))
GCS40D = components(_reset(2, "CreditMode"))
