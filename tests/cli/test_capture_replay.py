"""`assay capture replay`: the timeline and the findings of a stored capture, and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assay.cli import app
from assay.verdicts import PlanError
from rigs.capabilities.radio import CapturedFrame
from rigs.capture.keys import KeyRing
from rigs.capture.pipeline import Pipeline
from tests.rigs.capture import scenes
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY, OTHER_KEY

Scene = Callable[[], list[CapturedFrame]]


def _replay(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["capture", "replay", *arguments])


def test_a_clean_capture_ends_with_0_and_names_the_use_cases(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.clean())
    result = _replay(str(stored.frames))
    assert result.exit_code == 0
    assert "PUT ECS70 command" in result.stdout
    assert "PUT ECS22a response" in result.stdout
    assert result.stdout.splitlines()[-1] == f"{stored.count} frames, 0 findings"


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (scenes.wrong_link_key, ["closed"]),
        (scenes.missing_frame, ["missing-frame"]),
        (scenes.replayed_frame, ["nwk-replay", "aps-replay"]),
        (scenes.outside_the_tunnel, ["outside-tunnel"]),
        (scenes.sniffer_gap, ["sniffer-gap"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_wrong_is_flagged_and_ends_with_1(
    scene: Scene, expected: list[str], tmp_path: Path
) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scene())
    result = _replay(str(stored.frames), "--json")
    assert result.exit_code == 1
    assert [one["check"] for one in json.loads(result.stdout)["findings"]] == expected


def test_a_breach_of_the_duty_cycle_is_flagged(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.busy(4))
    assert _replay(str(stored.frames)).exit_code == 0
    result = _replay(str(stored.frames), "--duty-cycle", "0.1")
    assert result.exit_code == 1
    assert "duty cycle above the limit: 0000" in result.stdout


def test_a_file_of_wrong_keys_is_flagged(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.clean())
    keys = tmp_path / "other"
    keys.write_text(KeyRing.of([NETWORK_KEY], [OTHER_KEY]).to_text())
    result = _replay(str(stored.frames), "--keys", str(keys))
    assert result.exit_code == 1
    assert "opens with no known key" in result.stdout


def test_the_replay_is_the_live_timeline(tmp_path: Path) -> None:
    frames = scenes.replayed_frame()
    live = Pipeline(scenes.KEYS, scenes.OFFSET)
    entries = [live.feed(frame).to_json() for frame in frames]
    told = [str(one) for one in live.finish()]
    stored = scenes.store(tmp_path / "run.pcapng", frames)
    form = json.loads(_replay(str(stored.frames), "--json").stdout)
    assert form["entries"] == entries
    assert len(form["findings"]) == len(told)
    assert form["clock_offset_us"] == -1500


def test_no_key_is_printed(tmp_path: Path) -> None:
    stored = scenes.store(tmp_path / "run.pcapng", scenes.clean())
    for extra in ((), ("--json",)):
        text = _replay(str(stored.frames), *extra).output.lower()
        assert NETWORK_KEY.hex() not in text
        assert LINK_KEY.hex() not in text


@pytest.mark.parametrize(
    ("content", "arguments"),
    [
        (b"no capture at all", ()),
        (b"", ()),
        (b"\x0a\x0d", ()),
        (None, ()),
        (b"", ("--duty-cycle", "much")),
    ],
    ids=["text", "empty", "two octets", "no file", "no percentage"],
)
def test_what_cannot_be_read_is_refused(
    content: bytes | None, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "run.pcapng"
    if content is not None:
        path.write_bytes(content)
    result = _replay(str(path), *arguments)
    assert isinstance(result.exception, PlanError)
