"""Every answer of the meter has the structure of the national answer to the same use case.

A use case joins by a row: the stem of the national messages, and where it matters the variant of
the meter, and the national commands that go before. Sensitive data are compared decrypted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

import pytest

from assay.cli.key_folder import key_store
from assay.gbcs import protection
from assay.gbcs.dlms.access import Notification, Response, decode_payload
from assay.gbcs.dlms.data import Tag
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.envelope import Message
from assay.gbcs.inspection import encryption_parties, encryption_secret
from assay.gbcs.keys import KeyStore
from assay.gbcs.trust_anchors import Role
from rigs.devices.esme.configuration import MeterConfiguration, MeterVariant
from rigs.devices.esme.metering.billing_calendar import BillingCalendar, BillingStart
from tests.rigs.devices.premises_kit import BROKER, METER, NETWORK, SUPPLIER, Premises
from tests.rigs.devices.test_structure_of_messages import (
    alert_shape,
    header_shape,
    message,
    response_shape,
    shape,
)

SINGLE, TWIN = MeterVariant.SINGLE_ELEMENT, MeterVariant.TWIN_ELEMENT
ROLES = {"30010000": SUPPLIER, "30020000": NETWORK, "30000002": BROKER}
"""By the end of the national party's identifier."""
CIPHERED, TWO_PARTS = 0x31, 2
"""Security control of encrypted data; members of an answer that holds some."""


@dataclass(frozen=True, slots=True)
class Row:
    stem: str
    variant: MeterVariant = SINGLE
    before: tuple[str, ...] = ()


ROWS = (
    Row("1.1.1_ECS01a/ECS01a_1.1.1_FUTURE_DATED_TOU_BLOCK"),
    Row("1.1.1_ECS01a/ECS01a_1.1.1_CANCELLATION_TOU_BLOCK"),
    Row("1.1.2_ECS01c/ECS01c_1.1.2_IMMEDIATE", TWIN),
    Row("1.1.2_ECS01c/ECS01c_1.1.2_CANCELLATION", TWIN),
    Row("1.2.1_ECS01b/ECS01b_1.2.1_IMMEDIATE_TOU"),
    Row("1.2.1_ECS01b/ECS01b_1.2.1_CANCELLATION_TOU_BLOCK"),
    Row("1.2.2_ECS01d/ECS01d_1.2.2_IMMEDIATE", TWIN),
    Row("1.2.2_ECS01d/ECS01d_1.2.2_CANCELLATION", TWIN),
    Row("1.7_ECS05/ECS05_1.7"),
    Row("3.2_ECS12/ECS12_3.2"),
    Row("4.1.1_ECS17b/ECS17b_4.1.1_TWIN", TWIN),
    Row("4.1.2_ECS17d/ECS17d_4.1.2_SINGLE"),
    Row("4.1.3_ECS17e/ECS17e_4.1.3"),
    Row("4.2_ECS17a/ECS17a_4.2"),
    Row("4.3_ECS19/ECS19_4.3"),
    Row("4.4.2_ECS20b/ECS20b_4.4.2_TWIN", TWIN),
    Row("4.4.3_ECS20c/ECS20c_4.4.3_TWIN", TWIN),
    Row("4.4.5_ECS20d/ECS20d_4.4.5"),
    Row("4.6.1_ECS21a/ECS21a_4.6.1_TWIN", TWIN),
    Row("4.8.1_ECS22b/ECS22b_4.8.1_SINGLE"),
    Row("4.8.2_ECS22c/ECS22c_4.8.2"),
    Row("4.8.3_ECS22a/ECS22a_4.8.3"),
    Row("4.11.2_ECS24b/ECS24b_4.11.2", TWIN, before=("1.1.2_ECS01c/ECS01c_1.1.2_IMMEDIATE",)),
    Row("4.12.2_ECS18a/ECS18a_4.12.2"),
    Row("4.14_ECS21b/ECS21b_4.14_KRP"),
    Row("4.16_ECS17c/ECS17c_4.16"),
    Row("4.17_ECS66/ECS66_4.17"),
    Row("6.2.2_ECS26c/ECS26c_6.2.2"),
    Row("6.2.3_ECS26d/ECS26d_6.2.3", before=("6.8_ECS30/ECS30_6.8",)),
    Row("6.2.3_ECS26l/ECS26l_6.2.3", before=("6.8_ECS30a/ECS30a_6.8",)),
    Row("6.2.4_ECS26m/ECS26m_6.2.4"),
    Row("6.2.5_ECS26f/ECS26f_6.2.5"),
    Row("6.2.7_ECS40/ECS40_6.2.7_TWIN", TWIN),
    Row("6.8_ECS30/ECS30_6.8"),
    Row("6.8_ECS30a/ECS30a_6.8"),
    Row("6.12_ECS34/ECS34_6.12"),
    Row("6.18.1_ECS37/ECS37_6.18.1"),
    Row("6.18.2_ECS57/ECS57_6.18.2_SOME_OPTIONALS"),
    Row("6.20.1_ECS39a/ECS39a_6.20.1_SINGLE"),
    Row("6.20.2_ECS39b/ECS39b_6.20.2"),
    Row("6.26_ECS48/ECS48_6.26"),
    Row("7.12_ECS38/ECS38_7.12"),
)


@pytest.mark.parametrize("row", ROWS, ids=[row.stem for row in ROWS])
def test_a_response_has_the_structure_of_the_national_one(row: Row, shared: Path) -> None:
    premises = Premises.joined(MeterConfiguration(device_id=METER, variant=row.variant))
    for stem in row.before:
        replay(premises, message(shared, f"{stem}_SUCCESS_COMMAND"))
    answer = replay(premises, message(shared, f"{row.stem}_SUCCESS_COMMAND"))
    expected = message(shared, f"{row.stem}_SUCCESS_RESPONSE")
    assert response_shape(answer) == response_shape(expected)
    assert header_shape(answer) == header_shape(expected)
    keys = key_store(shared / "rtds" / "keys")
    assert keys is not None
    assert plain_shape(answer, premises.keys) == plain_shape(expected, keys)


def replay(premises: Premises, national: Message) -> Message:
    """The same items from the same kind of party, with this premises' keys and counter."""
    role = role_of(national)
    plain = premises.plain_command(national.message_code, role, payload=national.payload)
    plain = replace(plain, other=national.other)
    signed = premises.sign(plain, role) if national.signature else plain
    answer = premises.answer(premises.mac(signed).to_octets())
    assert answer is not None
    return answer


def role_of(national: Message) -> Role:
    return ROLES[national.originator.hex()[-8:]]


def plain_shape(answer: Message, keys: KeyStore) -> list[object]:
    """The structure of what the encrypted parts of an answer hold."""
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return [
        shape(decode_whole(opened(answer, item.data.value[1].value, keys)))
        for item in payload.items
        if item.data.tag == Tag.STRUCTURE
        and len(item.data.value) == TWO_PARTS
        and item.data.value[1].tag == Tag.OCTET_STRING
        and item.data.value[1].value[:1] == bytes((CIPHERED,))
    ]


def opened(answer: Message, blob: bytes, keys: KeyStore) -> bytes:
    recipient, counter = encryption_parties(answer)
    secret = encryption_secret(answer, keys)
    assert secret is not None
    plain = protection.decrypt(blob, secret, answer.originator, counter, recipient)
    assert plain is not None
    return plain


def test_the_billing_alert_has_the_structure_of_the_national_one(shared: Path) -> None:
    premises = Premises.joined(MeterConfiguration(device_id=METER, variant=TWIN))
    premises.meter.metering.billing.set_calendar(BillingCalendar((BillingStart(at=time(0, 0)),)))
    premises.pass_time(86_400)
    ((alert, parts),) = premises.alerts(0x8F0A)
    expected = message(shared, "NA_ECS68/ECS68_NA_8F0A_TWIN_ALERT")
    assert alert_shape(alert) == alert_shape(expected)
    assert header_shape(alert) == header_shape(expected)
    keys = key_store(shared / "rtds" / "keys")
    assert keys is not None
    national = decode_payload(expected.payload)
    assert isinstance(national, Notification)
    ours = decode_whole(opened(alert, parts[3].value, premises.keys))
    theirs = decode_whole(opened(expected, national.body.value[3].value, keys))
    assert shape(ours) == shape(theirs)
