"""A message of more than a transfer holds travels in segments of block transfer, each in blocks."""

from __future__ import annotations

from assay.gbcs import segments
from rigs.capture.findings import Check
from rigs.capture.pipeline import replay
from rigs.zigbee.gbcs_tunnel import Put
from tests.rigs.capture import scenes
from tests.rigs.capture.scenes import KEYS
from tests.rigs.zigbee import messages
from tests.rigs.zigbee.air import hub, meter

MESSAGE = messages.long_answer(rows=100)


def _segments() -> list[list[bytes]]:
    esi, device = hub(), meter()
    pieces = segments.split(MESSAGE)
    assert len(pieces) == 3
    return [
        device.tunnel(esi, 7, Put(message=piece.to_octets()), is_to_client=True) for piece in pieces
    ]


def test_the_last_segment_completes_the_message() -> None:
    report = replay(scenes.heard([block for piece in _segments() for block in piece]), KEYS)
    assert report.findings == ()
    told = [entry for entry in report.entries if entry.message is not None]
    assert [(entry.message, entry.use_case) for entry in told] == [(MESSAGE, "ECS22a")]
    assert told[0].title == "PUT, segment 3 ECS22a response"


def test_a_segment_that_was_not_heard_is_told() -> None:
    first, _, last = _segments()
    report = replay(scenes.heard([*first, *last]), KEYS)
    assert Check.MISSING_FRAGMENT in {one.check for one in report.findings}
    assert all(entry.message is None for entry in report.entries)
