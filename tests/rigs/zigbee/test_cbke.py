"""Key establishment of suite 2: both ends agree, and whoever is not entitled does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import cbke, sect283k1
from rigs.zigbee.cbke import Ephemeral
from rigs.zigbee.implicit_certificates import (
    CbkeIdentity,
    ImplicitCertificate,
    RemoteCertificateError,
    TestAuthority,
)
from rigs.zigbee.key_exchange import Command, Initiator, Responder
from rigs.zigbee.sect283k1 import BASE
from rigs.zigbee.smart_energy.key_establishment import (
    ConfirmKey,
    EphemeralData,
    Initiate,
    Terminate,
    TerminateStatus,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DEVICE, HUB, OTHER = (Eui64(bytes(7) + bytes((number,))) for number in (1, 2, 3))
AUTHORITY = Eui64(bytes(7) + b"\xca")


@cache
def authority() -> TestAuthority:
    return TestAuthority(AUTHORITY)


@cache
def identity(device: Eui64) -> CbkeIdentity:
    return authority().issue(device, valid_from=NOW - timedelta(days=1))


def converse(initiator: Initiator, responder: Responder) -> list[Command]:
    """What was said, until nobody has anything to say."""
    said: list[Command] = []
    command: Command | None = initiator.start()
    ends: list[Initiator | Responder] = [responder, initiator]
    while command is not None:
        said.append(command)
        command = ends[len(said) % 2 - 1].receive(command)
    return said


def test_a_certificate_is_74_octets_and_comes_back() -> None:
    certificate = identity(DEVICE).certificate
    octets = certificate.to_octets()
    assert len(octets) == 74
    assert ImplicitCertificate.from_octets(octets) == certificate


def test_the_private_key_belongs_to_the_public_key_that_anyone_computes() -> None:
    held = identity(DEVICE)
    public = held.certificate.public_key(authority().public_key)
    assert sect283k1.multiply(held.private_key, BASE) == public


def test_a_certificate_with_one_bit_changed_leads_to_another_key() -> None:
    octets = bytearray(identity(DEVICE).certificate.to_octets())
    octets[8] ^= 1
    changed = ImplicitCertificate.from_octets(bytes(octets))
    held = identity(DEVICE)
    assert changed.public_key(held.authority) != held.certificate.public_key(held.authority)


@pytest.mark.parametrize(("index", "octet"), [(0, 0x01), (9, 0x0C), (10, 0x07)])
def test_a_certificate_of_another_suite_is_the_peers_fault(index: int, octet: int) -> None:
    octets = bytearray(identity(DEVICE).certificate.to_octets())
    octets[index] = octet
    with pytest.raises(RemoteCertificateError):
        ImplicitCertificate.from_octets(bytes(octets))


def test_both_ends_agree_on_a_link_key_in_six_messages() -> None:
    initiator = Initiator(identity(DEVICE), HUB, NOW)
    responder = Responder(identity(HUB), DEVICE, NOW)
    said = converse(initiator, responder)
    assert [type(one) for one in said] == [
        Initiate,
        Initiate,
        EphemeralData,
        EphemeralData,
        ConfirmKey,
        ConfirmKey,
    ]
    assert initiator.link_key is not None
    assert initiator.link_key == responder.link_key


def test_each_agreement_gives_another_key() -> None:
    keys = set()
    for _ in range(2):
        initiator = Initiator(identity(DEVICE), HUB, NOW)
        converse(initiator, Responder(identity(HUB), DEVICE, NOW))
        keys.add(initiator.link_key)
    assert len(keys) == 2


def test_agreement_does_not_depend_on_who_computes_it() -> None:
    one, other = Ephemeral.new(), Ephemeral.new()
    device, hub = identity(DEVICE), identity(HUB)
    hubs_key = hub.certificate.public_key(hub.authority)
    devices_key = device.certificate.public_key(device.authority)
    assert cbke.agree(device.private_key, one, hubs_key, other.public_key) == cbke.agree(
        hub.private_key, other, devices_key, one.public_key
    )


def test_a_device_without_the_private_key_of_its_certificate_cannot_prove_itself() -> None:
    thief = replace(identity(DEVICE), private_key=identity(OTHER).private_key)
    initiator = Initiator(thief, HUB, NOW)
    responder = Responder(identity(HUB), DEVICE, NOW)
    said = converse(initiator, responder)
    assert said[-1] == Terminate(status=TerminateStatus.BAD_KEY_CONFIRM, wait_s=30)
    assert responder.link_key is None and initiator.link_key is None


def test_a_certificate_of_somebody_else_is_refused() -> None:
    initiator = Initiator(identity(OTHER), HUB, NOW)
    responder = Responder(identity(HUB), DEVICE, NOW)
    said = converse(initiator, responder)
    assert said[-1] == Terminate(status=TerminateStatus.INVALID_CERTIFICATE, wait_s=30)


def test_a_certificate_of_another_authority_is_refused() -> None:
    foreign = TestAuthority(OTHER).issue(DEVICE, valid_from=NOW)
    said = converse(Initiator(foreign, HUB, NOW), Responder(identity(HUB), DEVICE, NOW))
    assert said[-1] == Terminate(status=TerminateStatus.UNKNOWN_ISSUER, wait_s=30)


def test_an_authority_that_only_has_the_name_is_found_out() -> None:
    forged = TestAuthority(AUTHORITY).issue(DEVICE, valid_from=NOW)
    said = converse(Initiator(forged, HUB, NOW), Responder(identity(HUB), DEVICE, NOW))
    assert isinstance(said[-1], Terminate)
    assert said[-1].status == TerminateStatus.BAD_KEY_CONFIRM


@pytest.mark.parametrize("at", [NOW - timedelta(days=2), NOW + timedelta(days=2)])
def test_a_certificate_is_refused_outside_its_time(at: datetime) -> None:
    short = authority().issue(DEVICE, valid_from=NOW - timedelta(days=1), valid_for_s=2 * 24 * 3600)
    responder = Responder(identity(HUB), DEVICE, at)
    answer = responder.receive(Initiator(short, HUB, at).start())
    assert isinstance(answer, Terminate)
    assert answer.status == TerminateStatus.INVALID_CERTIFICATE


def test_a_message_out_of_turn_ends_the_agreement() -> None:
    responder = Responder(identity(HUB), DEVICE, NOW)
    answer = responder.receive(ConfirmKey(proof=bytes(16)))
    assert answer == Terminate(status=TerminateStatus.BAD_MESSAGE, wait_s=30)
    assert responder.receive(Initiator(identity(DEVICE), HUB, NOW).start()) is None
