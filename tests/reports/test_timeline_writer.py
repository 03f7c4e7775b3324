"""The timeline is written as it happens and shows what was altered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assay.verdicts import Verdict
from fixtures.timeline import GENESIS, Timeline

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Register:
    name: str
    value: Decimal


def lines(timeline: Timeline) -> Sequence[str]:
    return timeline.path.read_text(encoding="utf-8").splitlines()


def test_each_entry_is_on_disk_as_soon_as_it_is_added(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path / "1")
    timeline.add(NOON, "supply", "stimulus", "230 V, 50 Hz", {"volts": Decimal("230.0")})

    (line,) = lines(timeline)
    assert json.loads(line) == {
        "at": "2026-03-01T12:00:00.000000Z",
        "lane": "supply",
        "kind": "stimulus",
        "title": "230 V, 50 Hz",
        "detail": {"volts": "230.0"},
        "attachment": None,
        "attachment_sha256": None,
        "previous": GENESIS,
    }


def test_each_line_carries_the_hash_of_the_line_before(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path)
    for number in range(3):
        timeline.add(NOON + timedelta(seconds=number), "wan", "gbcs", f"message {number}")

    first, second, third = lines(timeline)
    assert json.loads(second)["previous"] == hashlib.sha256(first.encode()).hexdigest()
    assert json.loads(third)["previous"] == hashlib.sha256(second.encode()).hexdigest()


def test_an_attachment_is_numbered_by_its_line_and_hashed(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path)
    timeline.add(NOON, "step", "step", "When the register is read")
    entry = timeline.add(NOON, "user", "duis-request", "6.11", attachment=("6.11 ask.xml", b"<a/>"))

    assert entry.attachment == "002-6.11-ask.xml"
    assert (tmp_path / "002-6.11-ask.xml").read_bytes() == b"<a/>"
    assert entry.attachment_sha256 == hashlib.sha256(b"<a/>").hexdigest()


def test_an_attachment_cannot_leave_the_folder(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path / "attempt")
    timeline.add(NOON, "han", "gbcs", "frame", attachment=("../../x/frame.hex", b"00"))

    assert [path.name for path in tmp_path.iterdir()] == ["attempt"]
    assert (tmp_path / "attempt" / "001-x-frame.hex").read_bytes() == b"00"


def test_bench_time_of_another_zone_is_written_in_utc(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path)
    timeline.add(NOON.astimezone(timezone(timedelta(hours=1))), "clock", "advance", "3 min")

    assert json.loads(lines(timeline)[0])["at"] == "2026-03-01T12:00:00.000000Z"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (b"\xdf\x09", "df09"),
        (Decimal("12.340"), "12.340"),
        (NOON, "2026-03-01T12:00:00.000000Z"),
        (timedelta(minutes=3), "180 s"),
        (Register("import", Decimal("1.5")), {"name": "import", "value": "1.5"}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Verdict.NOT_RUN, Verdict.NOT_RUN.value),  # an IntEnum is a number to JSON
        ([Path("a/b")], ["a/b"]),
    ],
)
def test_values_of_the_bench_can_be_said(tmp_path: Path, said: object, written: Any) -> None:
    timeline = Timeline(tmp_path)
    timeline.add(NOON, "device", "measurement", "value", {"it": said})

    assert json.loads(lines(timeline)[0])["detail"]["it"] == written


def test_what_cannot_be_said_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    timeline = Timeline(tmp_path)
    with pytest.raises(TypeError, match="a timeline cannot say a object"):
        timeline.add(NOON, "device", "measurement", "value", object())

    assert lines(timeline) == []
    assert timeline.entries == ()


@pytest.mark.parametrize(
    ("at", "lane", "title", "message"),
    [
        (datetime(2026, 3, 1, 12), "wan", "naive", "needs a zone"),
        (NOON, "moon", "unknown lane", "lane 'moon'"),
        (NOON, "wan", "two\nlines", "one line"),
        (NOON, "wan", "", "one line"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(
    tmp_path: Path, at: datetime, lane: Any, title: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Timeline(tmp_path).add(at, lane, "gbcs", title)


def test_the_folder_of_an_attempt_is_written_once(tmp_path: Path) -> None:
    Timeline(tmp_path)
    with pytest.raises(FileExistsError):
        Timeline(tmp_path)
