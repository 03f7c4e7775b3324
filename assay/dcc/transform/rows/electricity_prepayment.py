"""Prepayment on electricity meters: 2.1, 2.3 and 2.5; a body for gas meters has no row here."""

from __future__ import annotations

from assay.dcc.transform.calendar_values import activation
from assay.dcc.transform.debts import amount, debt_sources
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.non_disablement import schedule, special_days
from assay.dcc.transform.payloads import Dlms
from assay.dcc.transform.row import Row, all_of, has, is_of_first_gbcs
from assay.dcc.transform.rows.electricity import esme
from assay.dcc.transform.values import Source, constant
from assay.duis.values import field
from assay.gbcs.dlms.data import Data, Tag, integer, long_unsigned

_CONFIGURATION = "UpdatePrepayConfigElectricity"
_WEEK_IN_SECONDS = Data(Tag.DOUBLE_LONG, 604800)
"""The cap on debt recovery is one of a rolling week, for every meter (smets.md E-137)."""


def _recovery_cap(frame: Frame) -> Data:
    return long_unsigned(field(frame.body, f"{_CONFIGURATION}/DebtRecoveryRateCap", int))


def _configured(element: str) -> Source:
    return amount(f"{_CONFIGURATION}/{element}")


_ACTIVATED = {
    "Non-DisablementCalendar(SpecialDays): activateNextDateTime",
    "Non-DisablementCalendar: activateNextDateTime",
    "PrepaymentCredit(MaxMeterBalance): activateNextDateTime",
    "PrepaymentCredit(MaximumCreditThreshold): activateNextDateTime",
    "DebtRecoveryRateCap: activateAmountNextDateTime",
    "DebtRecoveryRateCap: activatePeriodNextDateTime",
    "LowCreditThreshold: activateNextDateTime",
    "EmergencyCreditLimit: activateNextDateTime",
    "EmergencyCreditThreshold: activateNextDateTime",
}
_VALUES: dict[str, Source] = {
    "Non-DisablementCalendar(SpecialDays): index[0..20].next": special_days,
    "Non-DisablementCalendar: entries[1..22].IndexNext": schedule,
    "PrepaymentCredit(MaxMeterBalance): valueNext": _configured("MaxMeterBalance"),
    "PrepaymentCredit(MaximumCreditThreshold): valueNext": _configured("MaxCreditThreshold"),
    "DebtRecoveryRateCap: amountNext": _recovery_cap,
    "DebtRecoveryRateCap: periodNext": constant(_WEEK_IN_SECONDS),
    "LowCreditThreshold: thresholdNext": _configured("LowCreditThreshold"),
    "EmergencyCreditLimit: amountNext": _configured("EmergencyCreditLimit"),
    "EmergencyCreditThreshold: thresholdNext": _configured("EmergencyCreditThreshold"),
} | dict.fromkeys(_ACTIVATED, activation)

_ECS08A = 0x00DE


ROWS: tuple[Row, ...] = (
    esme(
        "2.1",
        0x001F,
        Dlms(values=_VALUES, named_like=_ECS08A),
        all_of(has(_CONFIGURATION), is_of_first_gbcs),
    ),
    esme("2.1", _ECS08A, Dlms(values=_VALUES), has(_CONFIGURATION)),
    esme("2.3", 0x001E, Dlms(values=debt_sources()), has("ElecDebtRecovery1")),
    esme("2.5", 0x0020, Dlms(values={"EmergencyCredit: select": constant(integer(0))})),
)
