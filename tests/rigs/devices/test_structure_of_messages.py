"""What the devices send has the structure that the national test messages have."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.gbcs.asn1 import codec
from assay.gbcs.dlms.access import (
    Notification,
    Request,
    Response,
    decode_payload,
)
from assay.gbcs.dlms.data import CompactArray, Data, Tag
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import Role
from tests.rigs.devices.faulty_commands import FAULTY
from tests.rigs.devices.premises_kit import (
    BROKER,
    HUB,
    METER,
    NETWORK,
    SUPPLIER,
    Premises,
)

COMMANDS = (
    ("6.11_ECS70/ECS70_6.11", SUPPLIER),
    ("8.1.1_ECS70Commission/ECS70Commission_8.1.1", SUPPLIER),
    ("4.10_ECS23/ECS23_4.10", SUPPLIER),
    ("11.2_ECS52/ECS52_11.2", SUPPLIER),
    ("6.2.1_ECS26b/ECS26b_6.2.1", SUPPLIER),
    ("6.5_ECS29a/ECS29a_6.5", NETWORK),
    ("6.5_ECS29c/ECS29c_6.5", NETWORK),
    ("6.27_ECS29e/ECS29e_6.27", NETWORK),
    ("6.13_ECS35a/ECS35a_6.13", SUPPLIER),
    ("6.13_ECS35b/ECS35b_6.13", SUPPLIER),
    ("6.13_ECS35e/ECS35e_6.13", SUPPLIER),
    ("7.1_ECS42/ECS42_7.1", SUPPLIER),
    ("7.2_ECS43/ECS43_7.2", SUPPLIER),
    ("7.3_ECS44/ECS44_7.3", SUPPLIER),
    ("7.4_ECS45/ECS45_7.4", SUPPLIER),
    ("3.1_ECS10/ECS10_3.1", SUPPLIER),
    ("8.11_CCS01/CCS01_8.11", BROKER),
    ("8.11_CCS02/CCS02_8.11", BROKER),
    ("6.13_ECS35c/ECS35c_6.13", BROKER),
)
SINGLE_ELEMENT_REGISTERS = "02010204060000000a02020f00161e060000000a02020f001620"
"""Plain content of the national answer to ECS17b, as worked example C of the digest has it."""


def message(shared: Path, name: str) -> Message:
    text = (shared / "rtds" / "messages" / f"{name}_GBCS.HEX").read_text()
    return parse(bytes.fromhex("".join(text.split())))


def shape(data: Data) -> object:
    """Types all the way down; how many elements an array has is left out."""
    if data.tag == Tag.ARRAY:
        return "array", sorted({str(shape(element)) for element in data.value})
    if data.tag == Tag.STRUCTURE:
        return "structure", [shape(part) for part in data.value]
    if isinstance(data.value, CompactArray):
        return "compact-array", data.value.description
    return Tag(data.tag).name


def response_shape(answer: Message) -> list[tuple[object, ...]]:
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return [(item.op, item.result, shape(item.data)) for item in payload.items]


def header_shape(answer: Message) -> tuple[object, ...]:
    other = answer.other
    return (
        answer.cra,
        answer.message_code,
        len(answer.signature or b""),
        answer.mac is not None,
        answer.date_time is not None,
        other.supplementary_party is not None,
    )


def replay(premises: Premises, command: Message, role: Role) -> Message:
    """The same items, sent by our party to our device."""
    target = {0xA0: METER, 0xA2: HUB}[command.recipient[-1]]
    assert target == command.recipient
    payload = decode_payload(command.payload)
    assert isinstance(payload, Request)
    counter = premises.next_counter()
    plain = premises.plain_command(
        command.message_code, role, counter=counter, recipient=target, payload=command.payload
    )
    signed = premises.sign(plain, role) if command.signature else plain
    answer = premises.answer(premises.mac(signed).to_octets())
    assert answer is not None
    return answer


@pytest.mark.parametrize(("name", "role"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_response_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path, name: str, role: Role
) -> None:
    command = message(shared, f"{name}_SUCCESS_COMMAND")
    expected = message(shared, f"{name}_SUCCESS_RESPONSE")
    answer = replay(premises, command, role)
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer)[:5] == header_shape(expected)[:5]


def test_encrypted_registers_have_the_structure_of_the_national_ones(premises: Premises) -> None:
    answer = premises.read_registers()
    assert answer is not None
    expected = decode_whole(bytes.fromhex(SINGLE_ELEMENT_REGISTERS))
    assert shape(premises.open_registers(answer)) == shape(expected)


def test_an_encrypted_answer_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path
) -> None:
    expected = message(shared, "4.1.1_ECS17b/ECS17b_4.1.1_TWIN_SUCCESS_RESPONSE")
    answer = premises.read_registers()
    assert answer is not None
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer) == header_shape(expected)


def test_credential_details_have_the_structure_of_the_national_ones(
    premises: Premises, shared: Path
) -> None:
    command = message(shared, "6.24.1_CS02aMAC/CS02aMAC_6.24.1_SUCCESS_COMMAND")
    expected = message(shared, "6.24.1_CS02aMAC/CS02aMAC_6.24.1_SUCCESS_RESPONSE")
    answer = premises.answer(premises.command(0x0008, BROKER, payload=command.payload))
    assert answer is not None
    assert header_shape(answer) == header_shape(expected)
    ours, theirs = (codec.decode_message(m).value for m in (answer, expected))
    assert [(entry["role"], entry["status"]) for entry in ours] == [
        (entry["role"], entry["status"]) for entry in theirs
    ]
    for own, national in zip(ours, theirs, strict=True):
        kinds = [(cell["key_usage"], cell.get("cell_usage")) for cell in national["cells"]]
        # This bench's supplier has no top-up key in its test certificates.
        management = [kind for kind in kinds if kind[1] is None]
        assert [(c["key_usage"], c.get("cell_usage")) for c in own["cells"]] == management
        assert own.keys() == national.keys()


def test_the_outage_alert_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path
) -> None:
    premises.interrupt(200)
    premises.pass_time(20)
    assert_alert_like(premises, 0x8F36, message(shared, "NA_ECS80/ECS80_NA_8F36_ALERT"))


def test_the_backup_of_the_device_log_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path
) -> None:
    # Removing another device leaves the meter with its key in the log.
    entry = premises.hub.device_log.entries[0]
    other = type(entry)(
        device_id=Eui64(b"\x00\xdb" + bytes(6)), install_code=bytes(16), device_type=5
    )
    premises.hub.device_log.add(other)
    premises.hub.device_log.remove(other.device_id)
    premises.pass_time(5)
    last = premises.alerts(0x8F12)[-1][0]
    expected = message(shared, "NA_CS14/CS14_NA_8F12_ALERT")
    assert alert_shape(last) == alert_shape(expected)
    assert header_shape(last) == header_shape(expected)


def test_the_alert_of_a_refusal_has_the_structure_of_the_national_one(
    premises: Premises, shared: Path
) -> None:
    command = FAULTY["from a party without authority"].make(premises)
    premises.send(command, target=METER)
    assert_alert_like(premises, 0x8F30, message(shared, "NA_GCA-DLMS/GCA-DLMS_NA_8F30_ALERT"))


def test_a_voltage_alert_has_the_structure_of_a_non_critical_national_one(
    premises: Premises, shared: Path
) -> None:
    premises.feed(280)
    premises.pass_time(40)
    assert_alert_like(premises, 0x8020, message(shared, "NA_GNCA-DLMS/GNCA-DLMS_NA_810E_ALERT"))


def assert_alert_like(premises: Premises, code: int, expected: Message) -> None:
    ((alert, _),) = premises.alerts(code)
    assert alert_shape(alert) == alert_shape(expected)
    assert header_shape(alert) == header_shape(expected)


def alert_shape(alert: Message) -> object:
    payload = decode_payload(alert.payload)
    assert isinstance(payload, Notification)
    return shape(payload.body)
