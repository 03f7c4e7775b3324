"""Joining and unjoining (CS03, CS04, CS07): who joins whom, and what that allows."""

from __future__ import annotations

from typing import Any

import pytest

from assay.gbcs.certificates import CertificateUsage, CertificateView, build_device
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage
from assay.gbcs.trust_anchors import Role
from rigs.devices.device_type import DeviceType
from rigs.devices.joining import PAIRS
from rigs.devices.peers import Right
from tests.rigs.security.kit import BROKER, PEER, START, SUPPLIER, Bench, hierarchy, new_key

A1, A2, B, C = 0x000D, 0x00AB, 0x000E, 0x00AF
UNJOIN_AC, UNJOIN_B, READ = 0x000F, 0x0010, 0x0013
METHODS = {A1: "methodAInitiator", A2: "methodAResponder", B: "methodB", C: "methodC"}
JOINED, NOT_JOINED, UNJOINED, NOT_UNJOINED = 0x8F49, 0x8F48, 0x8F4B, 0x8F4A
CASES = [
    (own, code, other) for own, codes in PAIRS.items() for code in codes for other in codes[code]
]


def certificate_of(
    device_id: Eui64 = PEER, usage: CertificateUsage = CertificateUsage.KEY_AGREEMENT
) -> CertificateView:
    return build_device(
        new_key().public_key(),
        issuer=hierarchy().issuing,
        device_id=device_id,
        usage=usage,
        serial=1 << 126,
        not_before=START,
    )


def join(
    bench: Bench,
    code: int,
    other: DeviceType,
    *,
    device_id: Eui64 = PEER,
    method: str | None = None,
    certificate: CertificateView | None = None,
) -> Any:
    value: dict[str, Any] = {
        "method_and_role": method or METHODS[code],
        "device_id": device_id.hyphenated,
        "device_type": other.value,
    }
    if certificate is not None:
        value["certificate"] = {"der": certificate.der.hex()}
    return bench.ask(code, by(bench), value)


def by(bench: Bench) -> Role:
    return BROKER if bench.device_type is DeviceType.PPMID else SUPPLIER


def join_well(bench: Bench, code: int, other: DeviceType, device_id: Eui64 = PEER) -> Any:
    certificate = certificate_of(device_id) if code == C else None
    return join(bench, code, other, device_id=device_id, certificate=certificate)


@pytest.mark.parametrize(("own", "code", "other"), CASES)
def test_each_pair_joins_by_its_method_and_is_read_back(
    own: DeviceType, code: int, other: DeviceType
) -> None:
    bench = Bench(own)
    assert join_well(bench, code, other) == "success"
    assert bench.ask(READ, by(bench), None) == {
        "result": "success",
        "entries": [{"device_id": PEER.hyphenated, "device_type": other.value}],
    }
    assert bench.logged() == (JOINED,)


@pytest.mark.parametrize(("own", "code", "other"), CASES)
def test_what_has_left_may_do_nothing_any_more(
    own: DeviceType, code: int, other: DeviceType
) -> None:
    bench = Bench(own)
    join_well(bench, code, other)
    log = bench.security.device_log
    rights = [right for right in Right if log.allows(PEER, right)]
    unjoin = UNJOIN_B if code == B else UNJOIN_AC
    assert bench.ask(unjoin, by(bench), PEER.hyphenated) == "success"
    assert rights
    assert not any(log.allows(PEER, right) for right in Right)
    assert bench.logged()[-1] == UNJOINED


@pytest.mark.parametrize(("own", "code"), sorted({(own, code) for own, code, _ in CASES}))
def test_a_pair_that_there_is_not_is_refused(own: DeviceType, code: int) -> None:
    bench = Bench(own)
    stranger = next(one for one in DeviceType if one not in PAIRS[own][code] and one != "SAPC")
    assert join(bench, code, stranger) == "invalidJoinMethodAndRole"
    assert bench.security.device_log.peers == ()
    assert bench.logged() == (NOT_JOINED,)


def test_a_method_under_anothers_message_code_is_refused() -> None:
    answer = join(Bench(), A1, DeviceType.PPMID, method="methodB")
    assert answer == "invalidMessageCodeForJoinMethodAndRole"


def test_a_method_that_gbcs_does_not_have_is_refused() -> None:
    bench = Bench()
    value = {"method_and_role": 9, "device_id": PEER.hyphenated, "device_type": "PPMID"}
    assert bench.ask(A1, SUPPLIER, value) == "invalidJoinMethodAndRole"


@pytest.mark.parametrize(
    ("code", "device_type", "places"),
    [(A1, DeviceType.PPMID, 7), (A1, DeviceType.HCALCS, 5), (B, DeviceType.TYPE_2, 4)],
)
def test_a_full_log_takes_nobody_else(code: int, device_type: DeviceType, places: int) -> None:
    bench = Bench()
    ids = [Eui64(bytes(7) + bytes([number])) for number in range(places + 1)]
    answers = [join(bench, code, device_type, device_id=one) for one in ids]
    assert answers == [*["success"] * places, "deviceLogFull"]
    assert join(bench, code, device_type, device_id=ids[0]) == "success"


def test_types_that_share_places_fill_them_together() -> None:
    bench = Bench()
    kinds = [DeviceType.HCALCS] * 5 + [DeviceType.PPMID] * 2
    for number, kind in enumerate(kinds):
        assert join(bench, A1, kind, device_id=Eui64(bytes(7) + bytes([number]))) == "success"
    assert join(bench, A1, DeviceType.PPMID, device_id=Eui64(bytes(6) + b"\1\0")) == "deviceLogFull"
    assert join(bench, B, DeviceType.TYPE_2, device_id=Eui64(bytes(6) + b"\1\1")) == "success"


def test_an_entry_keeps_its_type() -> None:
    bench = Bench()
    join(bench, A1, DeviceType.PPMID)
    assert join(bench, A1, DeviceType.HCALCS) == "incompatibleWithExistingEntry"


@pytest.mark.parametrize(
    "certificate",
    [
        None,
        certificate_of(Eui64(bytes(8))),
        certificate_of(usage=CertificateUsage.DIGITAL_SIGNATURE),
    ],
)
def test_a_gas_meter_needs_the_displays_own_agreement_certificate(
    certificate: CertificateView | None,
) -> None:
    answer = join(Bench(DeviceType.GSME), C, DeviceType.PPMID, certificate=certificate)
    assert answer == "invalidOrMissingCertificate"


def test_no_other_join_has_a_certificate() -> None:
    answer = join(Bench(), A1, DeviceType.PPMID, certificate=certificate_of())
    assert answer == "invalidOrMissingCertificate"


def test_a_gas_meter_shares_a_secret_with_its_display_while_they_are_joined() -> None:
    bench, certificate = Bench(DeviceType.GSME), certificate_of()
    join(bench, C, DeviceType.PPMID, certificate=certificate)
    keys, name = bench.device.credentials.keys, KeyName(PEER, KeyUsage.KEY_AGREEMENT)
    assert keys.public(name) == certificate.public_key
    assert bench.device.credentials.secret_with(PEER) is not None
    bench.ask(UNJOIN_AC, SUPPLIER, PEER.hyphenated)
    assert bench.device.credentials.secret_with(PEER) is None


def test_a_device_that_is_not_in_the_log_cannot_leave_it() -> None:
    bench = Bench()
    assert bench.ask(UNJOIN_AC, SUPPLIER, PEER.hyphenated) == "notInDeviceLog"
    assert bench.logged() == (NOT_UNJOINED,)


def test_a_type_2_device_reads_and_does_nothing_else() -> None:
    bench = Bench()
    join(bench, B, DeviceType.TYPE_2)
    allowed = [right for right in Right if bench.security.device_log.allows(PEER, right)]
    assert allowed == [Right.READ]


def test_a_display_that_is_not_joined_may_do_nothing() -> None:
    log = Bench().security.device_log
    assert not any(log.allows(PEER, right) for right in Right)


def test_what_fails_at_joining_is_answered_for() -> None:
    bench = Bench()
    joins = bench.security.joins
    joins.is_written = lambda _: False
    assert join(bench, A1, DeviceType.PPMID) == "writeFailure"
    joins.agree = lambda _: "noCBKEResponse"
    assert join(bench, A1, DeviceType.PPMID) == "noCBKEResponse"
    assert bench.security.device_log.peers == ()
    joins.agree, joins.is_written = lambda _: None, lambda _: True
    join(bench, A1, DeviceType.PPMID)
    joins.is_removed = lambda _: False
    assert bench.ask(UNJOIN_AC, SUPPLIER, PEER.hyphenated) == "otherFailure"
    joins.is_readable = lambda: False
    assert bench.ask(READ, SUPPLIER, None) == {"result": "readFailure"}
