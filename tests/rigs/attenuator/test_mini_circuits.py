"""Mini-Circuits: models, clipping, programmes inside the instrument, HTTP and Telnet."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost, LimitExceeded, NotApplicable
from rigs.capabilities import AttenuatorRange
from rigs.drivers.attenuator import MODELS, MiniCircuitsAttenuator
from rigs.drivers.errors import RemoteInstrumentError
from rigs.virtual.attenuator import (
    AttenuatorHardware,
    HttpAttenuatorServer,
    PowerUp,
    VirtualMiniCircuits,
)
from tests.rigs.attenuator.kit import LIMITS, AttenuatorBench, Paths
from tests.rigs.attenuator.kit import http as http_bench

SECOND = timedelta(seconds=1)
MODEL = "RCDAT-8000-90"


@pytest.fixture
def bench(
    loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> Iterator[AttenuatorBench]:
    with http_bench(loop_thread, clock, paths) as built:
        yield built


def served(
    loop_thread: LoopThread, clock: SimulatedClock, hardware: AttenuatorHardware, model: str
) -> HttpAttenuatorServer:
    return HttpAttenuatorServer(VirtualMiniCircuits(hardware, model=model), clock, loop_thread)


def test_an_unknown_model_is_refused(loop_thread: LoopThread, clock: SimulatedClock) -> None:
    hardware = AttenuatorHardware(clock, LIMITS)
    with served(loop_thread, clock, hardware, "RCDAT-1-2") as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock)
        with pytest.raises(BenchFault, match="RCDAT-1-2"):
            driver.set_attenuation(Decimal(10))


def test_another_serial_number_is_refused(loop_thread: LoopThread, clock: SimulatedClock) -> None:
    hardware = AttenuatorHardware(clock, LIMITS)
    with served(loop_thread, clock, hardware, MODEL) as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock, serial="77")
        with pytest.raises(BenchFault, match="expected serial number 77"):
            driver.set_attenuation(Decimal(10))


def test_clipped_raises(loop_thread: LoopThread, clock: SimulatedClock, paths: Paths) -> None:
    """It says 90 dB and goes to 60: an answer 2 must not pass for a level that was set."""
    weak = AttenuatorRange(
        minimum=Decimal(0), maximum=Decimal(60), step=Decimal("0.25"), channels=1
    )
    hardware = AttenuatorHardware(clock, weak, paths.changed)
    with served(loop_thread, clock, hardware, MODEL) as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock)
        with pytest.raises(RemoteInstrumentError, match="clipped"):
            driver.set_attenuation(Decimal(70))


def test_the_channels_of_a_four_channel_model_are_apart(
    loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> None:
    model = "RC4DAT-8G-95"
    hardware = AttenuatorHardware(clock, MODELS[model].range, paths.changed)
    with served(loop_thread, clock, hardware, model) as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock)
        for channel in (1, 2, 3, 4):
            assert driver.set_attenuation(Decimal(10 * channel), channel) == 10 * channel
        assert [driver.attenuation(channel) for channel in (1, 2, 3, 4)] == [10, 20, 30, 40]
        with pytest.raises(NotApplicable):
            driver.ramp(Decimal(0), Decimal(10), Decimal(1), SECOND, 2)


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [(10, 13, [10, 11, 12, 13, 10]), (13, 10, [13, 12, 11, 10, 13])],
    ids=["upwards", "downwards"],
)
def test_a_ramp_runs_inside_the_instrument_on_the_benchs_clock(
    bench: AttenuatorBench,
    clock: SimulatedClock,
    start: int,
    stop: int,
    expected: list[int],
) -> None:
    bench.driver.ramp(Decimal(start), Decimal(stop), Decimal(1), SECOND)
    seen = []
    for _ in expected:
        seen.append(bench.driver.attenuation())
        clock.advance(SECOND)
    assert seen == expected


def test_stop_holds_the_level_of_that_moment(bench: AttenuatorBench, clock: SimulatedClock) -> None:
    bench.driver.ramp(Decimal(10), Decimal(40), Decimal("0.5"), timedelta(milliseconds=250))
    clock.advance(SECOND)
    bench.driver.stop()
    clock.advance(60 * SECOND)
    assert bench.driver.attenuation() == 12


def test_a_level_that_is_set_ends_a_ramp(bench: AttenuatorBench, clock: SimulatedClock) -> None:
    bench.driver.ramp(Decimal(10), Decimal(40), Decimal(1), SECOND)
    bench.driver.set_attenuation(Decimal(5))
    clock.advance(60 * SECOND)
    assert bench.driver.attenuation() == 5


def test_safe_ends_a_ramp_of_a_process_that_is_gone(
    bench: AttenuatorBench, clock: SimulatedClock
) -> None:
    bench.driver.ramp(Decimal(0), Decimal(40), Decimal(1), SECOND)
    successor = MiniCircuitsAttenuator.over_http(bench.address, clock)
    successor.safe()
    clock.advance(60 * SECOND)
    assert bench.hardware.level() == LIMITS.maximum


def test_hops_may_take_any_levels_and_times(bench: AttenuatorBench, clock: SimulatedClock) -> None:
    assert isinstance(bench.driver, MiniCircuitsAttenuator)
    bench.driver.hop(
        [
            (Decimal(20), timedelta(milliseconds=1500)),
            (Decimal("61.25"), timedelta(microseconds=500)),
            (Decimal(3), 2 * SECOND),
        ]
    )
    seen = []
    for span in (0, 1.5, 0.0005, 2):
        clock.advance(timedelta(seconds=span))
        seen.append(bench.driver.attenuation())
    assert seen == [20, Decimal("61.25"), 3, 20]


def test_more_hops_than_it_holds_are_refused(bench: AttenuatorBench) -> None:
    assert isinstance(bench.driver, MiniCircuitsAttenuator)
    with pytest.raises(LimitExceeded, match="100"):
        bench.driver.hop([(Decimal(1), SECOND)] * 101)


@pytest.mark.parametrize(
    ("power_up", "expected"),
    [
        (PowerUp.LAST, Decimal(20)),
        (PowerUp.FIXED, Decimal("7.5")),
        (PowerUp.GREATEST, Decimal(90)),
    ],
)
def test_models_power_up_at_different_levels(
    clock: SimulatedClock, power_up: PowerUp, expected: Decimal
) -> None:
    hardware = AttenuatorHardware(clock, LIMITS)
    speaker = VirtualMiniCircuits(hardware, model=MODEL)
    for command in (
        f":STARTUPATT:INDICATOR:{power_up.value}",
        ":STARTUPATT:VALUE:7.5",
        ":SETATT=20",
    ):
        assert speaker.answer(command) == "1"
    hardware.power_cycle()
    assert hardware.level() == expected


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (":SETATT=12.25", "1"),
        (":setatt=12.25", "1"),
        (":SETATT=90.25", "2"),
        (":SETATT=-1", "2"),
        (":SETATT=x", "0"),
        (":SETATT=NaN", "0"),
        (":CHAN:1:SETATT:3", "0"),
        (":SWEEP:START:91", "0"),
        (":SWEEP:DIRECTION:3", "0"),
        (":HOP:POINT:7", "0"),
        ("*IDN?", "0"),
        ("", "0"),
    ],
)
def test_the_virtual_one_answers_in_numbers(
    clock: SimulatedClock, command: str, answer: str
) -> None:
    speaker = VirtualMiniCircuits(AttenuatorHardware(clock, LIMITS), model=MODEL)
    assert speaker.answer(command) == answer


def test_http_is_one_connection_for_each_command(
    loop_thread: LoopThread, clock: SimulatedClock
) -> None:
    hardware = AttenuatorHardware(clock, LIMITS)
    with served(loop_thread, clock, hardware, MODEL) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=2)
        connection.request("GET", "/:ATT?")
        with connection.getresponse() as response:
            assert response.read() == b"90.00"
            assert response.getheader("Connection") == "close"
        connection.close()


@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_http_of_another_kind_is_refused(
    loop_thread: LoopThread, clock: SimulatedClock, method: str
) -> None:
    with served(loop_thread, clock, AttenuatorHardware(clock, LIMITS), MODEL) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=2)
        connection.request(method, "/:SETATT=3")
        with connection.getresponse() as response:
            assert response.status == 400
        connection.close()


def test_nobody_there_is_a_lost_bench(clock: SimulatedClock, loop_thread: LoopThread) -> None:
    with served(loop_thread, clock, AttenuatorHardware(clock, LIMITS), MODEL) as server:
        address = server.resource
    with pytest.raises(BenchLost):
        MiniCircuitsAttenuator.over_http(address, clock).open()


def test_a_password_goes_into_no_message(clock: SimulatedClock, loop_thread: LoopThread) -> None:
    with served(loop_thread, clock, AttenuatorHardware(clock, LIMITS), MODEL) as server:
        driver = MiniCircuitsAttenuator.over_http(server.resource, clock, password="hush")
        with pytest.raises(BenchFault) as fault:
            driver.set_attenuation(Decimal(3))
    assert "hush" not in str(fault.value)


@pytest.mark.parametrize("address", ["127.0.0.1", "https://a", "http://user@host", "http://"])
def test_an_address_of_another_kind_is_our_fault(clock: SimulatedClock, address: str) -> None:
    with pytest.raises(ValueError, match="http://host"):
        MiniCircuitsAttenuator.over_http(address, clock)
