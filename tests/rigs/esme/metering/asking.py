"""How the tests ask a meter for protected logs, as parties that it knows and as one it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import protection
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    build_organisation,
    serial_number,
)
from assay.gbcs.date_time import DateTime, seconds_since_2000
from assay.gbcs.dlms.access import ItemResult, Obis, Response, decode_payload
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    array,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.envelope import Message, OtherInformation
from assay.gbcs.identifiers import Eui64
from assay.gbcs.inspection import encryption_parties
from assay.gbcs.keys import KeyName, KeyUsage
from assay.gbcs.messages import dlms_command_payload
from assay.gbcs.trust_anchors import Role
from rigs.devices.protected_read import protection_parameters
from tests.rigs.devices.premises_kit import (
    BROKER,
    METER,
    START,
    SUPPLIER,
    Premises,
    parties,
    profile_items,
)

STRANGER = Eui64.from_text("90-B3-D5-1F-30-03-00-00")
_SERIAL = serial_number(b"\x02" * 16)


def results(answer: Message | None) -> tuple[ItemResult, ...]:
    assert answer is not None
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return payload.items


def restriction(first: datetime | None, last: datetime | None) -> Data:
    if first is None or last is None:
        return structure(enum(0), NULL)
    dates = (octet_string(DateTime.at(when).octets) for when in (first, last))
    return structure(enum(1), structure(*dates))


def protected_request(
    counter: int,
    objects: tuple[str, ...],
    first: datetime | None = None,
    last: datetime | None = None,
    class_id: int = 7,
) -> Data:
    """What class 30 is asked for: these objects, from one time to another."""
    entries = (
        structure(
            long_unsigned(class_id),
            octet_string(Obis.from_text(obis)),
            integer(2),
            long_unsigned(0),
            restriction(first, last),
        )
        for obis in objects
    )
    return structure(array(*entries), array(protection_parameters(counter, STRANGER, METER)))


def read_log(
    premises: Premises,
    code: int,
    *objects: str,
    first: datetime,
    last: datetime,
    role: Role = SUPPLIER,
) -> list[list[tuple[int, ...]]]:
    """For each object its entries as flat numbers."""
    counter = premises.next_counter()
    data = protected_request(counter, objects, first, last)
    answer = premises.answer(premises.command(code, role, (data,), counter=counter))
    assert answer is not None
    return [entries(part) for part in premises.open_registers(answer).value]


def read_profile(
    premises: Premises, code: int, role: Role, first: datetime, last: datetime
) -> list[tuple[int, ...]]:
    """A log that is read by range."""
    (result,) = results(ask_profile(premises, code, role, first, last))
    return entries(result.data)


def ask_profile(
    premises: Premises, code: int, role: Role, first: datetime, last: datetime
) -> Message | None:
    counter = premises.next_counter()
    chosen = profile_items(code, seconds_since_2000(first), seconds_since_2000(last))
    payload = dlms_command_payload(counter, chosen)
    return premises.answer(premises.command(code, role, counter=counter, payload=payload))


def entries(buffer: Data) -> list[tuple[int, ...]]:
    """Of a compact array; arrays inside an entry one number after the other."""
    return [tuple(_flat(element)) for element in buffer.value.elements]


def _flat(data: Data) -> list[int]:
    if not isinstance(data.value, tuple):
        return [data.value]
    return [number for part in data.value for number in _flat(part)]


class Stranger:
    """A party that the meter does not know: the broker asks for it and brings its certificate."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate: CertificateView = build_organisation(
            self.key.public_key(),
            issuer=parties().issuer,
            eui=STRANGER,
            role=Role.SUPPLIER,
            usage=CertificateUsage.KEY_AGREEMENT,
            serial=_SERIAL,
            not_before=START,
            not_after=START.replace(year=START.year + 1),
        )

    def ask(self, premises: Premises, code: int, data: Data) -> Message | None:
        plain = premises.plain_command(code, BROKER, (data,))
        other = OtherInformation(
            message_code=code,
            supplementary_party=STRANGER,
            supplementary_counter=4711,
            certificate=self.certificate.der,
        )
        return premises.answer(premises.mac(replace(plain, other=other)).to_octets())

    def open(self, premises: Premises, answer: Message) -> Data:
        recipient, counter = encryption_parties(answer)
        assert recipient == STRANGER
        public = premises.keys.public(KeyName(METER, KeyUsage.KEY_AGREEMENT))
        assert public is not None
        secret = self.key.exchange(ec.ECDH(), public)
        (result,) = results(answer)
        blob = result.data.value[1].value
        plain = protection.decrypt(blob, secret, answer.originator, counter, recipient)
        assert plain is not None
        return decode_whole(plain)
