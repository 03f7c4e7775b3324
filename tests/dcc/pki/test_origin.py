"""Keys that are made again at the next start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cryptography import x509

from assay.dcc.pki.bench_keys import BenchKeys, dcc_parties, set_up
from assay.dcc.pki.origin import DerivedKeys, Origin, origin_of
from assay.dcc.store import open_store
from assay.gbcs.certificates import RemotePartyRole
from tests.dcc.parties import BROKER, METER, START

A_DAY = timedelta(days=1)


def keys_of(origin: Origin) -> BenchKeys:
    return set_up(
        origin.started_at,
        parties=dcc_parties(),
        devices=[METER],
        derived=DerivedKeys(origin.secret),
    )


def certificate(keys: BenchKeys) -> x509.Certificate:
    credential = keys.credential(BROKER, RemotePartyRole.DSP_XML_SIGNING)
    return credential.certificate.to_cryptography()


def test_a_store_keeps_its_origin(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dcc.db"
    first = open_store(url)
    made = origin_of(first, START)
    first.close()
    second = open_store(url)
    assert origin_of(second, START + A_DAY) == made
    second.close()


def test_the_same_origin_makes_the_same_keys_under_the_same_serials() -> None:
    origin = Origin(secret=bytes(32), started_at=START)
    one, other = certificate(keys_of(origin)), certificate(keys_of(origin))
    assert one.serial_number == other.serial_number
    assert one.public_key() == other.public_key()
    assert one.not_valid_before_utc == other.not_valid_before_utc


def test_no_two_keys_of_one_origin_are_alike() -> None:
    keys = keys_of(Origin(secret=bytes(32), started_at=START))
    numbers = [one.private_key.private_numbers().private_value for one in keys.credentials()]
    device = keys.device(METER)
    numbers += [
        one.private_key.private_numbers().private_value
        for one in (device.signing, device.agreement)
    ]
    assert len(set(numbers)) == len(numbers)


def test_another_origin_makes_other_keys() -> None:
    one = certificate(keys_of(Origin(secret=bytes(32), started_at=START)))
    other = certificate(keys_of(Origin(secret=bytes(31) + b"\1", started_at=START)))
    assert one.public_key() != other.public_key()
    assert one.serial_number != other.serial_number
