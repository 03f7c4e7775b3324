"""The national reference messages: parsed, typed, byte-exact, authentic, decrypted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assay.cli.key_folder import key_store
from assay.gbcs import json_form
from assay.gbcs.envelope import parse
from assay.gbcs.inspection import Check, Decryption, Inspection, inspect
from assay.gbcs.keys import KeyStore

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


def test_a_changed_octet_never_passes(shared: Path, messages: list[Path]) -> None:
    """One octet at a position that moves through the message, in every protected message.

    A changed identifier is nobody's, so that no key is left to say "valid": that is refused too.
    """
    store = key_store(shared / "rtds" / "keys") or KeyStore()
    passed = []
    for number, path in enumerate(messages):
        octets = octets_of(path)
        before = inspect(octets, store)
        if Check.VALID not in (before.signature, before.mac):
            continue
        position = (number * 37) % len(octets)
        changed = octets[:position] + bytes((octets[position] ^ 0x01,)) + octets[position + 1 :]
        after = inspect(changed, store)
        words = (after.signature, after.mac)
        refused = not after.parsed or Check.INVALID in words or Check.VALID not in words
        if not refused:
            passed.append((path.name, position, after))
    assert passed == []
