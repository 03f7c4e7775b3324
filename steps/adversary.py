"""Commands that are not right, sent to the meter past the DCC."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from steps.words import duration


@given("the state of the meter has been read")
def note_state(bench: Bench) -> None:
    bench.note("state", bench.users.meter_state())


@then("the state of the meter is unchanged")
def state_is_unchanged(bench: Bench) -> None:
    bench.require_unchanged("GBCS-9.1-AUTHENTICITY", "state", bench.users.meter_state())


@when(parsers.re(r"the captured command of (?P<srv>[\d.]+) is sent to the meter again"))
def replay_of(bench: Bench, srv: str) -> None:
    bench.adversary.replay(srv)


@then(parsers.re(r"the meter keeps silent for (?P<span>\d[\w ]*)"))
def keeps_silent(bench: Bench, span: str, requirement: str) -> None:
    """To what was sent past the DCC."""
    seen = bench.adversary.response_within(duration(span))
    require(seen is None, requirement, f"no response within {span}", seen)


@when("a right command of a use case that no electricity meter has is sent to the meter")
def send_unsupported(bench: Bench) -> None:
    bench.adversary.send("set the clock of a gas meter", "that is right in every respect")


@when("a command of such a use case with a wrong MAC is sent to the meter")
def send_unsupported_badly(bench: Bench) -> None:
    bench.adversary.send("set the clock of a gas meter", "with a wrong MAC")


@when(parsers.re(r"(?P<count>\d+) bad commands are sent to the meter within (?P<span>\d[\w ]*)"))
def send_many(bench: Bench, count: str, span: str) -> None:
    for _ in range(int(count)):
        bench.adversary.send("disable the supply", "with a wrong MAC")
        bench.clock.advance(duration(span) / int(count))


@when("the command that armed the supply is sent to the meter again")
def replay(bench: Bench) -> None:
    bench.adversary.replay("7.3")


@given(
    parsers.re(
        r"a command to (?P<what>disable the supply|read the import registers)"
        r" (?P<fault>.+) is sent to the meter"
    )
)
@when(
    parsers.re(
        r"a command to (?P<what>disable the supply|read the import registers)"
        r" (?P<fault>.+) is sent to the meter"
    )
)
def send_faulty(bench: Bench, what: str, fault: str) -> None:
    bench.note("security log", bench.users.security_log())
    bench.adversary.send(what, fault)


@when("a right command to read the import registers is sent to the meter past the DCC")
def send_right(bench: Bench) -> None:
    bench.adversary.send("read the import registers", "that is right in every respect")


@when("a reset of the maximum demands in the supplier's name is sent to the meter")
def send_reset_of_demands(bench: Bench) -> None:
    bench.adversary.send_reset_of_demands()


@when(parsers.re(r"a command that writes the variant (?P<variant>[ABC]) is sent to the meter"))
def send_variant(bench: Bench, variant: str) -> None:
    bench.adversary.send_variant(variant)
    bench.adversary.response_within(timedelta(minutes=1))


@then(parsers.re(r"the security log has a new entry (?P<code>[0-9A-F]{4})"))
def security_log_entry(bench: Bench, code: str) -> None:
    before = bench.noted("security log")
    added = [entry for entry in bench.users.security_log() if entry not in before]
    codes = [f"{entry[1]:04X}" for entry in added]
    require(code in codes, "GBCS-9.1-LOG", f"a new entry {code}", codes or "none")


@when("a command whose second item cannot succeed is sent to the meter")
def send_command_with_bad_item(bench: Bench) -> None:
    bench.note("counters", bench.users.network_data()["over_voltage_counter"])
    require(bench.noted("counters") > 0, "SMETS-E-081", "a counter above 0", 0)
    bench.adversary.send_command_with_bad_item()


@then("the meter answers and reports other-reason for every item after the failing one")
def later_items_are_other_reason(bench: Bench) -> None:
    results = bench.adversary.results(timedelta(seconds=60))
    failing = next((at for at, result in enumerate(results) if result), None)
    right = failing == 1 and all(result == 250 for result in results[2:]) and len(results) > 2
    require(right, "GBCS-4.3-BREAK-ON-ERROR", "success, a failure, then 250s", results)


@then("no item after the failing one was executed")
def later_items_not_executed(bench: Bench) -> None:
    bench.require_unchanged(
        "GBCS-4.3-BREAK-ON-ERROR", "counters", bench.users.network_data()["over_voltage_counter"]
    )
