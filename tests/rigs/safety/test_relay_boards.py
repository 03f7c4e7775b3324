"""Boards and chambers are made safe without their drivers, by what the lease holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from assay.declarations import parse_bench
from fixtures.bench_check.check import surroundings_of
from fixtures.instruments import Opening, opening
from rigs.drivers.visa import visa_resources
from rigs.safety.known_dialogues import dialogue_of
from rigs.safety.modbus_dialogue import crc16, open_all_coils
from rigs.safety.safe_state import make_safe_by_dialogue
from tests.rigs.faults.everything import everything


@pytest.fixture(scope="module")
def desk() -> Iterator[Opening]:
    file = parse_bench("everything", everything().encode())
    with (
        surroundings_of(file) as around,
        visa_resources() as resources,
        opening(file, around, resources) as made,
    ):
        yield made


@pytest.mark.parametrize("name", ["inputs", "network_board"])
def test_all_relays_of_a_modbus_board_are_open_and_read_back(desk: Opening, name: str) -> None:
    board = desk.open(name)
    board.switch(2, True)  # type: ignore[attr-defined]
    dialogue = dialogue_of(desk.drivers[name], desk.mountings[name])
    assert dialogue is not None
    desk.drivers[name].close()  # type: ignore[attr-defined]
    outcome = make_safe_by_dialogue(name, dialogue)
    assert outcome.is_safe and outcome.is_verified, outcome.words
    assert not board.is_closed(2)  # type: ignore[attr-defined]


def test_a_chamber_is_switched_off(desk: Opening) -> None:
    chamber = desk.open("chamber")
    chamber.set_climate(Decimal(40))  # type: ignore[attr-defined]
    dialogue = dialogue_of(desk.drivers["chamber"], desk.mountings["chamber"])
    assert dialogue is not None
    desk.drivers["chamber"].close()  # type: ignore[attr-defined]
    assert make_safe_by_dialogue("chamber", dialogue).is_safe


def test_a_closed_coil_is_not_taken_for_an_open_one() -> None:
    _, read = open_all_coils(4, 1, is_tcp=False)
    assert read.is_met_by(b"\x01\x01\x01\x00\x51\x88")
    assert not read.is_met_by(b"\x01\x01\x01\x02\xd0\x49")


def test_frames_carry_the_checksum_of_the_serial_line() -> None:
    """The example of the serial line guide: CRC-16 of 02 07 is 41 12."""
    assert crc16(b"\x02\x07").to_bytes(2, "little") == b"\x41\x12"
