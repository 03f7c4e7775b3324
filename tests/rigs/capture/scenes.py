"""Captures with one thing wrong, and one with nothing wrong; as frames, and as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rigs.capabilities.radio import Band, CapturedFrame, CaptureFile, Channel
from rigs.capture import files
from rigs.capture.keys import KeyRing
from rigs.zigbee import mac
from rigs.zigbee.airtime import airtime
from rigs.zigbee.gbcs_tunnel import Put
from rigs.zigbee.smart_energy.clusters import Cluster
from tests.rigs.zigbee import messages
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY, OTHER_KEY, Station, hub, meter

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHANNEL = Channel(number=15)
SUB_GHZ = Channel(page=28, number=3)
KEYS = KeyRing.of([NETWORK_KEY], {meter().eui: LINK_KEY})
OFFSET = timedelta(microseconds=-1500)


def heard(
    octets: Iterable[bytes], *, channel: Channel = CHANNEL, spacing: timedelta | None = None
) -> list[CapturedFrame]:
    """Frames 10 ms apart, each acknowledged, as a sniffer gives them."""
    step = spacing or timedelta(milliseconds=10)
    frames: list[CapturedFrame] = []
    for number, frame in enumerate(octets):
        at = NOON + number * step
        ack = mac.build(mac.ack(frame[2]))
        common = {"channel": channel, "strength_dbm": -60, "link_quality": 200}
        frames.append(CapturedFrame(at=at, octets=frame, **common))  # type: ignore[arg-type]
        after = at + timedelta(milliseconds=4)
        frames.append(CapturedFrame(at=after, octets=ack, **common))  # type: ignore[arg-type]
    return frames


def conversation(esi: Station, device: Station) -> list[bytes]:
    """A tunnel, a command and its answer, and a long answer in blocks."""
    return [
        *esi.request_tunnel(device),
        *device.accept_tunnel(esi, 7),
        *esi.tunnel(device, 7, Put(message=messages.set_clock())),
        *device.tunnel(esi, 7, Put(message=messages.clock_set()), is_to_client=True),
        *device.tunnel(esi, 7, Put(message=messages.long_answer()), is_to_client=True),
    ]


def clean() -> list[CapturedFrame]:
    return heard(conversation(hub(), meter()))


def wrong_link_key() -> list[CapturedFrame]:
    """The meter answers under a key that the bench never agreed on."""
    device = meter()
    device.link_key = OTHER_KEY
    return heard(conversation(hub(), device))


def missing_frame() -> list[CapturedFrame]:
    """The meter's acceptance of the tunnel and its acknowledgement were not heard; later there is
    a frame of the meter, whose counter says so."""
    esi, device = hub(), meter()
    first = device.nwk_frame(esi, b"\x40\x00\x00\x00\x00\x00\x00\x01")
    frames = heard([first, *conversation(esi, device)])
    return [*frames[:4], *frames[6:]]


def replayed_frame() -> list[CapturedFrame]:
    """Ten seconds after the end somebody sends the meter's tunnel response once more."""
    frames = clean()
    again = replace(frames[2], at=frames[-1].at + timedelta(seconds=10))
    return [*frames, again]


def outside_the_tunnel() -> list[CapturedFrame]:
    """A GBCS message in the messaging cluster."""
    esi, device = hub(), meter()
    stray = esi.application(Cluster.MESSAGING, b"\x01\x01\x00" + messages.set_clock()[:60])
    return heard([*conversation(esi, device), esi.aps_frame(device, stray)])


def without_link_key() -> list[CapturedFrame]:
    esi, device = hub(), meter()
    frame = device.application(Cluster.METERING, b"\x00\x01\x00\x00\x00")
    return heard([*conversation(esi, device), device.aps_frame(esi, frame, has_link_key=False)])


def without_network_key() -> list[CapturedFrame]:
    esi, device = hub(), meter()
    bare = device.nwk_frame(esi, b"\x40\x00\x00\x00\x00\x00\x00\x01", is_secured=False)
    return heard([*conversation(esi, device), bare])


def missing_fragment() -> list[CapturedFrame]:
    """A block of the long answer: the sender's counter and the blocks both say so."""
    frames = clean()
    return [*frames[:-6], *frames[-4:]]


def busy(seconds_of_airtime: int) -> list[CapturedFrame]:
    """One station at 868 MHz that talks for so long, within half an hour."""
    esi, device = hub(), meter()
    payload = esi.application(Cluster.METERING, bytes((0x08, 1, 0x0A)) + bytes(60))
    span = airtime(len(esi.aps_frame(device, payload)), Band.SUB_GHZ)
    count = timedelta(seconds=seconds_of_airtime) // span
    octets = [esi.aps_frame(device, payload) for _ in range(count)]
    return heard(octets, channel=SUB_GHZ, spacing=timedelta(minutes=30) / count)


def sniffer_gap() -> list[CapturedFrame]:
    frames = clean()
    frames[8] = replace(frames[8], lost_before=3)
    return frames


def store(path: Path, frames: Iterable[CapturedFrame], keys: KeyRing = KEYS) -> CaptureFile:
    return files.write(path, frames, keys, clock_offset=OFFSET, sniffer="on the bench")
