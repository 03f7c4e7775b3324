"""Signature, MAC and encryption give the octets of the published worked examples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs import protection
from assay.gbcs.envelope import parse
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from tests.gbcs import vectors

CURVE = ec.SECP256R1()
SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
SECRET = st.binary(min_size=32, max_size=32)


def agreement(eui: Eui64) -> KeyName:
    return KeyName(eui, KeyUsage.KEY_AGREEMENT)


@pytest.fixture
def keys() -> KeyStore:
    store = KeyStore()
    store.add_private(agreement(BROKER), ec.derive_private_key(vectors.BROKER_KA, CURVE))
    store.add_private(agreement(SUPPLIER), ec.derive_private_key(vectors.SUPPLIER_KA, CURVE))
    meter = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, vectors.METER_KA_PUBLIC)
    store.add_public(agreement(METER), meter)
    return store


def test_the_shared_secret_is_that_of_the_worked_examples(keys: KeyStore) -> None:
    ours = keys.shared_secret(agreement(BROKER), agreement(METER))
    theirs = keys.shared_secret(agreement(METER), agreement(SUPPLIER))
    assert (ours, theirs) == (vectors.BROKER_WITH_METER, vectors.SUPPLIER_WITH_METER)


def test_a_pair_without_any_private_key_has_no_secret(keys: KeyStore) -> None:
    assert keys.shared_secret(agreement(METER), agreement(Eui64(bytes(8)))) is None


def test_a_new_key_replaces_the_secrets_of_the_old_one(keys: KeyStore) -> None:
    before = keys.shared_secret(agreement(BROKER), agreement(METER))
    keys.add_private(agreement(BROKER), ec.derive_private_key(7, CURVE))
    assert keys.shared_secret(agreement(BROKER), agreement(METER)) != before


def test_the_signature_of_the_command_verifies_and_covers_every_octet() -> None:
    public = ec.derive_private_key(vectors.SUPPLIER_DS, CURVE).public_key()
    command = parse(vectors.ARM_COMMAND)
    assert protection.is_signature_valid(command, public)
    assert not protection.is_signature_valid(replace(command, counter=1001), public)


def test_signing_again_gives_a_signature_that_verifies() -> None:
    key = ec.derive_private_key(vectors.SUPPLIER_DS, CURVE)
    unsigned = replace(parse(vectors.ARM_COMMAND), signature=None, mac=None)
    assert protection.is_signature_valid(protection.sign(unsigned, key), key.public_key())


@pytest.mark.parametrize(
    ("octets", "secret"),
    [
        (vectors.ARM_COMMAND, vectors.BROKER_WITH_METER),
        (vectors.FIRMWARE_RESPONSE, vectors.SUPPLIER_WITH_METER),
    ],
)
def test_the_mac_is_that_of_the_worked_example(octets: bytes, secret: bytes) -> None:
    assert protection.add_mac(replace(parse(octets), mac=None), secret).to_octets() == octets


def test_the_registers_decrypt_and_encrypt_as_in_the_worked_example() -> None:
    parties = (METER, 1000, SUPPLIER)
    secret = vectors.SUPPLIER_WITH_METER
    assert protection.decrypt(vectors.REGISTERS_BLOB, secret, *parties) == vectors.REGISTERS_PLAIN
    assert protection.encrypt(vectors.REGISTERS_PLAIN, secret, *parties) == vectors.REGISTERS_BLOB


@given(SECRET, st.binary(max_size=200), st.integers(0, 2**64 - 1))
def test_what_is_encrypted_opens_for_the_same_parties_only(
    secret: bytes, plain: bytes, counter: int
) -> None:
    blob = protection.encrypt(plain, secret, METER, counter, SUPPLIER)
    assert protection.decrypt(blob, secret, METER, counter, SUPPLIER) == plain
    assert protection.decrypt(blob, secret, METER, counter, BROKER) is None


def test_something_that_is_no_encrypted_data_is_our_fault() -> None:
    with pytest.raises(EncodeError, match="encrypted data"):
        protection.decrypt(b"\x30" + bytes(40), bytes(32), METER, 1, SUPPLIER)
