"""What is stored is what was heard, for us and for others; every input format says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.capabilities.radio import CapturedFrame
from rigs.capture import files, link_types, pcap, serial_text, zep
from rigs.capture.keys import KeyRing
from rigs.capture.link_types import Heard
from rigs.capture.pcap import Record, RecordReader
from rigs.capture.pipeline import replay
from rigs.capture.serial_text import NORDIC, ZEPHYR, Line, RadioClock
from rigs.zigbee import fcs
from rigs.zigbee.errors import RemoteRadioError
from tests.rigs.capture import scenes
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY
from tests.rigs.zigbee.witness import MALFORMED, fields, numbers

times = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)
psdus = st.binary(min_size=1, max_size=125)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    frames = scenes.sniffer_gap()
    frames[3] = replace(frames[3], is_intact=False)
    stored = scenes.store(tmp_path / "run.pcapng", frames)
    again = files.read(stored.frames)
    assert list(again.frames) == frames
    assert again.clock_offset == stored.clock_offset == scenes.OFFSET
    assert (stored.count, stored.gaps) == (len(frames), 1)
    assert not again.is_cut_off
    assert files.keys_beside(stored.frames) == scenes.KEYS


def test_the_capture_itself_holds_no_key(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.clean())
    octets = stored.frames.read_bytes()
    assert LINK_KEY not in octets and NETWORK_KEY not in octets
    assert LINK_KEY.hex(":") in stored.keys.read_text()


def test_an_outsider_reads_the_stored_capture_to_the_use_cases(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.clean())
    code = "gbcs_message.grouping_header.message_code"
    rows = fields(stored.frames, [NETWORK_KEY], [LINK_KEY], code, "wpan.fcs_ok", "wpan-tap.ch_num")
    assert not any(MALFORMED in row for row in rows)
    assert {tuple(row["wpan.fcs_ok"]) for row in rows} == {("1",)}
    assert {tuple(numbers(row, "wpan-tap.ch_num")) for row in rows} == {(15,)}
    ours = [
        entry.use_case for entry in replay(scenes.clean(), scenes.KEYS).entries if entry.use_case
    ]
    assert len([row for row in rows if code in row]) == len(ours)


@pytest.mark.parametrize("chunk", [1, 7, 100_000])
@pytest.mark.parametrize("is_ng", [True, False])
def test_a_stream_survives_any_chunking(chunk: int, is_ng: bool) -> None:
    frames = scenes.clean()
    if is_ng:
        wire = pcap.section(link_type=link_types.TAP)
        wire += b"".join(pcap.packet(files.record_of(frame)) for frame in frames)
    else:
        wire = pcap.classic_head(link_types.WITH_FCS)
        wire += b"".join(
            pcap.classic_packet(frame.at, fcs.append(frame.octets)) for frame in frames
        )
    reader = RecordReader()
    pieces = [wire[start : start + chunk] for start in range(0, len(wire), chunk)]
    read = [files.frame_of(record) for piece in pieces for record in reader.feed(piece)]
    assert [frame.octets for frame in read if frame] == [frame.octets for frame in frames]
    assert [frame.at for frame in read if frame] == [frame.at for frame in frames]
    assert reader.is_between_records


@given(st.binary(max_size=200))
def test_a_stream_of_garbage_is_the_peers_fault(octets: bytes) -> None:
    for head in (b"", pcap.section(link_type=link_types.TAP), pcap.classic_head(195)):
        try:
            for record in RecordReader().feed(head + octets):
                files.frame_of(record)
        except RemoteRadioError as error:
            assert error.field


@given(
    psdus,
    st.booleans(),
    st.none() | st.integers(-120, 20),
    st.none() | st.integers(0, 255),
    st.none() | st.tuples(st.integers(0, 100), st.integers(0, 31)),
)
def test_a_tap_record_survives(
    octets: bytes,
    is_intact: bool,
    strength: int | None,
    quality: int | None,
    channel: tuple[int, int] | None,
) -> None:
    heard = Heard(
        octets=octets,
        is_intact=is_intact,
        strength_dbm=strength,
        link_quality=quality,
        channel=None if channel is None else channel[0],
        page=None if channel is None else channel[1],
    )
    assert link_types.read(link_types.TAP, link_types.tap_record(heard)) == heard


@given(times, psdus, st.integers(0, 0xFFFFFFFF), st.none() | st.integers(0, 255))
def test_a_zep_datagram_survives(
    at: datetime, frame: bytes, sequence: int, quality: int | None
) -> None:
    datagram = zep.Datagram(
        channel=15, device=3, at=at, sequence=sequence, frame=frame, link_quality=quality
    )
    assert zep.parse(datagram.to_octets()) == datagram


@given(st.binary(max_size=60))
def test_garbage_is_no_zep(octets: bytes) -> None:
    for candidate in (octets, b"EX\x02\x01" + octets):
        try:
            zep.parse(candidate)
        except RemoteRadioError as error:
            assert error.field


def test_zep_in_a_capture_of_the_ethernet_is_read() -> None:
    datagram = zep.Datagram(
        channel=15, device=3, at=scenes.NOON, sequence=1, frame=fcs.append(b"\x02\x00\x07")
    ).to_octets()
    udp = b"\x45\x5a\x45\x5a" + (8 + len(datagram)).to_bytes(2, "big") + bytes(2) + datagram
    ip = b"\x45\x00" + (20 + len(udp)).to_bytes(2, "big") + bytes(5) + b"\x11" + bytes(10)
    record = bytes(12) + b"\x08\x00" + ip + udp
    heard = link_types.read(link_types.ETHERNET, record)
    assert heard is not None
    assert (heard.octets, heard.channel) == (b"\x02\x00\x07", 15)
    assert link_types.read(link_types.ETHERNET, bytes(60)) is None


@pytest.mark.parametrize("dialect", [NORDIC, ZEPHYR], ids=lambda one: one.word)
@given(octets=psdus, strength=st.integers(-110, 0), stamp=st.integers(0, (1 << 64) - 1))
def test_a_line_of_text_survives(
    dialect: serial_text.Dialect, octets: bytes, strength: int, stamp: int
) -> None:
    line = Line(
        octets=octets,
        strength_dbm=strength,
        link_quality=200,
        stamp_us=stamp % (1 << dialect.stamp_bits),
        stamp_bits=dialect.stamp_bits,
    )
    assert serial_text.parse(serial_text.text(dialect, line) + "\r\n") == line


def test_a_garbled_frame_line_is_told_from_chatter() -> None:
    assert serial_text.parse("uart:~$ receive") is None
    with pytest.raises(RemoteRadioError, match="line"):
        serial_text.parse("received: 0200 power: -6# lqi: 200 time: 5")


def test_the_radios_clock_wraps_and_time_goes_on() -> None:
    clock = RadioClock()

    def line(stamp: int) -> Line:
        return Line(octets=b"\0", strength_dbm=0, link_quality=0, stamp_us=stamp, stamp_bits=32)

    top = (1 << 32) - 500
    assert clock.time_of(line(top), scenes.NOON) == scenes.NOON
    later = scenes.NOON + timedelta(seconds=9)  # when a line arrives counts for the first only
    assert clock.time_of(line(500), later) == scenes.NOON + timedelta(microseconds=1000)
    assert clock.time_of(line(100), later) == scenes.NOON + timedelta(microseconds=600)


def test_the_keys_are_those_of_wireshark() -> None:
    text = scenes.KEYS.to_text()
    assert text.startswith('"d4:a1:90:7c:3b:e2:5f:66:88:01:4c:9d:d3:5e:7a:20","Normal","nwk"\n')
    assert KeyRing.from_text(text) == scenes.KEYS
    reverse = KeyRing.from_text(f'"{NETWORK_KEY[::-1].hex()}","Reverse","nwk"')
    assert reverse.keys[0].key == NETWORK_KEY


@pytest.mark.parametrize("line", ["10:11", '"10:11","Normal","nwk"', '"zz","Normal","nwk"'])
def test_a_line_that_is_no_key_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"bench\.keys:2"):
        KeyRing.from_text(f"# keys\n{line}", "bench.keys")


def test_a_file_that_was_cut_off_says_so(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.clean())
    octets = stored.frames.read_bytes()
    stored.frames.write_bytes(octets[:-5])
    again = files.read(stored.frames)
    assert again.is_cut_off
    assert len(again.frames) == stored.count - 1


@given(times)
def test_a_record_keeps_its_microsecond(at: datetime) -> None:
    record = Record(at=at, link_type=195, octets=b"\x01\x02\x03", lost_before=2)
    wire = pcap.section(link_type=195) + pcap.packet(record)
    assert list(RecordReader().feed(wire)) == [record]


def test_a_frame_of_an_unknown_channel_stays_so() -> None:
    frame = CapturedFrame(at=scenes.NOON, octets=b"\x02\0\1", channel=files.UNKNOWN_CHANNEL)
    assert files.frame_of(files.record_of(frame)) == frame
