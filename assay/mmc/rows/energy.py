"""Electricity registers, maximum demand, power and voltage (4.1, 4.2, 4.10, 4.12, 4.16)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.gbcs.dlms.data import Data
from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node
from assay.mmc.rows.electricity_logs import log_entries
from assay.mmc.rows.protected import protected, protected_member
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, Source, Template, group, item, leaf, nodes, parts
from assay.mmc.values import instant, number, numbered, time_of_day, unit

_VALUE, _SCALER_UNIT = 2, 3


def scaled(data: Data, scaler_unit: Data) -> int:
    """GBCS fixes the scaler of these registers to 0; a positive one is still honoured."""
    scaler = scaler_unit.value[0].value
    if scaler < 0:
        raise RemoteMmcError("scaler", "0, as the use case has it", scaler)
    return int(data.value * 10**scaler)


def _register(name: str, unit_name: str, value: Source, scaler_unit: Source) -> Template:
    def build(reading: Reading) -> Iterator[Node]:
        raw, scale = value(reading), scaler_unit(reading)
        if raw is None or scale is None:
            return
        word = unit(scale)
        known = () if word is None else (Node(unit_name, word),)
        yield Node(name, (Node("Value", scaled(raw, scale)), *known))

    return build


def _object_register(name: str, unit_name: str, obis: str) -> Template:
    return _register(name, unit_name, item(obis, _VALUE), item(obis, _SCALER_UNIT))


ENERGY, REACTIVE = "ActiveEnergyUnit", "ReactiveEnergyUnit"

IMPORT_REGISTERS = group(
    "Electricity",
    _register("ActiveImportRegister", ENERGY, protected(0, 0), protected(0, 1)),
    _register("ReactiveImportRegister", REACTIVE, protected(0, 2), protected(0, 3)),
    _register("SecondaryActiveImportRegister", ENERGY, protected_member(4), protected(0, 1)),
    always=True,
)
"""The second element shares scaler and unit of the first, having none of its own."""


def _time_of_use(structure: Data) -> Iterator[Node]:
    names = ("TOUPrimaryRegisterValue", "TOUSecondRegisterValue")
    for name, registers in zip(names, parts(structure), strict=False):
        yield from numbered(name, map(number, parts(registers)))


TIME_OF_USE = group(
    "Electricity",
    group("TariffTOURegisterCollection", nodes(protected(0), _time_of_use)),
    always=True,
)
_BLOCKS = 4
_TIMES_OF_USE = 8


def _blocks(registers: Data) -> Iterator[Node]:
    """64 values: of each block eight registers, then eight counters (this order is inferred)."""
    values = list(map(number, parts(registers)))
    if len(values) != _BLOCKS * 2 * _TIMES_OF_USE:
        raise RemoteMmcError("block registers", "64 values", len(values))
    for block in range(_BLOCKS):
        at = block * 2 * _TIMES_OF_USE
        middle = at + _TIMES_OF_USE
        inside = (
            *numbered("RegisterMatrixTOUValue", values[at:middle]),
            *numbered("CounterMatrixTOUValue", values[middle : middle + _TIMES_OF_USE]),
        )
        yield Node("TariffBlock", inside, (("index", block + 1),), is_many=True)


BLOCKS = group("TariffBlockTOURegisterCollection", nodes(protected(0, 0), _blocks))


def _demand(name: str, obis: str, reset: str, *, order: tuple[str, ...]) -> Template:
    fields = {
        "Value": _scaled_leaf(obis),
        "CaptureTime": leaf("CaptureTime", item(obis, 5), instant),
        "LastResetDateTime": leaf("LastResetDateTime", item(reset), instant),
    }
    return group(name, *(fields[field] for field in order))


def _scaled_leaf(obis: str) -> Template:
    value, scale = item(obis, _VALUE), item(obis, _SCALER_UNIT)

    def build(reading: Reading) -> Iterator[Node]:
        raw, scaler_unit = value(reading), scale(reading)
        if raw is not None and scaler_unit is not None:
            yield Node("Value", scaled(raw, scaler_unit))

    return build


_DEMAND_ORDER = ("Value", "CaptureTime", "LastResetDateTime")
_START_SCRIPT, _END_SCRIPT = 1, 2


def _period(entries: Data) -> Iterator[Node]:
    """Of two schedule entries: script 1 starts the period, script 2 ends it."""
    times = {entry.value[3].value: time_of_day(entry.value[4].value) for entry in parts(entries)}
    start, end = times.get(_START_SCRIPT), times.get(_END_SCRIPT)
    if start is not None and end is not None:
        yield Node(
            "MaxDemandConfigurableTimePeriod", (Node("StartTime", start), Node("EndTime", end))
        )


MAXIMUM_DEMAND_IMPORT = (
    _demand(
        "MaxDemandConfigurableTimeActivePowerImport",
        "1-0:1.6.1.255",
        "0-0:94.44.5.0",
        order=_DEMAND_ORDER,
    ),
    _demand("MaxDemandActiveEnergyImport", "1-0:1.6.0.255", "0-0:94.44.5.1", order=_DEMAND_ORDER),
    nodes(item("0-0:12.0.0.255"), _period),
)
MAXIMUM_DEMAND_EXPORT = (
    _demand("MaxDemandActiveEnergyExport", "1-0:2.6.0.255", "0-0:94.44.5.2", order=_DEMAND_ORDER),
)

ACTIVE_POWER = (
    group(
        "ActivePowerImport",
        leaf("Value", item("0-0:94.44.34.20", 2, 0), number),
        leaf("Unit", item("0-0:94.44.34.20", 2, 1), unit),
    ),
    leaf("PrimaryActivePowerImportValue", item("0-0:94.44.34.20", 2, 2), number),
)


def _counter(name: str, obis: str) -> Template:
    return group(
        name,
        leaf("Value", item(obis, _VALUE), number),
        leaf("Unit", item(obis, _SCALER_UNIT), unit),
    )


def _voltage(phase: int) -> tuple[Template, ...]:
    """`phase` is the third group of the OBIS codes: 32, 52 and 72 for the three phases."""
    log = f"1-0:{phase}.24.0.255"
    return (
        _counter("AvgRMSOverVoltageCounter", f"1-0:{phase}.36.0.4"),
        _counter("AvgRMSUnderVoltageCounter", f"1-0:{phase}.32.0.4"),
        group(
            "AvgRMSVoltageProfileDataLog",
            nodes(item(log, 2), log_entries("LogEntry", "Value", "Timestamp")),
            leaf("MeasurementPeriod", item(log, 4), number),
        ),
    )


def _phase(index: int, obis_group: int) -> Template:
    inner = group("VoltageOperationalData", *_voltage(obis_group))

    def build(reading: Reading) -> Iterator[Node]:
        inside = tuple(inner(reading))
        if inside:
            yield Node("PhaseVoltageOperationalData", (*inside, Node("Phase", index)), is_many=True)

    return build


PHASES = {1: 32, 2: 52, 3: 72}

ROWS: dict[int, Row] = {
    0x0026: (
        _object_register("ActiveExportRegister", ENERGY, "1-0:2.8.0.255"),
        _object_register("ReactiveExportRegister", REACTIVE, "1-0:4.8.0.255"),
    ),
    0x0027: (IMPORT_REGISTERS,),
    0x0028: ACTIVE_POWER,
    0x0029: (TIME_OF_USE,),
    0x002A: (BLOCKS,),
    0x002B: MAXIMUM_DEMAND_EXPORT,
    0x002C: MAXIMUM_DEMAND_IMPORT,
    0x0039: (group("Electricity", group("SinglePhaseESME", *_voltage(PHASES[1])), always=True),),
    0x00BC: (
        group(
            "Electricity",
            group("PolyPhaseESME", *(_phase(index, obis) for index, obis in PHASES.items())),
            always=True,
        ),
    ),
}
