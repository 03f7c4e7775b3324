"""Block transfer: one segment octet for octet, and whole messages over a bad line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.block_transfer import (
    Pace,
    Progress,
    Receiver,
    RemoteTransferError,
    Sender,
)
from assay.gbcs.envelope import Cra, Message, OtherInformation, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.segments import (
    MAX_DATA_SIZE,
    MAX_SEGMENTS,
    MAX_TRANSFER_SIZE,
    Routing,
    Segment,
    is_segment,
    parse_segment,
    split,
)

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
START = datetime(2026, 3, 1, tzinfo=UTC)
PACE = Pace(ask_again_after=timedelta(seconds=30), attempts=10)


def message_of(size: int, *, counter: int = 1000) -> bytes:
    """A MACed response of `size` octets, or one less where a length grows by an octet just there.

    (The longest of the national set has 3,986.)
    """
    message = Message(
        cra=Cra.RESPONSE,
        counter=counter,
        originator=METER,
        recipient=SUPPLIER,
        other=OtherInformation(message_code=0x0033),
        payload=b"",
        mac=bytes(12),
    )
    for payload in range(size - len(message.to_octets()), 0, -1):
        octets = replace(message, payload=bytes(i % 251 for i in range(payload))).to_octets()
        if len(octets) <= size:
            return octets
    raise ValueError(f"no message of {size} octets")


def segments_of(octets: bytes, data_size: int = 10) -> list[Segment]:
    return list(split(octets, data_size=data_size))


def answers_in(octets: tuple[bytes, ...]) -> list[tuple[int, int]]:
    """(acknowledged, window) of each answer."""
    return [(s.acknowledged, s.window) for s in map(parse_segment, octets)]


# One segment


def test_a_segment_is_laid_out_as_published() -> None:
    segment = Segment(
        routing=Routing(
            cra=Cra.RESPONSE,
            counter=1000,
            originator=METER,
            recipient=SUPPLIER,
            message_code=0x0033,
        ),
        number=2,
        acknowledged=1,
        is_last=True,
        is_streaming=True,
        window=5,
        data=b"\xaa\xbb",
    )
    assert segment.to_octets().hex() == (
        "dd09"
        "02"
        "00000000000003e8"
        "08"
        "00db1234567890a0"
        "08"
        "90b3d51f30010000"
        "00"
        "02"
        "0033"
        "00"
        "0e"
        "0000000000"
        "e0"
        "c5"
        "0002"
        "0001"
        "02aabb"
    )


@given(
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFF),
    st.booleans(),
    st.booleans(),
    st.integers(0, 63),
    st.binary(max_size=MAX_DATA_SIZE),
    st.integers(0, 255),
)
def test_every_segment_reads_back(
    number: int,
    acknowledged: int,
    is_last: bool,
    is_streaming: bool,
    window: int,
    data: bytes,
    security: int,
) -> None:
    routing = Routing.of(parse(message_of(200)))
    segment = Segment(
        routing=routing,
        number=number,
        acknowledged=acknowledged,
        is_last=is_last,
        is_streaming=is_streaming,
        window=window,
        data=data,
        security=security,
    )
    octets = segment.to_octets()
    assert is_segment(octets)
    assert parse_segment(octets) == segment
    assert parse_segment(octets).is_acknowledgement is (data == b"")


@pytest.mark.parametrize(
    ("offset", "field"),
    [
        (0, "tag"),
        (2, "CRA"),
        (11, "length of originator"),
        (20, "length of recipient"),
        (29, "date-time and length of other-information"),
        (33, "key-info"),
        (36, "invocation counter"),
        (40, "block tag"),
    ],
)
def test_each_fixed_octet_is_checked_by_name(offset: int, field: str) -> None:
    octets = bytearray(segments_of(message_of(200))[0].to_octets())
    octets[offset] ^= 0x70
    with pytest.raises(RemoteGbcsError) as refused:
        parse_segment(bytes(octets))
    assert refused.value.field == field


def test_cut_and_longer_segments_are_refused() -> None:
    octets = segments_of(message_of(200))[0].to_octets()
    for wrong in (*(octets[:size] for size in range(len(octets))), octets + b"\x00"):
        with pytest.raises(RemoteGbcsError):
            parse_segment(wrong)


def test_more_than_1149_octets_of_data_are_refused_both_ways() -> None:
    segment = segments_of(message_of(MAX_DATA_SIZE), MAX_DATA_SIZE)[0]
    with pytest.raises(EncodeError, match="1149"):
        replace(segment, data=bytes(MAX_DATA_SIZE + 1)).to_octets()
    octets = segment.to_octets()
    size = int.from_bytes(octets[35:37], "big")
    longer = octets[:35] + (size + 1).to_bytes(2, "big") + octets[37:48]
    with pytest.raises(RemoteLengthError):
        parse_segment(longer + (MAX_DATA_SIZE + 1).to_bytes(2, "big") + octets[50:] + b"\x00")


# Splitting


@pytest.mark.parametrize(
    ("size", "count"),
    [(MAX_DATA_SIZE, 1), (MAX_DATA_SIZE + 1, 2), (3986, 4), (MAX_TRANSFER_SIZE, MAX_SEGMENTS)],
)
def test_a_message_is_cut_into_the_fewest_segments(size: int, count: int) -> None:
    octets = message_of(size)
    segments = split(octets)
    assert len(octets) == size
    assert [s.number for s in segments] == list(range(1, count + 1))
    assert [s.is_last for s in segments] == [False] * (count - 1) + [True]
    assert all(len(s.data) == MAX_DATA_SIZE for s in segments[:-1])


def test_a_message_beyond_63_segments_is_our_fault() -> None:
    with pytest.raises(EncodeError, match="63 segments"):
        split(message_of(MAX_TRANSFER_SIZE + 1))


def test_octets_that_are_no_message_are_not_split() -> None:
    with pytest.raises(RemoteGbcsError):
        split(bytes(3000))


# Receiving


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
