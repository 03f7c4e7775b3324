"""Relay boards: what is switched moves, what cannot be vouched for is the bench's fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Button, Relays, Tamper
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.relays import LcusRelays, ModbusRelays, RelayButton, RelayTamper
from rigs.drivers.relays.lcus import lcus_frame
from rigs.premises_tamper import Interference, TamperNode
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
)
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.octet_server import OctetServer, TcpOctetServer
from rigs.virtual.relays import Contacts, ModbusFraming, VirtualLcusBoard, VirtualModbusBoard
from rigs.virtual.relays.contacts import interferes, presses
from tests.rigs.laboratory.line_faults import line_faults

RELAYS = 4
TIMEOUT_S = 0.2


class Board:
    """A driver, the contacts that it moves, and the server between them."""

    def __init__(self, driver: Relays, contacts: Contacts, server: OctetServer) -> None:
        self.driver, self.contacts, self.server = driver, contacts, server


@contextmanager
def lcus(clock: SimulatedClock, loop_thread: LoopThread) -> Iterator[Board]:
    contacts = Contacts(RELAYS)
    with PtyOctetServer(VirtualLcusBoard(contacts), clock, loop_thread, baud=9600) as server:
        driver = LcusRelays(server.resource, clock, count=RELAYS, timeout_s=TIMEOUT_S)
        yield Board(driver, contacts, server)
        driver.close()


@contextmanager
def modbus_rtu(clock: SimulatedClock, loop_thread: LoopThread) -> Iterator[Board]:
    contacts = Contacts(RELAYS)
    peer = VirtualModbusBoard(contacts, ModbusFraming.RTU, unit=3)
    with PtyOctetServer(peer, clock, loop_thread, baud=9600) as server:
        driver = modbus(server, clock, unit=3)
        yield Board(driver, contacts, server)
        driver.close()


@contextmanager
def modbus_tcp(clock: SimulatedClock, loop_thread: LoopThread) -> Iterator[Board]:
    contacts = Contacts(RELAYS)
    peer = VirtualModbusBoard(contacts, ModbusFraming.TCP)
    with TcpOctetServer(peer, clock, loop_thread) as server:
        driver = modbus(server, clock)
        yield Board(driver, contacts, server)
        driver.close()


def modbus(server: OctetServer, clock: SimulatedClock, unit: int = 1) -> ModbusRelays:
    return ModbusRelays(
        server.resource, clock, count=RELAYS, inputs=RELAYS, unit=unit, timeout_s=TIMEOUT_S
    )


def settle(loop_thread: LoopThread, condition: Callable[[], bool]) -> None:
    """What has no answer arrives when the loop has read it."""

    async def until() -> None:
        while not condition():
            await asyncio.sleep(0.001)

    loop_thread(asyncio.wait_for(until(), 2))


Start = Callable[[SimulatedClock, LoopThread], AbstractContextManager[Board]]

READABLE: list[Start] = [modbus_rtu, modbus_tcp]


@pytest.mark.parametrize("start", [lcus, *READABLE])
def test_a_relay_moves_and_no_other(
    start: Start, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with start(clock, loop_thread) as board:
        assert isinstance(board.driver, Relays)
        board.driver.switch(2, True)
        settle(loop_thread, lambda: board.contacts.closed == [False, True, False, False])
        assert board.driver.is_closed(2)
        assert not board.driver.is_closed(1)
        board.driver.switch(2, False)
        settle(loop_thread, lambda: not any(board.contacts.closed))


@pytest.mark.parametrize("start", [lcus, *READABLE])
def test_safe_opens_every_relay(
    start: Start, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with start(clock, loop_thread) as board:
        for number in range(1, RELAYS + 1):
            board.driver.switch(number, True)
        board.driver.safe()
        settle(loop_thread, lambda: not any(board.contacts.closed))


@pytest.mark.parametrize("start", [lcus, *READABLE])
def test_a_relay_that_is_not_there_is_refused(
    start: Start, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with start(clock, loop_thread) as board, pytest.raises(ValueError, match="1 to 4"):
        board.driver.switch(RELAYS + 1, True)


def test_the_frames_of_lcus_are_those_of_its_makers_page() -> None:
    assert lcus_frame(1, True) == bytes.fromhex("A00101A2")
    assert lcus_frame(1, False) == bytes.fromhex("A00100A1")


def test_an_lcus_board_is_in_a_known_state_once_it_is_opened(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with lcus(clock, loop_thread) as board:
        loop_thread.run(lambda: board.contacts.move(4, True))
        board.driver.switch(1, True)
        settle(loop_thread, lambda: board.contacts.closed == [True, False, False, False])


def test_an_lcus_board_passes_over_noise_and_wrong_sums() -> None:
    contacts = Contacts(RELAYS)
    board = VirtualLcusBoard(contacts)
    noisy = bytearray(b"\x00\xa0\x01\x01\x00" + lcus_frame(2, True))
    assert [board.answer(frame) for frame in board.requests(noisy)] == [b""]
    assert contacts.closed == [False, True, False, False]


def test_an_lcus_board_that_is_pulled_is_lost(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with lcus(clock, loop_thread) as board:
        board.server.inject(Fault(effect=DroppedConnection(), containing="relay 2 on"))
        port = Path(board.server.resource)
        before = port.resolve()

        def switch_two_relays() -> None:
            board.driver.switch(2, True)  # nothing answers, so the loss is found by the next
            settle(loop_thread, lambda: port.resolve() != before)
            board.driver.switch(3, True)

        with pytest.raises(BenchLost, match=r"cannot be|expected to send"):
            switch_two_relays()


@pytest.mark.parametrize("start", READABLE)
@line_faults(late_s=1.5 * TIMEOUT_S, garbled_is=BenchFault)
def test_a_fault_of_the_line_is_the_benchs_fault_and_passes(
    start: Start,
    effect: Effect,
    error: type[BenchFault],
    clock: SimulatedClock,
    loop_thread: LoopThread,
) -> None:
    with start(clock, loop_thread) as board:
        board.driver.switch(1, True)
        board.server.inject(Fault(effect=effect, containing="read relay"))
        with pytest.raises(error, match="relay 1"):
            board.driver.is_closed(1)
        assert board.driver.is_closed(1)


@pytest.mark.parametrize("start", READABLE)
def test_a_relay_that_sticks_is_found_by_reading_back(
    start: Start, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with start(clock, loop_thread) as board:
        loop_thread.run(lambda: board.contacts.stuck.add(2))
        with pytest.raises(BenchFault, match="expected relay 2 closed"):
            board.driver.switch(2, True)


@pytest.mark.parametrize("start", READABLE)
def test_an_input_is_read_where_there_is_one(
    start: Start, clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    with start(clock, loop_thread) as board:
        assert board.driver.read_contact(1)
        board.contacts.inputs[0] = False
        assert not board.driver.read_contact(1)


def test_a_board_says_who_it_is(clock: SimulatedClock, loop_thread: LoopThread) -> None:
    with modbus_tcp(clock, loop_thread) as board:
        assert board.driver.identify().model == "Virtual relays"


def test_a_board_without_identification_is_driven_all_the_same(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    peer = VirtualModbusBoard(Contacts(RELAYS), ModbusFraming.TCP, has_identity=False)
    with TcpOctetServer(peer, clock, loop_thread) as server:
        driver = modbus(server, clock)
        assert driver.identify().model == ""
        driver.close()


def test_a_board_that_has_fewer_relays_than_declared_refuses(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    peer = VirtualModbusBoard(Contacts(2), ModbusFraming.TCP)
    with TcpOctetServer(peer, clock, loop_thread) as server:
        driver = modbus(server, clock)
        with pytest.raises(RemoteInstrumentError, match="relay 3"):
            driver.switch(3, True)
        driver.safe()  # refused as well, and never raises


def test_nobody_at_the_address_is_a_lost_bench(clock: SimulatedClock) -> None:
    driver = ModbusRelays("tcp://127.0.0.1:9", clock, count=1, timeout_s=TIMEOUT_S)
    with pytest.raises(BenchLost, match="cannot be opened"):
        driver.switch(1, True)


def test_the_driver_works_with_the_server_of_pymodbus_too(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    """A witness that nobody here wrote."""
    from pymodbus.server import ModbusTcpServer
    from pymodbus.simulator import DataType, SimData, SimDevice

    async def start() -> ModbusTcpServer:
        coils = SimData(0, count=16, datatype=DataType.BITS, values=[False] * 16)
        inputs = SimData(0, count=16, datatype=DataType.BITS, values=[True] * 16)
        words = SimData(0, count=1, datatype=DataType.REGISTERS, values=0)
        device = SimDevice(1, simdata=([coils], [inputs], [words], [words]))
        server = ModbusTcpServer(device, address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        return server

    server = loop_thread(start())
    assert server.transport is not None
    port = server.transport.sockets[0].getsockname()[1]
    driver = ModbusRelays(
        f"tcp://127.0.0.1:{port}", clock, count=RELAYS, inputs=RELAYS, timeout_s=TIMEOUT_S
    )
    try:
        driver.switch(3, True)
        assert [driver.is_closed(each) for each in (1, 2, 3, 4)] == [False, False, True, False]
        driver.safe()
        assert not driver.is_closed(3)
    finally:
        driver.close()
        loop_thread(server.shutdown())


def test_interferences_are_relays_by_their_names(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    node, seen = TamperNode(clock), list[tuple[Interference, bool]]()
    node.listen(lambda _at, change: seen.append(change))
    with modbus_rtu(clock, loop_thread) as board:
        board.contacts.wire(2, interferes(node, Interference.MAGNET))
        tamper = RelayTamper(board.driver, {Interference.MAGNET: 2})
        assert isinstance(tamper, Tamper)
        tamper.begin(Interference.MAGNET)
        tamper.safe()
        with pytest.raises(ValueError, match="no actuator for 'meter tilted'"):
            tamper.begin(Interference.TILT)
    assert seen == [(Interference.MAGNET, True), (Interference.MAGNET, False)]


def test_a_button_is_let_go_after_half_a_second_of_the_bench(
    clock: SimulatedClock, loop_thread: LoopThread
) -> None:
    pressed = []
    with modbus_rtu(clock, loop_thread) as board:
        board.contacts.wire(1, presses(lambda: pressed.append(clock.now())))
        began = clock.now()
        button = RelayButton(board.driver, 1, clock)
        assert isinstance(button, Button)
        button.press()
        assert pressed == [began]
        assert (clock.now() - began).total_seconds() == 0.5
        assert not board.contacts.closed[0]
