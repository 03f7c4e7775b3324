"""From the virtual air through a real wire into a capture: what was sent is what is decoded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from assay.clock import LoopThread, SimulatedClock
from rigs.capabilities.radio import Band, Channel
from rigs.capture import files
from rigs.capture.live import LiveCapture
from rigs.capture.pipeline import Pipeline, replay
from rigs.capture.timeline import Entry
from rigs.drivers.sniffer import SnifferDriver
from rigs.virtual.ether.bands import PLANS
from rigs.virtual.ether.ether import Ether
from rigs.virtual.sniffer import PcapStreamServer
from rigs.zigbee.airtime import MODULATIONS
from tests.rigs.capture import scenes
from tests.rigs.capture.scenes import CHANNEL, KEYS
from tests.rigs.sniffer.waiting import wait_for
from tests.rigs.zigbee.air import hub, meter

OTHER_BAND = Channel(page=28, number=3)


def test_what_was_sent_is_on_the_timeline_at_once_and_in_the_replay(
    clock: SimulatedClock, loop_thread: LoopThread, tmp_path: Path
) -> None:
    ether = Ether(clock)
    esi, elsewhere = ether.node("hub"), ether.node("neighbour")
    esi.channel, elsewhere.channel = CHANNEL, OTHER_BAND
    entries: list[Entry] = []
    with PcapStreamServer(clock, loop_thread) as ear:
        ear.channel = CHANNEL
        ether.taps.append(ear.hear)
        driver = SnifferDriver(ear.resource, clock, folder=tmp_path, shares_clock=True)
        driver.use_keys(lambda: KEYS)
        live = LiveCapture(driver, Pipeline(KEYS), lambda: KEYS, entries.append)
        driver.start(CHANNEL)
        frames = scenes.conversation(hub(), meter())

        def send(part: list[bytes]) -> None:
            for number, frame in enumerate(part):
                esi.transmit(frame, timedelta(milliseconds=10 * number))
                elsewhere.transmit(frame, timedelta(milliseconds=10 * number))

        wait_for(lambda: loop_thread.run(lambda: ear.clients) == 1)
        loop_thread.run(lambda: send(frames[:5]))
        clock.advance(timedelta(seconds=2))
        wait_for(lambda: live.look() > 0)
        assert entries[0].title == "tunneling RequestTunnel"
        loop_thread.run(lambda: send(frames[5:]))
        clock.advance(timedelta(seconds=2))
        stored, findings = live.stop()  # with the frames that nobody has looked at yet

    assert findings == ()
    assert [one.use_case for one in entries if one.use_case] == ["ECS70", "ECS70", "ECS22a"]
    again = files.read(stored.frames)
    assert replay(again.frames, files.keys_beside(stored.frames)).entries == tuple(entries)
    assert entries[0].at == scenes.NOON + PLANS[Band.GHZ_2_4].airtime(len(frames[0]))


def test_the_ether_and_the_judge_of_duty_cycles_know_the_same_airtime() -> None:
    for band, plan in PLANS.items():
        assert MODULATIONS[band].octets_before == plan.preamble_octets
        assert MODULATIONS[band].bits_per_second == plan.bits_per_second
