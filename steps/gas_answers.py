"""Gas: what answers and alerts of meter and proxy say, and what they say about each other."""

from __future__ import annotations

from decimal import Decimal

from pytest_bdd import parsers, then

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.gas_readings import billing_alert_is_sealed
from fixtures.readings import find, has
from steps.words import check_name, duration

# What answers say about each other.


@then(parsers.re(r"the log of the answer has an entry (?P<code>[0-9A-F]{4})"))
def answer_log_has(bench: Bench, code: str, requirement: str) -> None:
    seen = bench.gas.readings.log_codes()
    require(int(code, 16) in seen, requirement, f"an entry {code}", [f"{one:04X}" for one in seen])


@then(
    parsers.re(
        r"the log of the answer has (?P<count>\d+|no) entr(?:y|ies) (?P<code>[0-9A-F]{4})"
        r" about (?P<use_case>\w+)"
    )
)
def answer_log_tells(bench: Bench, count: str, code: str, use_case: str, requirement: str) -> None:
    wanted, seen = 0 if count == "no" else int(count), bench.gas.readings.log_of(use_case)
    found = seen.count(int(code, 16))
    require(found == wanted, requirement, f"{count} entries {code} about {use_case}", seen)


@then("gas meter and gas proxy say the same to")
def say_the_same(bench: Bench, datatable: list[list[str]], requirement: str) -> None:
    """Number and name of a request, line by line."""
    for srv, name in datatable:
        check_name(srv, name)
        meter, proxy = bench.gas.readings.both(srv, requirement)
        require(meter == proxy, requirement, f"{srv} as the meter says: {meter}", proxy)


# Logs and times.


@then(parsers.re(r"the day's register is (?P<more>[\d.]+) m3 more within (?P<tolerance>[\d.]+)"))
def day_register_is(bench: Bench, more: str, tolerance: str, requirement: str) -> None:
    """Than the register that was noted."""
    seen = find(bench.users.readings(requirement), "GasActiveImportRegisterConsumption")
    risen = seen - bench.noted("Value")
    is_close = abs(risen - Decimal(more)) <= Decimal(tolerance)
    require(is_close, requirement, f"{more} m3 more", f"{risen} m3")


@then(
    parsers.re(
        r"each (?P<field>\w+) of the answer's (?P<entry>[\w.]+) is (?P<volume>[\d.]+) m3"
        r" within (?P<tolerance>[\d.]+)"
    )
)
def each_entry_is(
    bench: Bench, field: str, entry: str, volume: str, tolerance: str, requirement: str
) -> None:
    entries = find(bench.users.readings(requirement), entry)
    missing = sum(not has(one, field) for one in entries)
    require(not missing, requirement, f"{field} in each {entry}", f"{missing} without")
    seen = {find(one, field) for one in entries}
    right = all(abs(one - Decimal(volume)) <= Decimal(tolerance) for one in seen)
    require(right, requirement, f"{volume} m3 in each {entry}", sorted(seen))


@then(parsers.re(r"the time in the gas meter's answer is within (?P<limit>\d+) seconds of .*"))
def time_of_answer(bench: Bench, limit: str, requirement: str) -> None:
    bench.require_time_close(requirement, bench.gas.readings.time_of_answer(), int(limit))


@then(
    parsers.re(
        r"the time in its answer is (?P<age>\d[\w ]*?) old within (?P<tolerance>\d+ minutes?)"
    )
)
def age_of_answer(bench: Bench, age: str, tolerance: str, requirement: str) -> None:
    seen = bench.gas.readings.time_of_answer()
    wanted = bench.clock.now() - duration(age)
    is_close = seen is not None and abs(seen - wanted) <= duration(tolerance)
    require(is_close, requirement, f"a time of {wanted}", seen)


@then("the values of the alert are sealed for the gas supplier")
def alert_is_sealed(bench: Bench, requirement: str) -> None:
    """None of its values is readable on the wide area network."""
    is_sealed = billing_alert_is_sealed(bench.traffic)
    require(is_sealed, requirement, "one encrypted component", is_sealed)
