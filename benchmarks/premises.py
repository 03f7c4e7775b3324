"""How fast an electricity meter lives: simulated years of a twin-element ESME, and is it exact.

`python -m benchmarks.premises [--years N] [--profile]` runs a meter on both elements' loads, which
change every half hour, with generation, half-hour profiles, daily logs, monthly billing and four
tariff changes a year; then it compares every register with an integral summed apart from the
meter, profiles with registers, and memory after each year. The goal: 15 years under 60 s on one
core, registers exact, memory flat.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from rigs.devices import ElectricityMeter, MeterConfiguration
from rigs.devices.esme.configuration import MeterVariant
from rigs.devices.esme.metering.billing_calendar import BillingCalendar, BillingStart
from rigs.devices.esme.wiring import wire
from rigs.devices.tariff import Part, Rate, Tariff
from rigs.devices.tariff.dates import Beginning, DatePattern
from rigs.devices.tariff.prices import PriceMatrix, ThresholdMatrix
from rigs.devices.tariff.switching_table import (
    DayProfile,
    Season,
    Switch,
    SwitchingTable,
    WeekProfile,
)
from rigs.premises import SupplyNode

START = datetime(2026, 1, 1, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
OFFSET = timedelta(seconds=61, microseconds=7)
"""Loads never change on the half hour itself, so that a boundary in the wrong place would show."""
GOAL_S, GOAL_YEARS = 60, 15
_MICROSECOND = timedelta(microseconds=1)
_QUARTERS = ((1, 1), (4, 1), (7, 1), (10, 1))


@dataclass(slots=True)
class Integral:
    """An account of its own, in whole microwatt-microseconds."""

    _totals: dict[str, int] = field(default_factory=dict)

    def add(self, powers: dict[str, Decimal], span: timedelta) -> None:
        microseconds = span // _MICROSECOND
        for name, power in powers.items():
            energy = int(power.scaleb(6)) * microseconds
            self._totals[name] = self._totals.get(name, 0) + energy

    def total(self, name: str) -> Fraction:
        """Watt-microseconds."""
        return Fraction(self._totals[name], 1_000_000)


class Home:
    """A twin-element meter with loads on both elements and solar generation."""

    def __init__(self) -> None:
        self.clock = SimulatedClock(START)
        supply = SupplyNode(self.clock)
        supply.feed(Decimal(230), Decimal(50))
        wiring = wire(self.clock, MeterVariant.TWIN_ELEMENT, supply)
        self.circuits = wiring.circuits
        self.meter = ElectricityMeter(
            self.clock,
            MeterConfiguration(
                device_id=Eui64.from_text("00-DB-12-34-56-78-90-A0"),
                variant=MeterVariant.TWIN_ELEMENT,
            ),
            supply=wiring.supply,
            contactor=wiring.contactor,
            load=wiring.load,
            circuits=wiring.circuits,
        )
        start = BillingStart(at=time_of_day(0, 0), day=1)
        self.meter.metering.billing.set_calendar(BillingCalendar((start,)))
        self.integral = Integral()
        self._powers: dict[str, Decimal] = {}
        self._since = START

    def live(self, until: datetime) -> None:
        for at in _steps(self.clock.now(), until):
            self.clock.advance(at - self.clock.now())
            self._settle()
            self._change(at)
            if (at.month, at.day) in _QUARTERS and (at.hour, at.minute) == (2, 1):
                change_tariff(self.meter, at)
        self.clock.advance(until - self.clock.now())
        self._settle()

    def _settle(self) -> None:
        now = self.clock.now()
        self.integral.add(self._powers, now - self._since)
        self._since = now

    def _change(self, at: datetime) -> None:
        """Household, storage heater by night, sun by day: numbers that no rounding forgives."""
        step = (at.hour * 2 + at.minute // 30) * 37 + at.day * 11
        household = Decimal(200 + step * 7 % 2800) + Decimal(step % 997) / 1000
        reactive = Decimal(step % 311) / 10
        heater = Decimal("2750.125") if at.hour < 5 else Decimal(0)
        sun = Decimal(step * 13 % 3600) if 9 <= at.hour < 16 else Decimal(0)
        self.circuits.loads[0].request(household, reactive)
        self.circuits.generation[0].request(sun)
        if self.circuits.secondary is not None:
            self.circuits.secondary.request(heater)
        net = household - sun
        self._powers = {
            "active import": max(net, Decimal(0)),
            "secondary import": heater,
            "active export": max(-net, Decimal(0)),
            "reactive import": reactive,
            "reactive export": Decimal(0),
        }

    def check(self) -> None:
        """Every register is the integral; the profile sums to what the registers moved."""
        flows = self.meter.flows
        registers = {
            "active import": flows.active_import,
            "secondary import": flows.secondary_import,
            "active export": flows.active_export,
            "reactive import": flows.reactive_import,
            "reactive export": flows.reactive_export,
        }
        for name, register in registers.items():
            seen = Fraction(register.energy(self.clock.now()))
            if seen != self.integral.total(name):
                raise AssertionError(f"{name}: expected {self.integral.total(name)}, got {seen}")
        self._check_tariff_registers()

    def _check_tariff_registers(self) -> None:
        """Energy by time of use and in blocks, of one element, is that of its register."""
        for element, name in zip(
            self.meter.tariffs.elements, ("active import", "secondary import"), strict=True
        ):
            attribution = element.operation.attribution
            kept = [*attribution.times_of_use.values(), *attribution.block_registers.values()]
            seen = sum(map(Fraction, kept), Fraction(0))
            if seen != self.integral.total(name):
                raise AssertionError(f"tariff registers of {name}: {seen}")


def _steps(start: datetime, until: datetime) -> Iterator[datetime]:
    at = start.replace(minute=start.minute // 30 * 30, second=0, microsecond=0) + OFFSET
    while at < until:
        if at > start:
            yield at
        at += HALF_HOUR


def change_tariff(meter: ElectricityMeter, at: datetime) -> None:
    """Another price and other registers each quarter, with blocks on Sundays."""
    quarter = at.month // 3
    for element in meter.tariffs.elements:
        blocks = bool(element.sizes.block_times_of_use)
        element.operation.tariffs.prepare(tariff(quarter, has_blocks=blocks, year=at.year))
        element.activate(*Part)


def tariff(quarter: int, *, has_blocks: bool, year: int) -> Tariff:
    night, day, evening = Rate(1), Rate(2 + quarter % 3), Rate(3)
    sunday = Rate(1 + quarter, is_block=True) if has_blocks else night
    days = (
        DayProfile(
            1,
            (
                Switch(time_of_day(0, 0), night),
                Switch(time_of_day(7, 0), day),
                Switch(time_of_day(16, 30), evening),
            ),
        ),
        DayProfile(2, (Switch(time_of_day(0, 0), sunday),)),
    )
    begin = Beginning(on=DatePattern(month=1, day=1))
    prices = PriceMatrix(
        times_of_use=tuple(9_000 + 1_000 * number + year % 10 for number in range(4)),
        blocks=tuple((10_000 + 500 * block,) * 8 for block in range(4)) if has_blocks else (),
    )
    limits = ((2_000, 5_000, 9_000),) * 8 if has_blocks else ()
    return Tariff(
        table=SwitchingTable(
            seasons=(Season(b"all year", begin, b"w"),),
            weeks=(WeekProfile(b"w", (1,) * 6 + (2,)),),
            days=days,
        ),
        prices=prices,
        thresholds=ThresholdMatrix(of=limits),
    )


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def run(years: int) -> float:
    """Processor seconds, the account's own work included."""
    home = Home()
    begun = time.process_time()
    for year in range(1, years + 1):
        home.live(START.replace(year=START.year + year))
        print(f"year {year}: {time.process_time() - begun:.1f} s, {resident_mb():.0f} MB")
    spent = time.process_time() - begun
    home.check()
    return spent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=GOAL_YEARS)
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    if arguments.profile:
        profile = cProfile.Profile()
        profile.runcall(run, arguments.years)
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        return 0
    spent = run(arguments.years)
    print(f"{arguments.years} years in {spent:.1f} s; registers equal the integral exactly")
    return 0 if spent <= GOAL_S * arguments.years / GOAL_YEARS else 1


if __name__ == "__main__":
    sys.exit(main())
