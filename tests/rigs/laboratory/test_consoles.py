"""Serial lines of a meter: octets as they are, heads that hear themselves, speeds that change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import MeterConsole
from rigs.drivers.console import OpticalPort, SerialConsole
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.octet_line import SerialSettings
from rigs.virtual.console import OpticalMeterServer, VirtualConsole, VirtualOpticalMeter
from rigs.virtual.faults import (
    Effect,
    Fault,
    GarbledAnswer,
)
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.octet_server import TcpOctetServer
from tests.rigs.laboratory.line_faults import line_faults

TIMEOUT_S = 0.3
SOON = timedelta(seconds=TIMEOUT_S)
PROMPT = b"> "
REGISTERS = {"1-0:1.8.0*255": lambda: "001234.567*kWh", "0-0:96.1.0*255": lambda: "METER-1"}


@contextmanager
def optical(
    clock: SimulatedClock,
    loop_thread: LoopThread,
    *,
    echoes: bool = False,
    settings: SerialSettings | None = None,
) -> Iterator[tuple[OpticalPort, OpticalMeterServer]]:
    meter = VirtualOpticalMeter(REGISTERS)
    with OpticalMeterServer(meter, clock, loop_thread, echoes=echoes) as server:
        port = OpticalPort(
            server.resource, clock, echo=echoes, timeout_s=TIMEOUT_S, settings=settings
        )
        yield port, server
        port.close()


@pytest.mark.parametrize("server_type", [PtyOctetServer, TcpOctetServer])
def test_a_console_answers_up_to_its_prompt(
    server_type: type[PtyOctetServer | TcpOctetServer],
    clock: SimulatedClock,
    loop_thread: LoopThread,
) -> None:
    peer = VirtualConsole({"version": lambda: "1.2.3"})
    with server_type(peer, clock, loop_thread) as server:
        console = SerialConsole(server.resource, clock, timeout_s=TIMEOUT_S)
        assert isinstance(console, MeterConsole)
        console.send(b"version\r")
        assert console.read_until(PROMPT, SOON) == b"1.2.3\r\n> "
        console.safe()


def test_what_does_not_come_in_time_is_lost_and_told(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with PtyOctetServer(VirtualConsole({}), clock, loop_thread) as server:
        console = SerialConsole(server.resource, clock, timeout_s=TIMEOUT_S)
        console.send(b"?\r")
        with pytest.raises(BenchLost, match="unknown command"):
            console.read_until(b"login:", SOON)
        console.close()


@pytest.mark.parametrize("echoes", [False, True])
def test_a_meter_signs_on_and_is_read_out_at_its_own_speed(
    echoes: bool, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with optical(clock, loop_thread, echoes=echoes) as (port, server):
        assert port.identify().maker == "ASY"
        assert server.line_baud == 300
        assert port.read_out() == {
            "1-0:1.8.0*255": "001234.567*kWh",
            "0-0:96.1.0*255": "METER-1",
        }
        assert server.line_baud == 9600
        assert port.sign_on().model == "VIRTUAL"


def test_an_echo_that_nobody_cancels_is_taken_for_the_meter(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    meter = VirtualOpticalMeter(REGISTERS)
    with OpticalMeterServer(meter, clock, loop_thread, echoes=True) as server:
        port = OpticalPort(server.resource, clock, echo=False, timeout_s=TIMEOUT_S)
        with pytest.raises(RemoteInstrumentError, match="/, maker"):
            port.identify()
        port.close()


def test_a_head_that_should_hear_itself_and_does_not_is_disturbed(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    meter = VirtualOpticalMeter(REGISTERS)
    with OpticalMeterServer(meter, clock, loop_thread) as server:
        port = OpticalPort(server.resource, clock, echo=True, timeout_s=TIMEOUT_S)
        with pytest.raises(BenchFault, match="echo of"):
            port.identify()
        port.close()


@pytest.mark.parametrize(
    "settings",
    [
        SerialSettings(baud=300, data_bits=7, parity="odd"),
        SerialSettings(baud=300, data_bits=7, parity="even", stop_bits=2),
    ],
    ids=lambda each: each.words,
)
def test_a_line_that_is_set_otherwise_carries_noise(
    settings: SerialSettings, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with (
        optical(clock, loop_thread, settings=settings) as (port, _),
        pytest.raises(BenchLost, match="identification"),
    ):
        port.identify()


def test_a_meter_hears_nothing_at_another_speed(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with OpticalMeterServer(VirtualOpticalMeter(REGISTERS), clock, loop_thread) as server:
        console = SerialConsole(
            server.resource, clock, timeout_s=TIMEOUT_S, settings=SerialSettings(baud=9600)
        )
        console.send(b"/?!\r\n")
        with pytest.raises(BenchLost):
            console.read_until(b"\r\n", SOON)
        console.close()


@line_faults(late_s=2 * TIMEOUT_S, garbled=GarbledAnswer(octets=b"\x02nonsense\x03\x00"))
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes(
    effect: Effect, error: type[BenchFault], clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with optical(clock, loop_thread) as (port, server):
        server.inject(Fault(effect=effect, containing="option"))
        with pytest.raises(error, match=r"read-out|a line at 9600|to send"):
            port.read_out()
        assert port.read_out()["0-0:96.1.0*255"] == "METER-1"
