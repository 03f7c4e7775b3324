"""What a device makes of commands it refuses: told of ones it does not know, unusual numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs import protection
from assay.gbcs.asn1.credentials import CredentialsRequest
from assay.gbcs.authority import MACED, SIGNED
from assay.gbcs.dlms.access import Notification, decode_payload
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.messages import dlms_command_payload
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.device_type import DeviceType
from tests.rigs.security.kit import BROKER, DEVICE, SUPPLIER, Bench

ACTIVATE, DETAILS, TOP_UP = 0x0012, 0x0008, 0x0007
UNUSUAL, MALFORMED = 0x8F60, 0x8F1E


def _activation(bench: Bench, role: Role = SUPPLIER) -> bytes:
    counter = bench.next_counter()
    value = {"image_hash": bytes(32).hex(), "originator_counter": counter}
    return bench.command(ACTIVATE, role, value, counter=counter)


def _without_firmware() -> Bench:
    bench = Bench(DeviceType.SAPC)
    del bench.device.handlers[ACTIVATE]
    return bench


def _told(bench: Bench) -> list[tuple[Message, bytes]]:
    found = []
    for message in bench.alerts(0x0120):
        payload = decode_payload(message.payload)
        assert isinstance(payload, Notification)
        found.append((message, payload.body.value[2].value))
    return found


def test_an_authentic_command_of_an_unknown_use_case_is_told_of() -> None:
    bench = _without_firmware()
    assert bench.answer(_activation(bench)) is None
    ((message, what),) = _told(bench)
    assert what == ACTIVATE.to_bytes(2, "big") + bench.counter.to_bytes(8, "big")
    assert message.recipient == bench.eui(SUPPLIER)
    key = bench.device.credentials.signing_key.public_key()
    assert protection.is_signature_valid(message, key)


def test_the_party_that_the_broker_named_is_named_again() -> None:
    bench = Bench(DeviceType.CHF)
    octets = bench.command(0x0129, BROKER, None, supplementary=(bench.eui(SUPPLIER), 77))
    assert bench.answer(octets) is None
    ((message, _),) = _told(bench)
    assert message.recipient == bench.eui(BROKER)
    assert message.other.supplementary_party == bench.eui(SUPPLIER)
    assert message.other.supplementary_counter == 77


def test_one_that_is_not_authentic_is_not_told_of() -> None:
    bench = _without_firmware()
    octets = _activation(bench)
    assert bench.answer(octets[:-1] + bytes((octets[-1] ^ 1,))) is None
    assert bench.sent == []


def test_an_older_device_keeps_silent() -> None:
    bench = _without_firmware()
    bench.security.unsupported.is_told = False
    assert bench.answer(_activation(bench)) is None
    assert bench.sent == []
    assert bench.logged() == (MALFORMED,)


def test_ten_bad_commands_in_an_hour_are_unusual() -> None:
    bench = Bench()
    for _ in range(9):
        bench.device.process(b"no message")
    assert UNUSUAL not in bench.logged()
    bench.device.process(b"no message")
    assert bench.logged()[-1] == UNUSUAL
    bench.device.process(b"no message")
    assert bench.logged()[-1] == MALFORMED


def test_bad_commands_far_apart_are_not_unusual() -> None:
    bench = Bench()
    for _ in range(30):
        bench.device.process(b"no message")
        bench.pass_time(timedelta(minutes=10))
    assert UNUSUAL not in bench.logged()


# Counters.


def _details(role: Role, cell: CellKey) -> dict[str, object]:
    return {
        "authorising_cell": {
            "role": int(role),
            "key_usage": "keyAgreement" if cell is CellKey.AGREEMENT else "digitalSignature",
        },
        "roles": [int(SUPPLIER)],
    }


def test_a_read_neither_needs_nor_moves_a_counter() -> None:
    bench = Bench()
    before = bench.state()
    value = _details(BROKER, CellKey.AGREEMENT)
    for _ in range(2):
        assert bench.answer(bench.command(DETAILS, BROKER, value, counter=1)) is not None
    assert bench.state() == before


def test_a_critical_command_moves_its_roles_counter_and_no_other() -> None:
    bench = Bench()
    _, before, _ = bench.state()
    assert bench.answer(_activation(bench)) is not None
    assert bench.state()[1] == {**before, SUPPLIER: bench.counter}


@pytest.mark.parametrize("counter", [1, 1 << 40])
def test_top_ups_have_a_counter_of_their_own(counter: int) -> None:
    bench = Bench()
    bench.device.serve({TOP_UP: lambda command: dlms_command_payload(command.message.counter, ())})
    bench.device.credentials.anchors.counters[SUPPLIER] = 1 << 50
    message = bench.plain(TOP_UP, SUPPLIER, b"", counter)
    octets = bench.protect(message, SUPPLIER, MACED)
    assert bench.answer(octets) is not None
    assert bench.device.credentials.anchors.prepayment_counter == counter
    assert bench.device.credentials.anchors.counters[SUPPLIER] == 1 << 50
    assert bench.answer(octets) is None
    assert bench.logged() == (0x8F53,)


def test_a_refused_command_moves_no_counter() -> None:
    bench = Bench()
    before = bench.state()
    octets = _activation(bench)
    bench.device.process(octets[:-1] + bytes((octets[-1] ^ 1,)))
    assert bench.state() == before


# Details of credentials.


def test_details_that_are_asked_for_with_a_signature_are_answered_with_one() -> None:
    bench = Bench()
    value = _details(Role.TRANSITIONAL_COS, CellKey.SIGNATURE)
    octets = bench.command(DETAILS, Role.TRANSITIONAL_COS, value, form=SIGNED)
    answer = bench.answer(octets)
    assert answer is not None
    assert answer.mac is None
    key = bench.device.credentials.signing_key.public_key()
    assert protection.is_signature_valid(answer, key)


def test_the_roots_cell_is_read_as_one_that_signs_certificates() -> None:
    bench = Bench()
    cell = CellName(BROKER, CellKey.AGREEMENT)
    request = CredentialsRequest(authorising_cell=cell, roles=(Role.ROOT,))
    counter = bench.next_counter()
    message = bench.plain(DETAILS, BROKER, request.to_payload(), counter)
    answer = bench.answer(bench.protect(message, BROKER, MACED))
    assert answer is not None
    assert bytes.fromhex("03020204") in answer.payload
    assert answer.cra is Cra.RESPONSE
    assert answer.originator == DEVICE
