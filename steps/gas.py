"""Gas: appliances behind the meter, its button, and what flows."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench

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
