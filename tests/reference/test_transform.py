"""The national reference requests become the national reference commands, byte for byte.

A request is compared as soon as a row of its variant and its kind of device is in the table, so
a new row is checked by being there. Where a party of the DCC signs, the signature differs from
one run to the next: the rest is compared, and signature and MAC must verify.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assay.cli.key_folder import KeyFolder
from assay.cli.transformation import transform_request
from assay.dcc.transform import Target
from assay.dcc.transform.rows import ROWS
from assay.duis.requests import parse_request
from assay.duis.signature import remove_signature
from assay.gbcs.envelope import SIGNATURE_SIZE, Message, parse
from assay.gbcs.inspection import Check, check_mac, check_signature
from assay.gbcs.keys import KeyStore
from assay.verdicts import PlanError
from tests.reference.test_messages import octets_of

METER = "00-DB-12-34-56-78-90-A0"
METER_VARIANTS = {"ECS23b": "C"}
"""Of the use cases that only the meter's variant tells apart: their requests are the same."""
EXCEPTIONS: dict[str, str] = {}
"""Name of a request -> why its Command is another than the national one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and the octets of the Pre-Command, or of the Command where there is none."""

    name: str
    request: Path
    octets: bytes

    @property
    def meter_variant(self) -> str:
        use_case, _, rest = self.name.partition("_")
        return METER_VARIANTS.get(use_case, "B" if "TWIN" in rest else "A")


@pytest.fixture(scope="session")
def keys(shared: Path) -> KeyFolder:
    return KeyFolder.open(shared / "rtds" / "keys")


@pytest.fixture(scope="session")
def devices(shared: Path) -> dict[str, Any]:
    return tomllib.loads((shared / "rtds" / "devices.toml").read_text())


@pytest.fixture(scope="session")
def pairs(shared: Path) -> list[Pair]:
    """Every request that has its counterpart, whether a row fits or not."""
    found = []
    for request in sorted((shared / "reference/duis/requests").glob("*_REQUEST_DUIS.XML")):
        name = request.name.removesuffix("_REQUEST_DUIS.XML")
        for kind in ("PRECOMMAND", "COMMAND"):
            places = list((shared / "rtds/messages").glob(f"*/{name}_{kind}_GBCS.HEX"))
            if places:
                found.append(Pair(name, request, octets_of(places[0])))
                break
    return found


def has_row(pair: Pair, devices: dict[str, Any]) -> bool:
    request = parse_request(remove_signature(pair.request.read_bytes()))
    entry = devices["devices"].get(str(request.request_id.target))
    if entry is None:
        return False
    device_type = Target.from_entry(entry).device_type
    return any((row.srv, row.device_type) == (request.srv, device_type) for row in ROWS)


def with_meter_variant(devices: dict[str, Any], variant: str) -> dict[str, Any]:
    entry = {"type": "ESME", "variant": variant}
    return {**devices, "devices": {**devices["devices"], METER: entry}}


def is_signed_command(message: Message) -> bool:
    return message.signature is not None and len(message.signature) == SIGNATURE_SIZE


def difference(pair: Pair, ours: Message, keys: KeyFolder) -> str | None:
    """In words; None where our message is the national one."""
    national = parse(pair.octets)
    if not is_signed_command(national):
        same = ours.to_octets() == pair.octets
        return None if same else f"{ours.to_octets().hex()} in place of {pair.octets.hex()}"
    unprotected = {"signature": b"", "mac": None}
    if replace(ours, **unprotected) != replace(national, **unprotected):
        return f"{ours.to_octets().hex()} in place of {pair.octets.hex()}, signature apart"
    store = KeyStore(source=keys)
    checks = [(check_signature(m, store), check_mac(m, store)) for m in (ours, national)]
    if checks[0] != checks[1] or Check.VALID not in checks[0] or Check.INVALID in checks[0]:
        return f"signature and MAC are {checks[0]}, those of the national command {checks[1]}"
    return None


def test_every_request_gives_its_command(
    pairs: list[Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    different = {}
    compared = 0
    for pair in pairs:
        if not has_row(pair, devices):
            continue
        compared += 1
        counter = parse(pair.octets).counter
        file = with_meter_variant(devices, pair.meter_variant)
        try:
            ours = transform_request(pair.request.read_bytes(), keys, file, counter)
        except PlanError as error:
            different[pair.name] = str(error)
            continue
        found = difference(pair, ours, keys)
        if found is not None:
            different[pair.name] = found
    unexpected = {name: found for name, found in different.items() if name not in EXCEPTIONS}
    assert unexpected == {}
    assert set(EXCEPTIONS) == set(different)
    assert compared >= 25


def test_without_a_variant_a_meter_counts_as_single_phase(
    pairs: list[Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    single, poly = (
        next(pair for pair in pairs if pair.name == f"{use_case}_4.10_SUCCESS")
        for use_case in ("ECS23", "ECS23b")
    )
    request = poly.request.read_bytes()
    assert transform_request(request, keys, devices, None).to_octets() == single.octets
    polyphase = with_meter_variant(devices, "C")
    assert transform_request(request, keys, polyphase, None).to_octets() == poly.octets
