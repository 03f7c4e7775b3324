"""A circuit on simulated time whose instruments a test can break."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assay.clock import LoopThread, SimulatedClock
from assay.declarations import Bench, read_bench
from fixtures.instruments import Instruments, open_instruments
from rigs.driver_entry import Surroundings
from rigs.drivers.visa import visa_resources
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.premises_pulses import PulseOutput

PULSES_PER_KWH = 1000
START = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """`supply` and `load` are what is really there, `instruments` what the bench sees of it."""

    clock: SimulatedClock
    supply: SupplyNode
    load: LoadNode
    instruments: Instruments

    @property
    def is_live(self) -> bool:
        return bool(self.supply.volts) or bool(self.load.requested_watts)


def bench_file(folder: Path, *changes: tuple[str, str], more: str = "") -> Bench:
    """The built-in bench with these changes of its text."""
    text = read_bench(None).octets.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "bench.toml"
    file.write_text(text + more)
    return read_bench(file).value


@contextmanager
def opened_circuit(file: Bench) -> Iterator[Circuit]:
    """The instruments of the file around a circuit without a meter."""
    loop_thread = LoopThread("circuit")
    try:
        clock = SimulatedClock(START, run=loop_thread.run)
        supply = SupplyNode(clock)
        load = LoadNode(clock, supply, Contactor(clock))
        around = Surroundings(
            clock=clock,
            loop_thread=loop_thread,
            supply=supply,
            load=load,
            pulses=PulseOutput(clock, PULSES_PER_KWH),
        )
        with (
            visa_resources() as resources,
            open_instruments(file, around, resources) as instruments,
        ):
            yield Circuit(clock=clock, supply=supply, load=load, instruments=instruments)
    finally:
        loop_thread.close()
