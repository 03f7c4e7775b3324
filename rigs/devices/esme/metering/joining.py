"""How metering and tariffs know of each other: what logs take down, and what starts anew."""

from __future__ import annotations

from datetime import datetime

from rigs.devices.esme.metering.metering import Metering
from rigs.devices.esme.metering.snapshots import BLOCKS, TOU_IN_BLOCKS
from rigs.devices.esme.tariff import Tariffs


def join_tariffs(metering: Metering, tariffs: Tariffs) -> None:
    """Registers into the logs, a snapshot at each change, costs, block counters at period ends."""
    sources, primary = metering.snapshot_sources, tariffs.primary
    sources.time_of_use = lambda: primary.times_of_use()
    sources.blocks = lambda: _block_registers(primary.blocks())
    if tariffs.secondary is not None:
        secondary = tariffs.secondary
        sources.secondary_time_of_use = lambda: secondary.times_of_use()
    tariffs.on_tariff_change.append(lambda at: metering.billing.take_snapshot(at))
    tariffs.on_cost.append(lambda cost: metering.history.take_cost(cost))

    def end_period(_due: datetime) -> None:
        """Block counters start anew (E-062)."""
        primary.reset_block_counters()

    metering.billing.on_period_end.append(end_period)


def _block_registers(registers_and_counters: list[int]) -> list[int]:
    """Of each block its registers alone; its counters follow them."""
    both = 2 * TOU_IN_BLOCKS
    starts = range(0, BLOCKS * both, both)
    return [
        value for start in starts for value in registers_and_counters[start : start + TOU_IN_BLOCKS]
    ]
