"""A bench starts with keys and certificates for everyone on it."""

from __future__ import annotations

from datetime import datetime

import pytest

from assay.dcc.pki.bench_keys import (
    ACCESS_CONTROL_BROKER,
    RECOVERY,
    TRANSITIONAL_COS,
    WAN_PROVIDER,
    BenchKeys,
    dcc_parties,
    import_supplier,
    network_operator,
    set_up,
)
from assay.gbcs.certificates import CertificateUsage, build_device_request
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from tests.dcc.pki.parties import KEY, METER, OPERATOR_EUI, OTHER_METER, SUPPLIER_EUI

DS, KA, TOP_UP = (
    KeyUsage.DIGITAL_SIGNATURE,
    KeyUsage.KEY_AGREEMENT,
    KeyUsage.PREPAYMENT_TOP_UP,
)


@pytest.fixture
def keys(now: datetime) -> BenchKeys:
    parties = [
        *dcc_parties(),
        import_supplier(SUPPLIER_EUI, "Supplier 1"),
        network_operator(OPERATOR_EUI, "Operator 1"),
    ]
    return set_up(now, parties, [METER])


@pytest.mark.parametrize(
    ("eui", "role", "usage"),
    [
        (RECOVERY, 0x01, DS),
        (ACCESS_CONTROL_BROKER, 0x04, DS),
        (ACCESS_CONTROL_BROKER, 0x04, KA),
        (ACCESS_CONTROL_BROKER, 0x89, DS),
        (TRANSITIONAL_COS, 0x05, DS),
        (WAN_PROVIDER, 0x06, DS),
        (SUPPLIER_EUI, 0x02, DS),
        (SUPPLIER_EUI, 0x02, KA),
        (SUPPLIER_EUI, 0x02, TOP_UP),
        (SUPPLIER_EUI, 0x87, DS),
        (OPERATOR_EUI, 0x03, DS),
        (OPERATOR_EUI, 0x03, KA),
        (OPERATOR_EUI, 0x87, DS),
    ],
)
def test_every_party_has_a_key_and_a_certificate_to_it(
    keys: BenchKeys, now: datetime, eui: Eui64, role: int, usage: KeyUsage
) -> None:
    credential = keys.credential(eui, role, usage)
    assert credential.certificate.public_key == credential.private_key.public_key()
    assert (credential.eui, credential.role) == (eui, role)
    keys.smki.check(credential.certificate, at=now)


def test_no_two_keys_are_the_same(keys: BenchKeys) -> None:
    scalars = {c.private_key.private_numbers().private_value for c in keys.credentials()}
    assert len(scalars) == len(keys.credentials()) == 13


def test_a_device_has_two_keys_under_the_device_root(keys: BenchKeys, now: datetime) -> None:
    device = keys.device(METER)
    for credential, usage in (
        (device.signing, CertificateUsage.DIGITAL_SIGNATURE),
        (device.agreement, CertificateUsage.KEY_AGREEMENT),
    ):
        assert credential.eui == METER
        keys.smki.check(credential.certificate, at=now, usage=usage)


def test_a_device_that_keeps_its_keys_gets_its_certificate(keys: BenchKeys, now: datetime) -> None:
    csr = build_device_request(KEY, device_id=OTHER_METER, usage=CertificateUsage.KEY_AGREEMENT)
    certificate = keys.issue_device(csr, now)
    assert (certificate.eui, certificate.public_key) == (OTHER_METER, KEY.public_key())


def test_the_signer_of_an_xml_document_is_found_by_issuer_and_serial(keys: BenchKeys) -> None:
    certificate = keys.credential(SUPPLIER_EUI, 0x87).certificate
    assert keys.find_certificate(certificate.issuer, certificate.serial) == certificate
    assert keys.find_x509(certificate.issuer, certificate.serial) is not None


def test_what_the_bench_was_not_set_up_with_is_named(keys: BenchKeys) -> None:
    with pytest.raises(KeyError, match="no pp-ka key of 90-B3-D5-1F-30-02-00-00 in role 03"):
        keys.credential(OPERATOR_EUI, 0x03, TOP_UP)
    with pytest.raises(KeyError, match=str(OTHER_METER)):
        keys.device(OTHER_METER)


def test_a_key_store_gets_public_keys_of_all_and_private_ones_of_its_owner(
    keys: BenchKeys,
) -> None:
    store = KeyStore()
    keys.fill(store, private_of=[SUPPLIER_EUI])
    supplier, meter = KeyName(SUPPLIER_EUI, KA), KeyName(METER, KA)
    gbcs_key = keys.credential(SUPPLIER_EUI, 0x02, DS).private_key
    assert store.private(KeyName(SUPPLIER_EUI, DS)) is gbcs_key
    assert store.private(meter) is None
    assert store.brokers() == [ACCESS_CONTROL_BROKER]

    other_side = KeyStore()
    keys.fill(other_side, private_of=[METER])
    assert store.shared_secret(supplier, meter) == other_side.shared_secret(meter, supplier)
    assert store.shared_secret(supplier, meter) is not None
