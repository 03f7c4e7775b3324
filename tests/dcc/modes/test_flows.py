"""The nine flows: each mode follows its own, and what is out of place is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from assay.dcc.audit import AuditEntry, Direction
from assay.dcc.flow_check import Course, Verdict, check_run, flow_of_requests, follow
from assay.dcc.flows import FLOWS, Exchange
from assay.duis.identifiers import MessageId
from assay.duis.requests import Request
from fixtures.cells.least_body import least_body
from tests.dcc.bench import DspBench
from tests.dcc.modes.test_local_delivery import give_back, local
from tests.dcc.modes.test_schedules import create
from tests.dcc.parties import METER, START, SUPPLIER

TOMORROW = START + timedelta(days=1)


def local_and_back(bench: DspBench, srv: str, variant: int) -> None:
    _, command = local(bench, srv, variant)
    give_back(bench, bench.premises.answer(command).to_octets())


def device_dated(bench: DspBench) -> None:
    bench.complete("6.4.1", body={**least_body("6.4.1"), "ExecutionDateTime": TOMORROW})


MODES: dict[str, Callable[[DspBench], object]] = {
    "F1": lambda bench: bench.complete("7.4"),
    "F2": lambda bench: local_and_back(bench, "7.4", 2),
    "F3": lambda bench: local(bench, "7.4", 3),
    "F4": lambda bench: bench.complete("7.2"),
    "F5": lambda bench: local_and_back(bench, "7.2", 6),
    "F6": lambda bench: bench.complete("4.1.1", body={"ExecutionDateTime": TOMORROW}),
    "F7": device_dated,
    "F8": lambda bench: create(bench),
    "F9": lambda bench: bench.complete("8.2"),
}


def courses(bench: DspBench) -> dict[str, Course]:
    return {course.flow.number: course for course in check_run(bench.audit.entries)}


def test_there_are_nine_flows() -> None:
    assert [flow.number for flow in FLOWS] == list(MODES)


@pytest.mark.parametrize("number", MODES)
def test_each_mode_follows_its_flow_to_the_end(bench: DspBench, number: str) -> None:
    MODES[number](bench)
    bench.clock.advance(timedelta(days=1, minutes=5))
    assert courses(bench)[number].verdict is Verdict.FOLLOWED


@pytest.mark.parametrize("number", ["F1", "F3", "F4", "F6", "F7", "F8"])
def test_a_silent_device_ends_a_flow_in_an_alert(bench: DspBench, number: str) -> None:
    bench.premises.is_silent = True
    MODES[number](bench)
    bench.clock.advance(timedelta(days=1, minutes=5))
    assert courses(bench)[number].verdict is Verdict.FOLLOWED
    assert bench.alert_codes() != []


@pytest.mark.parametrize("number", ["F1", "F4", "F6", "F8"])
def test_an_answer_after_the_alert_belongs_to_the_flow(bench: DspBench, number: str) -> None:
    bench.premises.is_silent = True
    MODES[number](bench)
    while not bench.alert_codes():
        bench.clock.advance(timedelta(minutes=1))
    bench.premises.send_up(bench.premises.answer(bench.premises.commands[-1]))
    bench.clock.advance(timedelta(seconds=1))
    assert courses(bench)[number].verdict is Verdict.FOLLOWED
    assert bench.letters[-1].kind in ("response", "scheduled response")


@pytest.mark.parametrize("number", ["F1", "F4", "F7"])
def test_a_flow_that_has_not_ended_is_under_way(bench: DspBench, number: str) -> None:
    MODES[number](bench)
    assert courses(bench)[number].verdict is Verdict.UNDER_WAY


def test_a_transformation_alone_is_under_way(bench: DspBench) -> None:
    bench.send(bench.request("7.2"))
    assert courses(bench)["F4"].verdict is Verdict.UNDER_WAY


def test_a_refused_request_has_no_flow(bench: DspBench) -> None:
    bench.send(bench.request("7.4", command_variant=4))
    assert check_run(bench.audit.entries) == []


def trace(bench: DspBench) -> list[AuditEntry]:
    kinds = {exchange.value for exchange in Exchange}
    return [e for e in bench.audit.entries if (e.direction, e.kind) in kinds]


def complete_trace(bench: DspBench) -> list[AuditEntry]:
    bench.complete("7.4")
    bench.clock.advance(timedelta(seconds=2))
    found = trace(bench)
    assert len(found) == 5
    return found


@pytest.mark.parametrize("missing", range(4))
def test_a_step_that_is_missing_is_found(bench: DspBench, missing: int) -> None:
    """All but the last: without that one it is under way."""
    entries = complete_trace(bench)
    del entries[missing]
    assert follow(FLOWS[0], entries)[0] is Verdict.DEPARTED


def test_a_command_before_the_acknowledgement_is_found(bench: DspBench) -> None:
    request, answer, command, *others = complete_trace(bench)
    verdict, entry = follow(FLOWS[0], [request, command, answer, *others])
    assert (verdict, entry) == (Verdict.DEPARTED, command)


def test_an_answer_with_the_code_of_another_flow_is_found(bench: DspBench) -> None:
    request, answer, *others = complete_trace(bench)
    wrong = replace(answer, code="I0")
    assert follow(FLOWS[0], [request, wrong, *others]) == (Verdict.DEPARTED, wrong)


def test_a_response_after_the_end_is_found(bench: DspBench) -> None:
    entries = complete_trace(bench)
    again = replace(entries[3], direction=Direction.FROM_DEVICE)
    assert follow(FLOWS[0], [*entries, again]) == (Verdict.DEPARTED, again)


def test_a_command_and_a_letter_may_come_again(bench: DspBench) -> None:
    request, answer, command, response, letter = complete_trace(bench)
    repeated = [request, answer, command, command, response, letter, letter]
    assert follow(FLOWS[0], repeated)[0] is Verdict.FOLLOWED


def test_a_dated_request_whose_command_the_dcc_makes_has_no_transformation() -> None:
    request = Request(
        request_id=MessageId(SUPPLIER, METER, 1),
        command_variant=1,
        srv="6.23",
        body={"ExecutionDateTime": TOMORROW},
    )
    flow = flow_of_requests([request])
    assert flow.number == "F7"
    assert any(len(opening) == 2 for opening in flow.openings)
