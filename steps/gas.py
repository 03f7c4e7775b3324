"""Gas: appliances behind the meter, its button and its valve, and what flows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.gas_readings import USER
from fixtures.parties import GAS_PROXY
from steps.words import duration

_REQUIREMENT = "SMETS-G-008"


@given(parsers.re(r"gas appliances that draw (?P<flow>\d+(\.\d+)?) m3/h"))
def appliances_draw(bench: Bench, flow: str) -> None:
    bench.gas.draw(Decimal(flow))


@when("the button of the gas meter is pressed")
def press_button(bench: Bench) -> None:
    bench.gas.press()


@then("no gas passes the gas meter")
def no_gas_passes(bench: Bench) -> None:
    seen = bench.gas.measured_flow()
    require(not seen, _REQUIREMENT, "no gas through the valve", f"{seen} m3/h")


@then("a press at the gas meter lets gas pass")
def press_lets_gas_pass(bench: Bench) -> None:
    bench.gas.press()
    seen = bench.gas.measured_flow()
    require(seen > 0, _REQUIREMENT, "gas through the valve after a press", f"{seen} m3/h")


@then("a press at the gas meter lets no gas pass")
def press_lets_no_gas_pass(bench: Bench) -> None:
    bench.gas.press()
    no_gas_passes(bench)


@given("a commissioned gas meter that the gas proxy mirrors")
def commissioned_gas_meter(bench: Bench) -> None:
    bench.installation.commission()
    bench.installation.commission_gas(USER)


@given("the gas register has been read", target_fixture="gas_before")
def gas_register_read(bench: Bench) -> Decimal:
    return bench.gas.readings.volume().cubic_metres


@given("the gas supply has been armed")
def gas_supply_armed(bench: Bench) -> None:
    bench.gas.readings.command("7.3")


@given(
    parsers.re(
        r"an uncontrolled flow threshold of (?P<limit>[\d.]+) m3/h, settled in (?P<settled>\d+) "
        r"seconds and measured for (?P<measured>\d+) seconds"
    )
)
def flow_threshold(bench: Bench, limit: str, settled: str, measured: str) -> None:
    bench.gas.readings.command(
        "6.7",
        {
            "UncontrolledGasFlowRateDecimal": Decimal(limit),
            "SupplyDepletionState": "Unchanged",
            "SupplyTamperState": "Unchanged",
            "StabilisationPeriod": 10 * int(settled),
            "MeasurementPeriod": int(measured),
        },
    )


@given(parsers.re(r"gas appliances draw (?P<flow>\d+(\.\d+)?) m3/h for (?P<span>\d[\w ]*)"))
@when(parsers.re(r"gas appliances draw (?P<flow>\d+(\.\d+)?) m3/h for (?P<span>\d[\w ]*)"))
def appliances_draw_for(bench: Bench, flow: str, span: str) -> None:
    bench.gas.draw(Decimal(flow))
    bench.clock.advance(duration(span))
    bench.gas.draw(Decimal(0))


@then(parsers.re(r"the gas register has counted (?P<volume>\d+\.\d+) m3"))
def gas_register_counted(bench: Bench, gas_before: Decimal, volume: str) -> None:
    seen = bench.gas.readings.volume().cubic_metres - gas_before
    require(seen == Decimal(volume), "SMETS-G-001", f"{volume} m3", f"{seen} m3")


@then(parsers.re(r"the gas supply state read back is (?P<state>enabled|armed|disabled)"))
def gas_supply_state(bench: Bench, state: str) -> None:
    seen = bench.gas.readings.supply_state()
    require(seen == state, _REQUIREMENT, state, seen)


@then(
    parsers.re(
        r"the gas proxy states (?P<volume>\d+\.\d+) m3 more within (?P<limit>\d[\w ]*), "
        r"as of the last (?P<age>\d[\w ]*)"
    )
)
def gas_proxy_states(bench: Bench, gas_before: Decimal, volume: str, limit: str, age: str) -> None:
    asked = bench.clock.now()
    seen = bench.gas.readings.volume(GAS_PROXY)
    taken = bench.clock.now() - asked
    require(taken <= duration(limit), "SMETS-P-102", f"an answer within {limit}", taken)
    more = seen.cubic_metres - gas_before
    require(more == Decimal(volume), "SMETS-P-101", f"{volume} m3", f"{more} m3")
    old = asked - seen.at if seen.at is not None else timedelta.max
    require(old <= duration(age), "SMETS-P-102", f"a time of the last {age}", seen.at)


@then("gas passes the gas meter")
def gas_passes(bench: Bench, requirement: str) -> None:
    seen = bench.gas.measured_flow()
    require(seen > 0, requirement, "gas through the valve", f"{seen} m3/h")


@then("the gas supply can be armed and opened")
def can_be_opened(bench: Bench, requirement: str) -> None:
    bench.gas.readings.command("7.3")
    bench.gas.press()
    gas_passes(bench, requirement)
