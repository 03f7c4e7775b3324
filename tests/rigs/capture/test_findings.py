"""Each thing that can be wrong on the air is found under its own name, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assay.gbcs import envelope
from rigs.capabilities.radio import CapturedFrame
from rigs.capture.checks.duty_cycle import LEGAL_CAP
from rigs.capture.findings import Check
from rigs.capture.keys import KeyRing
from rigs.capture.pipeline import Settings, replay
from rigs.zigbee import mac, nwk
from rigs.zigbee.gbcs_tunnel import Put
from rigs.zigbee.smart_energy.clusters import Cluster
from rigs.zigbee.smart_energy.tunneling import CloseTunnel
from tests.rigs.capture import scenes
from tests.rigs.capture.scenes import KEYS
from tests.rigs.zigbee import messages
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY, OTHER_KEY, PAN, hub, meter

Scene = Callable[[], list[CapturedFrame]]


def _found(frames: list[CapturedFrame], keys: KeyRing = KEYS) -> set[Check]:
    return {finding.check for finding in replay(frames, keys).findings}


def test_a_clean_capture_has_no_findings() -> None:
    report = replay(scenes.clean(), KEYS)
    assert report.findings == ()
    use_cases = [entry.use_case for entry in report.entries if entry.use_case is not None]
    assert use_cases == ["ECS70", "ECS70", "ECS22a"]


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (scenes.wrong_link_key, {Check.CLOSED}),
        (scenes.missing_frame, {Check.MISSING_FRAME}),
        (scenes.replayed_frame, {Check.NWK_REPLAY, Check.APS_REPLAY}),
        (scenes.outside_the_tunnel, {Check.OUTSIDE_TUNNEL}),
        (scenes.without_link_key, {Check.UNPROTECTED}),
        (scenes.without_network_key, {Check.UNPROTECTED}),
        (scenes.missing_fragment, {Check.MISSING_FRAME, Check.MISSING_FRAGMENT}),
        (scenes.sniffer_gap, {Check.SNIFFER_GAP}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_wrong_is_found(scene: Scene, expected: set[Check]) -> None:
    assert _found(scene()) == expected


def test_the_wrong_network_key_opens_nothing_and_says_so() -> None:
    assert _found(scenes.clean(), KeyRing.of([OTHER_KEY], [LINK_KEY])) == {Check.CLOSED}


def test_without_any_key_nothing_is_expected_to_open() -> None:
    report = replay(scenes.clean(), KeyRing())
    assert report.findings == ()
    assert all(entry.use_case is None for entry in report.entries)


TENTH_OF_THE_CAP = Settings(duty_limit_percent=LEGAL_CAP / 10)
"""10.08 s of an hour: the cap itself takes 9,000 frames to reach."""


def test_above_the_duty_cycle_the_sender_is_named_once() -> None:
    (finding,) = replay(scenes.busy(11), KEYS, settings=TENTH_OF_THE_CAP).findings
    assert finding.check is Check.DUTY_CYCLE
    assert finding.subject == "0000"
    assert finding.count > 1


def test_below_the_duty_cycle_nothing_is_said() -> None:
    assert replay(scenes.busy(10), KEYS, settings=TENTH_OF_THE_CAP).findings == ()


def test_without_a_limit_of_the_bench_the_legal_cap_counts() -> None:
    assert Settings().duty_limit_percent == LEGAL_CAP == Decimal("2.8")
    assert _found(scenes.busy(11)) == set()


def test_what_was_sent_more_than_an_hour_ago_is_forgotten() -> None:
    early = scenes.busy(8)
    late = [replace(frame, at=frame.at + timedelta(minutes=91)) for frame in scenes.busy(8)]
    report = replay([*early, *late], KEYS, settings=TENTH_OF_THE_CAP)
    assert Check.DUTY_CYCLE not in {one.check for one in report.findings}


def test_at_2_4_ghz_there_is_no_duty_cycle() -> None:
    frames = [replace(frame, channel=scenes.CHANNEL) for frame in scenes.busy(11)]
    assert replay(frames, KEYS, settings=TENTH_OF_THE_CAP).findings == ()


def test_a_retry_of_the_radio_is_no_replay() -> None:
    frames = scenes.clean()
    again = replace(frames[2], at=frames[2].at + timedelta(milliseconds=3))
    assert _found([*frames[:3], again, *frames[3:]]) == set()


def test_an_aps_frame_that_somebody_sends_again_under_a_new_network_counter_is_a_replay() -> None:
    """Who holds the network key alone can do this."""
    esi, device = hub(), meter()
    frames = scenes.heard(scenes.conversation(esi, device))
    opened = nwk.open_(nwk.parse(mac.parse(frames[0].octets).payload), [NETWORK_KEY])
    late = scenes.heard([esi.nwk_frame(device, opened.payload)])
    late = [replace(frame, at=frame.at + timedelta(minutes=1)) for frame in late]
    assert _found([*frames, *late]) == {Check.APS_REPLAY}


def test_a_neighbours_network_may_keep_its_secrets() -> None:
    ours = scenes.clean()
    esi, device = hub(), meter()
    esi.network_key = device.network_key = OTHER_KEY
    theirs = [
        replace(frame, octets=_in_pan(frame.octets, PAN + 1))
        for frame in scenes.heard(scenes.conversation(esi, device))
    ]
    assert _found([*theirs, *ours]) == set()


def _in_pan(octets: bytes, pan: int) -> bytes:
    frame = mac.parse(octets)
    if frame.destination_pan is None:
        return octets
    return mac.build(replace(frame, destination_pan=pan))


def test_a_closed_tunnel_carries_nothing() -> None:
    esi, device = hub(), meter()
    frames = [
        *scenes.conversation(esi, device),
        esi.aps_frame(device, esi.command(Cluster.TUNNELING, CloseTunnel(tunnel=7))),
        *esi.tunnel(device, 7, Put(message=messages.set_clock(counter=9))),
    ]
    assert _found(scenes.heard(frames)) == {Check.OUTSIDE_TUNNEL}


def test_a_tunnel_of_another_protocol_carries_no_gbcs() -> None:
    esi, device = hub(), meter()
    frames = [
        *esi.request_tunnel(device, protocol=1),
        *device.accept_tunnel(esi, 2),
        *esi.tunnel(device, 2, Put(message=messages.set_clock())),
    ]
    assert _found(scenes.heard(frames)) == {Check.OUTSIDE_TUNNEL}


def test_an_unsigned_pre_command_has_no_business_on_the_air() -> None:
    esi, device = hub(), meter()
    signed = envelope.parse(messages.set_clock())
    bare = replace(signed, signature=None, mac=None).to_octets()
    frames = scenes.heard(esi.tunnel(device, 7, Put(message=bare)))
    (finding,) = replay(frames, KEYS).findings
    assert (finding.check, "pre-command" in finding.detail) == (Check.MALFORMED, True)


def test_a_frame_that_arrived_damaged_is_on_the_timeline_and_hides_a_counter() -> None:
    frames = scenes.clean()
    frames[6] = replace(frames[6], is_intact=False)
    report = replay(frames, KEYS)
    assert report.entries[6].title.startswith("damaged")
    assert Check.MISSING_FRAME in {one.check for one in report.findings}
