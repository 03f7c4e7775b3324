"""What is not authentic is refused; what cannot be opened says so."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assay.gbcs.envelope import parse
from assay.gbcs.inspection import Check as Verdict
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from assay.gbcs.protection import add_mac
from assay.mmc import MmcError, NoMmcForm, RemoteMmcError, RemoteProtectionError, parse_mmc
from assay.mmc.nodes import NAMESPACE
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE, METER_KA_PUBLIC, SUPPLIER_KA
from tests.mmc import made
from tests.mmc.conftest import Check

SIGNED = "ECS43_7.2_SUCCESS_RESPONSE"
SEALED = "ECS17b_4.1.1_TWIN_SUCCESS_RESPONSE"


def supplier_and_meter() -> KeyStore:
    """The keys of the digest's worked examples, so that this runs without reference material."""
    store = KeyStore()
    message = parse(FIRMWARE_RESPONSE)
    agreement = KeyUsage.KEY_AGREEMENT
    curve = ec.SECP256R1()
    public = ec.EllipticCurvePublicKey.from_encoded_point(curve, METER_KA_PUBLIC)
    store.add_public(KeyName(message.originator, agreement), public)
    private = ec.derive_private_key(SUPPLIER_KA, curve)
    store.add_private(KeyName(message.recipient, agreement), private)
    return store


def test_a_maced_response_is_checked_and_named() -> None:
    document = parse_mmc(FIRMWARE_RESPONSE, supplier_and_meter())
    assert document.content.mac is Verdict.VALID
    assert document.values == {"FirmwareVersion": "0123ABCD"}


def test_a_changed_octet_is_refused() -> None:
    altered = bytearray(FIRMWARE_RESPONSE)
    altered[-20] ^= 1
    with pytest.raises(RemoteProtectionError, match="MAC invalid"):
        parse_mmc(bytes(altered), supplier_and_meter())


def test_a_response_with_neither_signature_nor_mac_is_refused() -> None:
    octets = made.dlms(0x0052, made.got(made.enum(1)))
    with pytest.raises(RemoteProtectionError, match="signature absent, MAC absent"):
        parse_mmc(octets, supplier_and_meter())


def test_a_wrong_signature_is_refused(answers: dict[str, bytes], keys: KeyStore) -> None:
    message = parse(answers[SIGNED])
    forged = replace(message, signature=bytes(64)).to_octets()
    with pytest.raises(RemoteProtectionError, match="signature invalid"):
        parse_mmc(forged, keys)


def test_data_that_do_not_authenticate_are_refused(
    answers: dict[str, bytes], keys: KeyStore
) -> None:
    """The envelope verifies, with a MAC made over it; one bit of the ciphertext is another."""
    message = parse(answers[SEALED])
    payload = bytearray(message.payload)
    payload[-10] ^= 1
    parties = (
        KeyName(eui, KeyUsage.KEY_AGREEMENT) for eui in (message.originator, message.recipient)
    )
    secret = keys.shared_secret(*parties)
    assert secret is not None
    altered = add_mac(replace(message, payload=bytes(payload)), secret).to_octets()
    with pytest.raises(RemoteProtectionError, match="a tag that does not verify"):
        parse_mmc(altered, keys)


def test_a_command_is_no_response() -> None:
    with pytest.raises(NoMmcForm, match="this is a command"):
        parse_mmc(ARM_COMMAND)


def test_octets_that_are_no_message_are_the_peers_fault() -> None:
    with pytest.raises(RemoteMmcError, match="DD or DF"):
        parse_mmc(b"\x00\x01")


def test_without_a_key_the_fragment_is_the_ciphertext(
    answers: dict[str, bytes], faults: Check
) -> None:
    document = parse_mmc(answers[SEALED])
    assert faults(document) == []
    assert document.is_sealed
    assert document.succeeded is None
    assert document.values == {}
    (fragment,) = etree.fromstring(document.to_xml()).iter(f"{{{NAMESPACE}}}GBCSData")
    assert b64decode(fragment.text or "") == document.content.blobs[0].octets
    assert dict(fragment.attrib.items()) == {
        "format": "encrypted",
        "sequence": "0",
        "name": "ECS17b",
        "type": "dlms",
    }


def test_every_ciphered_component_is_a_fragment(answers: dict[str, bytes], faults: Check) -> None:
    document = parse_mmc(answers["GCS15b_4.4.2_SUCCESS_RESPONSE"])
    assert faults(document) == []
    fragments = list(etree.fromstring(document.to_xml()).iter(f"{{{NAMESPACE}}}GBCSData"))
    assert [fragment.get("sequence") for fragment in fragments] == ["0", "1", "12", "13"]
    assert {fragment.get("type") for fragment in fragments} == {"zigbeeCiphered"}
    assert fragments[0].get("name") == "PublishPrepaySnapshot"


def test_an_error_of_a_protected_read_needs_no_key(answers: dict[str, bytes]) -> None:
    document = parse_mmc(answers["ECS17e_4.1.3_ERROR_RESPONSE"])
    assert not document.is_sealed
    assert document.succeeded is False


@settings(max_examples=200, deadline=None)
@given(
    which=st.integers(0, 999),
    changes=st.lists(st.tuples(st.integers(0, 4999), st.integers(0, 255)), min_size=1, max_size=3),
)
def test_whatever_a_device_puts_in_a_payload_only_our_errors_come_out(
    which: int, changes: list[tuple[int, int]], answers: dict[str, bytes]
) -> None:
    names = sorted(answers)
    message = parse(answers[names[which % len(names)]])
    payload = bytearray(message.payload)
    for at, octet in changes:
        payload[at % len(payload)] = octet
    octets = replace(message, payload=bytes(payload)).to_octets()
    try:
        document = parse_mmc(octets)
    except MmcError:
        return
    etree.fromstring(document.to_xml())
