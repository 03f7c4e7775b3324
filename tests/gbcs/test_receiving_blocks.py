"""Block transfer received: in any order, with gaps, interleaved, contradictory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.block_transfer import Pace, Receiver, RemoteTransferError
from assay.gbcs.envelope import parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from assay.gbcs.segments import MAX_DATA_SIZE, MAX_TRANSFER_SIZE, Routing, Segment
from tests.gbcs.transfers import START, answers_in, message_of, segments_of


def received(
    receiver: Receiver, segments: list[Segment], now: datetime = START
) -> tuple[list[bytes], list[tuple[int, int]]]:
    messages: list[bytes] = []
    answers: list[bytes] = []
    for segment in segments:
        reception = receiver.receive(segment, now)
        answers += reception.answers
        messages += [reception.message] if reception.message is not None else []
    return messages, answers_in(tuple(answers))


def test_segments_in_order_give_the_message_and_one_final_answer() -> None:
    octets = message_of(200)
    segments = segments_of(octets)
    assert received(Receiver(), segments) == ([octets], [(len(segments), 63)])


@given(st.permutations(range(20)))
def test_segments_in_any_order_give_the_message(order: list[int]) -> None:
    octets = message_of(200)
    segments = segments_of(octets)
    messages, _ = received(Receiver(), [segments[index] for index in order])
    assert messages == [octets]


def test_a_missing_block_is_asked_for_by_number_and_length_of_the_gap() -> None:
    segments = segments_of(message_of(200))
    _, answers = received(Receiver(), segments[:3] + segments[5:])
    assert answers == [(3, 2)]


def test_the_end_of_a_burst_asks_for_the_next_window() -> None:
    segments = segments_of(message_of(200))
    burst = [*segments[:3], replace(segments[3], is_streaming=False)]
    _, answers = received(Receiver(window=7), burst)
    assert answers == [(4, 7)]


def test_silence_is_answered_by_asking_again_until_the_transfer_is_given_up() -> None:
    receiver = Receiver(pace=Pace(ask_again_after=timedelta(seconds=30), attempts=2))
    first = segments_of(message_of(200))[0]
    received(receiver, [first])
    now = START
    seen = []
    for _ in range(3):
        assert receiver.poll(now).answers == ()
        assert receiver.deadline == now + timedelta(seconds=30)
        now = receiver.deadline
        seen.append(receiver.poll(now))
    assert [answers_in(reception.answers) for reception in seen] == [[(1, 62)], [(1, 62)], []]
    assert seen[-1].abandoned == (first.routing,)
    assert (receiver.octets_held, receiver.deadline) == (0, None)


def test_a_late_copy_of_a_finished_transfer_is_answered_and_not_delivered_again() -> None:
    segments = segments_of(message_of(200))
    receiver = Receiver()
    received(receiver, segments)
    assert received(receiver, segments[4:6]) == ([], [(20, 63), (20, 63)])
    assert receiver.octets_held == 0


def test_two_transfers_may_interleave() -> None:
    one, other = message_of(200, counter=1), message_of(200, counter=2)
    pairs = zip(segments_of(one), segments_of(other), strict=True)
    messages, _ = received(Receiver(), [segment for pair in pairs for segment in pair])
    assert messages == [one, other]


def test_one_transfer_too_many_pushes_out_the_one_that_waited_longest() -> None:
    receiver = Receiver(max_transfers=2)
    firsts = [segments_of(message_of(200, counter=counter))[0] for counter in (1, 2, 3)]
    receptions = [receiver.receive(first, START) for first in firsts]
    assert [r.abandoned for r in receptions] == [(), (), (firsts[0].routing,)]


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 63)), max_size=300))
@settings(max_examples=25)
def test_memory_stays_bounded_whatever_is_begun(begun: list[tuple[int, int]]) -> None:
    receiver = Receiver(max_transfers=3, max_remembered=2)
    routing = Routing.of(parse(message_of(200)))
    for counter, number in begun:
        segment = Segment(
            routing=replace(routing, counter=counter),
            number=number,
            is_streaming=True,
            data=bytes(MAX_DATA_SIZE),
        )
        receiver.receive(segment, START)
        assert receiver.octets_held <= 3 * MAX_TRANSFER_SIZE


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": 0}, "block number"),
        ({"number": 64}, "block number"),
        ({"number": 1, "data": b"other"}, "block 1"),
        ({"number": 2, "is_last": True}, "last block"),
    ],
)
def test_a_segment_that_contradicts_its_transfer_is_refused(
    changed: dict[str, object], field: str
) -> None:
    segments = segments_of(message_of(200))
    receiver = Receiver()
    received(receiver, [segments[0], segments[5]])
    wrong = replace(segments[1], **changed)  # type: ignore[arg-type]
    with pytest.raises(RemoteTransferError) as refused:
        receiver.receive(wrong, START)
    assert refused.value.field == field
    messages, _ = received(receiver, segments[1:])
    assert messages == [message_of(200)]


def test_blocks_beyond_the_last_and_a_second_last_are_refused() -> None:
    segments = segments_of(message_of(200))
    receiver = Receiver()
    received(receiver, [segments[-1]])
    for wrong in (
        replace(segments[0], number=21),
        replace(segments[5], is_last=True),
        replace(segments[-1], is_last=False),
    ):
        with pytest.raises(RemoteTransferError):
            receiver.receive(wrong, START)


def test_a_segment_of_other_parties_under_the_same_counter_is_refused() -> None:
    segments = segments_of(message_of(200))
    receiver = Receiver()
    received(receiver, segments[:1])
    routing = replace(segments[1].routing, message_code=0x0034)
    with pytest.raises(RemoteTransferError, match="routing header"):
        receiver.receive(replace(segments[1], routing=routing), START)


def test_a_joined_message_of_other_parties_than_its_segments_is_refused() -> None:
    segments = segments_of(message_of(200))
    routing = replace(segments[0].routing, message_code=0x0034)
    forged = [replace(segment, routing=routing) for segment in segments]
    with pytest.raises(RemoteTransferError, match="parties of the message"):
        received(Receiver(), forged)


def test_joined_octets_that_are_no_message_are_refused() -> None:
    segments = segments_of(message_of(200))
    forged = [replace(segment, data=bytes(10)) for segment in segments]
    receiver = Receiver()
    with pytest.raises(RemoteGbcsError):
        received(receiver, forged)
    assert receiver.octets_held == 0


def test_an_acknowledgement_is_not_for_the_receiver() -> None:
    segment = replace(segments_of(message_of(200))[0], data=b"")
    with pytest.raises(EncodeError, match="acknowledgement"):
        Receiver().receive(segment, START)
