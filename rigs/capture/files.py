"""A capture on disk: pcapng of link type 283, its keys in a file of their own beside it.

Read back, it gives the frames that were written, with channel, strength, damage and losses; so
that a replay sees what was seen live. Other tools' captures are read as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rigs.capabilities.radio import CapturedFrame, CaptureFile, Channel
from rigs.capture import link_types, pcap
from rigs.capture.keys import KeyRing
from rigs.capture.link_types import TAP, Heard
from rigs.capture.pcap import Record, RecordReader
from rigs.zigbee.errors import RemoteRadioError

KEYS_SUFFIX = ".keys"
UNKNOWN_CHANNEL = Channel(page=0, number=0)
_CHUNK = 1 << 16
_APPLICATION = "assay"


def frame_of(record: Record, channel: Channel = UNKNOWN_CHANNEL) -> CapturedFrame | None:
    """The frame of a record; `channel` stands for what the link type does not tell.

    None for other traffic; RemoteRadioError for a record that is none of its link type.
    """
    heard = link_types.read(record.link_type, record.octets)
    if heard is None:
        return None
    told = None if heard.channel is None else Channel(page=heard.page or 0, number=heard.channel)
    return CapturedFrame(
        at=record.at,
        octets=heard.octets,
        channel=told or channel,
        is_intact=heard.is_intact,
        strength_dbm=heard.strength_dbm,
        link_quality=heard.link_quality,
        lost_before=record.lost_before,
    )


def record_of(frame: CapturedFrame) -> Record:
    """As it is stored."""
    is_told = frame.channel != UNKNOWN_CHANNEL
    heard = Heard(
        octets=frame.octets,
        is_intact=frame.is_intact,
        channel=frame.channel.number if is_told else None,
        page=frame.channel.page if is_told else None,
        strength_dbm=frame.strength_dbm,
        link_quality=frame.link_quality,
    )
    return Record(
        at=frame.at,
        link_type=TAP,
        octets=link_types.tap_record(heard),
        lost_before=frame.lost_before,
    )


def write(
    path: Path,
    frames: Iterable[CapturedFrame],
    keys: KeyRing,
    *,
    clock_offset: timedelta = timedelta(0),
    sniffer: str = "",
) -> CaptureFile:
    """Store a capture. `clock_offset` is bench clock minus sniffer clock."""
    about = {
        "application": _APPLICATION,
        "sniffer": sniffer,
        "clock_offset_us": clock_offset // timedelta(microseconds=1),
    }
    count = gaps = 0
    with path.open("wb") as stream:
        stream.write(pcap.section(json.dumps(about), link_type=TAP, name=sniffer or "radio"))
        for frame in frames:
            stream.write(pcap.packet(record_of(frame)))
            count += 1
            gaps += bool(frame.lost_before)
    keys_path = path.with_suffix(KEYS_SUFFIX)
    keys_path.write_text(keys.to_text(), "utf-8")
    return CaptureFile(
        frames=path, keys=keys_path, count=count, gaps=gaps, clock_offset=clock_offset
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCapture:
    """What a capture file holds. `is_cut_off` where it ends in the middle of a record."""

    frames: tuple[CapturedFrame, ...]
    clock_offset: timedelta
    is_cut_off: bool
    skipped: int


def read(path: Path) -> StoredCapture:
    """Any pcap or pcapng whose link type holds 802.15.4 frames.

    Raises:
        RemoteRadioError: another kind of file, or a record that is none of its link type.
    """
    reader = RecordReader()
    frames: list[CapturedFrame] = []
    skipped = 0
    for record in _records(path, reader):
        frame = frame_of(record)
        if frame is None:
            skipped += 1
        else:
            frames.append(frame)
    return StoredCapture(
        frames=tuple(frames),
        clock_offset=_offset(reader.comments),
        is_cut_off=not reader.is_between_records,
        skipped=skipped,
    )


def _records(path: Path, reader: RecordReader) -> Iterator[Record]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield from reader.feed(chunk)
    if not reader.is_recognised:
        raise RemoteRadioError("capture", "pcap or pcapng", "nothing of either")


def _offset(comments: list[str]) -> timedelta:
    for comment in comments:
        try:
            about = json.loads(comment)
        except ValueError:
            continue
        if isinstance(about, dict) and about.get("application") == _APPLICATION:
            return timedelta(microseconds=int(about.get("clock_offset_us", 0)))
    return timedelta(0)


def keys_beside(path: Path) -> KeyRing:
    """The keys in the file beside a capture; none where there is no such file."""
    beside = path.with_suffix(KEYS_SUFFIX)
    return KeyRing.read(beside) if beside.is_file() else KeyRing()
