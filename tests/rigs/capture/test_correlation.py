"""What was heard on the air is what the DCC sent and what the device answered, or it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rigs.capture.correlation import Passed, correlate
from rigs.capture.findings import Check
from rigs.capture.pipeline import replay
from rigs.capture.timeline import Entry
from tests.rigs.capture import scenes
from tests.rigs.zigbee import messages
from tests.rigs.zigbee.messages import METER

BEFORE = scenes.NOON - timedelta(milliseconds=200)
ON_AIR = frozenset((METER,))


def _entries() -> tuple[Entry, ...]:
    return replay(scenes.clean(), scenes.KEYS).entries


def _passed() -> list[Passed]:
    ups = [messages.clock_set(), messages.long_answer()]
    return [
        Passed(octets=messages.set_clock(), at=BEFORE, is_down=True, witness="DCC"),
        *(Passed(octets=one, at=BEFORE, is_down=False, witness="DCC") for one in ups),
        *(Passed(octets=one, at=BEFORE, is_down=False, witness="device") for one in ups),
    ]


def test_each_message_finds_all_its_witnesses() -> None:
    result = correlate(_entries(), _passed(), on_air=ON_AIR)
    assert result.findings == ()
    assert [(match.use_case, match.witness) for match in result.matches] == [
        ("ECS70", "DCC"),
        ("ECS70", "DCC"),
        ("ECS70", "device"),
        ("ECS22a", "DCC"),
        ("ECS22a", "device"),
    ]
    assert all(match.delay > timedelta(milliseconds=200) for match in result.matches)


def test_a_message_that_nobody_sent_is_told() -> None:
    result = correlate(_entries(), _passed()[1:], on_air=ON_AIR)
    (finding,) = result.findings
    assert finding.check is Check.ONLY_ON_AIR
    assert "ECS70 command" in finding.detail


def test_a_message_that_was_not_heard_is_told_once() -> None:
    entries = [entry for entry in _entries() if entry.use_case != "ECS22a"]
    result = correlate(entries, _passed(), on_air=ON_AIR)
    (finding,) = result.findings
    assert finding.check is Check.NOT_ON_AIR
    assert "DCC" in finding.detail


def test_a_changed_octet_is_another_message() -> None:
    entries = [
        replace(entry, message=entry.message[:-1] + b"\xee") if entry.message else entry
        for entry in _entries()
    ]
    result = correlate(entries, _passed(), on_air=ON_AIR)
    assert {one.check for one in result.findings} == {Check.ONLY_ON_AIR, Check.NOT_ON_AIR}


def test_what_the_hub_keeps_to_itself_is_not_expected_on_the_air() -> None:
    result = correlate((), _passed(), on_air=frozenset())
    assert result.findings == ()
