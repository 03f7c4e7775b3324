"""Device-side acceptance: each check alone refuses, says why, and changes nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import messages, protection
from assay.gbcs.acceptance import CHECKS, Accepted, Receiver, Refusal, Refused, accept
from assay.gbcs.authority import BY_CONTINGENCY
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, Obis, Op
from assay.gbcs.dlms.data import long_unsigned
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from assay.gbcs.trust_anchors import Cell, CellKey, CellName, Role, TrustAnchors

METER = Eui64(bytes.fromhex("00DB1234567890A0"))
SUPPLIER = Eui64(bytes.fromhex("90B3D51F30010000"))
OPERATOR = Eui64(bytes.fromhex("90B3D51F30020000"))
BROKER = Eui64(bytes.fromhex("90B3D51F30000002"))
STRANGER = Eui64(bytes.fromhex("90B3D51F30FF0000"))
DISABLE, READ_FIRMWARE = 0x0050, 0x0059
TOP_UP, ACTIVATE = 0x0007, 0x0012
SCRIPTS = Obis.from_text("0-0:10.0.106.255")
CURVE = ec.SECP256R1()
KEYS = {
    (eui, usage): ec.derive_private_key(1000 + index, CURVE)
    for index, (eui, usage) in enumerate(
        (eui, usage)
        for eui in (METER, SUPPLIER, OPERATOR, BROKER, STRANGER)
        for usage in (KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT)
    )
}


@pytest.fixture
def meter() -> Receiver:
    anchors = TrustAnchors()
    roles = ((Role.SUPPLIER, SUPPLIER), (Role.NETWORK_OPERATOR, OPERATOR))
    for role, eui in (*roles, (Role.ACCESS_CONTROL_BROKER, BROKER)):
        for key, usage in (
            (CellKey.SIGNATURE, KeyUsage.DIGITAL_SIGNATURE),
            (CellKey.AGREEMENT, KeyUsage.KEY_AGREEMENT),
        ):
            public = KEYS[eui, usage].public_key()
            cell = Cell(eui=eui, public_key=public, subject_key_identifier=bytes(8))
            anchors.place(CellName(role, key), cell)
    keys = KeyStore()
    for (eui, usage), private in KEYS.items():
        if eui == METER:
            keys.add_private(KeyName(eui, usage), private)
        else:
            keys.add_public(KeyName(eui, usage), private.public_key())
    anchors.counters[Role.SUPPLIER] = 1000
    return Receiver(
        device_id=METER,
        message_codes=frozenset((DISABLE, READ_FIRMWARE)),
        anchors=anchors,
        keys=keys,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A command to build; the defaults are a right one."""

    code: int = DISABLE
    originator: Eui64 = SUPPLIER
    recipient: Eui64 = METER
    counter: int = 1001
    signer: Eui64 | None = SUPPLIER
    macced_by: Eui64 | None = BROKER


def command(recipe: Recipe) -> Message:
    items = (Item(Op.ACTION, 9, SCRIPTS, 1, long_unsigned(0x34)),)
    message = messages.command(
        message_code=recipe.code,
        originator=recipe.originator,
        recipient=recipe.recipient,
        counter=recipe.counter,
        payload=messages.dlms_command_payload(recipe.counter, items),
    )
    if recipe.signer is not None:
        message = protection.sign(message, KEYS[recipe.signer, KeyUsage.DIGITAL_SIGNATURE])
    if recipe.macced_by is not None:
        ours = KEYS[recipe.macced_by, KeyUsage.KEY_AGREEMENT]
        theirs = KEYS[METER, KeyUsage.KEY_AGREEMENT].public_key()
        message = protection.add_mac(message, ours.exchange(ec.ECDH(), theirs))
    return message


def test_a_right_command_is_accepted(meter: Receiver) -> None:
    verdict = accept(command(Recipe()).to_octets(), meter)
    assert isinstance(verdict, Accepted)
    assert (verdict.role, verdict.party, verdict.use_case.name) == (
        Role.SUPPLIER,
        SUPPLIER,
        "ECS43",
    )


def test_a_read_needs_no_greater_counter(meter: Receiver) -> None:
    recipe = Recipe(code=READ_FIRMWARE, counter=1, signer=None)
    assert isinstance(accept(command(recipe).to_octets(), meter), Accepted)


def _knows(meter: Receiver, code: int) -> Receiver:
    return replace(meter, message_codes=meter.message_codes | {code})


def test_top_ups_are_held_against_a_counter_of_their_own(meter: Receiver) -> None:
    meter = _knows(meter, TOP_UP)
    meter.anchors.prepayment_counter = 1 << 32
    verdicts = [
        accept(command(Recipe(code=TOP_UP, counter=counter, signer=None)).to_octets(), meter)
        for counter in (1 << 32, 2 << 32)
    ]
    assert isinstance(verdicts[0], Refused)
    assert verdicts[0].reason is Refusal.COUNTER_NOT_GREATER
    assert isinstance(verdicts[1], Accepted)


def test_a_critical_command_needs_a_greater_counter_where_no_table_says_so(
    meter: Receiver,
) -> None:
    verdict = accept(
        command(Recipe(code=ACTIVATE, counter=1000)).to_octets(), _knows(meter, ACTIVATE)
    )
    assert isinstance(verdict, Refused)
    assert verdict.reason is Refusal.COUNTER_NOT_GREATER


def test_contingency_is_signed_with_the_key_that_the_device_unwraps(meter: Receiver) -> None:
    recipe = Recipe(
        code=BY_CONTINGENCY, originator=STRANGER, signer=STRANGER, macced_by=None, counter=5
    )
    octets = command(recipe).to_octets()

    def verdict(unwrapped: ec.EllipticCurvePublicKey | None) -> Accepted | Refused:
        device = replace(_knows(meter, BY_CONTINGENCY), contingency_key=lambda _: unwrapped)
        return accept(octets, device)

    right, wrong = (
        KEYS[eui, KeyUsage.DIGITAL_SIGNATURE].public_key() for eui in (STRANGER, SUPPLIER)
    )
    accepted = verdict(right)
    assert isinstance(accepted, Accepted)
    assert accepted.role is Role.ROOT
    for refused in (verdict(wrong), verdict(None)):
        assert isinstance(refused, Refused)
        assert refused.reason is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        (Recipe(recipient=STRANGER), Refusal.WRONG_RECIPIENT),
        (Recipe(code=0x0051), Refusal.UNKNOWN_MESSAGE_CODE),
        (Recipe(code=0xEEEE), Refusal.UNKNOWN_MESSAGE_CODE),
        (Recipe(originator=STRANGER, signer=STRANGER), Refusal.UNKNOWN_ORIGINATOR),
        (Recipe(originator=OPERATOR, signer=OPERATOR), Refusal.ROLE_WITHOUT_AUTHORITY),
        (Recipe(counter=1000), Refusal.COUNTER_NOT_GREATER),
        (Recipe(counter=999), Refusal.COUNTER_NOT_GREATER),
        (Recipe(signer=None), Refusal.WRONG_PROTECTION),
        (Recipe(macced_by=None), Refusal.WRONG_PROTECTION),
        (Recipe(code=READ_FIRMWARE), Refusal.WRONG_PROTECTION),
        (Recipe(signer=OPERATOR), Refusal.BAD_SIGNATURE),
        (Recipe(macced_by=SUPPLIER), Refusal.BAD_MAC),
    ],
    ids=lambda value: value.name if isinstance(value, Refusal) else None,
)
def test_each_check_refuses_alone(recipe: Recipe, reason: Refusal, meter: Receiver) -> None:
    before = copy.copy(meter.anchors.counters)
    verdict = accept(command(recipe).to_octets(), meter)
    assert isinstance(verdict, Refused)
    assert verdict.reason is reason
    assert meter.anchors.counters == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda message: replace(message, cra=Cra.RESPONSE),
        lambda message: replace(message, signature=None, mac=None),
    ],
    ids=["response", "pre-command"],
)
def test_what_is_no_protected_command_is_refused(
    spoil: Callable[[Message], Message], meter: Receiver
) -> None:
    verdict = accept(spoil(command(Recipe())).to_octets(), meter)
    assert isinstance(verdict, Refused)
    assert verdict.reason is Refusal.NOT_A_COMMAND


def test_any_changed_octet_of_a_command_is_refused(meter: Receiver) -> None:
    octets = command(Recipe()).to_octets()
    for position in range(len(octets)):
        changed = bytearray(octets)
        changed[position] ^= 0x01
        assert isinstance(accept(bytes(changed), meter), Refused), position


def test_every_check_is_needed(meter: Receiver) -> None:
    """Without a check, the command that only it refuses is accepted."""
    needed = {
        "recipient": Recipe(recipient=STRANGER),
        "counter": Recipe(counter=1000),
        "signature": Recipe(signer=OPERATOR),
        "MAC": Recipe(macced_by=SUPPLIER),
        "authority": Recipe(originator=OPERATOR, signer=OPERATOR),
    }
    for name, recipe in needed.items():
        without = tuple(check for check in CHECKS if check[0] != name)
        assert isinstance(accept(command(recipe).to_octets(), meter, without), Accepted), name


def test_every_refusal_leaves_a_security_log_code() -> None:
    assert all(reason.log_code >> 8 == 0x8F for reason in Refusal)


def test_a_response_echoes_its_command() -> None:
    asked = command(Recipe())
    answer = messages.response(asked, b"\x01", at=DateTime(bytes(12)))
    assert (answer.originator, answer.recipient) == (METER, SUPPLIER)
    assert (answer.counter, answer.message_code, answer.cra) == (1001, DISABLE, Cra.RESPONSE)
