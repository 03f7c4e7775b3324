"""A long message arrives once and whole, or both sides know that it did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.zigbee.aps import ApsFrame, Fragment, FragmentKind
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.fragments import Pace, Progress, Receiver, Sender, split

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FRAME = ApsFrame(
    destination_endpoint=1, source_endpoint=2, cluster=0x0704, profile=0x0109, counter=9
)
PEER = 0x4A2B


def _long(size: int) -> ApsFrame:
    return replace(FRAME, payload=bytes(index % 251 for index in range(size)))


class _Exchange:
    """A sender and a receiver over a link that loses what `losses` says, then nothing more."""

    def __init__(self, frame: ApsFrame, pace: Pace, losses: list[bool]) -> None:
        self.sender = Sender(frame, block_size=40, pace=pace)
        self.receiver = Receiver(pace)
        self.losses = losses
        self.messages: list[ApsFrame] = []
        self.now = NOON
        self.sent = 0

    def _arrives(self) -> bool:
        return not (self.losses and self.losses.pop(0))

    def run(self) -> None:
        burst = self.sender.start(self.now)
        while burst or self.sender.progress is Progress.SENDING:
            burst = self._answer(burst)
            if not burst and self.sender.deadline is not None:
                self.now = self.sender.deadline
                burst = self.sender.poll(self.now)

    def _answer(self, burst: list[ApsFrame]) -> list[ApsFrame]:
        acks = []
        for block in burst:
            self.sent += 1
            if self._arrives():
                came = self.receiver.receive(PEER, block, self.now)
                self.messages += [came.message] if came.message is not None else []
                acks += [came.ack] if came.ack is not None and self._arrives() else []
        return [block for ack in acks for block in self.sender.receive(ack, self.now)]


@given(st.integers(1, 600), st.integers(1, 8))
def test_without_loss_each_block_is_sent_once(size: int, window: int) -> None:
    frame = replace(_long(size), ack_request=True)
    exchange = _Exchange(frame, Pace(window=window), [])
    exchange.run()
    assert exchange.sender.progress is Progress.DELIVERED
    assert exchange.messages == [frame]
    assert exchange.sent == len(split(frame, 40))


@given(st.integers(41, 400), st.integers(1, 8), st.lists(st.booleans(), max_size=25))
def test_with_losses_it_comes_once_or_the_sender_gives_up(
    size: int, window: int, losses: list[bool]
) -> None:
    frame = replace(_long(size), ack_request=True)
    exchange = _Exchange(frame, Pace(window=window, retries=3), losses)
    exchange.run()
    assert exchange.messages in ([], [frame])
    if exchange.sender.progress is Progress.DELIVERED:
        assert exchange.messages == [frame]


def test_a_dead_link_is_given_up_after_the_retries() -> None:
    exchange = _Exchange(_long(100), Pace(retries=3), [True] * 50)
    exchange.run()
    assert exchange.sender.progress is Progress.FAILED
    assert exchange.sent == 4
    assert exchange.now - NOON == timedelta(seconds=1.6) * 4


def test_the_first_block_says_how_many_and_the_rest_which() -> None:
    blocks = split(_long(100), 40)
    assert [block.extended for block in blocks] == [
        Fragment(kind=FragmentKind.FIRST, block=3),
        Fragment(kind=FragmentKind.REST, block=1),
        Fragment(kind=FragmentKind.REST, block=2),
    ]
    assert all(block.ack_request for block in blocks)


def test_a_copy_of_a_message_is_acknowledged_and_not_given_again() -> None:
    receiver = Receiver()
    frame = replace(_long(10), ack_request=True)
    assert receiver.receive(PEER, frame, NOON).message == frame
    again = receiver.receive(PEER, frame, NOON + timedelta(seconds=1))
    assert again.message is None
    assert again.ack is not None


def test_the_same_counter_of_another_sender_is_another_message() -> None:
    receiver = Receiver()
    assert receiver.receive(PEER, _long(10), NOON).message is not None
    assert receiver.receive(PEER + 1, _long(10), NOON).message is not None


def test_a_counter_may_come_again_when_the_old_message_is_forgotten() -> None:
    receiver = Receiver()
    assert receiver.receive(PEER, _long(10), NOON).message is not None
    assert receiver.receive(PEER, _long(10), NOON + timedelta(seconds=7)).message is not None


def test_a_message_that_stays_incomplete_is_forgotten_and_counted() -> None:
    receiver = Receiver()
    receiver.receive(PEER, split(_long(100), 40)[0], NOON)
    assert receiver.poll(NOON + timedelta(seconds=6)) == 0
    assert receiver.poll(NOON + timedelta(seconds=7)) == 1


@pytest.mark.parametrize(
    "fragment",
    [
        Fragment(kind=FragmentKind.FIRST, block=0),
        Fragment(kind=FragmentKind.FIRST, block=4),
        Fragment(kind=FragmentKind.REST, block=0),
        Fragment(kind=FragmentKind.REST, block=3),
    ],
    ids=["none", "another number", "the first as another", "one too many"],
)
def test_a_block_that_contradicts_the_others_is_the_peers_fault(fragment: Fragment) -> None:
    receiver = Receiver()
    first, second, _ = split(_long(100), 40)
    receiver.receive(PEER, first, NOON)
    with pytest.raises(RemoteRadioError, match="block"):
        receiver.receive(PEER, replace(second, extended=fragment), NOON)


def test_a_message_of_too_many_blocks_is_refused() -> None:
    with pytest.raises(ValueError, match="255"):
        split(_long(256), 1)
