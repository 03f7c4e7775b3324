"""The national reference requests become the national reference commands, byte for byte."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assay.cli.key_folder import KeyFolder
from assay.cli.transformation import transform_request
from assay.gbcs.envelope import parse
from tests.reference.test_messages import octets_of

# fmt: off
SLICE = (
    "3.1", "4.1.1", "4.10", "6.2.1", "6.5", "6.11", "6.13", "6.24.1", "7.1", "7.2", "7.3", "7.4",
    "8.1.1", "8.11", "11.2",
)
# fmt: on
POLYPHASE = "ECS23b_4.10_SUCCESS"
"""Its request is that of ECS23 to the letter: only the variant of the meter tells them apart."""


METER_AND_HUB = (b":00-DB-12-34-56-78-90-A0:", b":00-DB-12-34-56-78-90-A2:")


def is_for_meter_or_hub(request: Path) -> bool:
    content = request.read_bytes()
    return any(target in content for target in METER_AND_HUB)


def pairs(shared: Path) -> list[tuple[str, Path, Path]]:
    """Name, request and command of every request of the slice that has its counterpart."""
    found = []
    for request in sorted((shared / "reference/duis/requests").glob("*_REQUEST_DUIS.XML")):
        name = request.name.removesuffix("_REQUEST_DUIS.XML")
        parts = name.split("_")
        if len(parts) < 2 or parts[1] not in SLICE or not is_for_meter_or_hub(request):
            continue
        for kind in ("PRECOMMAND", "COMMAND"):
            places = list((shared / "rtds/messages").glob(f"*/{name}_{kind}_GBCS.HEX"))
            if places:
                found.append((name, request, places[0]))
                break
    return found


@pytest.fixture(scope="session")
def keys(shared: Path) -> KeyFolder:
    return KeyFolder.open(shared / "rtds" / "keys")


@pytest.fixture(scope="session")
def devices(shared: Path) -> dict[str, Any]:
    return tomllib.loads((shared / "rtds" / "devices.toml").read_text())


def test_every_request_of_the_slice_gives_its_command(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    different = []
    found = pairs(shared)
    for name, request, command in found:
        expected = octets_of(command)
        counter = parse(expected).counter
        message = transform_request(request.read_bytes(), keys, devices, counter)
        if message.to_octets() != expected:
            different.append(name)
    assert len(found) >= 23
    assert different == [POLYPHASE]


def test_a_devices_file_with_variants_tells_a_polyphase_meter(
    shared: Path, keys: KeyFolder, devices: dict[str, Any]
) -> None:
    meter = "00-DB-12-34-56-78-90-A0"
    entry = {"type": "ESME", "variant": "C"}
    polyphase = {**devices, "devices": {**devices["devices"], meter: entry}}
    name, request, command = next(pair for pair in pairs(shared) if pair[0] == POLYPHASE)
    expected = octets_of(command)
    counter = parse(expected).counter
    message = transform_request(request.read_bytes(), keys, polyphase, counter)
    assert message.to_octets() == expected, name
