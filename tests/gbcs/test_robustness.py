"""Any octets at all: refused by our own error or taken and given back, and in time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.gbcs_invariants import DOORS, examine, seeds
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE
from tests.stopwatch import least_seconds

GOOD = [seed for message in (ARM_COMMAND, FIRMWARE_RESPONSE) for seed in seeds(message)]
LIMIT_SECONDS = 0.1
COMPACT = b"\x01\x00\x33\x01\xda\x20\x00\x00\x01\x00\x00\x01\x13"
"""Door and head of a response whose one value is a compact array."""


@given(st.integers(0, len(DOORS) - 1), st.binary(max_size=400))
def test_random_octets_are_refused_by_our_own_errors(door: int, octets: bytes) -> None:
    examine(bytes((door,)) + octets)


@given(st.sampled_from(GOOD), st.data())
@settings(max_examples=300)
def test_changed_messages_are_refused_or_come_back(seed: bytes, data: st.DataObject) -> None:
    changed = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(1, len(seed) - 1))] = data.draw(st.integers(0, 255))
    examine(bytes(changed))


def test_nested_arrays_of_nothing_are_refused_and_do_not_fill_the_memory() -> None:
    """Three arrays of 1,000 null-data in each other: 10^9 values from one octet each."""
    bomb = b"\x02\x02" + b"\x01\x03\xe8" * 3 + b"\x00" + b"\x11" + b"\x82\x03\xe8" + bytes(1000)
    octets = COMPACT + bomb + b"\x01\x01\x00"
    assert least_seconds(lambda: examine(octets), LIMIT_SECONDS) < LIMIT_SECONDS


@pytest.mark.parametrize(
    "payload",
    [
        b"\xd9\x20\x00\x00\x01\x00\x83\x01\x00\x00" + bytes(4000),
        b"\xda\x20\x00\x00\x01\x00\x00\x01" + b"\x02\x01" * 2000,
        b"\xda\x20\x00\x00\x01\x00\x00\x01" + b"\x01\x82\x0f\xa0" + bytes(4000),
        b"\x0f\x20\x00\x00\x01\x00\x04\x83\x00\xfa\x00" + b"\xff" * 8000,
        b"\x01\x09\xff" + b"\x00\x07\x02\x00\x03\x00\x00\x00" * 500,
        b"\x30\x83\x00\x10\x00" * 800,
        b"\x30\x80" * 2000,
    ],
)
def test_bombs_are_dealt_with_in_time(payload: bytes) -> None:
    for code in (b"\x00\x33", b"\x00\x70", b"\x00\x08", b"\x01\x02"):
        for cra in b"\x00\x01\x02":
            octets = b"\x01" + code + bytes((cra,)) + payload
            assert least_seconds(partial(examine, octets), LIMIT_SECONDS) < LIMIT_SECONDS


def test_national_messages_at_every_door_keep_the_rules(shared: Path) -> None:
    paths = sorted((shared / "rtds" / "messages").glob("*/*.HEX"))[::8]
    for path in paths:
        for seed in seeds(bytes.fromhex("".join(path.read_text().split()))):
            examine(seed)
