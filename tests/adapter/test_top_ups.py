"""A supplier's codes are those that the meter they are for takes, each once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assay.adapter import top_ups
from assay.adapter.user import DccUser, OriginatorCounter, UserIdentity
from assay.clock import SimulatedClock
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from assay.gbcs.top_up import Unit
from assay.gbcs.top_up_spending import Outcome, Parties, SpentCounters, spend

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
USER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
TOP_UP = KeyName(USER, KeyUsage.PREPAYMENT_TOP_UP)
OF_METER = KeyName(METER, KeyUsage.KEY_AGREEMENT)
SUPPLIER_KEY, METER_KEY = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))


def supplier(*, counter: int = 1000, has_meter_key: bool = True) -> DccUser:
    keys = KeyStore()
    keys.add_private(TOP_UP, SUPPLIER_KEY)
    if has_meter_key:
        keys.add_public(OF_METER, METER_KEY.public_key())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "supplier")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(SUPPLIER_KEY.public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(START.replace(year=2027))
        .sign(SUPPLIER_KEY, hashes.SHA256())
    )
    return DccUser(
        identity=UserIdentity(
            eui=USER,
            role="IS",
            signing_key=SUPPLIER_KEY,
            xml_key=SUPPLIER_KEY,
            xml_certificate=certificate,
        ),
        clock=SimulatedClock(START),
        post=lambda _service, _document: pytest.fail("issuing a code asks nobody"),
        keys=keys,
        find_certificate=lambda _issuer, _serial: certificate,
        broker=USER,
        counter=OriginatorCounter(counter),
    )


def of_meter() -> Parties:
    keys = KeyStore()
    keys.add_private(OF_METER, METER_KEY)
    keys.add_public(TOP_UP, SUPPLIER_KEY.public_key())
    secret = keys.shared_secret(OF_METER, TOP_UP)
    assert secret is not None
    return Parties(supplier=USER, meter=METER, secret=secret)


def test_the_meter_takes_an_issued_code_under_the_counter_of_its_request() -> None:
    code = top_ups.issue(supplier(), METER, 25, Unit.POUNDS)
    spending = spend(
        code.digits, parties=of_meter(), counters=SpentCounters(), counter=code.counter
    )
    assert (spending.outcome, spending.credit_pence) == (Outcome.ACCEPTED, 2500)


def test_each_code_has_the_next_high_half_of_the_counter() -> None:
    user = supplier(counter=(7 << 32) + 5)
    counters = [top_ups.issue(user, METER, 1).counter for _ in range(2)]
    assert counters == [8 << 32, 9 << 32]


def test_other_requests_go_on_above_the_codes() -> None:
    user = supplier()
    code = top_ups.issue(user, METER, 1)
    assert user.counter.next() == code.counter + 1


def test_without_the_meters_key_no_code_is_issued() -> None:
    with pytest.raises(ValueError, match="expected both"):
        top_ups.issue(supplier(has_meter_key=False), METER, 1)
