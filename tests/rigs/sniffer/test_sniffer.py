"""Three kinds of sniffers hear the same; what they lose or garble is found and blames the bench."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities.radio import CapturedFrame, Channel, Sniffer
from rigs.capture import files, link_types, pcap, serial_text
from rigs.capture.findings import Check
from rigs.capture.pipeline import replay
from rigs.drivers.sniffer import SnifferDriver
from rigs.drivers.sniffer.clock_offset import ClockOffset
from rigs.virtual.faults import DroppedConnection, Fault, GarbledAnswer, LateAnswer, NoAnswer
from rigs.virtual.sniffer import PcapStreamServer, TextSniffer, ZepSniffer
from rigs.virtual.sniffer.ear import Ear
from tests.rigs.capture import scenes
from tests.rigs.capture.scenes import CHANNEL, KEYS, NOON
from tests.rigs.sniffer.waiting import wait_for


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """What an ether gives to an antenna."""

    at: datetime
    octets: bytes
    channel: Channel = CHANNEL
    strength_dbm: float = -60.2
    link_quality: int = 200


Make = Callable[[SimulatedClock, LoopThread], Ear]
_KINDS: dict[str, Make] = {
    "pcap": PcapStreamServer,
    "zep": ZepSniffer,
    "zephyr": TextSniffer,
    "nordic": lambda clock, thread: TextSniffer(
        clock, thread, dialect=serial_text.NORDIC, started_us=(1 << 32) - 30_000
    ),
}


@dataclass(slots=True)
class Bench:
    ear: Ear
    driver: SnifferDriver
    loop_thread: LoopThread

    def start(self) -> None:
        """The peer has taken the driver's channel when it is heard."""
        self.driver.start(CHANNEL)
        started = OnAir(at=NOON, octets=scenes.clean()[1].octets)
        heard: list[CapturedFrame] = []

        def hears() -> bool:
            self.loop_thread.run(lambda: self.ear.hear(started))
            heard.extend(self.driver.frames())
            return bool(heard)

        wait_for(hears)
        self.settle()

    def settle(self) -> None:
        """Until nothing of the start is on its way any more."""

        while True:
            time.sleep(0.02)
            if not list(self.driver.frames()):
                return

    def say(self, frames: list[CapturedFrame]) -> None:
        for frame in frames:
            heard = OnAir(at=frame.at + timedelta(seconds=1), octets=frame.octets)
            self.loop_thread.run(lambda heard=heard: self.ear.hear(heard))  # type: ignore[misc]

    def hear(self, count: int) -> list[CapturedFrame]:
        heard: list[CapturedFrame] = []

        def all_here() -> bool:
            heard.extend(self.driver.frames())
            return len(heard) >= count

        wait_for(all_here)
        return heard


@pytest.fixture(params=_KINDS, ids=list(_KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bench(
    kind: str, clock: SimulatedClock, loop_thread: LoopThread, tmp_path: Path
) -> Iterator[Bench]:
    with _KINDS[kind](clock, loop_thread) as ear:
        driver = SnifferDriver(
            ear.resource, clock, folder=tmp_path, keys=lambda: KEYS, shares_clock=True
        )
        yield Bench(ear, driver, loop_thread)
        driver.safe()


def test_every_sniffer_is_one(bench: Bench) -> None:
    assert isinstance(bench.driver, Sniffer)


def test_what_is_on_the_air_is_heard_and_stored(bench: Bench) -> None:
    bench.start()
    sent = scenes.clean()
    bench.say(sent)
    heard = bench.hear(len(sent))
    assert [frame.octets for frame in heard] == [frame.octets for frame in sent]
    spans = [frame.at - heard[0].at for frame in heard]
    assert spans == [frame.at - sent[0].at for frame in sent]
    assert all(frame.is_intact and frame.channel == CHANNEL for frame in heard)

    stored = bench.driver.stop()
    again = files.read(stored.frames)
    assert list(again.frames[-len(heard) :]) == heard
    assert stored.gaps == 0
    report = replay(again.frames, files.keys_beside(stored.frames))
    assert report.findings == ()
    assert [entry.use_case for entry in report.entries if entry.use_case] == [
        "ECS70",
        "ECS70",
        "ECS22a",
    ]


def test_a_lost_frame_is_found(bench: Bench) -> None:
    """By the sniffer's own numbers where it has any, else by the sender's frame counter."""
    bench.start()
    sent = scenes.clean()
    bench.ear.inject(Fault(effect=NoAnswer(), spares=8))
    bench.say(sent)
    bench.hear(len(sent) - 1)
    stored = bench.driver.stop()
    found = {one.check for one in replay(files.read(stored.frames).frames, KEYS).findings}
    assert found & {Check.SNIFFER_GAP, Check.MISSING_FRAME}


def test_a_garbled_message_of_the_sniffer_never_passes_for_a_frame(bench: Bench) -> None:
    bench.start()
    sent = scenes.clean()
    bench.ear.inject(Fault(effect=GarbledAnswer(), spares=4))
    bench.say(sent)
    try:
        bench.hear(len(sent) - 1)
        stored = bench.driver.stop()
    except BenchLost:  # a stream cannot be picked up again, datagrams and lines can
        return
    assert stored.gaps == 1
    found = {one.check for one in replay(files.read(stored.frames).frames, KEYS).findings}
    assert Check.SNIFFER_GAP in found


def test_frames_that_come_late_keep_their_stamp(bench: Bench) -> None:
    bench.start()
    sent = scenes.clean()[:4]
    bench.ear.inject(Fault(effect=LateAnswer(delay_s=0.05), spares=1))
    bench.say(sent)
    heard = bench.hear(len(sent))
    assert sorted(frame.at for frame in heard) != [frame.at for frame in heard]
    assert {frame.octets for frame in heard} == {frame.octets for frame in sent}


@pytest.mark.parametrize("kind", ["pcap", "zephyr"])
def test_a_cable_that_is_pulled_loses_the_bench_and_keeps_what_was_heard(
    bench: Bench, tmp_path: Path
) -> None:
    bench.start()
    sent = scenes.clean()[:4]
    bench.say(sent)
    bench.hear(len(sent))
    bench.ear.inject(Fault(effect=DroppedConnection()))
    bench.say(sent[:1])

    def is_lost() -> bool:
        try:
            list(bench.driver.frames())
        except BenchLost:
            return True
        return False

    wait_for(is_lost)
    with pytest.raises(BenchLost, match="stored as"):
        bench.driver.stop()
    stored = files.read(tmp_path / "sniffer-1.pcapng")
    assert [frame.octets for frame in stored.frames[-4:]] == [frame.octets for frame in sent]


def test_it_can_be_started_again(bench: Bench) -> None:
    bench.start()
    first = bench.driver.stop()
    bench.start()
    assert bench.driver.stop().frames != first.frames


def test_a_sniffer_that_was_not_started_has_no_capture(bench: Bench) -> None:
    with pytest.raises(BenchFault, match="started"):
        bench.driver.stop()
    with pytest.raises(BenchFault, match="started"):
        list(bench.driver.frames())


def test_safe_stops_and_stores_and_never_raises(bench: Bench, tmp_path: Path) -> None:
    bench.driver.safe()
    bench.start()
    bench.driver.safe()
    assert (tmp_path / "sniffer-1.pcapng").is_file()
    bench.start()  # the address is free again


@pytest.mark.parametrize(
    "address", ["pcap+tcp://127.0.0.1:1", "pcap+fifo:/nowhere", "text:/dev/nowhere", "pcap+run:/no"]
)
def test_nothing_there_is_a_lost_bench(address: str, clock: SimulatedClock, tmp_path: Path) -> None:
    with pytest.raises(BenchLost, match="cannot be opened"):
        SnifferDriver(address, clock, folder=tmp_path).start(CHANNEL)


@pytest.mark.parametrize("address", ["", "pcap+tcp://host", "usb:1", "text:COM", "zep://"])
def test_an_address_that_is_none_is_refused(
    address: str, clock: SimulatedClock, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="address of a sniffer"):
        SnifferDriver(address, clock, folder=tmp_path).start(CHANNEL)


def _capture() -> bytes:
    head = pcap.classic_head(link_types.WITHOUT_FCS)
    return head + b"".join(pcap.classic_packet(frame.at, frame.octets) for frame in scenes.clean())


def test_a_fifo_into_which_a_tool_writes_is_heard(clock: SimulatedClock, tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    driver = SnifferDriver(f"pcap+fifo:{path}", clock, folder=tmp_path)
    driver.start(CHANNEL)
    with path.open("wb") as tool:
        tool.write(_capture())
        tool.flush()
        heard: list[CapturedFrame] = []

        def all_here() -> bool:
            heard.extend(driver.frames())
            return len(heard) == len(scenes.clean())

        wait_for(all_here)
        driver.stop()
    assert [frame.octets for frame in heard] == [frame.octets for frame in scenes.clean()]


def test_the_output_of_a_tool_is_heard_until_it_ends(clock: SimulatedClock, tmp_path: Path) -> None:
    capture = tmp_path / "tool.pcap"
    capture.write_bytes(_capture())
    script = tmp_path / "tool.py"
    script.write_text(
        "import pathlib, sys\n"
        "assert sys.argv[2:] == ['15'], sys.argv\n"
        "sys.stdout.buffer.write(pathlib.Path(sys.argv[1]).read_bytes())\n"
    )
    command = f"pcap+run:{sys.executable} {script} {capture} {{channel}}"
    driver = SnifferDriver(command, clock, folder=tmp_path)
    driver.start(CHANNEL)
    heard: list[CapturedFrame] = []

    def has_ended() -> bool:
        try:
            heard.extend(driver.frames())
        except BenchLost:
            return True
        return False

    wait_for(has_ended)
    with suppress(BenchLost):
        driver.stop()
    stored = files.read(tmp_path / "sniffer-1.pcapng")
    assert [frame.octets for frame in stored.frames] == [frame.octets for frame in scenes.clean()]


def test_a_sniffer_on_another_channel_is_a_fault_of_the_bench(
    clock: SimulatedClock, loop_thread: LoopThread, tmp_path: Path
) -> None:
    with PcapStreamServer(clock, loop_thread) as ear:
        driver = SnifferDriver(ear.resource, clock, folder=tmp_path)
        driver.start(Channel(number=20))

        def is_noticed() -> bool:
            loop_thread.run(lambda: ear.hear(OnAir(at=NOON, octets=b"\x02\x00\x01")))
            try:
                list(driver.frames())
            except BenchFault:
                return True
            return False

        wait_for(is_noticed)
        driver.safe()


def test_the_least_delay_is_the_offset_and_its_change_is_drift() -> None:
    offset = ClockOffset()
    for number in range(200):
        stamped = NOON + timedelta(seconds=number)
        delay = timedelta(milliseconds=3 + number % 7, microseconds=100 * number)
        offset.add(stamped, stamped + timedelta(seconds=2) + delay)
    assert offset.offset == timedelta(seconds=2, milliseconds=3)
    assert timedelta(milliseconds=14) < offset.drift < timedelta(milliseconds=16)


def test_a_clock_that_drifts_is_a_fault_of_the_bench(
    clock: SimulatedClock, loop_thread: LoopThread, tmp_path: Path
) -> None:
    """The bench's clock stands still, the sniffer's runs away by a millisecond a frame."""
    with PcapStreamServer(clock, loop_thread) as ear:
        driver = SnifferDriver(ear.resource, clock, folder=tmp_path)
        bench = Bench(ear, driver, loop_thread)
        bench.start()
        frame = scenes.clean()[1]
        for number in range(150):
            heard = OnAir(at=NOON - timedelta(milliseconds=number), octets=frame.octets)
            loop_thread.run(lambda heard=heard: ear.hear(heard))  # type: ignore[misc]
        bench.hear(150)
        with pytest.raises(BenchFault, match="drift"):
            driver.stop()
