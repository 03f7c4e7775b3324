"""Electricity and hub configuration reads, alert settings, clock, firmware (6.2, 7.4, 11.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assay.gbcs.dlms.data import Data
from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node
from assay.mmc.rows.energy import PHASES
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, Template, group, item, leaf, nodes, parts
from assay.mmc.values import eui64, firmware, flag, instant, number, string, time_of_day

_ANY_DATE = bytes.fromhex("FFFFFFFFFF")
_ANY = 0xFF
TAMPER_STATES = {True: "Locked", False: "Unchanged"}
_SUPPLY_STATES = {0: "Disabled", 1: "Enabled", 2: "Armed"}


def _threshold(name: str, obis: str) -> Template:
    return leaf(name, item(obis), number)


def _limiter(name: str, index: int) -> tuple[Template, Template]:
    obis = f"0-0:17.0.{index}.255"
    return (
        leaf(f"{name}MeasurementPeriod", item(obis, 6), number),
        leaf(f"{name}Threshold", item(obis, 4), number),
    )


def _average(phase: int) -> tuple[Template, Template]:
    group_ = PHASES[phase]
    return (
        _threshold("AverageRMSOverVoltageThreshold", f"1-0:{group_}.35.0.4"),
        _threshold("AverageRMSUnderVoltageThreshold", f"1-0:{group_}.31.0.4"),
    )


_RMS_SETTINGS = group(
    "RMSVoltageSettings",
    *_limiter("RMSExtremeOverVoltage", 1),
    *_limiter("RMSExtremeUnderVoltage", 2),
    *_limiter("RMSVoltageSag", 3),
    *_limiter("RMSVoltageSwell", 4),
)


def _phase_settings(phase: int) -> Template:
    settings = group("PhaseVoltageSettings", *_average(phase))

    def build(reading: Reading) -> Iterator[Node]:
        inside = tuple(settings(reading))
        if inside:
            yield Node("PolyPhaseVoltageSettings", (Node("Phase", phase), *inside), is_many=True)

    return build


_COUNTS = {4: "Quarterly", 2: "SixMonthly", 1: "Yearly"}


def _billing_calendar(times: Data) -> Iterator[Node]:
    """Execution times of the billing calendar: wildcards tell the period, and the number of
    entries tells quarters, halves and years apart (verified by 6.8 commands for months and
    quarters, the others follow their pattern)."""
    rows = [(row.value[0].value, row.value[1].value) for row in parts(times)]
    if not rows:
        return
    start, when = rows[0]
    at = time_of_day(start)
    if at is None:
        raise RemoteMmcError("billing calendar", "a time of day", start.hex())
    period = Node("ElectricityBillingCalendar", (Node("BillingTime", at), _period(when, rows)))
    yield Node("BillingCalendar", (period,))


def _period(when: bytes, rows: Sequence[tuple[bytes, bytes]]) -> Node:
    month, day, weekday = when[2:5]
    if when == _ANY_DATE:
        return Node("Daily")
    if month != _ANY:
        name = _COUNTS.get(len(rows))
        if name is None:
            raise RemoteMmcError("billing calendar", "1, 2 or 4 dates", len(rows))
        # the month that 6.8 names comes first, those after the year's end included
        return Node(name, (Node("DayOfMonth", day), Node("BillingPeriodStartMonth", month)))
    if day != _ANY:
        return Node("Monthly", day)
    return Node("Weekly", weekday)


_MPAN_SIZE = 13


def _import_mpan(place: int) -> Callable[[Data], str | None]:
    """The two import MPANs stand one after the other, 13 digits each."""

    def cut(data: Data) -> str | None:
        digits = string(data)[place * _MPAN_SIZE : (place + 1) * _MPAN_SIZE].strip()
        return digits or None

    return cut


_IDENTITY = "0-0:96.1.1.255"


def _identity(*electricity: Template) -> Row:
    return (
        leaf("DeviceIdentifier", item(_IDENTITY), lambda data: eui64(data.value)),
        leaf("ModelType", item("0-0:96.1.4.255"), string),
        leaf("ManufacturerIdentifier", item("0-0:96.1.6.255"), string),
        group("Electricity", *electricity),
    )


_METER = (
    leaf("SupplyTamperState", item("0-0:94.44.0.4"), lambda data: TAMPER_STATES[flag(data)]),
    leaf("MeterVariant", item("0-0:96.1.2.255"), string),
)

SUPPLIER_CODES = (
    *(0x810D, 0x810E, 0x8119, 0x8145, 0x8154, 0x8155, 0x8161, 0x8162, 0x8168, 0x8183),
    *range(0x81A0, 0x81B4),
    *range(0x81B8, 0x81BF),
    *(0x81C0, 0x81C1, 0x81C4, 0x81C5, 0x81C6),
)
SUPPLIER_POLYPHASE_CODES = (0x81B7,)
NETWORK_CODES = (0x8014, 0x8015)
NETWORK_SINGLE_PHASE_CODES = (
    *(0x8002, 0x8006, 0x8020, 0x8024, 0x8028, 0x802C, 0x8085, 0x8089, 0x808D, 0x8091),
    *(0x8095, 0x8099, 0x8010),
)
NETWORK_POLYPHASE_CODES = (
    *(0x8003, 0x8004, 0x8005, 0x8007, 0x8008, 0x8009, 0x8021, 0x8022, 0x8023, 0x8025),
    *(0x8026, 0x8027, 0x8029, 0x802A, 0x802B, 0x802D, 0x802E, 0x802F, 0x8086, 0x8087),
    *(0x8088, 0x808A, 0x808B, 0x808C, 0x808E, 0x808F, 0x8090, 0x8092, 0x8093, 0x8094),
    *(0x8096, 0x8097, 0x8098, 0x809A, 0x809B, 0x809C, 0x8011, 0x8016, 0x8013),
)
_STATES = {"1": "Enable", "0": "Disable"}


def _bit(bits: str, code: int) -> str:
    """Bit n of the string, counted from its end, is code 0x80nn or 0x81nn."""
    return bits[-1 - (code & 0xFF)]


def _settings(bits: str, codes: Sequence[int]) -> tuple[Node, ...]:
    return tuple(Node(f"x{code:04X}", _STATES[_bit(bits, code)]) for code in codes)


def _supplier_settings(data: Data) -> Iterator[Node]:
    bits = data.value
    yield Node("SupplierESMECommon", _settings(bits, SUPPLIER_CODES))
    yield Node("SupplierESMEPolyPhase", _settings(bits, SUPPLIER_POLYPHASE_CODES))


def _network_settings(data: Data) -> Iterator[Node]:
    """The string has room for both kinds of meter; any polyphase code that is set tells one
    (inferred: a single phase meter has none to set)."""
    bits = data.value
    yield Node("NetworkOperatorESMECommon", _settings(bits, NETWORK_CODES))
    if any(_bit(bits, code) == "1" for code in NETWORK_POLYPHASE_CODES):
        yield Node("NetworkOperatorESMEPolyPhase", _settings(bits, NETWORK_POLYPHASE_CODES))
    else:
        yield Node("NetworkOperatorESMESinglePhase", _settings(bits, NETWORK_SINGLE_PHASE_CODES))


def _alert_settings(party: str, settings: dict[str, str], build: object) -> Template:
    return group(
        f"{party}AlertEventSettings",
        *(
            group(f"{party}{name}Settings", nodes(item(obis), build))  # type: ignore[arg-type]
            for name, obis in settings.items()
        ),
        always=True,
    )


_SUPPLIER_OBJECTS = {
    "WANAlert": "0-30:97.98.15.255",
    "HANAlert": "0-30:97.98.16.255",
    "Alarm": "0-30:97.98.17.255",
    "Logging": "0-30:97.98.18.255",
}
_NETWORK_OBJECTS = {"WANAlert": "0-33:97.98.15.255", "Logging": "0-33:97.98.18.255"}
_CLOCK = "0-0:1.0.0.255"
_INVALID, _UNRELIABLE = 0x01, 0x02


def clock_status(status: int) -> str:
    """The DLMS status octet: bit 0 says invalid, bit 1 doubtful."""
    if status & _INVALID:
        return "invalid"
    return "unreliable" if status & _UNRELIABLE else "reliable"


def _clock_status(data: Data) -> Iterator[Node]:
    status = data.value
    word = Node("TimeStatus", clock_status(status))
    yield Node("ElecClockTimeStatus", (word,), (("TimeStatusCode", status),))


ROWS: dict[int, Row] = {
    0x003C: (group("SinglePhaseVoltageSettings", *_average(1)), _RMS_SETTINGS),
    0x00C6: (*(_phase_settings(phase) for phase in PHASES), _RMS_SETTINGS),
    0x003D: (
        _threshold("RandomisedOffset", "0-0:94.44.0.0"),
        _threshold("RandomisedOffsetNumber", "0-0:94.44.0.2"),
        _threshold("RandomisedOffsetLimit", "0-0:94.44.0.1"),
    ),
    0x003E: (nodes(item("0-0:15.0.0.255", 4), _billing_calendar),),
    0x00D9: (nodes(item("0-0:15.0.0.255", 4), _billing_calendar),),
    0x003F: _identity(*_METER),
    0x0092: _identity(),
    0x00F9: _identity(*_METER),
    0x00FA: _identity(),
    0x0040: (
        leaf("LowMediumPowerThreshold", item("0-0:16.0.0.255", 2, 0), number),
        leaf("MediumHighPowerThreshold", item("0-0:16.0.0.255", 2, 1), number),
    ),
    0x004E: (
        group(
            "Electricity",
            leaf("ImportMPAN", item("0-0:94.44.34.11"), _import_mpan(0)),
            leaf("SecondaryImportMPAN", item("0-0:94.44.34.11"), _import_mpan(1)),
            leaf("ExportMPAN", item("1-0:0.0.2.255"), lambda data: string(data).strip() or None),
        ),
    ),
    0x0052: (
        leaf(
            "SupplyState", item("0-0:96.3.10.255", 3), lambda data: _SUPPLY_STATES.get(data.value)
        ),
    ),
    0x0059: (leaf("FirmwareVersion", item("0-0:0.2.1.255"), lambda data: firmware(data.value)),),
    0x0062: (
        leaf("DeviceTime", item(_CLOCK, 2), instant),
        group("Electricity", nodes(item(_CLOCK, 4), _clock_status)),
    ),
    0x00EE: (_alert_settings("ElectricitySupplier", _SUPPLIER_OBJECTS, _supplier_settings),),
    0x00EF: (_alert_settings("ElectricityNetworkOperator", _NETWORK_OBJECTS, _network_settings),),
}
