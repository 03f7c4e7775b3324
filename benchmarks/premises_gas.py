"""How fast a gas meter lives: simulated years of one that has no hub yet, and is it exact.

`python -m benchmarks.premises_gas [--years N]` runs a gas meter whose flow changes every hour,
with its half-hourly wakes, half-hour profile and daily snapshots; then it compares the register
with an integral summed apart from the meter and the profile with the register, and prints the
charge by service. Pushes and messages need a hub: the scenario "A year with a reading a day" of
`features/accelerated_life` has them.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.devices.gsme import GasMeter, GasMeterConfiguration
from rigs.devices.gsme.profile import PROFILE_SIZE
from rigs.premises_gas import BatteryNode, CoverNode, GasFlow, GasValve

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURS_PER_YEAR = 8766
METER = Eui64.from_text("00-DB-12-34-56-78-90-A1")
FLOWS = tuple(Decimal(flow) for flow in ("0", "0.137", "2.511", "0.25"))
"""Cubic metres per hour, one after another."""
GOAL_S = 60
_LITRES_PER_CUBIC_METRE = 1000


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=1)
    years = parser.parse_args(arguments).years
    clock = SimulatedClock(START)
    valve = GasValve(clock)
    flow = GasFlow(clock, valve)
    meter = GasMeter(
        clock,
        GasMeterConfiguration(device_id=METER),
        flow=flow,
        valve=valve,
        battery=BatteryNode(clock),
        covers=CoverNode(clock),
    )
    meter.wake.start()
    hours, volume, began = years * HOURS_PER_YEAR, Decimal(0), time.perf_counter()
    for number in range(hours):
        drawn = FLOWS[number % len(FLOWS)]
        flow.request(drawn)
        clock.advance(HOUR)
        volume += drawn
    taken = time.perf_counter() - began
    litres = int(volume * _LITRES_PER_CUBIC_METRE)
    kept = meter.profile.entries
    is_exact = meter.litres() == litres
    adds_up = kept[-1].total - kept[0].total == sum(one.litres for one in kept[1:])
    used = meter.battery.used(clock.now())
    print(f"{years} years of a gas meter in {taken:.1f} s; goal {GOAL_S} s")
    print(f"register {meter.litres()} l, integral {litres} l, exact: {is_exact}")
    print(f"profile {len(kept)} of {PROFILE_SIZE} entries, adds up: {adds_up}")
    print(f"battery {used:.1f} mAh, {meter.remaining_battery_days()} days remain")
    for use, times in sorted(meter.battery.uses.items()):
        print(f"  {use}: {times} times, {meter.battery.cost(use) * times:.1f} mAh")
    return 0 if is_exact and adds_up and taken < GOAL_S * max(years, 1) else 1


if __name__ == "__main__":
    sys.exit(main())
