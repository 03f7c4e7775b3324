"""Tariffs that are set as a whole, by name."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.readings import find
from fixtures.tariff_bodies import block_tariff_body, largest_tariff_body

_FACTORS = ("Number", "Limit")
_TARIFFS = {"with blocks": block_tariff_body, "of the largest size": largest_tariff_body}


@given(parsers.re(r"the (?P<user>[a-z ]+?) has set a tariff (?P<which>with blocks|of the .+ size)"))
@when(parsers.re(r"the (?P<user>[a-z ]+?) sets a tariff (?P<which>with blocks|of the .+ size)"))
def set_tariff(bench: Bench, user: str, which: str, requirement: str) -> None:
    """1.1.1, answered with success."""
    bench.users.send(user, "1.1.1", _TARIFFS[which]())
    bench.users.require_success(requirement)


@given("the load of the bench is off")
def load_is_off(bench: Bench) -> None:
    bench.power.set_load(Decimal(0))


@when(
    parsers.re(
        r"the bench's clock reaches (?P<text>\d\d:\d\d:\d\d) and the noted RandomisedOffset"
        r" (?P<way>less|and) (?P<seconds>\d+) seconds"
    )
)
def reach_with_offset(bench: Bench, text: str, way: str, seconds: str) -> None:
    now = bench.clock.now()
    at = datetime.combine(now.date(), time.fromisoformat(text), UTC)
    at += timedelta(days=at <= now)
    more = timedelta(seconds=int(seconds))
    at += timedelta(seconds=int(bench.noted("RandomisedOffset"))) + (
        more if way == "and" else -more
    )
    bench.clock.advance(at - now)


@then("the randomised offset is that of its number and limit")
def offset_is_right(bench: Bench, requirement: str) -> None:
    """Number x limit x 0.0001, in whole seconds; halves upwards (inferred)."""
    values = bench.users.readings(requirement)
    number, limit = (Decimal(find(values, f"RandomisedOffset{name}")) for name in _FACTORS)
    require(1 <= number <= 10_000, requirement, "a number from 1 to 10000", number)
    wanted = (number * limit / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    seen = find(values, "RandomisedOffset")
    require(seen == wanted, requirement, f"{number} x {limit} s / 10000 = {wanted} s", seen)


@then(
    parsers.re(
        r"the snapshot's (?P<path>[\w\[\]]+) is that of (?P<noted>[\w\[\]]+)"
        r" within (?P<tolerance>\d+)"
    )
)
def snapshot_is_that(bench: Bench, path: str, noted: str, tolerance: str, requirement: str) -> None:
    """Of the newest entry of the billing data log that tariff changes leave."""
    entry = "LogEntryConsumptionAndTariffRegistersData[-1]"
    seen, before = find(bench.users.readings(requirement), f"{entry}.{path}"), bench.noted(noted)
    is_close = abs(seen - before) <= int(tolerance)
    require(is_close, requirement, f"{path} {before} within {tolerance}", seen)
