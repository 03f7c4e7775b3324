"""Local delivery: the Command comes back at once; its response may be returned by 8.13."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.duis.responses import LocalCommand, Response
from assay.gbcs.envelope import Message, parse
from tests.dcc.bench import DspBench
from tests.dcc.parties import BROKER, METER

A_SECOND = timedelta(seconds=1)
READ, DISABLE = "7.4", "7.2"


def local(bench: DspBench, srv: str, variant: int) -> tuple[Request, Message]:
    """The request, and the Command as the user has it."""
    if variant in (2, 3):
        request = bench.request(srv, command_variant=variant)
        answer = bench.send(request)
    else:
        request = bench.request(srv)
        signed = bench.signed_pre_command(request, bench.send(request), command_variant=variant)
        answer = bench.send(signed)
    assert isinstance(answer.body, LocalCommand), answer
    return request, parse(answer.body.gbcs_payload)


def give_back(bench: DspBench, octets: bytes, of: RequestId | None = None) -> Response:
    body: dict[str, object] = {"DeviceGBCSResponse": octets}
    if of is not None:
        body["OriginalRequestID"] = of
    return bench.send(bench.request("8.13", body=body, target=BROKER))


def notes(bench: DspBench) -> list[str]:
    return [entry.note for entry in bench.audit.entries if entry.kind == "response"]


@pytest.mark.parametrize(("srv", "variant"), [(READ, 2), (DISABLE, 6)])
def test_a_response_is_taken_back_and_not_sent_on(bench: DspBench, srv: str, variant: int) -> None:
    request, command = local(bench, srv, variant)
    response = bench.premises.answer(command)
    answer = give_back(bench, response.to_octets(), request.request_id)
    bench.clock.advance(A_SECOND)
    assert answer.response_code == "I99"
    assert notes(bench) == ["returned by the user"]
    assert bench.delivered() == []
    assert len(bench.dsp.modes.commands) == 0


@pytest.mark.parametrize(("srv", "variant"), [(READ, 2), (DISABLE, 6)])
def test_a_command_for_local_delivery_alone_is_never_sent_nor_missed(
    bench: DspBench, srv: str, variant: int
) -> None:
    local(bench, srv, variant)
    bench.clock.advance(bench.settings.local_response_time + A_SECOND)
    assert bench.premises.commands == []
    assert bench.alert_codes() == []
    assert len(bench.dsp.modes.commands) == 0


@pytest.mark.parametrize(("srv", "variant"), [(READ, 3), (DISABLE, 7)])
def test_a_command_that_goes_both_ways_is_answered_once(
    bench: DspBench, srv: str, variant: int
) -> None:
    bench.premises.is_silent = True
    _, command = local(bench, srv, variant)
    give_back(bench, bench.premises.answer(command).to_octets())
    bench.clock.advance(timedelta(minutes=5))
    assert len(bench.premises.commands) == 1
    assert bench.alert_codes() == []


def test_what_is_no_response_of_a_device_is_refused(bench: DspBench) -> None:
    _, command = local(bench, READ, 2)
    assert give_back(bench, b"no message").response_code == "E48"
    assert give_back(bench, command.to_octets()).response_code == "E48"


def test_a_response_to_no_command_is_on_record_only(bench: DspBench) -> None:
    _, command = local(bench, READ, 2)
    response = bench.premises.answer(command)
    give_back(bench, response.to_octets())
    give_back(bench, response.to_octets())
    assert notes(bench)[-1] == "answers no Command in flight: dropped"


def test_what_a_response_changes_it_changes_by_this_way_too(bench: DspBench) -> None:
    """8.11: the hub has taken the device up."""
    request = bench.request("8.11", command_variant=2)
    answer = bench.send(request)
    assert isinstance(answer.body, LocalCommand), answer
    response = bench.premises.answer(parse(answer.body.gbcs_payload))
    give_back(bench, response.to_octets())
    effects = [entry.note for entry in bench.audit.entries if entry.kind == "effect"]
    assert any(str(METER) in note for note in effects), effects
