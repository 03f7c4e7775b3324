"""Gas registers, balances and logs: GBZ responses.

Registers are scaled by the multiplier and divisor read with them; what failed to come scales
nothing, so such a value is left out. Snapshots and samples have no divisor with them (see
`values.GAS_PLACES`). Prices, balances and debts are whole thousandths of a penny.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, Source, Template, attribute, field, group, leaf
from assay.mmc.values import gas, iso, numbered

BASIC, PRICE, METERING, PREPAYMENT = 0x0000, 0x0700, 0x0702, 0x0705
_MULTIPLIER, _DIVISOR = (METERING, 0x0301), (METERING, 0x0302)
_SNAPSHOT, _SAMPLES = (METERING, 0x06), (METERING, 0x07)
_BALANCES = (PREPAYMENT, 0x01)


def same(value: Any) -> Any:
    return value


def _scale(
    reading: Reading, multiplier: tuple[int, int], divisor: tuple[int, int]
) -> Decimal | None:
    times, per = reading.attributes.get(multiplier), reading.attributes.get(divisor)
    if times is None or not per:
        return None
    return Decimal(times) / Decimal(per)


def scaled(
    number: tuple[int, int],
    multiplier: tuple[int, int] = _MULTIPLIER,
    divisor: tuple[int, int] = _DIVISOR,
) -> Source:
    def find(reading: Reading) -> Decimal | None:
        value, scale = reading.attributes.get(number), _scale(reading, multiplier, divisor)
        return None if value is None or scale is None else value * scale

    return find


def registers(
    name: str,
    numbers: Sequence[tuple[int, int]],
    multiplier: tuple[int, int] = _MULTIPLIER,
    divisor: tuple[int, int] = _DIVISOR,
) -> Template:
    """Up to four values with their index."""
    sources = [scaled(number, multiplier, divisor) for number in numbers]

    def build(reading: Reading) -> Iterator[Node]:
        for index, source in enumerate(sources, 1):
            value = source(reading)
            if value is not None:
                yield Node(name, value, (("index", index),), is_many=True)

    return build


_UNITS = {0: "kWh", 1: "m3"}


def _unit_is_volume(unit: int) -> str | None:
    return "m3" if _UNITS.get(unit) == "m3" else None


_TIMES_OF_USE = [(METERING, number) for number in (0x0100, 0x0102, 0x0104, 0x0106)]
_BLOCKS = [(METERING, number) for number in range(0x0700, 0x0704)]


class Snapshot:
    """The registers of one PublishSnapshot in cubic metres."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.timestamp = iso(fields["time"])
        self.total = gas(fields["summation"])
        self.times_of_use = list(map(gas, fields.get("tier_registers", ())))
        self.blocks = list(map(gas, fields.get("block_registers", ())))

    def stamp(self) -> tuple[Node, ...]:
        return () if self.timestamp is None else (Node("Timestamp", self.timestamp),)

    def billing(self) -> tuple[Node, ...]:
        return (
            *self.stamp(),
            Node("ActiveImportRegisterValueConsumption", self.total),
            *numbered("BlockRegisterMatrixValue", self.blocks),
            *numbered("TariffTOURegisterMatrixValue", self.times_of_use),
        )


def _billing(reading: Reading) -> Iterator[Node]:
    for fields in reading.payloads(*_SNAPSHOT):
        yield Node("GSMEBillingDataLogEntry", Snapshot(fields).billing(), is_many=True)


def _triggered(reading: Reading) -> Iterator[Node]:
    for fields in reading.payloads(*_SNAPSHOT):
        snapshot = Snapshot(fields)
        inside = (
            Node("ConsumptionRegister", snapshot.total),
            *snapshot.stamp(),
            *numbered("TariffTOURegisterMatrixValue", snapshot.times_of_use),
            *numbered("BlockRegisterMatrixValue", snapshot.blocks),
        )
        yield Node("LogEntryConsumptionRegister", inside, is_many=True)


def _daily(reading: Reading) -> Iterator[Node]:
    for fields in reading.payloads(*_SNAPSHOT):
        snapshot = Snapshot(fields)
        registers = (
            Node("GasActiveImportRegisterConsumption", snapshot.total),
            *numbered("TariffBlockCounterMatrix", snapshot.blocks),
            *numbered("TariffTOURegisterMatrix", snapshot.times_of_use),
        )
        yield Node("LogEntry", (*snapshot.stamp(), Node("Gas", registers)), is_many=True)


_BALANCE_FIELDS = (
    ("AccumulatedDebtRegister", "accumulated_debt"),
    ("EmergencyCreditBalance", "emergency_credit"),
    ("MeterBalance", "credit"),
    ("PaymentDebtRegister", "debt3"),
    ("TimeDebtRegisters1", "debt1"),
    ("TimeDebtRegisters2", "debt2"),
)


def _balances(name: str) -> Template:
    def build(reading: Reading) -> Iterator[Node]:
        for fields in reading.payloads(*_BALANCES):
            when = iso(fields["time"])
            inside = [Node(element, fields[key]) for element, key in _BALANCE_FIELDS]
            if when is not None:
                inside.append(Node("Timestamp", when))
            yield Node(name, tuple(inside), is_many=True)

    return build


_HALF_HOUR, _DAY_LONG, _SIX_MINUTES = 1800, 86400, 360
_NO_INTERVAL = 0xFFFF
_NO_SAMPLE = 0xFFFFFF
"""ZigBee's invalid value (recalled): the entry keeps its time and has no value."""


def _samples(
    seconds: int, build: Callable[[Any, tuple[Decimal, ...]], tuple[Node, ...]]
) -> Template:
    """Values with the time at which each interval starts (inferred: the response has one time,
    that of the first sample). `seconds` serves where the response gives 65535 as interval."""

    def make(reading: Reading) -> Iterator[Node]:
        for fields in reading.payloads(*_SAMPLES):
            start = iso(fields["start_time"])
            interval = fields["interval"]
            step = seconds if interval == _NO_INTERVAL else interval
            if start is None:
                raise RemoteMmcError("samples", "a start time", fields["start_time"])
            for index, raw in enumerate(fields["samples"]):
                value = () if raw == _NO_SAMPLE else (gas(raw),)
                when = start + timedelta(seconds=index * step)
                yield Node("LogEntry", build(when, value), is_many=True)

    return make


def _value_first(when: Any, value: tuple[Decimal, ...]) -> tuple[Node, ...]:
    return *(Node("Value", cubic_metres) for cubic_metres in value), Node("Timestamp", when)


def _profile_entry(when: Any, value: tuple[Decimal, ...]) -> tuple[Node, ...]:
    primary = tuple(Node("PrimaryValue", cubic_metres) for cubic_metres in value)
    return Node("Timestamp", when), Node("Gas", primary)


def _amounts(key: tuple[int, int], entries: str, amount: str) -> Template:
    def build(reading: Reading) -> Iterator[Node]:
        for fields in reading.payloads(*key):
            for entry in fields[entries]:
                when = iso(entry["time"])
                stamp = () if when is None else (Node("Timestamp", when),)
                yield Node("LogEntry", (Node("Amount", entry[amount]), *stamp), is_many=True)

    return build


_METER_BALANCE = (
    leaf("MeterBalance", attribute(METERING, 0x0A00), same),
    group("Gas", leaf("MeterBalancePrepaymentMode", attribute(PREPAYMENT, 0x0001), same)),
)
ROWS: dict[int, Row] = {
    0x0074: (
        group(
            "Gas",
            group(
                "ConsumptionRegister",
                leaf("Value", scaled((METERING, 0x0000)), same),
                leaf("Unit", attribute(METERING, 0x0300), _unit_is_volume),
            ),
            always=True,
        ),
    ),
    0x00B8: (group("ImportBlockCounters", registers("TariffBlockCounterValue", _BLOCKS)),),
    0x00B6: (
        group(
            "Gas",
            group("TariffTOURegisterMatrix", registers("TOURegisterMatrixValue", _TIMES_OF_USE)),
            always=True,
        ),
    ),
    0x0075: (
        leaf("EmergencyCreditBalance", attribute(PREPAYMENT, 0x0002), same),
        leaf("AccumulatedDebtRegister", attribute(PREPAYMENT, 0x0005), same),
        leaf("PaymentDebtRegister", attribute(PREPAYMENT, 0x0231), same),
        leaf("TimeDebtRegister1", attribute(PREPAYMENT, 0x0211), same),
        leaf("TimeDebtRegister2", attribute(PREPAYMENT, 0x0221), same),
        leaf("MeterBalance", attribute(PREPAYMENT, 0x0001), same),
    ),
    0x00C3: (group("Gas", _triggered, _balances("LogEntryPrepaymentData"), always=True),),
    0x0076: (group("Gas", _billing, _balances("GSMEBillingPrepaymentDataLogEntry"), always=True),),
    0x00C4: (
        group(
            "PaymentBasedDebtRepayment", _amounts((PREPAYMENT, 0x06), "debt_payments", "collected")
        ),
    ),
    0x00C5: (group("PrepaymentCredits", _amounts((PREPAYMENT, 0x05), "top_ups", "amount")),),
    0x0077: (_daily,),
    0x0096: (group("Gas", _balances("LogEntry"), always=True),),
    0x0078: (_samples(_HALF_HOUR, _profile_entry),),
    0x0079: (
        group("Gas", group("NetworkDataLog", _samples(_SIX_MINUTES, _value_first)), always=True),
    ),
    0x00A0: (group("Gas", _samples(_DAY_LONG, _value_first), always=True),),
    0x0080: (leaf("SampleID", field(METERING, 0x0D, "sample_id"), same),),
    0x008D: _METER_BALANCE,
    0x012A: _METER_BALANCE,
}
