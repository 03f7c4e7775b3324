"""The national reference messages: parsed, typed, byte-exact, authentic, decrypted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.cli.key_folder import key_store
from assay.gbcs import json_form
from assay.gbcs.envelope import parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.inspection import Check, Decryption, Inspection, describe, inspect
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from tests.gbcs.vectors import FIRMWARE_RESPONSE

UNPUBLISHED_KEYS = {"PCS01", "PCS02"}


def octets_of(path: Path) -> bytes:
    return bytes.fromhex("".join(path.read_text().split()))


@pytest.fixture(scope="session")
def messages(shared: Path) -> list[Path]:
    return sorted((shared / "rtds" / "messages").glob("*/*.HEX"))


@pytest.fixture(scope="session")
def inspections(shared: Path, messages: list[Path]) -> dict[Path, Inspection]:
    store = key_store(shared / "rtds" / "keys") or KeyStore()
    return {path: inspect(octets_of(path), store) for path in messages}


def test_every_message_is_sound(inspections: dict[Path, Inspection]) -> None:
    unsound = {p.name: i.problem for p, i in inspections.items() if not i.is_sound}
    assert (len(inspections), unsound) == (808, {})


def test_only_the_messages_with_unpublished_keys_lack_a_key(
    inspections: dict[Path, Inspection],
) -> None:
    without = {
        inspection.use_case
        for inspection in inspections.values()
        if Check.NO_KEY in (inspection.signature, inspection.mac)
        or inspection.decrypted is Decryption.NO_KEY
    }
    assert without == UNPUBLISHED_KEYS


def test_what_is_checked_is_really_there(inspections: dict[Path, Inspection]) -> None:
    """Figures of the set: a check that finds nothing to check would pass as well."""
    found = Counter()
    for inspection in inspections.values():
        found["signed"] += inspection.signature is Check.VALID
        found["MACed"] += inspection.mac is Check.VALID
        found["decrypted"] += inspection.decrypted is Decryption.YES
    assert found["signed"] > 250
    assert found["MACed"] > 450
    assert found["decrypted"] > 20


def test_the_json_text_gives_back_the_same_octets(messages: list[Path]) -> None:
    for path in messages:
        octets = octets_of(path)
        text = json.dumps(json_form.to_json(parse(octets)))
        assert json_form.from_json(json.loads(text)).to_octets() == octets, path.name


CHANGES_PER_MESSAGE = 10
PROTECTED = 695


def test_ten_changes_of_one_octet_in_each_protected_message_are_all_refused(
    shared: Path, messages: list[Path], inspections: dict[Path, Inspection]
) -> None:
    """Refused: no message, or its signature or its MAC is invalid; a key that is missing does
    not count."""
    store = key_store(shared / "rtds" / "keys") or KeyStore()
    random = Random(20261124)
    passed, protected = [], 0
    for path in messages:
        before = inspections[path]
        if Check.VALID not in (before.signature, before.mac):
            continue
        protected += 1
        octets = octets_of(path)
        for _ in range(CHANGES_PER_MESSAGE):
            position, flip = random.randrange(len(octets)), random.randrange(1, 256)
            changed = bytearray(octets)
            changed[position] ^= flip
            after = inspect(bytes(changed), store)
            if after.parsed and Check.INVALID not in (after.signature, after.mac):
                passed.append((path.name, position, flip, after))
    assert (protected, passed) == (PROTECTED, [])


def test_a_party_that_no_key_folder_knows_is_refused_and_without_keys_nobody_is() -> None:
    octets = FIRMWARE_RESPONSE
    someone = KeyStore()
    name = KeyName(Eui64(bytes(8)), KeyUsage.DIGITAL_SIGNATURE)
    someone.add_private(name, ec.generate_private_key(ec.SECP256R1()))
    assert inspect(octets, someone).mac is Check.INVALID
    assert inspect(octets, KeyStore()).mac is Check.NO_KEY


def test_what_decode_prints_is_what_encode_takes(shared: Path, messages: list[Path]) -> None:
    store = key_store(shared / "rtds" / "keys")
    for path in messages:
        octets = octets_of(path)
        for keys in (None, store):
            form = json.loads(json.dumps(describe(octets, keys)))
            assert json_form.from_json(form).to_octets() == octets, path.name
