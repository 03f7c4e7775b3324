"""Update Security Credentials (CS02b, CS02g): every mode, every refusal, now and dated."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from assay.gbcs import protection
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import CredentialsStatus
from assay.gbcs.certificates import CertificateUsage
from assay.gbcs.envelope import Cra
from assay.gbcs.keys import KeyUsage
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.device_type import DeviceType
from tests.rigs.security.kit import (
    BROKER,
    NETWORK,
    OTHER_SUPPLIER,
    START,
    SUPPLIER,
    Bench,
    Credential,
    Hierarchy,
    cells_of,
    fresh,
    hierarchy,
    statuses,
)

BY_SUPPLIER, BY_COS, BY_RECOVERY, BY_BROKER = 0x0102, 0x0107, 0x0108, 0x0104
SUPPLIERS = cells_of(SUPPLIER)
SIGNATURE = CellName(SUPPLIER, CellKey.SIGNATURE)
AGREEMENT = CellName(SUPPLIER, CellKey.AGREEMENT)
UPDATED, CARRIED_OUT, NOT_CARRIED_OUT = 0x8F70, "0x8F66", "0x8F67"

MODE_CASES = [
    (0x0102, DeviceType.ESME, cells_of(SUPPLIER)),
    (0x0103, DeviceType.ESME, cells_of(NETWORK)),
    (0x0104, DeviceType.ESME, cells_of(BROKER)),
    (0x0105, DeviceType.CHF, cells_of(Role.WAN_PROVIDER, DeviceType.CHF)),
    (0x0106, DeviceType.ESME, cells_of(Role.TRANSITIONAL_COS)),
    (0x0107, DeviceType.ESME, cells_of(SUPPLIER)),
    (0x0108, DeviceType.ESME, (*cells_of(SUPPLIER), *cells_of(NETWORK), *cells_of(BROKER))),
    (0x0125, DeviceType.SAPC, cells_of(Role.LOAD_CONTROLLER)),
    (0x0126, DeviceType.ESME, cells_of(Role.LOAD_CONTROLLER)),
]


@pytest.mark.parametrize(("code", "device_type", "names"), MODE_CASES)
def test_every_mode_replaces_the_cells_it_is_for(
    code: int, device_type: DeviceType, names: tuple[CellName, ...]
) -> None:
    bench = Bench(device_type)
    before = {name: bench.holds(name) for name in names}
    new = fresh(*names)

    answer = bench.send_update(code, new)

    assert answer is not None
    value = codec.decode_message(answer).value
    assert statuses(value) == ["success"] * len(names)
    for name, entry in zip(names, value["outcome"]["replacements"], strict=True):
        assert entry["existing_subject_key_id"] == before[name].hex()
        assert bench.holds(name) == new[name].certificate.key_identifier
    assert UPDATED in bench.logged()


@pytest.mark.parametrize(("code", "device_type", "names"), MODE_CASES)
def test_the_response_to_every_mode_is_signed_and_carries_the_time(
    code: int, device_type: DeviceType, names: tuple[CellName, ...]
) -> None:
    bench = Bench(device_type)
    answer = bench.send_update(code, fresh(*names))
    assert answer is not None
    key = bench.device.credentials.signing_key.public_key()
    assert protection.is_signature_valid(answer, key)
    assert answer.mac is None
    assert answer.date_time is not None


def test_the_new_key_is_obeyed_and_the_old_one_is_not() -> None:
    bench = Bench()
    new = fresh(*SUPPLIERS)
    bench.send_update(BY_SUPPLIER, new)
    by_old_key = bench.command(0x000A, SUPPLIER, {"key_usage": "keyAgreement"})
    assert bench.answer(by_old_key) is None
    bench.held |= new
    assert bench.answer(bench.command(0x000A, SUPPLIER, {"key_usage": "keyAgreement"})) is not None


def test_a_replaced_agreement_key_protects_the_next_answer() -> None:
    bench = Bench()
    new = fresh(*cells_of(NETWORK))
    bench.send_update(0x0103, new)
    assert bench.device.credentials.secret_with(bench.eui(NETWORK)) != bench.secret(NETWORK)
    bench.held |= new
    assert bench.device.credentials.secret_with(bench.eui(NETWORK)) == bench.secret(NETWORK)


def test_after_a_change_of_supplier_nothing_of_the_old_one_is_left() -> None:
    bench = Bench()
    old = bench.eui(SUPPLIER)
    told = []
    bench.security.updates.on_replaced.append(lambda *change: told.append(change))
    bench.send_update(BY_COS, fresh(*SUPPLIERS, eui=OTHER_SUPPLIER))
    assert bench.device.credentials.anchors.roles_of(old) == []
    assert bench.device.credentials.secret_with(old) is None
    assert told == [(SUPPLIER, old, OTHER_SUPPLIER)]


def test_the_broker_hands_over_the_cells_that_it_holds_itself() -> None:
    """6.21: before handover the supplier's cells hold the broker's certificates."""
    bench = Bench(DeviceType.GPF)
    broker = bench.eui(BROKER)
    standing_in = {name: hierarchy().issue(BROKER, name.key, broker) for name in SUPPLIERS}
    for name, credential in standing_in.items():
        bench.device.credentials.place(name, credential.certificate)
    owned = bench.held[CellName(BROKER, CellKey.AGREEMENT)]
    bench.device.credentials.place(CellName(BROKER, CellKey.AGREEMENT), owned.certificate)
    new = fresh(*SUPPLIERS)
    bench.held |= {SIGNATURE: standing_in[SIGNATURE]}

    answer = bench.send_update(BY_SUPPLIER, new)

    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["success"] * 3


def test_recovery_puts_the_brokers_certificates_in_the_place_of_a_suppliers() -> None:
    bench = Bench()
    broker = bench.eui(BROKER)
    new = {name: hierarchy().issue(BROKER, name.key, broker) for name in SUPPLIERS}
    answer = bench.send_update(BY_RECOVERY, new)
    assert answer is not None
    assert {bench.cells[name].eui for name in SUPPLIERS} == {broker}


# Counters.


def test_floors_become_the_stored_counters() -> None:
    bench = Bench()
    bench.send_update(
        BY_SUPPLIER,
        fresh(*SUPPLIERS),
        new_floor_counter=5,
        new_specialist_floor_counters=[{"usage": "prepaymentTopUp", "counter": 7}],
    )
    anchors = bench.device.credentials.anchors
    assert (anchors.counters[SUPPLIER], anchors.prepayment_counter) == (5, 7)


def test_a_change_of_supplier_sets_the_counters_of_the_new_one() -> None:
    bench = Bench()
    change = {
        "role": "supplier",
        "floor_counter": 3,
        "specialist_floor_counters": [{"usage": "prepaymentTopUp", "counter": 4}],
    }
    answer = bench.send_update(
        BY_COS, fresh(*SUPPLIERS, eui=OTHER_SUPPLIER), other_counter_changes=[change]
    )
    anchors = bench.device.credentials.anchors
    assert (anchors.counters[SUPPLIER], anchors.prepayment_counter) == (3, 4)
    assert anchors.counters[Role.TRANSITIONAL_COS] == bench.counter
    assert answer is not None
    assert codec.decode_message(answer).value["outcome"]["counter_changes"] == [change]


def test_without_a_floor_the_counter_is_that_of_the_command() -> None:
    bench = Bench()
    bench.send_update(BY_SUPPLIER, fresh(*SUPPLIERS))
    assert bench.device.credentials.anchors.counters[SUPPLIER] == bench.counter


def test_a_floor_of_a_role_without_cells_changes_nothing() -> None:
    bench = Bench()
    before = bench.device.credentials.anchors.counters.keys()
    bench.send_update(
        BY_COS,
        fresh(*SUPPLIERS),
        other_counter_changes=[{"role": "wanProvider", "floor_counter": 3}],
    )
    assert bench.device.credentials.anchors.counters.keys() == before


def test_an_update_is_not_obeyed_twice() -> None:
    bench = Bench()
    value = bench.update(BY_SUPPLIER, {SIGNATURE: bench.held[SIGNATURE]}, counter=2000)
    octets = bench.command(BY_SUPPLIER, SUPPLIER, value, counter=2000)
    assert bench.answer(octets) is not None
    assert bench.answer(octets) is None
    assert bench.logged()[-1] == 0x8F53


# Certificates that are no good: the whole old set stays.


def _unknown_issuer() -> Credential:
    return Hierarchy.build("2").issue(SUPPLIER, CellKey.AGREEMENT)


def _expired() -> Credential:
    ended = START - timedelta(days=1)
    return hierarchy().issue(SUPPLIER, CellKey.AGREEMENT, not_after=ended)


def _wrong_usage() -> Credential:
    usage = CertificateUsage.DIGITAL_SIGNATURE
    return hierarchy().issue(SUPPLIER, CellKey.AGREEMENT, usage=usage)


def _wrong_role() -> Credential:
    return hierarchy().issue(NETWORK, CellKey.AGREEMENT, Bench().eui(SUPPLIER))


def _of_a_device() -> Credential:
    bench = Bench()
    certificate = bench.device.credentials.certificates[KeyUsage.KEY_AGREEMENT]
    return Credential(certificate, bench.held[AGREEMENT].key)


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        (_unknown_issuer, "noTrustAnchor"),
        (_expired, "badCertificate"),
        (_wrong_usage, "badCertificate"),
        (_wrong_role, "badCertificate"),
        (_of_a_device, "badCertificate"),
    ],
    ids=lambda case: case if isinstance(case, str) else case.__name__.strip("_"),
)
def test_one_bad_certificate_keeps_every_cell_and_counter(bad: Any, status: str) -> None:
    bench = Bench()
    new = {**fresh(*SUPPLIERS), AGREEMENT: bad()}
    cells, counters, prepayment = bench.state()

    answer = bench.send_update(BY_SUPPLIER, new, new_floor_counter=0)

    assert answer is not None
    value = codec.decode_message(answer).value
    assert statuses(value) == ["success", status, "success"]
    entry = value["outcome"]["replacements"][1]
    assert entry["replacing_subject_key_id"] == entry["existing_subject_key_id"]
    assert bench.state() == (cells, {**counters, SUPPLIER: bench.counter}, prepayment)
    assert UPDATED not in bench.logged()


def test_octets_that_are_no_certificate_are_answered_for() -> None:
    bench = Bench()

    def spoil(value: Any) -> Any:
        value["replacements"][0]["certificate"]["der"] = "3003020105"
        return value

    answer = bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), spoil=spoil)
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["badCertificate"]


def test_an_expired_certificate_is_good_where_time_is_not_checked() -> None:
    bench = Bench()
    answer = bench.send_update(
        BY_SUPPLIER, {AGREEMENT: _expired()}, time_based_path_checks="disapply"
    )
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["success"]


def test_a_path_needs_the_authority_in_between() -> None:
    bench = Bench()
    answer = bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), path=())
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["noTrustAnchor"]


def test_an_authority_that_the_root_did_not_certify_makes_no_path() -> None:
    bench, other = Bench(), Hierarchy.build("3")
    new = {SIGNATURE: other.issue(SUPPLIER, CellKey.SIGNATURE)}
    answer = bench.send_update(BY_SUPPLIER, new, path=(other.issuing.certificate,))
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["noTrustAnchor"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (cells_of(NETWORK), ["other", "other"]),
        (cells_of(Role.WAN_PROVIDER, DeviceType.CHF), ["trustAnchorNotFound"]),
    ],
)
def test_a_mode_replaces_no_cells_but_its_own(
    names: tuple[CellName, ...], expected: list[str]
) -> None:
    bench = Bench()
    answer = bench.send_update(BY_SUPPLIER, fresh(*names))
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == expected


def test_a_cell_named_twice_is_not_replaced() -> None:
    bench = Bench()

    def twice(value: Any) -> Any:
        value["replacements"] *= 2
        return value

    answer = bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), spoil=twice)
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["other", "other"]


def test_a_part_of_a_role_cannot_go_to_another_party() -> None:
    bench = Bench()
    before = bench.holds(SIGNATURE)
    answer = bench.send_update(BY_COS, fresh(SIGNATURE, eui=OTHER_SUPPLIER))
    assert answer is not None
    assert statuses(codec.decode_message(answer).value) == ["other"]
    assert bench.holds(SIGNATURE) == before


# Commands without authority: silence.


@pytest.mark.parametrize(
    "cell", [CellName(NETWORK, CellKey.SIGNATURE), CellName(BROKER, CellKey.AGREEMENT)]
)
def test_an_authorising_cell_of_another_party_is_refused(cell: CellName) -> None:
    bench = Bench()
    before = bench.holds(SIGNATURE)
    assert bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), authorised_by=cell) is None
    assert bench.holds(SIGNATURE) == before
    assert bench.logged() == (0x8F30,)
    assert [one.message_code for one in bench.messages(Cra.ALERT)] == [0x1000]


def test_a_mode_of_another_party_is_refused() -> None:
    bench = Bench()
    value = bench.update(BY_SUPPLIER, fresh(SIGNATURE), counter=1500)
    assert bench.answer(bench.command(BY_SUPPLIER, NETWORK, value, counter=1500)) is None
    assert bench.device.alerts.counter == 1


def _other_mode(value: Any) -> Any:
    value["control"]["mode"] = "networkOperatorByNetworkOperator"
    return value


def _other_counter(value: Any) -> Any:
    value["control"]["authorising_counter"] += 1
    return value


@pytest.mark.parametrize("spoil", [_other_mode, _other_counter])
def test_a_payload_that_does_not_go_with_its_header_is_refused(spoil: Any) -> None:
    bench = Bench()
    assert bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), spoil=spoil) is None
    assert bench.logged()[-1] == 0x8F1E


def test_recovery_without_its_signature_is_refused() -> None:
    bench = Bench()
    bench.held[CellName(Role.RECOVERY, CellKey.SIGNATURE)] = hierarchy().issue(
        Role.RECOVERY, CellKey.SIGNATURE
    )
    assert bench.send_update(BY_RECOVERY, fresh(SIGNATURE)) is None
    assert bench.logged()[-1] == 0x8F3D


# Dated.

LATER = START + timedelta(days=2)


def _alert(bench: Bench, message_code: int = 0x00CB) -> Any:
    (message,) = bench.alerts(message_code)
    key = bench.device.credentials.signing_key.public_key()
    assert protection.is_signature_valid(message, key)
    return message, codec.decode_message(message).value


@pytest.mark.parametrize(
    ("code", "names", "message_code"),
    [(BY_SUPPLIER, SUPPLIERS, 0x00CB), (0x0126, cells_of(Role.LOAD_CONTROLLER), 0x0124)],
)
def test_a_dated_update_is_accepted_and_carried_out_at_its_time(
    code: int, names: tuple[CellName, ...], message_code: int
) -> None:
    bench = Bench()
    before, new = bench.holds(names[0]), fresh(*names)
    answer = bench.send_update(code, new, at=LATER)
    assert answer is not None
    assert codec.decode_message(answer).value == {"accepted": None}
    bench.pass_time(LATER - START - timedelta(seconds=1))
    assert bench.holds(names[0]) == before
    bench.pass_time(timedelta(seconds=1))
    assert bench.holds(names[0]) == new[names[0]].certificate.key_identifier
    message, value = _alert(bench, message_code)
    assert value["alert_code"] == CARRIED_OUT
    assert datetime.fromisoformat(value["execution_time"]) == LATER
    assert statuses(value) == ["success"] * len(names)
    assert message.recipient == bench.eui(SUPPLIER)


def test_a_dated_update_that_fails_says_so_and_changes_nothing() -> None:
    bench = Bench()
    before = dict(bench.cells)
    bench.send_update(BY_SUPPLIER, {AGREEMENT: _unknown_issuer()}, at=LATER)
    bench.pass_time(LATER - START)
    _, value = _alert(bench)
    assert value["alert_code"] == NOT_CARRIED_OUT
    assert statuses(value) == ["noTrustAnchor"]
    assert bench.cells == before


def test_a_later_date_takes_the_place_of_an_earlier_one() -> None:
    bench = Bench()
    bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), at=LATER)
    second = fresh(SIGNATURE)
    bench.send_update(BY_SUPPLIER, second, at=LATER + timedelta(days=1))
    bench.pass_time(LATER - START + timedelta(days=3))
    assert len(bench.alerts(0x00CB)) == 1
    assert bench.holds(SIGNATURE) == second[SIGNATURE].certificate.key_identifier


def test_never_takes_a_dated_update_back() -> None:
    bench = Bench()
    before = bench.holds(SIGNATURE)
    bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), at=LATER)
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=START.tzinfo)
    answer = bench.send_update(BY_SUPPLIER, fresh(SIGNATURE), at=never)
    assert answer is not None
    assert codec.decode_message(answer).value == {"accepted": None}
    bench.pass_time(timedelta(days=30))
    assert bench.holds(SIGNATURE) == before
    assert bench.security.updates.pending == ()
    assert bench.alerts(0x00CB) == []


def test_a_date_in_the_past_is_carried_out_at_once_after_the_response() -> None:
    bench = Bench()
    new = fresh(SIGNATURE)
    bench.send_update(BY_SUPPLIER, new, at=START - timedelta(days=1))
    assert bench.holds(SIGNATURE) == new[SIGNATURE].certificate.key_identifier
    _, value = _alert(bench)
    assert value["alert_code"] == CARRIED_OUT


def test_what_a_supplier_had_dated_goes_with_it() -> None:
    bench = Bench()
    bench.send_update(BY_SUPPLIER, fresh(*SUPPLIERS), at=LATER)
    new = fresh(*SUPPLIERS, eui=OTHER_SUPPLIER)
    bench.send_update(BY_COS, new)
    bench.pass_time(timedelta(days=3))
    assert bench.alerts(0x00CB) == []
    assert bench.holds(SIGNATURE) == new[SIGNATURE].certificate.key_identifier


# Deviations that a planted fault would make.


def _nothing_is_checked(bench: Bench) -> None:
    bench.security.updates.judge = lambda *_: CredentialsStatus.SUCCESS


def _old_key_stays(bench: Bench) -> None:
    bench.device.credentials.is_key_kept = lambda _: True


def _cell_is_emptied(bench: Bench) -> None:
    bench.device.credentials.is_cell_emptied = lambda name: name == AGREEMENT


def _counter_stays(bench: Bench) -> None:
    bench.security.updates.apply_floor = lambda _: None


@pytest.mark.parametrize(
    ("plant", "shows"),
    [
        (_nothing_is_checked, lambda bench, new: bench.cells[AGREEMENT].public_key == new),
        (_old_key_stays, lambda bench, new: bench.cells[AGREEMENT].public_key != new),
        (_cell_is_emptied, lambda bench, _: bench.security.empty_cells() == (AGREEMENT,)),
        (
            _counter_stays,
            lambda bench, _: bench.device.credentials.anchors.counters[SUPPLIER] == bench.counter,
        ),
    ],
)
def test_the_hooks_change_what_they_are_for(plant: Any, shows: Any) -> None:
    bench = Bench()
    plant(bench)
    credential = _unknown_issuer() if plant is _nothing_is_checked else fresh(AGREEMENT)[AGREEMENT]
    bench.send_update(BY_SUPPLIER, {AGREEMENT: credential}, new_floor_counter=0)
    assert shows(bench, credential.certificate.public_key)
