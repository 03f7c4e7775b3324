"""Block transfer sent: bursts, gaps, silence, and both ends over a bad line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.block_transfer import Pace, Progress, Receiver, RemoteTransferError, Sender
from assay.gbcs.errors import EncodeError
from assay.gbcs.segments import MAX_SEGMENTS, Segment, parse_segment, split
from tests.gbcs.transfers import PACE, START, message_of

# Sending


def answer(octets: bytes, number: int, acknowledged: int, window: int = MAX_SEGMENTS) -> Segment:
    routing = split(octets)[0].routing.back()
    return Segment(routing=routing, number=number, acknowledged=acknowledged, window=window)


def numbers(sent: list[bytes]) -> list[int]:
    return [parse_segment(octets).number for octets in sent]


def test_a_burst_ends_with_a_block_that_asks_for_an_answer() -> None:
    sender = Sender(message_of(200), data_size=10, window=4)
    burst = [parse_segment(octets) for octets in sender.start(START)]
    assert [(s.number, s.is_streaming) for s in burst] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
    ]


def test_a_gap_is_sent_again_and_nothing_else() -> None:
    octets = message_of(200)
    sender = Sender(octets, data_size=10)
    sender.start(START)
    assert numbers(sender.receive(answer(octets, 1, 3, window=2), START)) == [4, 5]


def test_late_and_repeated_and_foreign_answers_change_nothing() -> None:
    octets = message_of(200)
    sender = Sender(octets, data_size=10)
    sender.start(START)
    sender.receive(answer(octets, 2, 6), START)
    foreign = replace(answer(octets, 9, 20), routing=split(message_of(200, counter=2))[0].routing)
    for late in (answer(octets, 2, 7), answer(octets, 1, 3), answer(octets, 3, 5), foreign):
        assert sender.receive(late, START) == []
    assert (sender.acknowledged, sender.progress) == (6, Progress.SENDING)


def test_an_answer_to_everything_ends_the_sending() -> None:
    octets = message_of(200)
    sender = Sender(octets, data_size=10)
    sender.start(START)
    assert sender.receive(answer(octets, 1, 20), START) == []
    assert (sender.progress, sender.deadline) == (Progress.DONE, None)
    assert sender.poll(START + timedelta(days=1)) == []


def test_an_answer_to_a_block_that_does_not_exist_is_the_peers_fault() -> None:
    octets = message_of(200)
    sender = Sender(octets, data_size=10)
    sender.start(START)
    with pytest.raises(RemoteTransferError, match="at most 20"):
        sender.receive(answer(octets, 1, 21), START)


def test_silence_repeats_the_burst_until_the_sender_gives_up() -> None:
    sender = Sender(
        message_of(200),
        data_size=10,
        pace=Pace(ask_again_after=timedelta(seconds=30), attempts=3),
    )
    now, bursts = START, [sender.start(START)]
    while sender.deadline is not None:
        assert sender.poll(now) == []
        now = sender.deadline
        bursts.append(sender.poll(now))
    assert sender.progress is Progress.FAILED
    assert [len(burst) for burst in bursts] == [20, 20, 20, 0]
    assert now == START + timedelta(seconds=90)


@pytest.mark.parametrize("window", [0, 64])
def test_a_window_is_1_to_63_blocks(window: int) -> None:
    with pytest.raises(EncodeError, match="window"):
        Sender(message_of(200), window=window)
    with pytest.raises(EncodeError, match="window"):
        Receiver(window=window)


def test_a_pace_needs_time_and_an_attempt() -> None:
    for wrong in ({"ask_again_after": timedelta()}, {"attempts": 0}):
        with pytest.raises(EncodeError, match="pace"):
            Pace(**wrong)


# Both ends over a bad line


@dataclass(slots=True)
class BadLine:
    """Loses, copies and delays as its list of fates says, and is perfect once that is used up.

    A fate is the delays of a segment's copies, in steps; an empty one loses it.
    """

    fates: Iterator[tuple[int, ...]]
    in_flight: list[tuple[int, int, bytes]] = field(default_factory=list)
    step: int = 0
    sent: int = 0

    def send(self, octets: list[bytes]) -> None:
        for one in octets:
            self.sent += 1
            for delay in next(self.fates, (0,)):
                self.in_flight.append((self.step + delay, self.sent, one))

    def arrivals(self) -> list[bytes]:
        due = sorted(entry for entry in self.in_flight if entry[0] <= self.step)
        self.in_flight = [entry for entry in self.in_flight if entry[0] > self.step]
        self.step += 1
        return [octets for _, _, octets in due]

    @property
    def is_empty(self) -> bool:
        return not self.in_flight


FATE = st.lists(st.integers(0, 6), max_size=3).map(tuple)
FATES = st.lists(FATE, max_size=150)


@given(
    FATES,
    FATES,
    st.integers(80, 400),
    st.integers(8, 60),
    st.integers(1, 63),
    st.integers(1, 63),
)
@settings(max_examples=150)
def test_the_message_arrives_once_and_whole_over_any_line_that_heals(
    down: list[tuple[int, ...]],
    up: list[tuple[int, ...]],
    size: int,
    data_size: int,
    window: int,
    own_window: int,
) -> None:
    octets = message_of(size)
    pace = replace(PACE, attempts=400)
    sender = Sender(octets, data_size=data_size, window=window, pace=pace)
    receiver = Receiver(window=own_window, pace=pace)
    to_receiver, to_sender = BadLine(iter(down)), BadLine(iter(up))
    delivered = []
    now = START
    to_receiver.send(sender.start(now))
    for _ in range(3000):
        for arrived in to_receiver.arrivals():
            reception = receiver.receive(parse_segment(arrived), now)
            to_sender.send(list(reception.answers))
            delivered += [reception.message] if reception.message is not None else []
        for arrived in to_sender.arrivals():
            to_receiver.send(sender.receive(parse_segment(arrived), now))
        if sender.progress is Progress.DONE and to_receiver.is_empty and to_sender.is_empty:
            break
        if to_receiver.is_empty and to_sender.is_empty:
            deadlines = [d for d in (sender.deadline, receiver.deadline) if d is not None]
            now = max(now, min(deadlines))
            to_receiver.send(sender.poll(now))
            to_sender.send(list(receiver.poll(now).answers))
    assert delivered == [octets]
    assert sender.progress is Progress.DONE
    assert receiver.octets_held == 0
    assert to_receiver.sent < 3000  # no storm of copies answering copies
