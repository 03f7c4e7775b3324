"""Metrology: the points of a meter's class, its test output, its register."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from pytest_bdd import parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from rigs.metrology import thresholds
from rigs.metrology.thresholds import Side
from steps.words import duration


class Advance(NamedTuple):
    """Wh on the register, pulses of the test output."""

    watt_hours: int
    pulses: int


@when(parsers.re(r"its active energy is measured at (?P<point>.+)"))
def measure_points(bench: Bench, point: str) -> None:
    bench.metrology.measure_points(point)


@then("every error is within the limit of its class by the plan's rule")
def errors_are_within(bench: Bench) -> None:
    bench.metrology.require_points("METROLOGY-ACTIVE")


@when(
    parsers.re(
        r"a load of (?P<kilowatts>[\d.]+) kW is on until (?P<pulses>[\d,]+) pulses have come"
    ),
    target_fixture="advance",
)
def let_flow(bench: Bench, kilowatts: str, pulses: str) -> Advance:
    watts = Decimal(kilowatts) * 1000
    return Advance(*bench.metrology.flow_until(watts, int(pulses.replace(",", ""))))


@then("the register has advanced by as much as the pulses say, within 1 Wh in 1,000")
def register_agrees(bench: Bench, advance: Advance) -> None:
    of_pulses = 1000 * Decimal(advance.pulses) / bench.metrology.rating.pulses_per_kilowatt_hour
    tolerance = 1 + of_pulses / 1000
    require(
        abs(advance.watt_hours - of_pulses) <= tolerance,
        "METROLOGY-CONSTANT",
        f"{of_pulses} Wh within {tolerance} Wh",
        f"{advance.watt_hours} Wh",
    )


@when(
    "it stands at 115 % of its voltage without current for the time of the creep test",
    target_fixture="pulses",
)
def stand_without_current(bench: Bench) -> int:
    return bench.metrology.creep()


@when(
    parsers.re(
        r"its starting current flows for (?P<factor>[\d.]+) times as long as (?P<count>\d+) pulses"
        r" take"
    ),
    target_fixture="pulses",
)
def let_starting_current_flow(bench: Bench, factor: str, count: str) -> int:
    return bench.metrology.start(int(count), Decimal(factor))


@then(parsers.re(r"the test output has given at most (?P<most>\d+) pulse"))
def at_most(pulses: int, most: str) -> None:
    require(pulses <= int(most), "METROLOGY-CREEP", f"at most {most} pulse", pulses)


@then(parsers.re(r"the test output has given at least (?P<least>\d+) pulses"))
def at_least(pulses: int, least: str) -> None:
    require(pulses >= int(least), "METROLOGY-START", f"at least {least} pulses", pulses)


@when(
    parsers.re(
        r"the supply stands at the level provably (?P<side>below|above) (?P<volts>[\d.]+) V"
        r" for (?P<span>\d[\w ]*)"
    )
)
def stand_beside_threshold(bench: Bench, side: str, volts: str, span: str) -> None:
    level = bench.metrology.level_beside(Decimal(volts), Side[side.upper()])
    bench.power.set_supply(level)
    bench.clock.advance(duration(span))


@when(
    parsers.re(
        r"the supply is lost for a time provably (?P<side>below|above) (?P<minutes>\d+) minutes"
    )
)
def lose_beside_threshold(bench: Bench, side: str, minutes: str) -> None:
    seconds = thresholds.span(Decimal(60 * int(minutes))).level(Side[side.upper()])
    bench.power.interrupt(timedelta(seconds=float(seconds)))


@then(
    parsers.re(
        r"the clock's error and its uncertainty are within (?P<seconds>\d+) seconds by the plan's"
        r" rule"
    )
)
def clock_is_within(bench: Bench, seconds: str, requirement: str) -> None:
    limit = timedelta(seconds=int(seconds))
    bench.metrology.require_clock(bench.users.meter_clock_error(), limit, requirement)
