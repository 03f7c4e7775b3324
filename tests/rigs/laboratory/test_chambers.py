"""Climate chambers: two languages drive the same air, and no fault is taken for a climate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, LimitExceeded
from rigs.capabilities import Chamber
from rigs.drivers.chamber import ClimateLimits, EspecChamber, SimservChamber
from rigs.drivers.chamber.settling import ChamberDriver
from rigs.drivers.errors import RemoteInstrumentError
from rigs.virtual.chamber import VirtualClimate, VirtualEspec, VirtualSimserv
from rigs.virtual.faults import (
    Effect,
    Fault,
    NoAnswer,
)
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.octet_server import OctetServer, TcpOctetServer
from tests.rigs.laboratory.line_faults import line_faults

TIMEOUT_S = 0.2
LIMITS = ClimateLimits(min_celsius=Decimal(-40), max_celsius=Decimal(85))
HALF = Decimal("0.5")
MINUTE = timedelta(minutes=1)


@dataclass
class Room:
    chamber: ChamberDriver
    climate: VirtualClimate
    server: OctetServer
    reading: str
    """What a fault has to look for to hit a reading."""


@contextmanager
def espec(clock: SimulatedClock, loop_thread: LoopThread) -> Iterator[Room]:
    climate = VirtualClimate(clock)
    with PtyOctetServer(VirtualEspec(climate), clock, loop_thread, baud=19200) as server:
        driver = EspecChamber(server.resource, clock, LIMITS, door_alarm=18, timeout_s=TIMEOUT_S)
        yield Room(driver, climate, server, "MON?")
        driver.close()


@contextmanager
def simserv(clock: SimulatedClock, loop_thread: LoopThread) -> Iterator[Room]:
    climate = VirtualClimate(clock)
    with TcpOctetServer(VirtualSimserv(climate), clock, loop_thread) as server:
        driver = SimservChamber(
            server.resource, clock, LIMITS, has_humidity=True, timeout_s=TIMEOUT_S
        )
        yield Room(driver, climate, server, "ACTUAL 1")
        driver.close()


Start = Callable[[SimulatedClock, LoopThread], AbstractContextManager[Room]]


@pytest.fixture(params=[espec, simserv])
def room(
    request: pytest.FixtureRequest, clock: SimulatedClock, loop_thread: LoopThread
) -> Iterator[Room]:
    start: Start = request.param
    with start(clock, loop_thread) as opened:
        yield opened


def test_a_chamber_has_the_capability(room: Room) -> None:
    assert isinstance(room.chamber, Chamber)
    assert room.chamber.identify().model


def test_the_air_settles_at_what_was_set(room: Room) -> None:
    room.chamber.set_climate(Decimal(55), Decimal(60))
    settled = room.chamber.wait_stable(HALF, 10 * MINUTE, 60 * MINUTE)
    assert abs(settled.temperature - 55) <= HALF
    assert settled.humidity is not None
    assert abs(settled.humidity - 60) <= 3


def test_a_ramp_takes_the_time_that_its_rate_says(room: Room, clock: SimulatedClock) -> None:
    began = clock.now()
    room.chamber.set_climate(Decimal(53), kelvin_per_minute=Decimal(1))
    clock.advance(15 * MINUTE)
    assert abs(room.chamber.read().temperature - 37) <= 1  # 23 + 15, a lag of one minute behind
    room.chamber.wait_stable(HALF, timedelta(0), 60 * MINUTE)
    assert 30 * MINUTE <= clock.now() - began <= 33 * MINUTE


def test_a_set_point_outside_the_benchs_limits_is_never_sent(room: Room) -> None:
    with pytest.raises(LimitExceeded, match="outside -40 to 85"):
        room.chamber.set_climate(Decimal(86))
    assert room.climate.set_temperature == 23


def test_a_chamber_that_does_not_settle_is_the_benchs_fault(
    room: Room, loop_thread: LoopThread
) -> None:
    room.chamber.set_climate(Decimal(-20))
    loop_thread.run(lambda: room.climate.door(True))
    with pytest.raises(BenchFault, match=r"-20 .* door open"):
        room.chamber.wait_stable(HALF, MINUTE, 30 * MINUTE)


def test_an_open_door_starts_the_holding_time_anew(room: Room, clock: SimulatedClock) -> None:
    room.chamber.set_climate(Decimal(23))
    began = clock.now()
    clock.call_later(4 * MINUTE, lambda: room.climate.door(True))
    clock.call_later(5 * MINUTE, lambda: room.climate.door(False))
    room.chamber.wait_stable(HALF, 5 * MINUTE, 60 * MINUTE)
    assert clock.now() - began >= 10 * MINUTE


def test_a_latched_alarm_stops_whoever_reads(room: Room, loop_thread: LoopThread) -> None:
    room.chamber.set_climate(Decimal(40))
    loop_thread.run(lambda: room.climate.latch("7"))
    with pytest.raises(BenchFault, match=r"alarm of the chamber: (number )?7"):
        room.chamber.wait_stable(HALF, MINUTE, 30 * MINUTE)


def test_safe_stops_the_conditioning(room: Room) -> None:
    room.chamber.set_climate(Decimal(40))
    assert room.climate.is_on
    room.chamber.safe()
    assert not room.climate.is_on


@line_faults(late_s=1.5 * TIMEOUT_S)
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes(
    room: Room, effect: Effect, error: type[BenchFault]
) -> None:
    before = room.chamber.read().temperature
    room.server.inject(Fault(effect=effect, containing=room.reading))
    with pytest.raises(error, match="expected"):
        room.chamber.read()
    assert room.chamber.read().temperature == before


def test_safe_never_raises_on_a_dead_line(room: Room) -> None:
    room.chamber.open()
    room.server.inject(Fault(effect=NoAnswer(), times=None))
    room.chamber.safe()


def test_a_refused_command_says_which(clock: SimulatedClock, loop_thread: LoopThread) -> None:
    climate = VirtualClimate(clock)
    cold = VirtualEspec(climate, low=Decimal(-10))
    with TcpOctetServer(cold, clock, loop_thread) as server:
        driver = EspecChamber(server.resource, clock, LIMITS, timeout_s=TIMEOUT_S)
        with pytest.raises(RemoteInstrumentError, match="OUT OF RANGE"):
            driver.set_climate(Decimal(-30))
        driver.close()


def test_simserv_octets_are_those_of_its_description(clock: SimulatedClock) -> None:
    peer = VirtualSimserv(VirtualClimate(clock))
    unread = bytearray(
        b"11001\xb61\xb61\xb640.0\r11004\xb61\xb61\r4711\xb61\r11001\xb61\xb69\xb61\r"
    )
    assert [peer.answer(each) for each in peer.requests(unread)] == [
        b"1\r\n",
        b"1\xb623.00\r\n",
        b"-5\r\n",
        b"-6\r\n",
    ]


def test_the_air_follows_its_set_point_late_and_never_beyond(clock: SimulatedClock) -> None:
    climate = VirtualClimate(clock)
    climate.ask_for(temperature=Decimal(63), kelvin_per_minute=Decimal(2))
    climate.switch(True)
    seen = []
    for _ in range(40):
        clock.advance(MINUTE)
        seen.append(climate.temperature())
    assert seen == sorted(seen)
    assert seen[9] == pytest.approx(Decimal(41), abs=Decimal("0.01"))  # 23 + 20 - 2 K per lag
    assert Decimal("62.99") < seen[-1] <= 63
