"""Gas: a year of daily readings, and what it costs the battery."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.gas_latency import require_prompt
from fixtures.gas_life import GasYear, live


@when("the gas meter is read every day for as long as the plan asks", target_fixture="gas_year")
def read_every_day(bench: Bench) -> GasYear:
    return live(bench)


@then("every reading came at the next wake of the gas meter")
def readings_at_wakes(gas_year: GasYear) -> None:
    require_prompt(gas_year.latencies, "SMETS-G-001")


@then(parsers.re(r"the battery would last at least (?P<years>\d+) years at this rate"))
def battery_lasts(gas_year: GasYear, years: str) -> None:
    seen = gas_year.years_of_battery
    require(seen >= int(years), "SMETS-G-014", f"{years} years", f"{seen:.1f} years")


@then(
    parsers.re(
        r"the remaining days that the meter states are those of its charge within (?P<limit>\d+) %"
    )
)
def stated_days_are_right(bench: Bench, gas_year: GasYear, limit: str) -> None:
    wanted, seen = bench.gas.battery_record().days_left, gas_year.stated_days
    is_close = abs(seen - wanted) <= wanted * Decimal(limit) / 100
    require(is_close, "SMETS-G-022", f"{wanted:.0f} days within {limit} %", seen)
