"""What a wire of its own adds: HiSLIP messages, a serial line that is set wrongly."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
import pyvisa
from hypothesis import given
from hypothesis import strategies as st
from pyvisa.resources import MessageBasedResource

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost
from rigs.drivers.ac_source import AcSource
from rigs.drivers.visa import LineSettings, open_link
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.faults import Fault, NoAnswer
from rigs.virtual.hislip import (
    MAX_PAYLOAD,
    HislipMessage,
    HislipReader,
    HislipServer,
    Kind,
    RemoteHislipError,
)
from rigs.virtual.pty_server import PtyServer
from rigs.virtual.server import HOST
from tests.rigs.instruments.benches import CEILINGS, START, wired
from tests.rigs.instruments.wires import need

MESSAGES = st.builds(
    HislipMessage,
    kind=st.sampled_from(Kind),
    control=st.integers(0, 255),
    parameter=st.integers(0, (1 << 32) - 1),
    payload=st.binary(max_size=40),
)


@given(st.lists(MESSAGES, max_size=5), st.integers(1, 30))
def test_hislip_messages_survive_any_chunking(messages: list[HislipMessage], chunk: int) -> None:
    wire = b"".join(message.to_bytes() for message in messages)
    reader = HislipReader()
    pieces = (wire[start : start + chunk] for start in range(0, len(wire), chunk))
    assert [message for piece in pieces for message in reader.feed(piece)] == messages


@pytest.mark.parametrize(
    "octets",
    [
        b"HT" + bytes(14),
        b"HS" + bytes(6) + (MAX_PAYLOAD + 1).to_bytes(8, "big"),
    ],
)
def test_what_is_no_hislip_is_the_peers_fault(octets: bytes) -> None:
    with pytest.raises(RemoteHislipError):
        list(HislipReader().feed(octets))


@pytest.fixture
def hislip(loop_thread: LoopThread) -> Iterator[HislipServer]:
    clock = SimulatedClock(START, run=loop_thread.run)
    premises = wired(clock)
    source = VirtualAcSource(clock, premises.supply, premises.load)
    with HislipServer(source.instrument, clock, loop_thread) as server:
        yield server


@pytest.fixture
def link(hislip: HislipServer, resources: pyvisa.ResourceManager) -> Iterator[MessageBasedResource]:
    opened = open_link(resources, hislip.resource, timeout_s=0.25)
    yield opened
    opened.close()


def test_a_status_poll_does_not_need_the_message_channel(link: MessageBasedResource) -> None:
    assert link.read_stb() & 1 << 2 == 0
    link.write("NONSENSE")
    assert link.query("VOLT?") == "+0.0E+0"
    assert link.read_stb() & 1 << 2  # an error waits in the queue


def test_a_poll_says_that_an_answer_waits(link: MessageBasedResource) -> None:
    link.write("VOLT?")
    assert any(link.read_stb() & 1 << 4 for _ in range(1000))
    link.read()
    assert not link.read_stb() & 1 << 4


def test_a_device_clear_makes_a_lost_answer_good(
    hislip: HislipServer, link: MessageBasedResource
) -> None:
    hislip.inject(Fault(effect=NoAnswer(), containing="VOLT?"))
    with pytest.raises(pyvisa.VisaIOError):
        link.query("VOLT?")
    link.clear()
    assert link.query("FREQ?") == "+6.0E+1"


def test_a_client_without_its_second_channel_is_refused(hislip: HislipServer) -> None:
    with socket.create_connection((HOST, hislip.port), timeout=2) as raw:
        raw.sendall(HislipMessage(kind=Kind.DATA_END, payload=b"*IDN?").to_bytes())
        (answer,) = HislipReader().feed(raw.recv(4096))
    assert (answer.kind, answer.control) == (Kind.FATAL_ERROR, 2)


def impatient(resources: pyvisa.ResourceManager, address: str) -> AcSource:
    return AcSource(resources, address, SimulatedClock(START), CEILINGS, timeout_s=0.25)


@contextmanager
def babbler(answer: Callable[[bytes], bytes]) -> Iterator[int]:
    """A port where everything that comes is answered so."""
    with socket.create_server((HOST, 0)) as listener:
        open_ends: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    end, _ = listener.accept()
                except OSError:
                    return
                open_ends.append(end)
                threading.Thread(target=babble, args=(end,), daemon=True).start()

        def babble(end: socket.socket) -> None:
            try:
                while octets := end.recv(4096):
                    end.sendall(answer(octets))
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)
            for end in open_ends:
                end.close()


# What a HiSLIP server answers to each kind of message, up to the first answer of the instrument.
HANDSHAKE = {
    Kind.INITIALIZE: HislipMessage(kind=Kind.INITIALIZE_RESPONSE, parameter=1).to_bytes(),
    Kind.ASYNC_INITIALIZE: HislipMessage(kind=Kind.ASYNC_INITIALIZE_RESPONSE).to_bytes(),
    Kind.ASYNC_MAX_SIZE: HislipMessage(
        kind=Kind.ASYNC_MAX_SIZE_RESPONSE, payload=MAX_PAYLOAD.to_bytes(8, "big")
    ).to_bytes(),
}


@pytest.mark.parametrize(
    "framing", [b"XX" + bytes(14), b"HS\xc8" + bytes(13), b"HS\x07\x01" + bytes(12)]
)
def test_garbled_framing_of_an_answer_is_a_lost_bench(
    framing: bytes, resources: pyvisa.ResourceManager
) -> None:
    """The octets that frame the answer are wrong, not the answer."""

    def answer(octets: bytes) -> bytes:
        (message,) = HislipReader().feed(octets)
        return HANDSHAKE.get(Kind(message.kind), framing)

    with babbler(answer) as port:
        supply = impatient(resources, f"TCPIP0::{HOST}::hislip0,{port}::INSTR")
        with pytest.raises(BenchLost):
            supply.open()


def test_a_socket_that_babbles_is_the_bench(resources: pyvisa.ResourceManager) -> None:
    with babbler(lambda _: b"\x00\xff\x15 nothing of sense\n") as port:
        supply = impatient(resources, f"TCPIP0::{HOST}::{port}::SOCKET")
        with pytest.raises(BenchFault):
            supply.open()


def test_half_an_answer_is_none(resources: pyvisa.ResourceManager) -> None:
    """The line falls silent in the middle, and what has come looks like an answer."""
    with babbler(lambda _: b"Agilent Technologies,6843A,1,2") as port:
        supply = impatient(resources, f"TCPIP0::{HOST}::{port}::SOCKET")
        with pytest.raises(BenchLost):
            supply.open()


def test_a_serial_line_at_another_speed_is_not_understood(
    loop_thread: LoopThread, resources: pyvisa.ResourceManager
) -> None:
    need("pty")
    clock = SimulatedClock(START, run=loop_thread.run)
    premises = wired(clock)
    source = VirtualAcSource(clock, premises.supply, premises.load)
    with PtyServer(source.instrument, clock, loop_thread, baud_rate=19200) as server:
        wrong = AcSource(resources, server.resource, clock, CEILINGS, timeout_s=0.1)
        with pytest.raises(BenchLost):
            wrong.open()
        right = AcSource(
            resources,
            server.resource,
            clock,
            CEILINGS,
            timeout_s=0.25,
            settings=LineSettings(baud_rate=19200),
        )
        right.set_steady(Decimal(230), Decimal(50))
        right.close()


@pytest.mark.parametrize("settings", [{"parity": "mark it"}, {"stop_bits": 3}])
def test_a_serial_line_that_cannot_be_is_our_own_mistake(settings: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match="stop bits"):
        LineSettings(**settings)  # type: ignore[arg-type]
