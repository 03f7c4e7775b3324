"""Gas: tariffs and calendars that the supplier sets."""

from __future__ import annotations

from pytest_bdd import given, parsers, when

from fixtures.bench import Bench
from fixtures.gas_readings import USER
from fixtures.gas_tariff_bodies import (
    gas_block_tariff_body,
    gas_tariff_body,
    largest_gas_calendar_body,
    largest_gas_tariff_body,
)
from fixtures.parties import GAS_METER
from steps.words import duration

_TARIFFS = {
    "by days": gas_tariff_body,
    "with blocks": gas_block_tariff_body,
    "of the largest size": largest_gas_tariff_body,
}


@given(
    parsers.re(r"the gas supplier has set a gas tariff (?P<which>by days|with blocks|of the .*)")
)
@when(parsers.re(r"the gas supplier sets a gas tariff (?P<which>by days|with blocks|of the .*)"))
def set_gas_tariff(bench: Bench, which: str, requirement: str) -> None:
    bench.users.send(USER, "1.1.1", _TARIFFS[which](), target=GAS_METER)
    bench.users.require_success(requirement)


@given(parsers.re(r"the gas supplier has set a gas tariff by days for (?P<ahead>\d[\w ]*) later"))
@when(parsers.re(r"the gas supplier sets a gas tariff by days for (?P<ahead>\d[\w ]*) later"))
def set_dated_gas_tariff(bench: Bench, ahead: str, requirement: str) -> None:
    at = bench.clock.now().replace(microsecond=0) + duration(ahead)
    body = {**gas_tariff_body(), "ExecutionDateTime": at}
    bench.users.send(USER, "1.1.1", body, target=GAS_METER)
    bench.users.require_success(requirement)


@given("the gas supplier has set the largest non-disablement calendar")
def set_largest_calendar(bench: Bench, requirement: str) -> None:
    bench.users.send(USER, "2.1", largest_gas_calendar_body(), target=GAS_METER)
    bench.users.require_success(requirement)
