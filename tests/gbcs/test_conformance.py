"""Conformance of traffic: a sound exchange passes every check, each planted fault fails its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import messages, protection
from assay.gbcs.conformance import CHECKS, Observed, Traffic
from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.access import Item, ItemResult, Obis, Op
from assay.gbcs.dlms.data import NULL, double_long_unsigned, octet_string
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import Component, GbzPayload, encode
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage

METER = Eui64(bytes.fromhex("00DB1234567890A0"))
GAS_METER = Eui64(bytes.fromhex("00DB1234567890A1"))
SUPPLIER = Eui64(bytes.fromhex("90B3D51F30010000"))
OTHER = Eui64(bytes.fromhex("90B3D51F30020000"))
READ_FIRMWARE, DISABLE, READ_REGISTERS, GAS_DEBT = 0x0059, 0x0050, 0x0027, 0x006F
LOAD_LIMIT = 0x0043
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
CURVE = ec.SECP256R1()
KEYS = {
    KeyName(eui, usage): ec.derive_private_key(77 + 2 * index + number, CURVE)
    for index, eui in enumerate((METER, GAS_METER, SUPPLIER, OTHER))
    for number, usage in enumerate((KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT))
}
FIRMWARE = (Item(Op.GET, 1, Obis.from_text("1-0:0.2.0.0"), 2),)


def store() -> KeyStore:
    keys = KeyStore()
    for name, key in KEYS.items():
        keys.add_private(name, key)
    return keys


def maced(message: Message) -> Message:
    secret = store().shared_secret(
        KeyName(message.originator, KeyUsage.KEY_AGREEMENT),
        KeyName(message.recipient, KeyUsage.KEY_AGREEMENT),
    )
    assert secret is not None
    return protection.add_mac(message, secret)


def signed(message: Message) -> Message:
    return protection.sign(message, KEYS[KeyName(message.originator, KeyUsage.DIGITAL_SIGNATURE)])


def command(code: int, payload: bytes, *, counter: int = 5000, device: Eui64 = METER) -> Message:
    return messages.command(
        message_code=code, originator=SUPPLIER, recipient=device, counter=counter, payload=payload
    )


READ = command(READ_FIRMWARE, messages.dlms_command_payload(5000, FIRMWARE))


def answer(*items: ItemResult, to: Message = READ) -> Message:
    return messages.response(to, messages.dlms_response_payload(to.counter, items), at=None)


ANSWERED = answer(ItemResult(Op.GET, 0, octet_string(b"\x01\x02\x03\x04")))


def alert(counter: int, *, code: int = 0x8F0A, at: datetime = NOON) -> Message:
    return maced(
        messages.dlms_alert(
            message_code=messages.GENERIC_NON_CRITICAL_ALERT,
            alert_code=code,
            originator=METER,
            recipient=SUPPLIER,
            counter=counter,
            at=at,
        )
    )


def dated(*times: bytes) -> Message:
    """A command of a future-datable use case: one activation time for each of its settings."""
    items = tuple(
        Item(Op.SET, 9000, Obis.from_text(f"0-0:94.44.128.{number}"), 6, octet_string(time))
        for number, time in enumerate(times, 6)
    )
    return command(LOAD_LIMIT, messages.dlms_command_payload(5000, items))


def gas_setting(*components: tuple[int, str]) -> Message:
    """Debt cap and the like: cluster command and the text of its activation time."""
    parts = tuple(
        Component(
            cluster=0x0705,
            frame_control=0x01,
            sequence=number,
            command=command_id,
            payload={
                "provider_id": 0,
                "issuer_event_id": 0,
                "implementation_time": time,
                "cap": 100,
            },
        )
        for number, (command_id, time) in enumerate(components)
    )
    return command(GAS_DEBT, encode(GbzPayload(parts)), device=GAS_METER)


def gas_answer(*statuses: str) -> tuple[Message, Message]:
    asked = gas_setting(*((0x0C, "0x00000000") for _ in statuses))
    parts = tuple(
        Component(
            cluster=0x0705,
            frame_control=0x00,
            sequence=number,
            command=0x0B,
            payload={"command": "0x0C", "status": status},
        )
        for number, status in enumerate(statuses)
    )
    reply = messages.response(asked, encode(GbzPayload(parts)), at=DateTime.at(NOON))
    return asked, signed(reply)


SOUND = (READ, maced(ANSWERED), alert(1), alert(2), dated(NEVER, NEVER), *gas_answer("success"))


def findings(check: str, *seen: Message | bytes) -> list[str]:
    observed = [
        Observed(octets=each if isinstance(each, bytes) else each.to_octets(), at=NOON)
        for each in seen
    ]
    return CHECKS[check].find(Traffic.of(observed, store()))


@pytest.mark.parametrize("check", CHECKS)
def test_sound_traffic_passes_every_check(check: str) -> None:
    assert findings(check, *SOUND) == []


TWO_READS = command(READ_FIRMWARE, messages.dlms_command_payload(5000, FIRMWARE * 3))
REGISTERS = command(READ_REGISTERS, messages.dlms_command_payload(5000, FIRMWARE))
FAULTS: dict[str, tuple[str, Callable[[], tuple[Message | bytes, ...]]]] = {
    "octets that are no message": ("round trip", lambda: (b"\xdd\x00\x01",)),
    "a trailing octet": ("round trip", lambda: (READ.to_octets() + b"\x00",)),
    "an answer to nothing": ("echo", lambda: (READ, maced(replace(ANSWERED, counter=5001)))),
    "an answer to somebody else": (
        "echo",
        lambda: (READ, maced(replace(ANSWERED, recipient=OTHER))),
    ),
    "two different answers": (
        "one answer each",
        lambda: (
            READ,
            maced(ANSWERED),
            maced(answer(ItemResult(Op.GET, 0, octet_string(b"\x01\x02\x03\x05")))),
        ),
    ),
    "a time where none belongs": (
        "header time",
        lambda: (READ, maced(replace(ANSWERED, date_time=DateTime.at(NOON)))),
    ),
    "no time where one belongs": (
        "header time",
        lambda: (REGISTERS, maced(answer(ItemResult(Op.GET, 1, NULL), to=REGISTERS))),
    ),
    "a signature for a MAC": ("protection of type", lambda: (READ, signed(ANSWERED))),
    "a wrong MAC": (
        "authentic",
        lambda: (READ, replace(maced(ANSWERED), mac=bytes(12))),
    ),
    "a device that nobody knows": (
        "authentic",
        lambda: (replace(maced(ANSWERED), originator=Eui64(b"\x01" * 8)),),
    ),
    "a counter that stands": ("alert counters", lambda: (alert(7), alert(7))),
    "registers in plain": (
        "privacy",
        lambda: (
            REGISTERS,
            maced(
                replace(
                    answer(ItemResult(Op.GET, 0, double_long_unsigned(1)), to=REGISTERS),
                    date_time=DateTime.at(NOON),
                )
            ),
        ),
    ),
    "another invoke id": (
        "invoke id",
        lambda: (
            READ,
            maced(
                replace(
                    ANSWERED,
                    payload=messages.dlms_response_payload(4999, (ItemResult(Op.GET, 1, NULL),)),
                )
            ),
        ),
    ),
    "a result too few": (
        "one result each",
        lambda: (TWO_READS, maced(answer(ItemResult(Op.GET, 1, NULL), to=TWO_READS))),
    ),
    "a component too few": (
        "one result each",
        lambda: (gas_answer("success", "success")[0], gas_answer("success")[1]),
    ),
    "going on after a failure": (
        "break on error",
        lambda: (
            TWO_READS,
            maced(
                answer(
                    ItemResult(Op.GET, 0, NULL),
                    ItemResult(Op.GET, 3, NULL),
                    ItemResult(Op.GET, 0, NULL),
                    to=TWO_READS,
                )
            ),
        ),
    ),
    "a gas meter that goes on": (
        "break on error",
        lambda: gas_answer("success", "hardwareFailure", "success"),
    ),
    "a code that nobody knows": ("alert payloads", lambda: (alert(9, code=0x4242),)),
    "an alert of yesterday": (
        "alert payloads",
        lambda: (alert(9, at=NOON - timedelta(days=1)),),
    ),
    "two times in one command": ("dates of a command", lambda: (dated(NOW, NEVER),)),
    "two gas times in one command": (
        "dates of a command",
        lambda: (gas_setting((0x0C, "0x00000000"), (0x0C, "0xFFFFFFFF")),),
    ),
    "the cancellation of calendars elsewhere": (
        "cancellation values",
        lambda: (gas_setting((0x0C, "0xFFFFFFFE")),),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_check_that_is_made_for_it(fault: str) -> None:
    check, traffic = FAULTS[fault]
    assert findings(check, *traffic()), f"{check} let it pass"


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert {check for check, _ in FAULTS.values()} == set(CHECKS)


def test_nothing_in_the_period_is_no_failure() -> None:
    assert findings("break on error", *gas_answer("notFound", "success")) == []


def test_what_was_only_carried_again_is_one_answer() -> None:
    assert findings("one answer each", READ, maced(ANSWERED), maced(ANSWERED)) == []
