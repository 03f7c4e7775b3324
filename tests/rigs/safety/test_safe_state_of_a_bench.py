"""A bench through its fixtures: off before, off after, off at once when the interlock opens."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assay.verdicts import BenchFault, BenchLost, LimitExceeded, PlanError
from rigs.capabilities import Identity
from rigs.safety.interlock import Interlock
from rigs.safety.permission import Permission
from rigs.safety.safe_state import Safeable, SafeState, uninterrupted
from rigs.virtual.faults import DroppedConnection, Fault, NoAnswer
from tests.rigs.safety.circuits import Circuit, bench_file, opened_circuit


@pytest.fixture
def circuit(tmp_path: Path) -> Iterator[Circuit]:
    with opened_circuit(bench_file(tmp_path)) as made:
        yield made


def switch_on(circuit: Circuit) -> None:
    circuit.instruments.supply.set_steady(Decimal(230), Decimal(50))
    circuit.instruments.supply.output(True)
    circuit.instruments.load.set_watts(Decimal(2000))
    assert circuit.is_live


def test_a_bench_is_off_when_it_is_left(tmp_path: Path) -> None:
    with opened_circuit(bench_file(tmp_path)) as circuit:
        switch_on(circuit)
    assert not circuit.is_live


def test_a_bench_is_off_when_it_is_left_by_an_error(tmp_path: Path) -> None:
    with pytest.raises(BenchFault, match="ours"), opened_circuit(bench_file(tmp_path)) as circuit:
        switch_on(circuit)
        raise BenchFault("ours")
    assert not circuit.is_live


def test_the_ceiling_of_the_file_is_that_of_every_driver(circuit: Circuit) -> None:
    with pytest.raises(LimitExceeded):
        circuit.instruments.supply.set_steady(Decimal(301), Decimal(50))


def test_an_instrument_without_a_virtual_peer_needs_an_address(tmp_path: Path) -> None:
    file = bench_file(tmp_path, ('driver = "scpi_ac_source"', 'driver = "nobodys"'))
    with pytest.raises(PlanError, match=r"instruments\.supply\.driver: unknown driver"):
        opened_circuit(file).__enter__()


def test_an_instrument_that_hangs_holds_up_no_other(circuit: Circuit) -> None:
    switch_on(circuit)
    circuit.instruments.peers["load"].inject(Fault(effect=NoAnswer(), times=None))
    outcomes = {each.name: each for each in circuit.instruments.guard.make_safe()}
    assert outcomes["supply"].is_safe and outcomes["supply"].is_verified
    assert not outcomes["load"].is_safe
    assert not circuit.is_live  # it was told, and did it, and did not say so
    circuit.instruments.peers["load"].clear_faults()


def test_a_bench_that_is_not_known_to_be_safe_says_which(circuit: Circuit) -> None:
    circuit.instruments.peers["supply"].inject(Fault(effect=DroppedConnection(), times=None))
    with pytest.raises(BenchLost, match=r"supply at .* NOT KNOWN TO BE SAFE"):
        circuit.instruments.make_safe()
    circuit.instruments.peers["supply"].clear_faults()


def test_what_has_no_dialogue_is_switched_off_by_its_driver() -> None:
    told: list[str] = []
    state = SafeState()
    plain = Safeable(
        name="plain", address="x", close=lambda: None, switch_off=lambda: told.append("off")
    )
    state.add(plain)
    state.add(replace(plain, name="harmless", is_harmless=True, switch_off=lambda: None))
    assert [(each.is_safe, each.is_verified) for each in state.make_safe()] == [
        (True, False),
        (True, True),
    ]
    assert told == ["off"]


def test_ctrl_c_does_not_cut_short_what_makes_safe() -> None:
    reached = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        reached.append("the end")
    assert reached == ["the end"]


class Door:
    """A board with one contact."""

    def __init__(self) -> None:
        self.is_closed = True
        self.is_lost = False

    def identify(self) -> Identity:
        return Identity(maker="M", model="board", serial="1", firmware="1")

    def read_contact(self, number: int) -> bool:
        assert number == 2
        if self.is_lost:
            raise BenchLost("the board does not answer")
        return self.is_closed


def watched(door: Door, permission: Permission) -> tuple[Interlock, threading.Event]:
    is_safe = threading.Event()
    return Interlock(door, 2, permission, is_safe.set, poll_s=0.01), is_safe


@pytest.mark.parametrize(("event", "reason"), [("open", "opened"), ("lost", "cannot be read")])
def test_an_interlock_that_opens_or_is_lost_makes_the_bench_safe(event: str, reason: str) -> None:
    door, permission = Door(), Permission()
    interlock, is_safe = watched(door, permission)
    interlock.open()
    permission.check("a stimulus")
    door.is_closed, door.is_lost = event != "open", event == "lost"
    assert is_safe.wait(10)
    assert reason in (permission.refusal or "")
    interlock.close()


def test_a_bench_is_not_opened_with_an_open_interlock() -> None:
    door = Door()
    door.is_closed = False
    interlock, is_safe = watched(door, Permission())
    with pytest.raises(BenchFault, match="the interlock is open"):
        interlock.open()
    interlock.close()
    assert not is_safe.is_set()


def test_a_closed_interlock_leaves_the_bench_alone() -> None:
    permission = Permission()
    interlock, is_safe = watched(Door(), permission)
    interlock.open()
    time.sleep(0.1)
    interlock.close()
    assert permission.refusal is None and not is_safe.is_set()
