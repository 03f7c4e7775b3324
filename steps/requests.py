"""Sending service requests, and what the DCC says at once."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from assay.duis.values import Content
from assay.verdicts import require
from fixtures.bench import Bench
from fixtures.bodies import body_of
from steps.words import NAMES, check_name, duration

UNKNOWN_DEVICE = "00-DB-12-34-56-78-FF-FF"


@when(parsers.re(r"the (?P<user>[a-z ]+) sends (?P<srv>[\d.]+) (?P<name>" + NAMES + ")"))
@given(parsers.re(r"the (?P<user>[a-z ]+) has sent (?P<srv>[\d.]+) (?P<name>" + NAMES + ")"))
def send(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.users.send(user, srv, body_of(srv, bench.clock.now()))


@when(parsers.re(rf"the (?P<user>[a-z ]+) sends (?P<srv>[\d.]+) (?P<name>{NAMES}) with"))
def send_with(bench: Bench, user: str, srv: str, name: str, datatable: list[list[str]]) -> None:
    check_name(srv, name)
    bench.users.send(
        user, srv, body_of(srv, bench.clock.now(), {row[0]: row[1] for row in datatable})
    )


@when(parsers.re(rf"the (?P<user>[a-z ]+) sends (?P<srv>[\d.]+) (?P<name>{NAMES}) to the hub"))
def send_to_hub(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.users.send(user, srv, body_of(srv, bench.clock.now()), target=bench.hub_id)


@when(
    parsers.re(
        rf"the (?P<user>[a-z ]+) sends (?P<srv>[\d.]+) (?P<name>{NAMES}) to an unknown device"
    )
)
def send_to_unknown_device(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.users.send(user, srv, body_of(srv, bench.clock.now()), target=bench.eui(UNKNOWN_DEVICE))


@when(
    parsers.re(
        rf"the (?P<user>[a-z ]+) sends (?P<srv>[\d.]+) (?P<name>{NAMES})"
        r" as command variant (?P<variant>\d)"
    )
)
def send_as_variant(bench: Bench, user: str, srv: str, name: str, variant: str) -> None:
    check_name(srv, name)
    bench.users.send(user, srv, body_of(srv, bench.clock.now()), command_variant=int(variant))


@when(
    parsers.re(
        rf"the (?P<user>[a-z ]+) posts (?P<srv>[\d.]+) (?P<name>{NAMES}) to the transform service"
    )
)
def post_to_transform(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.users.post_raw(user, srv, body_of(srv, bench.clock.now()), service="transform")


@when(
    parsers.re(
        rf"the (?P<user>[a-z ]+) posts (?P<srv>[\d.]+) (?P<name>{NAMES}) changed after signing"
    )
)
def post_changed(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.users.post_raw(
        user,
        srv,
        body_of(srv, bench.clock.now()),
        service="send",
        spoil=lambda document: document.replace(b"<sr:CommandVariant>1", b"<sr:CommandVariant>3"),
    )


@when(
    parsers.re(
        rf"the (?P<user>[a-z ]+) sends (?P<srv>[\d.]+) (?P<name>{NAMES}) twice under one RequestID"
    )
)
def send_twice(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    first = bench.users.send(user, srv, body_of(srv, bench.clock.now()))
    require(first.code == "I99", "DUIS-2-ACKNOWLEDGEMENT", "I99", first.code)
    bench.users.send(user, srv, body_of(srv, bench.clock.now()), counter=first.request_id.counter)


@when(parsers.re(r"the (?P<user>[a-z ]+) sends 6.5 (?P<how>with|without) a reset of the counters"))
def send_voltage_settings(bench: Bench, user: str, how: str) -> None:
    body: Content = bench.voltage_settings_body({})
    if how == "without":
        body = {**body, "RMSVoltageCountersNotReset": None}
    bench.users.send(user, "6.5", body)


@when(parsers.re(r"the (?P<user>[a-z ]+) sends 6.11 Synchronise Clock for a time 1 day ago"))
def send_old_time(bench: Bench, user: str) -> None:
    body = {**body_of("6.11", bench.clock.now())}
    body["CurrentDateTime"] -= timedelta(days=1)
    bench.users.send(user, "6.11", body)


@then(parsers.re(r"the DCC (?:acknowledges|answers) with (?P<code>I\d+)"))
def dcc_answers(bench: Bench, code: str) -> None:
    require(
        bench.users.exchange.code == code, "DUIS-2-ACKNOWLEDGEMENT", code, bench.users.exchange.code
    )


@then(parsers.re(r"the DCC refuses with (?P<code>E\d+)"))
def dcc_refuses_with(bench: Bench, code: str) -> None:
    row = bench.requirement_of(code)
    require(bench.users.exchange.code == code, row, f"refusal {code}", bench.users.exchange.code)


@then("the DCC refuses the request")
def dcc_refuses(bench: Bench) -> None:
    code = bench.users.exchange.code
    require(code.startswith("E"), "DUIS-7-SIGNATURE", "an error code", code)


@then("the Pre-Command carried the identifiers of the request")
def pre_command_identifiers(bench: Bench) -> None:
    exchange = bench.users.exchange
    pre_command = exchange.pre_command
    require(pre_command is not None, "DUIS-6-PRE-COMMAND", "a Pre-Command", "none")
    if pre_command is None:
        return
    asked = exchange.request_id
    wanted = (asked.originator, asked.target, asked.counter)
    seen = (pre_command.originator, pre_command.recipient, pre_command.counter)
    require(wanted == seen, "DUIS-1-GBCS-LINK", wanted, seen)
    require(
        pre_command.signature is None or pre_command.signature == b"",
        "GBCS-2-PRE-COMMAND",
        "no signature",
        pre_command.signature,
    )


@given("the DCC will return a Pre-Command for Enable Supply whatever is asked")
def dcc_alters(bench: Bench) -> None:
    bench.alter_pre_command_to_enable()


@when(parsers.re(rf"the (?P<user>[a-z ]+) tries to send (?P<srv>[\d.]+) (?P<name>{NAMES})"))
def try_to_send(bench: Bench, user: str, srv: str, name: str) -> None:
    check_name(srv, name)
    bench.users.try_to_send(user, srv, body_of(srv, bench.clock.now()))


@then(parsers.re(r"the (?P<user>[a-z ]+) refuses to sign"))
def refuses_to_sign(bench: Bench, user: str) -> None:
    seen = (
        "refused"
        if bench.users.refused_to_sign
        else f"signed and sent, DCC: {bench.users.exchange.code}"
    )
    require(bench.users.refused_to_sign, "DUIS-6-CORRELATE", f"the {user} refuses to sign", seen)


@then(parsers.re(r"a supply-sensitive check for (?P<srv>[\d.]+) was recorded before the .*"))
def supply_check_recorded(bench: Bench, srv: str) -> None:
    checks = bench.users.user(bench.users.sent_by).supply_checks
    sent_at = bench.users.exchange.at
    on_record = [check for check in checks if check.srv == srv and check.at <= sent_at]
    seen = [f"{check.srv} at {check.at}" for check in checks] or "none"
    require(bool(on_record), "UEPT-SUPPLY-SENSITIVE", f"a check for {srv} on record", seen)


@when(parsers.re(r"an unsigned response is posted to the (?P<user>[a-z ]+)"))
def post_unsigned_response(bench: Bench, user: str) -> None:
    bench.users.post_unsigned_response(user)


@then(parsers.re(r"the (?P<user>[a-z ]+) refuses the document"))
def refuses_document(bench: Bench, user: str) -> None:
    status = bench.users.http_status
    require(status == 400, "DUIS-6-VERIFY-RESPONSE", "HTTP 400", f"HTTP {status}")
    taken = len(bench.users.user(user).inbox.received)
    require(taken == bench.users.taken_before, "DUIS-6-VERIFY-RESPONSE", "nothing taken", taken)


@given(parsers.re(r"(?P<span>\d[\w ]*?) pass(?:es)?"))
@when(parsers.re(r"(?P<span>\d[\w ]*?) pass(?:es)?"))
def time_passes(bench: Bench, span: str) -> None:
    bench.clock.advance(duration(span))
