"""The words of the user entry tests' cells: one request in one form, and what comes of it."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.cells import bodies
from fixtures.readings import find, has
from steps.words import NAMES, check_name, duration

_USER = r"the (?P<user>[a-z ]+?)"
_REQUEST = rf"(?P<srv>[\d.]+) (?P<name>{NAMES})"
_TARGET = r"the (?P<target>gas meter|gas proxy|meter|hub|display)"


@given("furnished premises: an electricity meter and a gas meter, commissioned")
def furnished(bench: Bench) -> None:
    bench.cells.furnish()


@when(parsers.re(rf"{_USER} sends {_REQUEST} to {_TARGET} as CV(?P<variant>\d)"))
def send(bench: Bench, user: str, srv: str, name: str, target: str, variant: str) -> None:
    check_name(srv, name)
    bench.cells.send(user, srv, target, int(variant))


@when(
    parsers.re(
        rf"{_USER} sends {_REQUEST} to {_TARGET} as CV(?P<variant>\d) for (?P<ahead>\d[\w ]*) later"
    )
)
def send_dated(
    bench: Bench, user: str, srv: str, name: str, target: str, variant: str, ahead: str
) -> None:
    check_name(srv, name)
    bench.cells.send(user, srv, target, int(variant), ahead=duration(ahead))


@when(parsers.re(rf"{_USER} sends {_REQUEST} to the DCC"))
def send_to_dcc(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.cells.send_to_dcc(user, srv)


@when(parsers.re(rf"{_USER} puts {_REQUEST} of {_TARGET} on a daily schedule"))
def put_on_schedule(bench: Bench, user: str, srv: str, name: str, target: str) -> None:
    check_name(srv, name)
    bench.cells.create_schedule(user, srv, target)


@when(parsers.re(rf"{_USER} puts {_REQUEST} of {_TARGET} on a daily schedule with"))
def put_on_schedule_with(
    bench: Bench, user: str, srv: str, name: str, target: str, datatable: list[list[str]]
) -> None:
    """Paths of 5.1 and texts, line by line."""
    check_name(srv, name)
    bench.cells.create_schedule(user, srv, target, {row[0]: row[1] for row in datatable})


# What a request to the DCC needs.


@given(parsers.re(rf"{_USER} has announced a (?P<kind>meter|hub)"))
def has_announced(bench: Bench, user: str, kind: str) -> None:
    bench.cells.announce(user, {"meter": "ESME", "hub": "CHF"}[kind])


@given(parsers.re(rf"{_USER} has a schedule"))
def has_schedule(bench: Bench, user: str) -> None:
    bench.cells.create_schedule(user)


@given(parsers.re(rf"{_USER} has the response of the hub to a Command delivered by hand"))
def has_local_response(bench: Bench, user: str) -> None:
    bench.cells.local_response(user, "6.24.1", "hub")


# What came of it.


@then(parsers.re(r"the messages were those of (?P<flow>.+)"))
def messages_were(bench: Bench, flow: str) -> None:
    bench.cells.answers.require_flow(flow)


@then(parsers.re(r"the DCC returns a Pre-Command of (?P<srv>[\d.]+)"))
def returns_pre_command(bench: Bench, srv: str) -> None:
    code = bench.users.exchange.code
    require(code == "I0", "UEPT-CRITICAL", "I0", code)
    bench.cells.answers.require_pre_command_of(srv)


@then(parsers.re(rf"{_USER} finds in it what was asked"))
def finds_what_was_asked(bench: Bench, user: str) -> None:
    bench.cells.answers.require_compared(user)


@then("the DCC returns a Command for local delivery")
def returns_command(bench: Bench) -> None:
    code = bench.users.exchange.code
    require(code == "I0", "UEPT-LOCAL", "I0", code)


@then(parsers.re(rf"{_TARGET} takes it from a hand-held terminal and answers with success"))
def takes_by_hand(bench: Bench, target: str) -> None:
    bench.cells.hand_over(target)


@then("nothing goes to the device before its time")
def nothing_before_its_time(bench: Bench) -> None:
    bench.cells.wait_until_due()


@then(parsers.re(rf"at its time {_TARGET} reports that it has carried it out"))
def reports_carried_out(bench: Bench, target: str) -> None:
    bench.cells.require_carried_out(target)


@then(parsers.re(rf"the message of the schedule arrives, with the answer of {_TARGET}"))
def scheduled_message(bench: Bench) -> None:
    received = bench.cells.answers.scheduled_message(bench.cells.schedule)
    seen = received.problem or received.device
    succeeded = received.device is not None and received.device.succeeded
    require(succeeded, "UEPT-SCHEDULED", "an authentic answer with success", seen)


@then(parsers.re(r"the message of the schedule has (?P<count>\d+|no) (?P<name>\w+)"))
def scheduled_message_has(bench: Bench, count: str, name: str, requirement: str) -> None:
    code, wanted = bench.users.exchange.code, 0 if count == "no" else int(count)
    require(code in ("I0", "I99"), requirement, "acceptance of the schedule", code)
    received = bench.cells.answers.scheduled_message(bench.cells.schedule)
    values = bench.cells.answers.said(received, bench.cells.schedule, requirement)
    found = find(values, name) if has(values, name) else ()
    seen = len(found) if isinstance(found, list | tuple) else 1
    require(seen == wanted, requirement, f"{wanted} {name}", f"{seen}")


@then("the schedule is deleted again")
def delete_schedule(bench: Bench) -> None:
    bench.cells.delete_schedule()


@then("the DCC knows the schedule under the number that it gave")
def knows_schedule(bench: Bench) -> None:
    bench.cells.keep_number()
    wanted, seen = bench.cells.details_of_schedule, bench.cells.read_schedule()
    require(seen == (wanted,), "UEPT-SCHEDULED", wanted, seen)


@then("the answer holds the schedule as it was made")
def holds_schedule(bench: Bench) -> None:
    wanted, seen = bench.cells.details_of_schedule, bench.cells.answers.schedules()
    require(seen == (wanted,), "UEPT-SCHEDULED", wanted, seen)


@then("the schedule is gone")
def schedule_is_gone(bench: Bench) -> None:
    seen = bench.cells.read_schedule()
    require(not seen, "UEPT-SCHEDULED", "no schedule", seen)


@then("the device is taken out of the hub's log again")
def taken_out_of_log(bench: Bench) -> None:
    bench.cells.take_out_of_log()


@then("the inventory that it answers names the meter")
def answers_inventory(bench: Bench) -> None:
    seen = bench.cells.answers.listed(bench.meter_id)
    wanted = bench.installation.declared_identity()
    require({name: seen.get(name) for name in wanted} == wanted, "DUIS-13-INVENTORY", wanted, seen)


@then(parsers.re(rf"{_USER} sees it in the inventory as (?P<status>\w+)"))
def sees_status(bench: Bench, user: str, status: str) -> None:
    seen = bench.cells.own_entry(user).get("DeviceStatus")
    require(seen == status, "DUIS-13-INVENTORY", status, seen)


@then(parsers.re(rf"{_USER} sees the change in the inventory"))
def sees_change(bench: Bench, user: str) -> None:
    seen = bench.cells.own_entry(user).get("DeviceModel")
    require(seen == bodies.CHANGED_MODEL, "DUIS-13-INVENTORY", bodies.CHANGED_MODEL, seen)


@then("the answer repeats the place, and a region answers for it")
def region_answers(bench: Bench) -> None:
    asked, codes = bench.cells.answers.regions()
    wanted = bodies.wan_matrix_body()
    require(asked == wanted, "UEPT-NON-DEVICE", wanted, asked)
    require(set(codes) == {"I0"}, "UEPT-NON-DEVICE", "I0 of each region", codes)
