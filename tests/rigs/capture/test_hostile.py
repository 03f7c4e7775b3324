"""Whatever is on the air, under whatever keys, the pipeline goes on and says something about it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rigs.capabilities.radio import CapturedFrame
from rigs.capture.pipeline import Pipeline
from rigs.zigbee import aps
from rigs.zigbee.aps import ApsFrame, ApsKind, Fragment, FragmentKind
from rigs.zigbee.fragments import split
from rigs.zigbee.security import KeyKind
from rigs.zigbee.smart_energy.clusters import PROFILE, Cluster
from tests.rigs.capture import scenes
from tests.rigs.zigbee import messages
from tests.rigs.zigbee.air import LINK_KEY, hub, meter

octets = st.binary(max_size=80)
clusters = st.sampled_from(Cluster) | st.integers(0, 0xFFFF)


def _survives(frames: list[bytes]) -> None:
    pipeline = Pipeline(scenes.KEYS)
    for number, frame in enumerate(frames):
        at = scenes.NOON + timedelta(milliseconds=number)
        heard = CapturedFrame(at=at, octets=frame, channel=scenes.CHANNEL)
        entry = pipeline.feed(heard)
        assert entry.title and entry.to_json() and str(entry)
    for finding in pipeline.finish():
        assert str(finding)


@given(st.lists(octets, max_size=5))
def test_noise(frames: list[bytes]) -> None:
    _survives(frames)


@given(st.lists(octets, max_size=5))
def test_noise_within_the_mac_layer(payloads: list[bytes]) -> None:
    _survives([hub().mac_frame(meter(), payload) for payload in payloads])


@given(st.lists(octets, max_size=5))
def test_noise_under_the_network_key(payloads: list[bytes]) -> None:
    esi = hub()
    _survives([esi.nwk_frame(meter(), payload) for payload in payloads])


@given(st.lists(st.tuples(clusters, octets), max_size=5))
def test_noise_under_both_keys(said: list[tuple[int, bytes]]) -> None:
    esi = hub()
    _survives(
        [esi.aps_frame(meter(), esi.application(cluster, payload)) for cluster, payload in said]
    )


@given(octets, st.sampled_from([KeyKind.LINK, KeyKind.KEY_TRANSPORT, KeyKind.KEY_LOAD]))
def test_noise_in_a_key_transport(payload: bytes, kind: KeyKind) -> None:
    esi = hub()
    security = aps.link_security(1, esi.eui, kind)
    frame = ApsFrame(kind=ApsKind.COMMAND, counter=1, payload=payload, security=security)
    _survives([esi.nwk_frame(meter(), aps.build(frame, LINK_KEY), is_secured=False)])


@given(st.binary(max_size=80), st.integers(0, 232), st.integers(0, 255))
def test_noise_within_a_message(tail: bytes, place: int, octet: int) -> None:
    esi = hub()
    damaged = bytearray(messages.set_clock())
    damaged[place] = octet
    for message in (bytes(damaged), b"\xdd\x09" + tail, b"\xdf\x09" + tail, tail):
        transfer = b"\x01\x01\x02\x07\x00\x03" + message
        whole = esi.application(Cluster.TUNNELING, transfer)
        _survives([esi.aps_frame(meter(), block) for block in split(whole)])


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 5), octets), max_size=8))
def test_blocks_that_contradict_each_other(blocks: list[tuple[int, int, bytes]]) -> None:
    esi = hub()
    frames = [
        ApsFrame(
            cluster=Cluster.TUNNELING,
            profile=PROFILE,
            payload=payload,
            extended=Fragment(kind=FragmentKind(kind), block=block),
        )
        for kind, block, payload in blocks
    ]
    _survives([esi.aps_frame(meter(), frame) for frame in frames])
