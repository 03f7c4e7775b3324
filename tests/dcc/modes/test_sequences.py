"""Sequences: one after the other, whatever the order of arrival; failures run down the chain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.dcc.dsp.sequences import MAX_LENGTH
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.duis.responses import DccAlert, Response
from tests.dcc.bench import DspBench
from tests.dcc.parties import METER, OPERATOR, START

A_SECOND = timedelta(seconds=1)


def chain(bench: DspBench, length: int) -> list[Request]:
    requests = [bench.request("7.4", first_in_sequence=True)]
    while len(requests) < length:
        preceding = requests[-1].request_id
        requests.append(bench.request("7.4", preceding_request_id=preceding))
    return requests


def send(bench: DspBench, *requests: Request) -> None:
    for request in requests:
        answer = bench.send(request)
        assert answer.response_code == "I99", answer


def answered(bench: DspBench) -> list[int]:
    return [one.request_id.counter for one in bench.device_responses() if one.request_id]


def failures(bench: DspBench) -> list[tuple[str, int]]:
    found = []
    for one in bench.delivered():
        if isinstance(one.body, DccAlert):
            request_id = one.body.content["CommandRequestID"]
            assert isinstance(request_id, RequestId)
            found.append((one.body.code, request_id.counter))
    return found


def test_a_request_goes_out_when_the_one_before_has_been_answered(bench: DspBench) -> None:
    send(bench, *chain(bench, 3))
    bench.clock.advance(timedelta(milliseconds=500))
    first = len(bench.premises.commands)
    bench.clock.advance(A_SECOND)
    second = len(bench.premises.commands)
    bench.clock.advance(A_SECOND)
    assert (first, second) == (1, 2)
    assert answered(bench) == [1, 2, 3]


def test_requests_may_come_in_any_order_of_their_links(bench: DspBench) -> None:
    """Counters must rise, so the order of the links is turned around instead."""
    ids = [RequestId(bench.request("7.4").request_id.originator, METER, n) for n in (103, 102, 101)]
    last = bench.request("7.4", counter=101, preceding_request_id=ids[1])
    middle = bench.request("7.4", counter=102, preceding_request_id=ids[0])
    first = bench.request("7.4", counter=103, first_in_sequence=True)
    send(bench, last, middle)
    bench.clock.advance(timedelta(hours=1))
    before = list(bench.premises.commands)
    send(bench, first)
    bench.clock.advance(timedelta(minutes=1))
    assert before == []
    assert answered(bench) == [103, 102, 101]


def test_behind_a_request_without_an_answer_nothing_goes_out(bench: DspBench) -> None:
    bench.premises.is_silent = True
    send(bench, *chain(bench, 3))
    bench.clock.advance(timedelta(minutes=2))
    assert {one.counter for one in bench.premises.commands} == {1}
    assert failures(bench) == [("N13", 1), ("N14", 2), ("N14", 3)]


def test_a_response_that_reports_a_failure_ends_the_sequence(bench: DspBench) -> None:
    bench.premises.result = 3
    send(bench, *chain(bench, 2))
    bench.clock.advance(timedelta(minutes=2))
    assert answered(bench) == [1]
    assert failures(bench) == [("N14", 2)]


def test_one_that_comes_after_the_failure_is_told_at_once(bench: DspBench) -> None:
    bench.premises.result = 3
    first, second, third = chain(bench, 3)
    send(bench, first)
    bench.clock.advance(A_SECOND)
    bench.premises.result = 0
    send(bench, second, third)
    assert failures(bench) == [("N14", 2), ("N14", 3)]


def test_one_whose_predecessor_never_comes_is_out_of_order(bench: DspBench) -> None:
    _, second, third = chain(bench, 3)
    send(bench, second, third)
    window = bench.settings.sequence_window
    bench.clock.advance(window - A_SECOND)
    before = failures(bench)
    bench.clock.advance(A_SECOND)
    assert before == []
    assert failures(bench) == [("N15", 2), ("N14", 3)]
    assert bench.premises.commands == []


def test_a_sequence_may_cross_services_and_devices_of_one_user(bench: DspBench) -> None:
    first = bench.request("7.4", first_in_sequence=True)
    second = bench.request("4.1.1", preceding_request_id=first.request_id)
    send(bench, first, second)
    bench.clock.advance(timedelta(seconds=2))
    assert answered(bench) == [1, 2]


def test_nobody_links_to_a_request_of_another_user(bench: DspBench) -> None:
    first = bench.request("7.4", first_in_sequence=True)
    send(bench, first)
    answer = bench.send(bench.request("7.4", user=OPERATOR, preceding_request_id=first.request_id))
    assert answer.response_code == "E44"


def test_a_critical_request_takes_its_place_when_it_is_signed(bench: DspBench) -> None:
    first = bench.request("7.4", first_in_sequence=True)
    send(bench, first)
    critical = bench.request("7.2")
    transformed = bench.send(critical)
    signed = bench.signed_pre_command(critical, transformed)
    linked = Request(
        request_id=signed.request_id,
        command_variant=signed.command_variant,
        srv=signed.srv,
        body=signed.body,
        preceding_request_id=first.request_id,
    )
    send(bench, linked)
    waiting = len(bench.premises.commands)
    bench.clock.advance(timedelta(seconds=2))
    assert waiting == 0
    assert answered(bench) == [1, 2]


def test_a_dated_request_waits_for_its_turn_and_for_its_time(bench: DspBench) -> None:
    tomorrow = START + timedelta(days=1)
    first = bench.request("7.4", first_in_sequence=True)
    second = bench.request(
        "4.1.1", body={"ExecutionDateTime": tomorrow}, preceding_request_id=first.request_id
    )
    third = bench.request("7.4", preceding_request_id=second.request_id)
    send(bench, first, second, third)
    bench.clock.advance(timedelta(hours=23))
    early = answered(bench)
    bench.clock.advance(timedelta(hours=2))
    assert early == [1]
    assert answered(bench) == [1, 2, 3]


def test_a_sequence_has_at_most_99_requests(bench: DspBench) -> None:
    bench.premises.is_silent = True
    requests = chain(bench, MAX_LENGTH + 1)
    send(bench, *requests[:-1])
    answer: Response = bench.send(requests[-1])
    assert answer.response_code == "E45"


@pytest.mark.parametrize("sent", [1, 2], ids=["first on its way", "second waiting"])
def test_a_new_run_of_the_dcc_goes_on_with_the_sequence(bench: DspBench, sent: int) -> None:
    requests = chain(bench, 3)
    send(bench, *requests[:sent])
    bench.restart()
    send(bench, *requests[sent:])
    bench.clock.advance(timedelta(minutes=1))
    assert answered(bench)[-3:] == [1, 2, 3]
