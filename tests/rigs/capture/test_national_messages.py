"""The national messages over the air: our decode and an outside dissector's tell the same codes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from assay.gbcs.envelope import parse
from rigs.capabilities.radio import CapturedFrame
from rigs.capture.pipeline import replay
from rigs.zigbee.gbcs_tunnel import Put
from rigs.zigbee.smart_energy.tunneling import MAX_TRANSFER_SIZE
from tests.rigs.capture import scenes
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY, hub, meter
from tests.rigs.zigbee.witness import MALFORMED, fields, numbers

CODE = "gbcs_message.grouping_header.message_code"
EVERY = 4  # of the messages: enough of each kind, and quick


def _messages(shared: Path) -> list[bytes]:
    """Those that go over the air: no pre-commands, which are between user and DCC."""
    paths = sorted((shared / "rtds" / "messages").glob("*/*.HEX"))[::EVERY]
    found = [bytes.fromhex("".join(path.read_text().split())) for path in paths]
    return [one for one in found if len(one) < MAX_TRANSFER_SIZE and not parse(one).is_pre_command]


def _on_air(messages: list[bytes]) -> list[CapturedFrame]:
    """A second between two messages, as their APS counters come round."""
    esi, device = hub(), meter()
    frames: list[CapturedFrame] = []
    for number, message in enumerate(messages):
        blocks = esi.tunnel(device, 7, Put(message=message))
        start = timedelta(seconds=number)
        frames += [
            CapturedFrame(
                at=frame.at + start,
                octets=frame.octets,
                channel=frame.channel,
                strength_dbm=frame.strength_dbm,
            )
            for frame in scenes.heard(blocks)
        ]
    return frames


def test_every_message_is_typed_and_told_alike(shared: Path, tmp_path: Path) -> None:
    messages = _messages(shared)
    frames = _on_air(messages)
    report = replay(frames, scenes.KEYS)
    assert report.findings == ()
    assert [entry.message for entry in report.entries if entry.message is not None] == messages

    stored = scenes.store(tmp_path / "run.pcapng", frames)
    rows = fields(stored.frames, [NETWORK_KEY], [LINK_KEY], CODE)
    theirs = [numbers(row, CODE)[-1] for row in rows if CODE in row]
    assert theirs == [parse(message).message_code for message in messages]
    malformed = [number for number, row in enumerate(rows) if MALFORMED in row]
    assert malformed == []
