"""A DCC that is wrong on purpose: what a user must notice before it signs."""

from __future__ import annotations

from datetime import timedelta

from assay.dcc.faults import AsIfAsked
from assay.duis.responses import PreCommand, Response
from assay.gbcs.envelope import Message, parse
from tests.dcc.bench import DspBench

ENABLE, DISABLE = 0x004F, 0x0050


def returned(answer: Response) -> Message:
    assert isinstance(answer.body, PreCommand)
    return parse(answer.body.gbcs_payload)


def test_the_next_pre_command_is_another_than_asked(bench: DspBench) -> None:
    bench.faults.alter_next_pre_command(AsIfAsked("7.1"))
    request = bench.request("7.2")
    message = returned(bench.send(request))
    assert message.message_code == ENABLE
    assert message.counter == request.request_id.counter


def test_the_one_after_it_is_right_again(bench: DspBench) -> None:
    bench.faults.alter_next_pre_command(AsIfAsked("7.1"))
    bench.send(bench.request("7.2"))
    assert returned(bench.send(bench.request("7.2"))).message_code == DISABLE


def test_all_pre_commands_are_altered_until_told_otherwise(bench: DspBench) -> None:
    bench.faults.alter_pre_commands(AsIfAsked("7.1"))
    codes = [returned(bench.send(bench.request("7.2"))).message_code for _ in range(2)]
    bench.faults.alter_pre_commands(None)
    codes.append(returned(bench.send(bench.request("7.2"))).message_code)
    assert codes == [ENABLE, ENABLE, DISABLE]


def test_a_user_that_signs_without_looking_is_served(bench: DspBench) -> None:
    bench.faults.alter_next_pre_command(AsIfAsked("7.1"))
    _, answer = bench.complete("7.2")
    bench.clock.advance(timedelta(seconds=1))
    assert answer.response_code == "I99"
    assert [one.message_code for one in bench.premises.commands] == [ENABLE]
