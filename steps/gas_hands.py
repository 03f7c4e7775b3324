"""Gas: hands on the meter, its battery, its covers, and the analyser."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.readings import find

# Hands on the meter: battery, covers, keypad.


@given("the battery of the gas meter has been taken out")
@when("the battery of the gas meter is taken out")
def remove_battery(bench: Bench) -> None:
    bench.gas.remove_battery()


@given("a fresh battery has been fitted into the gas meter")
@when("a fresh battery is fitted into the gas meter")
def fit_battery(bench: Bench) -> None:
    bench.gas.remove_battery()
    bench.gas.fit_battery()


@given(parsers.re(r"a battery of (?P<charge>\d+) mAh has been fitted into the gas meter"))
@when(parsers.re(r"a battery of (?P<charge>\d+) mAh is fitted into the gas meter"))
def fit_weak_battery(bench: Bench, charge: str) -> None:
    bench.gas.remove_battery()
    bench.gas.fit_battery(Decimal(charge))


@given(parsers.re(r"the (?P<cover>[a-z ]+) of the gas meter has been opened"))
@when(parsers.re(r"the (?P<cover>[a-z ]+) of the gas meter is opened"))
def open_cover(bench: Bench, cover: str) -> None:
    bench.gas.open_cover(cover)


@when(parsers.re(r"the (?P<cover>[a-z ]+) of the gas meter is closed"))
def close_cover(bench: Bench, cover: str) -> None:
    bench.gas.close_cover(cover)


@given(parsers.re(r"the gas meter (?P<tamper>locks|stays open) when somebody tampers with it"))
def tamper_state(bench: Bench, tamper: str) -> None:
    state = "Locked" if tamper == "locks" else "Unchanged"
    bench.gas.readings.configure_valve(tamper=state)


@given(parsers.re(r"the gas meter (?P<spent>locks|stays open) when its battery is spent"))
def depletion_state(bench: Bench, spent: str) -> None:
    state = "Locked" if spent == "locks" else "Unchanged"
    bench.gas.readings.configure_valve(depletion=state)


# The battery.


@then(
    parsers.re(r"the remaining days are those of the charge that is left, within (?P<limit>\d+) %")
)
def remaining_days(bench: Bench, limit: str, requirement: str) -> None:
    """At the mean rate since the battery was fitted, as the bench has measured both."""
    seen = find(bench.users.readings(requirement), "RemainingBatteryCapacity")
    record = bench.gas.battery_record()
    wanted = record.days_left
    is_close = abs(seen - wanted) <= wanted * Decimal(limit) / 100
    require(is_close, requirement, f"{wanted:.0f} days within {limit} %", seen)


@given("the battery has been put on the analyser")
def put_on_analyser(bench: Bench) -> None:
    bench.note("battery", bench.gas.battery_record())


@then(parsers.re(r"the analyser has seen 1 valve move and 1 command"))
def analyser_saw_move(bench: Bench, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).uses
    found = {name: seen.get(name, 0) for name in ("valve move", "command")}
    require(found == dict.fromkeys(found, 1), requirement, "one of each", found)


@then(parsers.re(r"the analyser has seen (?P<count>\d+) wakes, each with a poll, and no command"))
def analyser_saw_wakes(bench: Bench, count: str, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).uses
    found = {name: seen.get(name, 0) for name in ("wake", "poll", "command")}
    wanted = {"wake": int(count), "poll": int(count), "command": 0}
    require(found == wanted, requirement, wanted, found)


@then(parsers.re(r"the analyser has seen (?P<count>\d+) samples"))
def analyser_saw_samples(bench: Bench, count: str, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).uses.get("sample", 0)
    require(seen == int(count), requirement, f"{count} samples", f"{seen}")


@then(parsers.re(r"the (?:day|time) has taken at most (?P<limit>\d+) mAh"))
def day_has_taken(bench: Bench, limit: str, requirement: str) -> None:
    seen = bench.gas.battery_record().since(bench.noted("battery")).total
    require(seen <= int(limit), requirement, f"at most {limit} mAh", f"{seen:.3f} mAh")
