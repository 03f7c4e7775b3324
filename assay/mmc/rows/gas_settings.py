"""Gas tariff, prepayment settings, configuration, identity and supply: GBZ responses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node
from assay.mmc.rows.configuration import TAMPER_STATES
from assay.mmc.rows.gas import BASIC, METERING, PREPAYMENT, PRICE, registers, same, scaled
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, Source, Template, attribute, field, group, leaf, nodes
from assay.mmc.values import eui64, firmware, gas_date_nodes, iso, numbered, text

CALENDAR, MANAGEMENT = 0x0707, 0x0708


_CURRENCIES = {826: "GBP", 978: "ECB"}


def _digits(octet: int) -> int:
    """Places after the decimal point: the upper half of a trailing digit octet."""
    return octet >> 4


def _trailing(value: tuple[int, int], digits: tuple[int, int]) -> Source:
    def find(reading: Reading) -> Decimal | None:
        raw, octet = reading.attributes.get(value), reading.attributes.get(digits)
        if raw is None or octet is None:
            return None
        return Decimal(raw).scaleb(-_digits(octet))

    return find


def _minutes(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


_DAY, _WEEK, _SEASON, _SPECIAL = range(1, 5)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _calendar(command: int) -> Callable[[Reading], list[Any]]:
    return lambda reading: reading.payloads(CALENDAR, command)


def _tariff_days(days: Iterable[Any]) -> Iterator[Node]:
    """A day of a gas tariff has one rate all day: tier 1 to 4, or 0 for the block tariff (both
    verified by 1.1.1 commands)."""
    for day in days:
        tier = day["entries"][0]["tier_or_flag"] if day["entries"] else 0
        action = Node("TOUTariffAction", tier) if 1 <= tier <= 4 else Node("BlockTariff")
        yield Node("DayProfile", (Node("DayName", day["day_id"]), action), is_many=True)


def _weeks(name: str) -> Callable[[Iterable[Any]], Iterator[Node]]:
    def build(weeks: Iterable[Any]) -> Iterator[Node]:
        for week in weeks:
            days = numbered(name, [week[day] for day in _WEEKDAYS])
            yield Node("WeekProfile", (Node("WeekName", week["week_id"]), *days), is_many=True)

    return build


def _seasons(publications: Iterable[Any]) -> Iterator[Node]:
    for fields in publications:
        for season in fields["seasons"]:
            inside = (
                Node("SeasonStartDate", gas_date_nodes(season["start_date"])),
                Node("ReferencedWeekName", season["week_id"]),
            )
            yield Node("Season", inside, is_many=True)


def _special_days(name: str) -> Callable[[Iterable[Any]], Iterator[Node]]:
    def build(publications: Iterable[Any]) -> Iterator[Node]:
        for fields in publications:
            for day in fields["special_days"]:
                inside = (Node("Date", gas_date_nodes(day["date"])), Node(name, day["day_id"]))
                yield Node("SpecialDay", inside, is_many=True)

    return build


_START, _STOP = "START", "STOP"


def _non_disablement_days(days: Iterable[Any]) -> Iterator[Node]:
    for day in days:
        actions = [
            Node(
                "TimeStartAction",
                (
                    Node("StartTime", _minutes(entry["start_min"])),
                    Node("NonDisablementAction", _START if entry["tier_or_flag"] else _STOP),
                ),
                (("index", index),),
                is_many=True,
            )
            for index, entry in enumerate(day["entries"], 1)
        ]
        inside = (*actions, Node("GasDayName", day["day_id"]))
        yield Node("GasNonDisablementDayProfile", inside, is_many=True)


_FREQUENCIES = {0: "HOURLY", 1: "DAILY"}


def _debt(index: int, frequency: int, amount: int) -> Template:
    return group(
        f"DebtRecovery{index}",
        leaf("DebtRecoveryRate", attribute(PREPAYMENT, amount), same),
        leaf("DebtRecoveryRatePeriod", attribute(PREPAYMENT, frequency), _FREQUENCIES.get),
    )


_PREPAYMENT_BIT, _DISABLED_BIT, _EMERGENCY_BIT = 1 << 1, 1 << 10, 1 << 11
_CONTROL = attribute(PREPAYMENT, 0x0000)
SUSPEND_DEBT = {
    "SuspendDebtDisabled": lambda bits: bool(bits & _DISABLED_BIT),
    "SuspendDebtEmergency": lambda bits: not bits & _EMERGENCY_BIT,
}
"""Bit 10 set: suspended while disabled; bit 11 set: not suspended in emergency. Verified by
payment mode commands for (true, false) and (false, true)."""

_DURATION_TYPES = {1: "Daily", 2: "Weekly", 3: "Monthly"}
_MONTHS = {1: "Monthly", 3: "Quarterly", 6: "SixMonthly", 12: "Yearly"}
_MONTHLY = 3


def _periodicity(fields: dict[str, Any]) -> str:
    kind, duration = fields["duration_type"] & 0x0F, fields["duration"]
    name = _MONTHS.get(duration) if kind == _MONTHLY else _DURATION_TYPES.get(kind)
    if name is None:
        raise RemoteMmcError("billing period", "a day, a week, 1, 3, 6 or 12 months", fields)
    return name


def _billing_period(reading: Reading) -> Iterator[Node]:
    for fields in reading.payloads(PRICE, 0x09):
        start = iso(fields["start_time"])
        if start is None:
            continue
        inside = (Node("BillingPeriodStart", start), Node("Periodicity", _periodicity(fields)))
        yield Node("BillingCalendar", (Node("GasBillingCalendar", inside),))


_MODEL_SIZE, _EUI64_SIZE = 8, 8


def _raw(value: Any) -> bytes:
    """Octets of a typed string, whether it was printable or not."""
    return bytes.fromhex(value["octets"]) if isinstance(value, dict) else value.encode()


def _device_identifier(value: Any) -> str | None:
    """A model identifier of 16 octets ends in the meter's own identifier (one response at hand)."""
    octets = _raw(value)
    if len(octets) != _MODEL_SIZE + _EUI64_SIZE:
        return None
    return eui64(octets[_MODEL_SIZE:])


def _model(value: Any) -> str:
    return text(_raw(value)[:_MODEL_SIZE])


def _printable(value: Any) -> str:
    return text(_raw(value))


_LOCKS = {0: TAMPER_STATES[True], 3: TAMPER_STATES[False]}
_MODEL = attribute(BASIC, 0x0005)
_IDENTITY = (
    leaf("DeviceIdentifier", _MODEL, _device_identifier),
    leaf("ModelType", _MODEL, _model),
    leaf("ManufacturerIdentifier", attribute(BASIC, 0x0004), _printable),
    group(
        "Gas",
        leaf("SupplyTamperState", attribute(METERING, 0x0607), _LOCKS.get),
        leaf("SupplyDepletionState", attribute(METERING, 0x0608), _LOCKS.get),
    ),
)
_LOG, _ALARM = 0x07, 1 << 6
_WAN, _HAN = 1 << 3, 1 << 4
EVENT_CODES = (
    *(0x810D, 0x810E, 0x8119, 0x8145, 0x8154, 0x8155, 0x8161, 0x8162, 0x8168, 0x8183, 0x8184),
    *(0x81A0, 0x81A1),
    *range(0x81A4, 0x81B7),
    *(0x81B9, 0x81BA, *range(0x81BC, 0x81C1), 0x81C2, 0x81C3, 0x81C4, 0x81C5, 0x81C6),
)
_STATES = {True: "Enable", False: "Disable"}


def _event_settings(reading: Reading) -> Iterator[Node]:
    """Bits 0 to 2 say which log, 3 and 4 WAN and HAN, 6 an alarm (verified by 6.22 commands)."""
    seen = {
        int(row["event_id"], 16): row["configuration"]
        for fields in reading.payloads(MANAGEMENT, 0x04)
        for row in fields["configurations"]
    }
    for code in EVENT_CODES:
        if code in seen:
            bits = seen[code]
            masks = (("WANAlert", _WAN), ("HANAlert", _HAN), ("EventLog", _LOG), ("Alarm", _ALARM))
            inside = tuple(Node(name, _STATES[bool(bits & mask)]) for name, mask in masks)
            yield Node(f"x{code:04X}", inside)


_THRESHOLD_SCALE = ((PRICE, 0x0202), (PRICE, 0x0203))


def _prices(name: str, numbers: Sequence[int]) -> Template:
    def build(reading: Reading) -> Iterator[Node]:
        for index, number in enumerate(numbers, 1):
            price = reading.attributes.get((PRICE, number))
            if price is not None:
                yield Node(name, price, (("index", index),), is_many=True)

    return build


_TARIFF = group(
    "Gas",
    leaf("PrimaryActiveTariffPrice", field(PRICE, 0x00, "price"), same),
    leaf(
        "PrimaryActiveTariffPriceScale",
        field(PRICE, 0x00, "price_trailing_digit_tier"),
        lambda octet: -_digits(octet),
    ),
    leaf("CurrencyUnitsLabel", attribute(PRICE, 0x0616), _CURRENCIES.get),
    leaf("StandingCharge", attribute(PRICE, 0x0301), same),
    group(
        "TariffSwitchingTable",
        group("DayProfiles", nodes(_calendar(_DAY), _tariff_days)),
        group("WeekProfiles", nodes(_calendar(_WEEK), _weeks("ReferencedDay"))),
        group("Seasons", nodes(_calendar(_SEASON), _seasons)),
    ),
    group(
        "TariffSwitchingTableSpecialDays",
        nodes(_calendar(_SPECIAL), _special_days("ReferencedDay")),
    ),
    group(
        "TariffThresholds",
        registers(
            "BlockThreshold",
            [(PRICE, number) for number in (0x100, 0x101, 0x102)],
            *_THRESHOLD_SCALE,
        ),
    ),
    group("TOUTariff", _prices("TariffTOUPrice", (0x0410, 0x0420, 0x0430, 0x0440))),
    group("BlockTariff", _prices("BlockPrice", (0x0400, 0x0401, 0x0402, 0x0403))),
    always=True,
)

_CONFIGURATION = (
    leaf("DebtRecoveryPerPayment", attribute(PREPAYMENT, 0x0239), same),
    leaf("DebtRecoveryRateCap", attribute(PREPAYMENT, 0x0006), same),
    leaf("DisablementThreshold", attribute(PREPAYMENT, 0x0040), same),
    leaf("EmergencyCreditLimit", attribute(PREPAYMENT, 0x0010), same),
    leaf("EmergencyCreditThreshold", attribute(PREPAYMENT, 0x0011), same),
    leaf("LowCreditThreshold", attribute(PREPAYMENT, 0x0031), same),
    leaf("CreditMaxCreditThreshold", attribute(PREPAYMENT, 0x0022), same),
    leaf("MaxCreditMaxMeterBalance", attribute(PREPAYMENT, 0x0021), same),
    *(leaf(name, _CONTROL, convert) for name, convert in SUSPEND_DEBT.items()),
    group(
        "Gas",
        group(
            "NonDisablementCalendar",
            group("DayProfiles", nodes(_calendar(_DAY), _non_disablement_days)),
            group("WeekProfiles", nodes(_calendar(_WEEK), _weeks("ReferencedDayName"))),
            group("SeasonProfiles", nodes(_calendar(_SEASON), _seasons)),
            group("SpecialDays", nodes(_calendar(_SPECIAL), _special_days("ReferencedDayName"))),
        ),
        _debt(1, 0x0216, 0x0217),
        _debt(2, 0x0226, 0x0227),
    ),
)
_SUPPLY_STATES = {0: "Disabled", 1: "Armed", 2: "Enabled"}
_FLOW_SCALE = ((METERING, 0x0B12), (METERING, 0x0B13))


def _firmware(value: Any) -> str:
    return firmware(_raw(value))


ROWS: dict[int, Row] = {
    0x009F: (_TARIFF,),
    0x00B5: _CONFIGURATION,
    0x007B: (
        leaf("CalorificValue", _trailing((PRICE, 0x0304), (PRICE, 0x0306)), same),
        leaf("ConversionFactor", _trailing((PRICE, 0x0302), (PRICE, 0x0303)), same),
        leaf("UncontrolledGasFlowRate", scaled((METERING, 0x0B10), *_FLOW_SCALE), same),
        leaf("FlowStabilisationPeriod", attribute(METERING, 0x0B14), same),
        leaf("FlowMeasurementPeriod", attribute(METERING, 0x0B15), same),
    ),
    0x009D: (_billing_period,),
    0x00DA: (_billing_period,),
    0x009E: _IDENTITY,
    0x00FB: _IDENTITY,
    0x00BF: (
        leaf(
            "PaymentMode",
            _CONTROL,
            lambda bits: "Prepayment" if bits & _PREPAYMENT_BIT else "Credit",
        ),
        leaf("SuspendDebtEmergency", _CONTROL, SUSPEND_DEBT["SuspendDebtEmergency"]),
        leaf("SuspendDebtDisabled", _CONTROL, SUSPEND_DEBT["SuspendDebtDisabled"]),
    ),
    0x00F1: (group("GasSupplierAlertEventSettings", _event_settings, always=True),),
    0x0082: (
        leaf("SupplyState", attribute(METERING, 0x0014), _SUPPLY_STATES.get),
        group("Gas", leaf("RemainingBatteryCapacity", attribute(METERING, 0x0205), same)),
    ),
    0x0084: (leaf("FirmwareVersion", attribute(METERING, 0x0206), _firmware),),
    0x0089: (
        group("Gas", leaf("MPRN", attribute(METERING, 0x0307), lambda v: _printable(v).strip())),
    ),
}
