"""Gas meters that take, scale or end a log of network data wrongly."""

from __future__ import annotations

from datetime import datetime, timedelta

from rigs.devices.gsme import GasMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_MAJOR, _MINOR = Severity.MAJOR, Severity.MINOR


@rogue(
    "gas-meter-network-data-one-short",
    "Ends a network data log one step early",
    requirement="SMETS-G-007",
    severity=_MINOR,
    deviation="Forty entries: one end is missing.",
)
def network_data_one_short(meter: Meter) -> None:
    sound = meter.network_data.start
    meter.network_data.start = lambda at, interval, samples: sound(at, interval, samples - 1)  # type: ignore[method-assign]


@rogue(
    "gas-meter-network-data-by-five-minutes",
    "Takes network data every five minutes",
    requirement="SMETS-G-007",
    severity=_MAJOR,
    deviation="The step of the log is five sixths of what is asked.",
)
def network_data_by_five_minutes(meter: Meter) -> None:
    sound = meter.network_data.start
    meter.network_data.start = lambda at, interval, samples: sound(at, interval * 5 / 6, samples)  # type: ignore[method-assign]


@rogue(
    "gas-meter-network-data-doubled",
    "Doubles what flowed in a step",
    requirement="SMETS-G-007",
    severity=_MAJOR,
    deviation="Each entry of the network data log is twice the volume of its step.",
)
def network_data_doubled(meter: Meter) -> None:
    sound = meter.network_data.read
    meter.network_data.read = lambda: 2 * sound()


@rogue(
    "gas-meter-network-data-once",
    "Records network data once",
    requirement="SMETS-G-007",
    severity=_MAJOR,
    deviation="A second recording is acknowledged and not made.",
)
def network_data_once(meter: Meter) -> None:
    sound = meter.network_data.start

    def start(at: datetime, interval: timedelta, samples: int) -> None:
        if not meter.network_data.entries:
            sound(at, interval, samples)

    meter.network_data.start = start  # type: ignore[method-assign]


@rogue(
    "gas-meter-network-data-for-free",
    "Takes samples that no battery pays for",
    requirement="SMETS-G-007",
    severity=_MINOR,
    deviation="The battery's ledger leaves samples out.",
)
def network_data_for_free(meter: Meter) -> None:
    meter.network_data.on_sample.clear()
