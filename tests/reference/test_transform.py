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
from assay.duis.requests import Request, parse_request
from assay.duis.signature import remove_signature
from assay.gbcs.dlms.access import Item, decode_payload
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.envelope import SIGNATURE_SIZE, Message, parse
from assay.gbcs.inspection import Check, check_mac, check_signature
from assay.gbcs.keys import KeyStore
from assay.verdicts import PlanError
from tests.reference.test_messages import octets_of

POLYPHASE = {"variant": "C"}
FIRST_GBCS = {"gbcs_version": "1.1"}
KNOWN_OF_DEVICE = {
    "ECS23b": POLYPHASE,
    "ECS26k": POLYPHASE,
    "ECS29f": POLYPHASE,
    "ECS08": FIRST_GBCS,
    "ECS26d": FIRST_GBCS,
    "ECS26e": FIRST_GBCS,
    "CCS05CCS04": FIRST_GBCS,
    "GCS21d": FIRST_GBCS,
    "GCS21e": FIRST_GBCS,
    "GCS60": FIRST_GBCS,
}
"""Use case -> what the devices file says of the target, since the request is that of another
use case to the letter: the variant of the meter, or that it has the first version of GBCS."""
OTHER_CERTIFICATES = (
    "renewed certificates in the request, older ones in the Command; all else equal"
)
NEEDS_RECORD = "carries what the DCC has to know beside the request; given that, all is equal"
EXCEPTIONS: dict[str, str] = {
    "CCS03_8.12.1_SUCCESS": NEEDS_RECORD,
    "CS02bACBByACB_8.5_SUCCESS": OTHER_CERTIFICATES,
    "CS02bNOByNOHandover_6.21_SUCCESS": OTHER_CERTIFICATES,
    "CS02bNOByNO_6.15.1_SUCCESS": OTHER_CERTIFICATES,
    "CS02bSupplierBySupplierHandover_6.21_SUCCESS": OTHER_CERTIFICATES,
    "CS02bSupplierBySupplier_6.15.1_CANCELLATION_SUCCESS": OTHER_CERTIFICATES,
    "CS02bSupplierBySupplier_6.15.1_FUTURE_DATED_SUCCESS": OTHER_CERTIFICATES,
    "CS02bSupplierByTransCoS_6.23_CANCELLATION_SUCCESS": OTHER_CERTIFICATES,
    "CS02bSupplierByTransCoS_6.23_IMMEDIATE_SUCCESS": OTHER_CERTIFICATES,
    "CS02gLoadControllerBySupplier_6.15.1_CANCELLATION_SUCCESS": OTHER_CERTIFICATES,
    "CS02gLoadControllerBySupplier_6.15.1_IMMEDIATE_SUCCESS": OTHER_CERTIFICATES,
    "CS03CCritical_8.7.1_SUCCESS": OTHER_CERTIFICATES,
    "CS03CNonCritical_8.7.2_SUCCESS": NEEDS_RECORD,
    "ECS25a_6.22_SUCCESS": "names 81C4 and 81C5, not the 81B7 of the request, which is that of "
    "the command ECS25a_6.22_ERROR to the letter",
    "ECS25b_6.22_SUCCESS": "leaves out the 8003 that the request enables",
    "GCS59_8.12.2_SUCCESS": NEEDS_RECORD,
    "GCS09_3.2_SUCCESS": "restricts from 2016-11-22T02:46:56Z, the request from 2015-02-01",
    "GCS15c_4.4.3_SUCCESS": "reads 2015-01-01 to 2016-01-01, the request 2014-12-01 to 2015-11-01",
    "GCS16b_4.14_URP_SUCCESS": "an older certificate, and a start one day before the request's",
    "GCS61_4.17_SUCCESS": "an older certificate, and 731 days from 2014-12-22 instead of eleven",
}
"""Name of a request -> why its Command is another than the national one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and the octets of the Pre-Command, or of the Command where there is none."""

    name: str
    request: Path
    octets: bytes

    @property
    def known_of_device(self) -> dict[str, str]:
        use_case, _, rest = self.name.partition("_")
        element = {"variant": "B"} if "TWIN" in rest else {}
        return KNOWN_OF_DEVICE.get(use_case, element)


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
    request = request_of(pair)
    entry = devices["devices"].get(str(request.request_id.target))
    if entry is None:
        return False
    device_type = Target.from_entry(entry).device_type
    return any((row.srv, row.device_type) == (request.srv, device_type) for row in ROWS)


def request_of(pair: Pair) -> Request:
    return parse_request(remove_signature(pair.request.read_bytes()))


def with_knowledge(pair: Pair, devices: dict[str, Any]) -> dict[str, Any]:
    """The devices file with what is known of the target of this pair."""
    target = str(request_of(pair).request_id.target)
    entry = {"type": devices["devices"][target], **pair.known_of_device}
    return {**devices, "devices": {**devices["devices"], target: entry}}


def is_signed_command(message: Message) -> bool:
    return message.signature is not None and len(message.signature) == SIGNATURE_SIZE


def unprotected(message: Message) -> Message:
    return replace(message, signature=b"", mac=None)


def difference(pair: Pair, ours: Message, keys: KeyFolder) -> str | None:
    """In words; None where our message is the national one."""
    national = parse(pair.octets)
    if not is_signed_command(national):
        same = ours.to_octets() == pair.octets
        return None if same else f"{ours.to_octets().hex()} in place of {pair.octets.hex()}"
    if unprotected(ours) != unprotected(national):
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
        file = with_knowledge(pair, devices)
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
    assert compared == len(pairs)


def test_alerts_are_set_as_the_request_says(
    shared: Path, pairs: list[Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    """The request that is filed with one command is that of another: see EXCEPTIONS."""
    pair = next(pair for pair in pairs if pair.name == "ECS25a_6.22_SUCCESS")
    folder = shared / "rtds/messages/6.22_ECS25a"
    national = parse(octets_of(folder / "ECS25a_6.22_ERROR_COMMAND_GBCS.HEX"))
    ours = transform_request(pair.request.read_bytes(), keys, devices, None)
    assert items_of(ours) == items_of(national)


def items_of(message: Message) -> tuple[Item, ...]:
    payload = decode_payload(message.payload)
    assert isinstance(payload, AccessRequest)
    return payload.items


def test_without_a_variant_a_meter_counts_as_single_phase(
    pairs: list[Pair], keys: KeyFolder, devices: dict[str, Any]
) -> None:
    single, poly = (
        next(pair for pair in pairs if pair.name == f"{use_case}_4.10_SUCCESS")
        for use_case in ("ECS23", "ECS23b")
    )
    request = poly.request.read_bytes()
    assert transform_request(request, keys, devices, None).to_octets() == single.octets
    polyphase = with_knowledge(poly, devices)
    assert transform_request(request, keys, polyphase, None).to_octets() == poly.octets
