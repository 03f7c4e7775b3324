"""Commands to auxiliary controllers, and a home with what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs import catalogue, messages, protection
from assay.gbcs.certificates import CertificateUsage, build_organisation, serial_number
from assay.gbcs.date_time import NOW, DateTime
from assay.gbcs.dlms.access import Item, Obis, Op, Response, decode_payload
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    boolean,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import dlms_command_payload
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from tests.rigs.devices.premises_kit import METER, START, SUPPLIER, Premises, parties

LOAD_CONTROLLER = Eui64.from_text("90-B3-D5-1F-30-01-00-08")
_USAGES = {
    CellKey.SIGNATURE: CertificateUsage.DIGITAL_SIGNATURE,
    CellKey.AGREEMENT: CertificateUsage.KEY_AGREEMENT,
}
SCRIPTS, LIMITS = "0-0:10.0.103.255", "0-0:10.0.107.255"
EVERY_DAY = "1111111"
ALWAYS = bytes.fromhex("FFFFFFFFFF")


def run(premises: Premises, code: int, items: Sequence[Item], role: Role = SUPPLIER) -> list[int]:
    counter = premises.next_counter()
    payload = dlms_command_payload(counter, tuple(items))
    answer = premises.answer(premises.command(code, role, counter=counter, payload=payload))
    assert answer is not None
    return premises.results(answer)


def put(obis: str, data: Data, class_id: int = 1, attribute: int = 2) -> Item:
    return Item(Op.SET, class_id, Obis.from_text(obis), attribute, data)


def execute(script: int, table: str = SCRIPTS) -> Item:
    return Item(Op.ACTION, 9, Obis.from_text(table), 1, long_unsigned(script))


def switch(premises: Premises, number: int, minutes: int, *, on: bool = True) -> list[int]:
    place, action = (1, 0x11) if on else (2, 0x12)
    timer = put(f"0-0:94.44.{116 + number}.{place}", long_unsigned(minutes))
    return run(premises, 0x0055, (timer, execute(number << 8 | action)))


def reset(premises: Premises, number: int) -> list[int]:
    return run(premises, 0x0055, (execute(number << 8 | 0x20),))


def period(number: int, first: int, start: datetime, end: datetime) -> list[Item]:
    group = f"0-0:94.44.{116 + number}"
    ends = ((first, start), (first + 1, end))
    return [put(f"{group}.{place}", octet_string(DateTime.at(at).octets)) for place, at in ends]


def set_level(
    premises: Premises, number: int, level: int, start: datetime, end: datetime
) -> list[int]:
    items = (*period(number, 1, start, end), execute(0x1000 | number << 8 | level))
    return run(premises, 0x011E, items)


def day(on: date) -> bytes:
    return on.year.to_bytes(2, "big") + bytes((on.month, on.day, 0xFF))


def entry(
    index: int,
    script: int,
    at: time,
    *,
    weekdays: str = EVERY_DAY,
    days: str = "",
    begin: bytes = ALWAYS,
    end: bytes = ALWAYS,
) -> Data:
    return structure(
        long_unsigned(index),
        boolean(True),
        octet_string(bytes(Obis.from_text(SCRIPTS))),
        long_unsigned(script),
        octet_string(bytes((at.hour, at.minute, at.second, 0))),
        long_unsigned(0xFFFF),
        Data(Tag.BIT_STRING, weekdays),
        Data(Tag.BIT_STRING, days),
        octet_string(begin),
        octet_string(end),
    )


def special_day(index: int, on: date) -> Data:
    return structure(long_unsigned(index), octet_string(day(on)), unsigned(index))


def set_calendar(
    premises: Premises,
    entries: Sequence[Data],
    special_days: Sequence[Data] = (),
    when: bytes = NOW,
) -> list[int]:
    data = (array(*special_days), array(*entries), octet_string(when), octet_string(when))
    return [item.result for item in premises.ask(0x011A, SUPPLIER, data).items]


def read(premises: Premises, code: int) -> list[Data]:
    items = [
        Item(row.op, row.class_id, row.obis, row.attribute, Data(0))
        for row in catalogue.dlms_command(code)
    ]
    counter = premises.next_counter()
    payload = dlms_command_payload(counter, tuple(items))
    answer = premises.answer(premises.command(code, SUPPLIER, counter=counter, payload=payload))
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    return [item.data for item in response.items]


def is_on(premises: Premises, number: int) -> bool:
    load = premises.meter.auxiliary.load(number)
    return load is not None and load.levels.output > 0


def scripts(premises: Premises) -> list[int]:
    return [event.script for event in premises.meter.auxiliary.log.events]


class LoadController:
    """A party that the meter learns to know, and that limits its proportional controllers."""

    def __init__(self, premises: Premises) -> None:
        self._premises = premises
        self._keys = {key: ec.generate_private_key(ec.SECP256R1()) for key in _USAGES}
        anchors = {
            CellName(Role.LOAD_CONTROLLER, key): build_organisation(
                self._keys[key].public_key(),
                issuer=parties().issuer,
                eui=LOAD_CONTROLLER,
                role=Role.LOAD_CONTROLLER,
                usage=usage,
                serial=serial_number(b"\x02" * 16),
                not_before=START - timedelta(days=1),
                not_after=START + timedelta(days=9000),
            )
            for key, usage in _USAGES.items()
        }
        premises.meter.install((), anchors)

    def limit(self, number: int, level: int, start: datetime, end: datetime) -> list[int]:
        premises = self._premises
        counter = premises.next_counter()
        script = execute(0x1000 | number << 8 | level, LIMITS)
        message = messages.command(
            message_code=0x011F,
            originator=LOAD_CONTROLLER,
            recipient=METER,
            counter=counter,
            payload=dlms_command_payload(counter, (*period(number, 3, start, end), script)),
        )
        signed = protection.sign(message, self._keys[CellKey.SIGNATURE])
        answer = premises.answer(premises.mac(signed).to_octets())
        assert answer is not None
        return premises.results(answer)
