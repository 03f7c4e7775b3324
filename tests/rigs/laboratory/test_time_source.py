"""Time from outside: the offset is found within half the round trip, and no bad time is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.clock import LoopThread, SimulatedClock, WallClock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import TimeSource
from rigs.drivers.time_source import SntpSource
from rigs.drivers.time_source.packet import (
    NtpPacket,
    RemoteTimeError,
    from_timestamp,
    to_timestamp,
)
from rigs.virtual.faults import Effect, Fault, GarbledAnswer, LateAnswer, NoAnswer
from rigs.virtual.time_server import VirtualTimeServer

TIMEOUT_S = 0.2
AHEAD = timedelta(milliseconds=1234)


@pytest.fixture
def server(clock: SimulatedClock, loop_thread: LoopThread) -> Iterator[VirtualTimeServer]:
    with VirtualTimeServer(clock, loop_thread, ahead=AHEAD) as opened:
        yield opened


@pytest.fixture
def source(server: VirtualTimeServer, clock: SimulatedClock) -> SntpSource:
    return SntpSource(server.resource, clock, timeout_s=TIMEOUT_S)


def test_a_bench_that_is_behind_has_a_negative_offset(source: SntpSource) -> None:
    assert isinstance(source, TimeSource)
    measured = source.measure_offset()
    assert measured.offset == -AHEAD
    assert measured.uncertainty == timedelta(0)  # simulated time stands still on the way
    assert "GPS" in measured.source


def test_the_offset_lies_within_its_uncertainty_in_wall_time(loop_thread: LoopThread) -> None:
    clock = WallClock(loop_thread)
    with VirtualTimeServer(clock, loop_thread, ahead=-AHEAD) as server:
        measured = SntpSource(server.resource, clock, timeout_s=2).measure_offset()
    assert measured.uncertainty > timedelta(0)
    assert abs(measured.offset - AHEAD) <= measured.uncertainty + timedelta(microseconds=2)


def test_a_server_says_what_it_lives_on(source: SntpSource) -> None:
    assert source.identify().serial == "GPS"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda server: setattr(server, "leap", 3), "not synchronised"),
        (lambda server: setattr(server, "stratum", 16), "not synchronised"),
    ],
    ids=["leap", "stratum"],
)
def test_a_server_without_time_of_its_own_is_refused(
    spoil: Callable[[VirtualTimeServer], None],
    problem: str,
    server: VirtualTimeServer,
    source: SntpSource,
) -> None:
    spoil(server)
    with pytest.raises(BenchFault, match=problem):
        source.measure_offset()


def test_a_refusal_is_told_with_its_letters(server: VirtualTimeServer, source: SntpSource) -> None:
    server.stratum, server.reference = 0, b"RATE"
    with pytest.raises(BenchFault, match="RATE"):
        source.measure_offset()


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (NoAnswer(), BenchLost),
        (LateAnswer(delay_s=2 * TIMEOUT_S), BenchLost),
        (GarbledAnswer(), BenchFault),
    ],
    ids=["none", "late", "garbled"],
)
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes(
    effect: Effect, error: type[BenchFault], server: VirtualTimeServer, source: SntpSource
) -> None:
    server.inject(Fault(effect=effect))
    with pytest.raises(error, match="expected"):
        source.measure_offset()
    assert source.measure_offset().offset == -AHEAD


def test_an_answer_to_another_question_is_no_answer(
    server: VirtualTimeServer, source: SntpSource
) -> None:
    server.inject(Fault(effect=GarbledAnswer(octets=NtpPacket(mode=4, stratum=1).to_bytes())))
    with pytest.raises(BenchFault, match="to another"):
        source.measure_offset()


def test_nobody_there_is_a_lost_bench(clock: SimulatedClock, loop_thread: LoopThread) -> None:
    with VirtualTimeServer(clock, loop_thread) as server:
        address = server.resource
    with pytest.raises(BenchLost, match="expected the time"):
        SntpSource(address, clock, timeout_s=TIMEOUT_S).measure_offset()


def test_a_driver_refuses_the_loop_thread(source: SntpSource) -> None:
    async def ask() -> None:
        source.measure_offset()

    with pytest.raises(ValueError, match="event-loop"):
        asyncio.run(ask())


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
    ),
    st.timedeltas(min_value=-timedelta(days=20_000), max_value=timedelta(days=20_000)),
)
def test_a_moment_survives_the_wire_across_the_eras(at: datetime, error: timedelta) -> None:
    assert from_timestamp(to_timestamp(at), near=at + error) == at


@settings(deadline=None)
@given(st.binary(max_size=47))
def test_a_short_packet_is_none(octets: bytes) -> None:
    with pytest.raises(RemoteTimeError):
        NtpPacket.from_bytes(octets)
