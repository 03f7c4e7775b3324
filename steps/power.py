"""The bench's supply, load and button, and the energy that went through."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from steps.words import duration, number

ZERO_CURRENT = Decimal("0.020")
"""Amperes below which a load current counts as none."""


@given(parsers.re(r"a steady load of (?P<kilowatts>[\d.]+) kW"))
def steady_load(bench: Bench, kilowatts: str) -> None:
    bench.power.set_load(number(kilowatts) * 1000)


@given(parsers.re(r"the supply was interrupted for (?P<span>\d[\w ]*)"))
@given(parsers.re(r"the supply is interrupted for (?P<span>\d[\w ]*)"))
@when(parsers.re(r"the supply is interrupted for (?P<span>\d[\w ]*)"))
def interrupt(bench: Bench, span: str) -> None:
    bench.power.interrupt(duration(span))


@given("the supply is lost")
@when("the supply is lost")
def lose_supply(bench: Bench) -> None:
    bench.power.lose_supply()


@given("the supply is back")
@when("the supply is back")
def supply_is_back(bench: Bench) -> None:
    bench.power.restore_supply()


@given(parsers.re(r"the supply was (?P<volts>[\d.]+) V for (?P<span>\d[\w ]*)"))
@when(parsers.re(r"the supply is (?P<volts>[\d.]+) V for (?P<span>\d[\w ]*)"))
def supply_for(bench: Bench, volts: str, span: str) -> None:
    bench.power.set_supply(number(volts))
    bench.clock.advance(duration(span))


@given(
    parsers.re(
        r"the supply swings between (?P<one>[\d.]+) V and (?P<other>[\d.]+) V,"
        r" (?P<span>\d[\w ]*) each, (?P<times>\d+) times"
    )
)
def swing(bench: Bench, one: str, other: str, span: str, times: str) -> None:
    for _ in range(int(times)):
        for volts in (one, other):
            supply_for(bench, volts, span)


@given("the supply has been disabled")
def has_been_disabled(bench: Bench) -> None:
    bench.users.command("import supplier", "7.2")


@given("the supply has been armed")
def has_been_armed(bench: Bench) -> None:
    bench.users.command("import supplier", "7.3")


@given("the button of the meter is pressed")
@when("the button of the meter is pressed")
def press(bench: Bench) -> None:
    bench.power.press_button()


@then("the load current is zero")
def load_current_is_zero(bench: Bench) -> None:
    reading = bench.power.measure_load_amps()
    require(reading.value <= ZERO_CURRENT, "SMETS-E-128", "no load current", f"{reading.value} A")


@then(parsers.re(r"the load draws (?P<kilowatts>[\d.]+) kW within (?P<tolerance>\d+) %"))
def load_draws(bench: Bench, kilowatts: str, tolerance: str) -> None:
    bench.power.require_load(number(kilowatts) * 1000, number(tolerance), "SMETS-E-128")


@given("the import register has been read")
def read_register(bench: Bench) -> None:
    bench.power.note_register()


@then("the import register has not decreased")
def register_has_not_decreased(bench: Bench) -> None:
    before, now = bench.power.register_before, bench.users.import_register()
    require(now >= before, "SMETS-E-104", f">= {before} Wh", f"{now} Wh")


@then("the import register has not moved")
def register_has_not_moved(bench: Bench) -> None:
    before, now = bench.power.register_before, bench.users.import_register()
    require(now == before, "SMETS-E-121", f"{before} Wh", f"{now} Wh")


@then("the import register agrees with the energy delivered within 1 Wh")
def register_agrees(bench: Bench) -> None:
    bench.power.require_agreement("SMETS-E-020", Decimal(1))


@then(parsers.re(r"the import register has risen by (?P<energy>\d+) Wh within 1 Wh"))
def register_has_risen(bench: Bench, energy: str) -> None:
    bench.power.require_agreement("SMETS-E-020", Decimal(1), expected=number(energy))


@given("the meter's credentials and counters have been read")
def note_credentials(bench: Bench) -> None:
    bench.note("credentials", bench.users.credentials())


@then("the meter's credentials and counters are unchanged")
def credentials_unchanged(bench: Bench) -> None:
    bench.require_unchanged("SMETS-E-104", "credentials", bench.users.credentials())


@given("the meter's voltage configuration has been read")
def note_configuration(bench: Bench) -> None:
    bench.note("voltage configuration", bench.users.voltage_configuration())


@then("the meter's voltage configuration is unchanged")
def configuration_unchanged(bench: Bench) -> None:
    bench.require_unchanged(
        "SMETS-E-104", "voltage configuration", bench.users.voltage_configuration()
    )


@given("voltage monitors set to")
def set_monitors(bench: Bench, datatable: list[list[str]]) -> None:
    bench.set_voltage_monitors({row[0]: row[1] for row in datatable})
