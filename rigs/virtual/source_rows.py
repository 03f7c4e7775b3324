"""Rows and status bits that the virtual AC sources of every family have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.output_stage import CONDITIONS
from rigs.virtual.scpi import Instrument, Row, measured_answer, question
from rigs.virtual.transient import Phase

# Bits of the OPERation condition (SCPI-99 volume 1, 20.3).
SWEEPING = 1 << 3
WAITING_FOR_TRIGGER = 1 << 5


def measure_rows(supply: SupplyNode, load: LoadNode) -> Iterator[Row]:
    """The voltmeter at the terminals: what is there, whoever has put it there."""
    yield from quantity_rows(
        {
            "VOLTage:AC": lambda: supply.volts,
            "CURRent:AC": lambda: load.rms_amps,
            "FREQuency": lambda: supply.hertz,
            "POWer:AC[:REAL]": lambda: load.watts,
        }
    )


def quantity_rows(quantities: dict[str, Callable[[], Decimal]]) -> Iterator[Row]:
    for verb in ("MEASure", "FETCh"):
        for name, value in quantities.items():
            yield question(f"{verb}[:SCALar]:{name}", _measured(value))


def show_conditions(instrument: Instrument, bits: int) -> None:
    for bit in CONDITIONS:
        instrument.questionable.set_condition(bit, bool(bits & bit))


def show_phase(instrument: Instrument, phase: Phase) -> None:
    waiting = phase in (Phase.WAITING_FOR_TRIGGER, Phase.SYNCHRONIZING)
    instrument.operation.set_condition(WAITING_FOR_TRIGGER, waiting)
    instrument.operation.set_condition(SWEEPING, phase is Phase.PLAYING)


def complete(instrument: Instrument, phase: Phase) -> None:
    """A transient is an overlapped operation: *OPC and *WAI wait for its end."""
    if phase is Phase.IDLE:
        instrument.end_operation()
    else:
        instrument.begin_operation()


def _measured(value: Callable[[], Decimal]) -> Callable[[], str]:
    return lambda: measured_answer(value())
