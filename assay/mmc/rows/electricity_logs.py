"""Electricity logs: profiles, daily and billing logs, with their registers (4.4 to 4.17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assay.gbcs.dlms.data import Data, Tag
from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Node
from assay.mmc.rows.protected import protected
from assay.mmc.rows.row import Row
from assay.mmc.templates import group, item, nodes, parts
from assay.mmc.values import moment, numbered

Build = Callable[[Data], Iterable[Node]]


def log_entries(name: str, *fields: str) -> Build:
    """A log whose entries are a time and values: `fields` name them in the schema's order."""

    def build(log: Data) -> Iterable[Node]:
        for entry in parts(log):
            seen = entry.value
            values = {"Timestamp": moment(seen[0]), "TimeStamp": moment(seen[0])}
            values |= {field: seen[index].value for index, field in _numbered(fields)}
            inside = tuple(Node(field, values[field]) for field in fields)
            yield Node(name, inside, is_many=True)

    return build


def _numbered(fields: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate((f for f in fields if f.lower() != "timestamp"), 1))


def _active_profile(log: Data) -> Iterator[Node]:
    names = ("PrimaryValue", "SecondaryValue")
    for entry in parts(log):
        stamp, *values = entry.value
        inside = tuple(Node(name, value.value) for name, value in zip(names, values, strict=False))
        yield Node(
            "LogEntry",
            (Node("Timestamp", moment(stamp)), Node("Electricity", inside)),
            is_many=True,
        )


_PREPAYMENT = {
    1: "EmergencyCreditBalance",
    2: "MeterBalance",
    3: "PaymentDebtRegister",
    4: "TimeDebtRegisters1",
    5: "TimeDebtRegisters2",
    6: "AccumulatedDebtRegister",
}
"""Place in a prepayment log entry, after the time stamp."""
PREPAYMENT_ORDER = (
    "AccumulatedDebtRegister",
    "EmergencyCreditBalance",
    "MeterBalance",
    "PaymentDebtRegister",
    "TimeDebtRegisters1",
    "TimeDebtRegisters2",
)


def prepayment_entry(name: str, stamp: Data, values: Iterable[Data]) -> Node:
    seen = {_PREPAYMENT[at]: value.value for at, value in enumerate(values, 1)}
    inside = tuple(Node(field, seen[field]) for field in PREPAYMENT_ORDER)
    return Node(name, (*inside, Node("Timestamp", moment(stamp))), is_many=True)


def prepayment_entries(name: str) -> Build:
    return lambda log: [
        prepayment_entry(name, entry.value[0], entry.value[1:]) for entry in parts(log)
    ]


_MATRICES = (
    "TariffTOUBlock1RegisterMatrixValue",
    "TariffTOUBlock2RegisterMatrixValue",
    "TariffTOUBlock3RegisterMatrixValue",
    "TariffTOUBlock4RegisterMatrixValue",
)


class Registers:
    """The tariff registers of one log entry, whether of one element or of two.

    A twin element meter's entry has a second total before the matrices and a second
    matrix after the first; the other's goes on with the blocks.
    """

    def __init__(self, entry: Data) -> None:
        stamp, total, *rest = entry.value
        self.timestamp = moment(stamp)
        self.total: int = total.value
        self.second_total: int | None = None
        if rest and rest[0].tag == Tag.DOUBLE_LONG_UNSIGNED:
            self.second_total = rest.pop(0).value
        matrices = []
        while rest and rest[0].tag == Tag.ARRAY:
            matrices.append([value.value for value in rest.pop(0).value])
        is_twin = len(matrices) == len(_MATRICES) + 2
        if not is_twin and len(matrices) != len(_MATRICES) + 1:
            raise RemoteMmcError("log entry", "5 matrices, or 6 of a twin", len(matrices))
        self.times_of_use = matrices.pop(0)
        self.second_times_of_use = matrices.pop(0) if is_twin else []
        self.blocks = matrices
        self.balances = rest

    def nodes(self, order: tuple[str, ...]) -> tuple[Node, ...]:
        """`order`: names of the schema for the total, the second total, the two matrices of
        times of use, "blocks" and "Timestamp", as the type of the entry has them."""
        total, second_total, times, second_times = _FIELDS_OF[order]
        made: dict[str, list[Node]] = {
            total: [Node(total, self.total)],
            second_total: [],
            times: numbered(times, self.times_of_use),
            second_times: numbered(second_times, self.second_times_of_use),
            "blocks": [
                node
                for name, values in zip(_MATRICES, self.blocks, strict=True)
                for node in numbered(name, values)
            ],
            "Timestamp": [Node("Timestamp", self.timestamp)],
        }
        if self.second_total is not None:
            made[second_total] = [Node(second_total, self.second_total)]
        return tuple(node for name in order for node in made[name])


BILLING_ORDER = (
    "Timestamp",
    "ActiveImportRegisterValueConsumption",
    "SecondaryActiveImportRegisterValueConsumption",
    "TariffTOURegisterMatrixValue",
    "SecondaryTariffTOURegisterMatrixValue",
    "blocks",
)
TRIGGERED_ORDER = (
    "ActiveImportRegisterConsumption",
    "TariffTOURegisterMatrixValue",
    "blocks",
    "SecondaryActiveImportRegisterConsumption",
    "SecondaryTariffTOURegisterMatrixValue",
    "Timestamp",
)
DAILY_ORDER = (
    "ElecActiveImportRegisterConsumption",
    "SecondaryActiveImportRegisterConsumption",
    "SecondaryTariffTOURegisterMatrixValue",
    "TariffTOURegisterMatrixValue",
    "blocks",
)
_FIELDS_OF = {
    BILLING_ORDER: (BILLING_ORDER[1], BILLING_ORDER[2], BILLING_ORDER[3], BILLING_ORDER[4]),
    TRIGGERED_ORDER: (
        TRIGGERED_ORDER[0],
        TRIGGERED_ORDER[3],
        TRIGGERED_ORDER[1],
        TRIGGERED_ORDER[4],
    ),
    DAILY_ORDER: (DAILY_ORDER[0], DAILY_ORDER[1], DAILY_ORDER[3], DAILY_ORDER[2]),
}


def _daily(log: Data) -> Iterator[Node]:
    for entry in parts(log):
        registers = Registers(entry)
        yield Node(
            "LogEntry",
            (
                Node("Timestamp", registers.timestamp),
                Node("Electricity", registers.nodes(DAILY_ORDER)),
            ),
            is_many=True,
        )


def _triggered(log: Data) -> Iterator[Node]:
    """One entry of the log gives one of registers and one of balances, in this order."""
    seen = [(entry, Registers(entry)) for entry in parts(log)]
    for _, registers in seen:
        inside = registers.nodes(TRIGGERED_ORDER)
        yield Node("LogEntryConsumptionAndTariffRegistersData", inside, is_many=True)
    for entry, registers in seen:
        yield prepayment_entry("LogEntryPrepaymentData", entry.value[0], registers.balances)


def billing_entries(log: Data) -> list[Node]:
    return [
        Node("ESMEBillingDataLogEntry", Registers(entry).nodes(BILLING_ORDER), is_many=True)
        for entry in parts(log)
    ]


_LOG_AMOUNTS = log_entries("LogEntry", "Amount", "Timestamp")

ROWS: dict[int, Row] = {
    0x002E: (group("PaymentBasedDebtRepayment", nodes(item("0-0:98.1.4.255"), _LOG_AMOUNTS)),),
    0x002F: (group("Electricity", nodes(protected(0), _triggered), always=True),),
    0x0030: (
        group(
            "Electricity",
            nodes(protected(0), billing_entries),
            nodes(protected(1), prepayment_entries("ESMEBillingPrepaymentDataLogEntry")),
            always=True,
        ),
    ),
    0x0033: (nodes(protected(0), _daily),),
    0x0034: (
        group("Electricity", nodes(protected(0), prepayment_entries("LogEntry")), always=True),
    ),
    0x0035: (
        nodes(
            item("0-0:98.1.10.255"),
            log_entries("LogEntry", "ActiveExportRegisterValue", "TimeStamp"),
        ),
    ),
    0x0036: (
        nodes(
            item("0-0:99.1.1.255"),
            log_entries(
                "LogEntry", "ActiveEnergyExportedValue", "ReactiveEnergyExportedValue", "Timestamp"
            ),
        ),
    ),
    0x0037: (nodes(protected(0), _active_profile),),
    0x0038: (
        nodes(
            item("0-0:99.1.2.255"),
            log_entries("LogEntry", "ReactiveEnergyImportedValue", "Timestamp"),
        ),
    ),
    0x0060: (
        group(
            "Electricity",
            nodes(protected(0), log_entries("LogEntry", "Value", "Timestamp")),
            always=True,
        ),
    ),
    0x00C9: (group("PrepaymentCredits", nodes(item("0-0:98.1.5.255"), _LOG_AMOUNTS)),),
}
