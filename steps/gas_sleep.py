"""Gas: a meter that sleeps and wakes, and what it answers when."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.gas_latency import Latency, ask_often, require_wakes
from fixtures.gas_readings import USER
from steps.words import duration


@given("a gas meter that has joined and does not know the gas proxy")
def joined_gas_meter(bench: Bench) -> None:
    bench.installation.commission()
    bench.installation.join_gas(USER)


@when("the gas supplier introduces the gas proxy to the gas meter")
def introduce_gas_proxy(bench: Bench) -> None:
    bench.installation.introduce_gas_proxy(USER)


@when(
    parsers.re(
        r"the gas supplier asks the gas meter (?P<count>\d+) times, every (?P<gap>\d[\w ]*)"
    ),
    target_fixture="latencies",
)
def ask_gas_meter(bench: Bench, count: str, gap: str, requirement: str) -> list[Latency]:
    return ask_often(bench.users, bench.clock, int(count), duration(gap), requirement)


@then("it has answered at its wakes, each half an hour after the one before")
def answered_at_wakes(latencies: list[Latency], requirement: str) -> None:
    require_wakes(latencies, requirement)


@then(parsers.re(r"the gas meter answers (?P<count>\d+) requests within the same (?P<span>\d.*)"))
def answers_several(bench: Bench, count: str, span: str, requirement: str) -> None:
    """Sent one after another while it sleeps."""
    gap = bench.gas.readings.gap_of_answers(int(count), requirement)
    require(gap <= duration(span), requirement, f"answers within {span}", gap)
