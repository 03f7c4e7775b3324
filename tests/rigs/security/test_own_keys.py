"""A device's own keys: a new pair (CS02c), its certificate (CS02d), what is in use (CS02e)."""

from __future__ import annotations

from typing import Any

import pytest

from assay.gbcs import protection
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import CertificateUsage, build_device, read_device_request
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from tests.rigs.security.kit import DEVICE, START, SUPPLIER, Bench, hierarchy, new_key

ISSUE, UPDATE, PROVIDE = 0x000A, 0x000B, 0x000C
SIGNATURE, AGREEMENT = "digitalSignature", "keyAgreement"
USAGES = {SIGNATURE: KeyUsage.DIGITAL_SIGNATURE, AGREEMENT: KeyUsage.KEY_AGREEMENT}
REPLACED = {SIGNATURE: 0x8F4D, AGREEMENT: 0x8F4F}
NOT_REPLACED = {SIGNATURE: 0x8F4C, AGREEMENT: 0x8F4E}

_DIGITAL_SIGNATURE, _NON_REPUDIATION = bytes.fromhex("03020780"), bytes.fromhex("03020640")


def ask_for_request(bench: Bench, usage: str) -> bytes:
    value = bench.ask(ISSUE, SUPPLIER, {"key_usage": usage})
    return bytes.fromhex(value["request"]["der"])


def give(bench: Bench, der: bytes) -> Any:
    return bench.ask(UPDATE, SUPPLIER, {"der": der.hex()})


def certificate(
    *, device_id: Eui64 = DEVICE, usage: CertificateUsage = CertificateUsage.DIGITAL_SIGNATURE
) -> bytes:
    return build_device(
        new_key().public_key(),
        issuer=hierarchy().issuing,
        device_id=device_id,
        usage=usage,
        serial=1 << 126,
        not_before=START,
    ).der


@pytest.mark.parametrize("usage", USAGES)
def test_a_request_is_for_a_new_key_of_this_device(usage: str) -> None:
    bench = Bench()
    before = bench.device.credentials.certificates[USAGES[usage]].public_key
    request = read_device_request(ask_for_request(bench, usage))
    assert (request.device_id, request.usage.value) == (DEVICE, usage)
    assert request.public_key.public_numbers() != before.public_numbers()


@pytest.mark.parametrize("usage", USAGES)
def test_the_key_in_use_stays_until_the_certificate_has_come(usage: str) -> None:
    bench = Bench()
    before = bench.device.credentials.certificates[USAGES[usage]]
    der = ask_for_request(bench, usage)
    assert bench.ask(PROVIDE, SUPPLIER, {"key_usage": usage}) == _provided(before.der)
    new = hierarchy().certify(der)
    assert give(bench, new.der) == "success"
    assert bench.ask(PROVIDE, SUPPLIER, {"key_usage": usage}) == _provided(new.der)
    assert bench.logged() == (REPLACED[usage],)


def _provided(der: bytes) -> Any:
    form = {"certificate": {"der": der.hex()}}
    return codec.decode(
        "ProvideDeviceCertificateResponse",
        codec.encode(codec.Asn1Payload("ProvideDeviceCertificateResponse", form)),
    ).value


def test_a_new_signature_key_signs_from_the_next_message_on() -> None:
    bench = Bench()
    old = bench.device.credentials.signing_key.public_key()
    new = hierarchy().certify(ask_for_request(bench, SIGNATURE))
    by_certificate = bench.answer(bench.command(UPDATE, SUPPLIER, {"der": new.der.hex()}))
    afterwards = bench.answer(bench.command(PROVIDE, SUPPLIER, {"key_usage": SIGNATURE}))
    assert by_certificate is not None
    assert afterwards is not None
    assert protection.is_signature_valid(by_certificate, old)
    assert protection.is_signature_valid(afterwards, new.public_key)
    assert not protection.is_signature_valid(afterwards, old)


def test_a_new_agreement_key_is_the_one_that_the_broker_must_use() -> None:
    bench = Bench()
    with_old_key = bench.command(PROVIDE, SUPPLIER, {"key_usage": AGREEMENT}, counter=5000)
    give(bench, hierarchy().certify(ask_for_request(bench, AGREEMENT)).der)
    assert bench.answer(with_old_key) is None
    bench.counter = 6000
    assert bench.answer(bench.command(PROVIDE, SUPPLIER, {"key_usage": AGREEMENT})) is not None


def test_only_the_pair_asked_for_last_counts() -> None:
    bench = Bench()
    first = hierarchy().certify(ask_for_request(bench, SIGNATURE))
    second = hierarchy().certify(ask_for_request(bench, SIGNATURE))
    assert give(bench, first.der) == "wrongPublicKey"
    assert give(bench, second.der) == "success"
    assert give(bench, second.der) == "noCorrespondingKeyPairGenerated"


@pytest.mark.parametrize(
    ("der", "result"),
    [
        (b"\x30\x03\x02\x01\x05", "invalidCertificate"),
        (certificate(device_id=Eui64(bytes(8))), "wrongDeviceIdentity"),
        (certificate().replace(_DIGITAL_SIGNATURE, _NON_REPUDIATION), "invalidKeyUsage"),
        (certificate(usage=CertificateUsage.KEY_AGREEMENT), "noCorrespondingKeyPairGenerated"),
        (certificate(), "wrongPublicKey"),
    ],
)
def test_a_certificate_that_is_no_good_has_its_own_answer(der: bytes, result: str) -> None:
    bench = Bench()
    ask_for_request(bench, SIGNATURE)
    before = dict(bench.device.credentials.certificates)
    assert give(bench, der) == result
    assert bench.device.credentials.certificates == before
    assert set(bench.logged()) <= set(NOT_REPLACED.values())


def test_a_usage_that_a_device_has_no_key_for_is_invalid() -> None:
    bench = Bench()
    for code in (ISSUE, PROVIDE):
        answer = bench.ask(code, SUPPLIER, {"key_usage": "keyCertSign"})
        assert answer == {"failure": "invalidKeyUsage"}


def test_hardware_that_fails_is_answered_for() -> None:
    bench = Bench()
    keys = bench.security.own_keys
    der = hierarchy().certify(ask_for_request(bench, SIGNATURE)).der
    keys.store = lambda _: False
    assert give(bench, der) == "certificateStorageFailed"
    keys.store = lambda _: True
    keys.change = lambda *_: False
    assert give(bench, der) == "privateKeyChangeFailed"
    keys.request = lambda *_: None
    failed = {"failure": "crProductionFailed"}
    assert bench.ask(ISSUE, SUPPLIER, {"key_usage": SIGNATURE}) == failed
    keys.generate = lambda _: None
    failed = {"failure": "keyPairGenerationFailed"}
    assert bench.ask(ISSUE, SUPPLIER, {"key_usage": SIGNATURE}) == failed
    keys.provide = lambda _: None
    failed = {"failure": "certificateRetrievalFailure"}
    assert bench.ask(PROVIDE, SUPPLIER, {"key_usage": SIGNATURE}) == failed
    del bench.device.credentials.certificates[KeyUsage.DIGITAL_SIGNATURE]
    failed = {"failure": "noCertificateHeld"}
    assert bench.ask(PROVIDE, SUPPLIER, {"key_usage": SIGNATURE}) == failed
