"""Electricity prepayment: balances, configuration, payment mode, load limit (4.3 to 6.2.9).

Which charge is collected from which credit tells the two Suspend Debt flags (verified by
payment mode commands): time debts carry 110 where debt is suspended while the supply is
disabled, and have a place under the accumulated debt "credit" where it is in emergency.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.gbcs.dlms.data import Data
from assay.mmc.nodes import Node
from assay.mmc.rows.protected import protected
from assay.mmc.rows.row import Row
from assay.mmc.rows.tariff import only_charge, price_scale
from assay.mmc.templates import Template, group, item, leaf, nodes, parts
from assay.mmc.values import (
    date_nodes,
    flag,
    number,
    special_days,
    time_of_day,
    weekdays_node,
    whole_date,
)

_PERIODS = {3600: "HOURLY", 86400: "DAILY"}
_MODES = {1: "Credit", 2: "Prepayment"}
_SCRIPTS = {32: "START", 33: "STOP"}
_EMERGENCY_CREDIT = bytes.fromhex("0000130A01FF")
_ACCUMULATED_DEBT = bytes.fromhex("0000130A02FF")
_TIME_DEBTS = (bytes.fromhex("0000131401FF"), bytes.fromhex("0000131402FF"))


def _rows(configuration: Data) -> list[tuple[bytes, bytes, str]]:
    """(credit, charge, collection bits)."""
    return [tuple(part.value for part in row.value) for row in parts(configuration)]


def _is_suspended_when_disabled(configuration: Data) -> bool:
    rows = _rows(configuration)
    return any(charge in _TIME_DEBTS and bits[-1] == "0" for _, charge, bits in rows)


def _is_suspended_in_emergency(configuration: Data) -> bool:
    return any(credit == _ACCUMULATED_DEBT for credit, _, _ in _rows(configuration))


def _mode_of_charges(configuration: Data) -> str:
    """In credit mode nothing is collected from emergency credit."""
    credits_ = {credit for credit, _, _ in _rows(configuration)}
    return _MODES[2] if _EMERGENCY_CREDIT in credits_ else _MODES[1]


def special_day_nodes(name: str, attribute: str, days: Data) -> Iterator[Node]:
    for day in parts(days):
        index, when, _ = day.value
        yield Node(name, date_nodes(when.value), ((attribute, index.value),), is_many=True)


def _calendar_special_days(days: Data) -> Iterator[Node]:
    return special_day_nodes("SpecialDay", "index", days)


def _schedule(entries: Data) -> Iterator[Node]:
    for entry in parts(entries):
        fields = [part.value for part in entry.value]
        _, _, _, script, start, _, weekdays, specials, begin, end = fields
        applies = tuple(
            Node("SpecialDayApplicability", (Node("SpecialDayID", day),), is_many=True)
            for day in special_days(specials)
        )
        dates = (
            ("SwitchTime", time_of_day(start)),
            ("StartDate", whole_date(begin)),
            ("EndDate", whole_date(end)),
        )
        known = tuple(Node(name, value) for name, value in dates if value is not None)
        parts_ = (
            Node("NonDisablementScript", _SCRIPTS[script]),
            Node("SpecialDaysApplicability", applies),
            weekdays_node(weekdays),
            Node("ScheduleDatesAndTime", known),
        )
        inside = tuple(part for part in parts_ if part is not None)
        yield Node("ElectricityNonDisablementSchedule", inside, is_many=True)


def _debt_recovery(index: int) -> Template:
    obis = f"0-0:19.20.{index}.255"
    return group(
        f"DebtRecovery{index}",
        leaf("DebtRecoveryRate", only_charge(obis), number),
        price_scale(obis, "DebtRecoveryRatePriceScale"),
        leaf("DebtRecoveryRatePeriod", item(obis, 8), lambda data: _PERIODS.get(data.value)),
    )


_ACCOUNT = "0-0:19.0.0.255"
_EMERGENCY = "0-0:19.10.1.255"

ROWS: dict[int, Row] = {
    0x002D: (
        leaf("EmergencyCreditBalance", protected(0, 1), number),
        leaf("AccumulatedDebtRegister", protected(0, 2), number),
        leaf("PaymentDebtRegister", protected(0, 5), number),
        leaf("TimeDebtRegister1", protected(0, 3), number),
        leaf("TimeDebtRegister2", protected(0, 4), number),
        leaf("MeterBalance", protected(0, 0), number),
    ),
    0x003B: (
        leaf("DebtRecoveryPerPayment", item("0-0:19.20.3.255", 13), number),
        leaf("DebtRecoveryRateCap", item(_ACCOUNT, 18), number),
        leaf("DisablementThreshold", item("0-0:16.0.1.255", 2, 0), number),
        leaf("EmergencyCreditLimit", item(_EMERGENCY, 9), number),
        leaf("EmergencyCreditThreshold", item(_EMERGENCY, 10), number),
        leaf("LowCreditThreshold", item(_ACCOUNT, 16), number),
        leaf("CreditMaxCreditThreshold", item("0-0:94.44.2.10"), number),
        leaf("MaxCreditMaxMeterBalance", item("0-0:94.44.2.20"), number),
        leaf("SuspendDebtDisabled", item(_ACCOUNT, 11), _is_suspended_when_disabled),
        leaf("SuspendDebtEmergency", item(_ACCOUNT, 11), _is_suspended_in_emergency),
        group(
            "Electricity",
            leaf("PaymentMode", item(_ACCOUNT, 11), _mode_of_charges),
            group(
                "NonDisablementCalendar",
                group(
                    "ElectricitySpecialDays",
                    nodes(item("0-0:11.0.2.255"), _calendar_special_days),
                ),
                nodes(item("0-0:12.0.1.255"), _schedule),
            ),
            _debt_recovery(1),
            _debt_recovery(2),
        ),
    ),
    0x0042: (
        leaf("LoadLimitCounterValue", item("0-0:94.44.42.255"), number),
        leaf("LoadLimitPowerThreshold", item("0-0:17.0.0.255", 4), number),
        leaf("LoadLimitPeriod", item("0-0:17.0.0.255", 6), number),
        leaf("LoadLimitRestorationPeriod", item("0-0:17.0.0.255", 7), number),
        leaf(
            "LoadLimitSupplyState",
            item("0-0:94.44.0.3"),
            lambda data: "Disable" if flag(data) else "Unchanged",
        ),
    ),
    0x0069: (leaf("MeterBalance", item("0-0:19.10.0.255"), number),),
    0x00BE: (leaf("PaymentMode", item(_ACCOUNT, 2, 0), lambda data: _MODES.get(data.value)),),
}
