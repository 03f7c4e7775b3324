"""What scenarios do with each kind of instrument beside the circuit, as short as it can be.

Each ends with what the device under test is held against, or with what the bench has to hold;
on a sound bench it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assay.clock import Clock
from assay.verdicts import BenchFault, require

REQUIREMENT = "SMETS-E-100"
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def _battery(source: Any, clock: Clock) -> None:
    source.set_level(Decimal(3), Decimal("0.1"))
    source.output(True)
    clock.advance(SECOND)
    _hold("volts", source.measure_volts().value, Decimal(3))
    _hold("amperes", source.measure_amps().value, Decimal(0))
    source.output(False)


def _cover(relays: Any, clock: Clock) -> None:
    relays.switch(1, True)
    clock.advance(SECOND)
    if not relays.is_closed(1):
        raise BenchFault("relay 1: expected closed, seen open")
    relays.switch(1, False)


def _climate(chamber: Any, clock: Clock) -> None:
    chamber.set_climate(Decimal(30))
    chamber.wait_stable(Decimal(1), timedelta(minutes=1), timedelta(hours=8))
    _hold("temperature", chamber.read().temperature, Decimal(30), Decimal(1))
    del clock


def _pulses(counter: Any, clock: Clock) -> None:
    """A meter without a load must not flash."""
    counter.arm()
    clock.advance(HOUR)
    require(counter.count() == 0, REQUIREMENT, "no pulse", "pulses")


def _energy(reference: Any, clock: Clock) -> None:
    reference.reset_energy()
    clock.advance(HOUR)
    _hold("energy", reference.measure_energy().value, Decimal(0))


def _talk(console: Any, clock: Clock) -> None:
    console.send(b"version\r")
    answer = console.read_until(b"> ", timedelta(seconds=0.5))
    require(len(answer) > 2, REQUIREMENT, "an answer", answer)
    del clock


def _time(source: Any, clock: Clock) -> None:
    _hold("offset", Decimal(source.measure_offset().offset.total_seconds()), Decimal(0))
    del clock


def _gas(flow: Any, clock: Clock) -> None:
    flow.reset_volume()
    flow.set_flow(Decimal(1))
    clock.advance(HOUR)
    flow.set_flow(Decimal(0))
    _hold("volume", flow.measure_volume().value, Decimal(1))


def _path(attenuator: Any, clock: Clock) -> None:
    _hold("decibels", attenuator.set_attenuation(Decimal(30)), Decimal(30))
    clock.advance(SECOND)
    _hold("decibels", attenuator.attenuation(), Decimal(30))


USES: Mapping[str, Callable[[Any, Clock], None]] = {
    "dc_source": _battery,
    "relays": _cover,
    "climate_chamber": _climate,
    "pulse_counter": _pulses,
    "reference_meter": _energy,
    "meter_console": _talk,
    "time_source": _time,
    "gas_source": _gas,
    "rf_attenuator": _path,
}


def _hold(what: str, seen: Decimal, expected: Decimal, tolerance: Decimal = Decimal("0.1")) -> None:
    """What the bench does to a device, and has to do rightly."""
    if abs(seen - expected) > tolerance:
        raise BenchFault(f"{what}: expected {expected} within {tolerance}, measured {seen}")
