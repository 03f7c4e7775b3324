"""ASH at the stick's end: the reference's octets, loss, noise and silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.virtual.ncp.ash import (
    FIRST_WAIT_S,
    MAX_SILENCES,
    AshLink,
    Event,
    HostReset,
    LinkState,
    Payload,
    reset_octets,
)
from rigs.virtual.ncp.ash_frames import (
    DATA,
    RESERVED,
    AshReader,
    data_control,
    frame_octets,
    whiten,
)


def octets(text: str) -> bytes:
    return bytes.fromhex(text)


def connected() -> AshLink:
    link = AshLink()
    assert list(link.feed(reset_octets(), 0.0)) == [HostReset()]
    link.output()
    return link


def data(number: int, payload: bytes, *, next_expected: int = 0, again: bool = False) -> bytes:
    return frame_octets(data_control(number, next_expected, again=again), whiten(payload))


def test_the_reset_is_the_references() -> None:
    assert reset_octets() == bytes((0x1A,)) * 32 + octets("C0 38 BC 7E")


@pytest.mark.parametrize("chunk", [1, 3, 4096])
def test_the_references_dialogue_comes_out_octet_for_octet(chunk: int) -> None:
    """Reset, version in the legacy header, version in the new one (rigs digest 3.2)."""
    link = AshLink()
    answers = {
        octets("00 00 00 04"): octets("00 80 00 0D 02 30 74"),
        octets("00 00 01 00 00 0D"): octets("00 80 01 00 00 0D 02 30 74"),
    }
    steps = [
        (reset_octets(), "C1 02 0B 0A 52 7E"),
        (
            octets("00 42 21 A8 50 ED 2C 7E"),
            "81 60 59 7E 01 42 A1 A8 59 28 25 C6 AE 91 7E",
        ),
        (octets("81 60 59 7E"), ""),
        (
            # The digest prints this frame before escaping: 11 and 18 are reserved.
            octets("7D 31 42 21 A9 54 2A 7D 38 DC 7A 7E"),
            "82 50 3A 7E 12 42 A1 A9 54 2A 7D 38 B0 69 E0 09 4A 7E",
        ),
    ]
    for sent, expected in steps:
        written = b""
        for start in range(0, len(sent), chunk):
            for event in link.feed(sent[start : start + chunk], 0.0):
                written += link.output()
                if isinstance(event, Payload):
                    link.send(answers[event.octets], 0.0)
            written += link.output()
        assert written == octets(expected)


@given(st.binary(max_size=200))
def test_reserved_octets_never_travel_inside_a_frame(payload: bytes) -> None:
    wire = frame_octets(DATA, whiten(payload))
    bare = wire[:-1].replace(b"\x7d", b"")
    assert not RESERVED & set(bare)
    assert list(AshReader().feed(wire)) == [bytes((DATA,)) + whiten(payload)]


def test_a_damaged_frame_is_refused_once_and_taken_when_it_comes_again() -> None:
    link = connected()
    wire = bytearray(data(0, b"\x00\x00\x00\x04"))
    wire[1] ^= 0x01
    assert list(link.feed(bytes(wire) * 2, 0.0)) == []
    assert link.output() == frame_octets(0xA0)
    again = data(0, b"\x00\x00\x00\x04", again=True)
    assert list(link.feed(again, 0.0)) == [Payload(b"\x00\x00\x00\x04")]


def test_a_frame_that_comes_twice_is_acknowledged_and_taken_once() -> None:
    link = connected()
    assert len(list(link.feed(data(0, b"one"), 0.0))) == 1
    first = link.output()
    assert list(link.feed(data(0, b"one", again=True), 0.0)) == []
    assert link.output() == first == frame_octets(0x81)


def test_what_nobody_acknowledges_is_sent_again_and_then_the_link_has_failed() -> None:
    link = connected()
    link.send(b"callback", 0.0)
    first = link.output()
    now, repeats = 0.0, 0
    while link.state is LinkState.CONNECTED:
        assert link.deadline is not None
        now = link.deadline
        link.poll(now)
        repeats += link.state is LinkState.CONNECTED
    assert repeats == MAX_SILENCES - 1
    assert first == frame_octets(data_control(0, 0, again=False), whiten(b"callback"))
    assert link.output().endswith(frame_octets(0xC2, b"\x02\x51"))
    assert link.is_idle


def test_a_failed_link_answers_with_its_error_until_it_is_reset() -> None:
    link = connected()
    link.fail(0x51)
    link.output()
    assert list(link.feed(data(0, b"nop"), 0.0)) == []
    assert link.output() == frame_octets(0xC2, b"\x02\x51")
    assert list(link.feed(reset_octets(), 0.0)) == [HostReset()]
    assert link.state is LinkState.CONNECTED


def test_the_second_frame_waits_for_the_first_to_be_acknowledged() -> None:
    link = connected()
    link.send(b"one", 0.0)
    link.send(b"two", 0.0)
    assert len(list(AshReader().feed(link.output()))) == 1
    assert not link.is_idle
    events: list[Event] = list(link.feed(frame_octets(0x81), 0.1))
    assert events == []
    assert link.output() == frame_octets(data_control(1, 0, again=False), whiten(b"two"))
    list(link.feed(frame_octets(0x82), 0.2))
    assert link.is_idle and link.deadline is None


def test_nothing_is_sent_before_a_host_has_reset_the_link() -> None:
    link = AshLink()
    link.send(b"callback", 0.0)
    link.poll(FIRST_WAIT_S)
    assert link.output() == b"" and link.is_idle
