"""GBCS messages for the tunnel, made by our own codec."""

from __future__ import annotations

from datetime import UTC, datetime

from assay.gbcs import catalogue, messages
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, ItemResult, Obis, Op, Result
from assay.gbcs.dlms.data import array, enum, integer, octet_string, structure, unsigned
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A3")

_CLOCK = Obis.from_text("0-0:1.0.0.255")
_SIGNATURE = bytes(range(64))
_MAC = bytes(range(12))


def _code(name: str) -> int:
    return next(code for code, row in catalogue.use_cases().items() if row.name == name)


def set_clock(counter: int = 0x0000018F00000001) -> bytes:
    """ECS70: the window in which the meter may take the hub's time."""
    window = structure(
        octet_string(DateTime.at(datetime(2026, 3, 2, 11, 59, tzinfo=UTC)).octets),
        octet_string(DateTime.at(datetime(2026, 3, 2, 12, 1, tzinfo=UTC)).octets),
        octet_string(DateTime.at(datetime(2026, 3, 2, 12, 0, tzinfo=UTC)).octets),
    )
    items = (
        Item(Op.SET, 8, _CLOCK, 9, enum(5)),
        Item(Op.ACTION, 8, _CLOCK, 5, window),
        Item(Op.ACTION, 8, _CLOCK, 4, integer(0)),
        Item(Op.GET, 8, _CLOCK, 2),
        Item(Op.GET, 8, _CLOCK, 4),
    )
    return _command(_code("ECS70"), counter, items).to_octets()


def clock_set(counter: int = 0x0000018F00000001) -> bytes:
    """The answer to `set_clock`."""
    stamp = DateTime.at(datetime(2026, 3, 2, 12, 0, 1, tzinfo=UTC))
    results = (
        ItemResult(Op.SET, Result.SUCCESS),
        ItemResult(Op.ACTION, Result.SUCCESS),
        ItemResult(Op.ACTION, Result.SUCCESS),
        ItemResult(Op.GET, Result.SUCCESS, octet_string(stamp.octets)),
        ItemResult(Op.GET, Result.SUCCESS, unsigned(0)),
    )
    request = _command(_code("ECS70"), counter, ())
    answer = messages.response(request, messages.dlms_response_payload(counter, results), at=stamp)
    return answer.with_signature(_SIGNATURE).to_octets()


def long_answer(counter: int = 0x0000018F00000002, rows: int = 24) -> bytes:
    """A profile of about 30 octets a row: more than a frame holds."""
    stamp = DateTime.at(datetime(2026, 3, 2, 12, 0, 1, tzinfo=UTC))
    row = structure(octet_string(stamp.octets), *(unsigned(value) for value in range(6)))
    results = (ItemResult(Op.GET, Result.SUCCESS, array(*(row for _ in range(rows)))),)
    request = _command(_code("ECS22a"), counter, ())
    answer = messages.response(request, messages.dlms_response_payload(counter, results), at=stamp)
    return answer.with_signature(b"").with_mac(_MAC).to_octets()


def _command(code: int, counter: int, items: tuple[Item, ...]) -> Message:
    message = messages.command(
        message_code=code,
        originator=SUPPLIER,
        recipient=METER,
        counter=counter,
        payload=messages.dlms_command_payload(counter, items),
    )
    return message.with_signature(_SIGNATURE).with_mac(_MAC)
