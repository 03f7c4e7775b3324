"""A device's keys, certificates and trust anchor cells, and what it tells of them."""

from __future__ import annotations

import pytest

from assay.gbcs.asn1.credentials import CredentialsRequest, CredentialsResponse, CredentialsStatus
from assay.gbcs.certificates import read_device_request
from assay.gbcs.dlms.data import long_unsigned
from assay.gbcs.keys import KeyUsage
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices import DeviceCredentials
from tests.rigs.devices.premises_kit import (
    BROKER,
    HUB,
    METER,
    NETWORK,
    SUPPLIER,
    Premises,
    certify,
    parties,
)


def ask(premises: Premises, *roles: int, authorising: Role = BROKER) -> CredentialsResponse:
    request = CredentialsRequest(
        authorising_cell=CellName(authorising, CellKey.AGREEMENT), roles=roles
    )
    answer = premises.answer(premises.command(0x0008, BROKER, payload=request.to_payload()))
    assert answer is not None
    return CredentialsResponse.from_payload(answer.payload)


def test_a_device_hands_out_one_request_for_each_of_its_keys() -> None:
    credentials = DeviceCredentials(METER)
    requests = credentials.requests()
    assert set(requests) == {KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT}
    read = {usage: read_device_request(der) for usage, der in requests.items()}
    assert {request.device_id for request in read.values()} == {METER}
    signing = read[KeyUsage.DIGITAL_SIGNATURE].public_key.public_numbers()
    assert signing == credentials.signing_key.public_key().public_numbers()


def test_a_device_does_not_take_the_certificate_of_another() -> None:
    premises = Premises()
    with pytest.raises(ValueError, match=str(METER)):
        premises.meter.install(certify(premises.hub), {})


def test_a_device_does_not_take_an_authority_certificate() -> None:
    premises = Premises()
    with pytest.raises(ValueError, match="keyCertSign"):
        premises.meter.install([parties().issuer.certificate], {})


def test_the_cells_hold_what_was_placed_in_them(premises: Premises) -> None:
    response = ask(premises, SUPPLIER, NETWORK)
    for entry in response.roles:
        assert entry.status is CredentialsStatus.SUCCESS
        for cell in entry.cells:
            anchor = parties().anchors[CellName(Role(entry.role), cell.key)]
            assert (cell.subject_id, cell.subject_key_id) == (anchor.eui, anchor.key_identifier)
        assert [cell.key for cell in entry.cells] == [CellKey.SIGNATURE, CellKey.AGREEMENT]


def test_the_counters_are_those_of_the_last_commands(premises: Premises) -> None:
    premises.ask(0x0050, SUPPLIER, (long_unsigned(52),))
    last = premises.counter
    response = ask(premises, SUPPLIER, NETWORK)
    assert [entry.counter for entry in response.roles] == [last, 0]


@pytest.mark.parametrize("role", [Role.LOAD_CONTROLLER, Role.TRANSITIONAL_COS, 99])
def test_a_role_that_is_not_held_is_not_found(premises: Premises, role: int) -> None:
    (entry,) = ask(premises, role).roles
    assert entry.status is CredentialsStatus.TRUST_ANCHOR_NOT_FOUND
    assert (entry.counter, entry.cells) == (None, ())


def test_an_authorising_cell_of_another_role_gets_no_details(premises: Premises) -> None:
    (entry,) = ask(premises, SUPPLIER, authorising=SUPPLIER).roles
    assert entry.status is CredentialsStatus.OTHER
    assert entry.cells == ()


def test_the_hub_tells_its_credentials_too(premises: Premises) -> None:
    request = CredentialsRequest(
        authorising_cell=CellName(BROKER, CellKey.AGREEMENT), roles=(BROKER,)
    )
    command = premises.command(0x0008, BROKER, payload=request.to_payload(), recipient=HUB)
    answer = premises.answer(command)
    assert answer is not None
    (entry,) = CredentialsResponse.from_payload(answer.payload).roles
    assert entry.counter == premises.hub.credentials.anchors.counters[BROKER]
