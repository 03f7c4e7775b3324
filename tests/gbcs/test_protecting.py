"""Protection made again: encrypted parts and MACs are the national octets, signatures verify."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assay.cli.key_folder import key_store
from assay.gbcs import protecting
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import EncodeError
from assay.gbcs.inspection import Check, check_signature, describe
from assay.gbcs.keys import KeyStore
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE

UNPUBLISHED_KEYS = (0x0090, 0x009B)


@pytest.fixture(scope="module")
def keys(shared: Path) -> KeyStore:
    store = key_store(shared / "rtds" / "keys")
    assert store is not None
    return store


@pytest.fixture(scope="module")
def messages(shared: Path) -> list[Message]:
    paths = sorted((shared / "rtds" / "messages").glob("*/*.HEX"))
    found = [parse(bytes.fromhex("".join(path.read_text().split()))) for path in paths]
    return [message for message in found if message.message_code not in UNPUBLISHED_KEYS]


def test_every_mac_of_the_national_set_comes_out_the_same(
    keys: KeyStore, messages: list[Message]
) -> None:
    maced = [message for message in messages if message.mac is not None]
    assert len(maced) > 450
    for message in maced:
        again = protecting.add_mac(replace(message, mac=None), keys)
        assert again.mac == message.mac, message


def test_every_encrypted_part_of_the_national_set_comes_out_the_same(
    keys: KeyStore, messages: list[Message]
) -> None:
    """From the typed plain data of `decode`, through JSON text."""
    count = 0
    for message in messages:
        form = json.loads(json.dumps(describe(message.to_octets(), keys)))
        if "plain" not in form:
            continue
        count += 1
        assert protecting.encrypt(message, form["plain"], keys).payload == message.payload
    assert count == 30


def test_a_signature_made_again_is_valid(keys: KeyStore, messages: list[Message]) -> None:
    """Of every party whose key is published, Pre-Commands too."""
    originators = set()
    for message in messages:
        if message.signature == b"" or message.originator in originators:
            continue
        try:
            signed = protecting.sign(message, keys)
        except EncodeError:
            continue
        originators.add(message.originator)
        assert check_signature(signed, keys) is Check.VALID
    assert len(originators) == 7


def test_plain_data_for_another_place_are_refused(keys: KeyStore) -> None:
    message = parse(FIRMWARE_RESPONSE)
    with pytest.raises(EncodeError, match="plain"):
        protecting.encrypt(message, [{"index": 0, "plain": {"unsigned": 1}}], keys)


@pytest.mark.parametrize("make", [protecting.sign, protecting.add_mac])
def test_without_the_key_nothing_is_made(make: object) -> None:
    assert callable(make)
    with pytest.raises(EncodeError):
        make(parse(ARM_COMMAND), KeyStore())
