"""Correlate: does a Pre-Command mean what the Service Request asked? (duis.md 16)

Written from the use-case tables on its own, without the DCC's transformation: per critical
variant a row of items that the Pre-Command must hold, computed from the request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.duis.requests import Request
from assay.duis.values import Content, field
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, Obis, Op, decode_payload
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import Data, enum, integer, long_unsigned, octet_string, structure
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.errors import RemoteGbcsError

_CLOCK = Obis.from_text("0-0:1.0.0.255")
_SUPPLY_SCRIPTS = Obis.from_text("0-0:10.0.106.255")
_NOT_SPECIFIED = octet_string(bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF"))
_UTC_FROM_HAN = enum(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What one critical variant must have become."""

    message_code: int
    items: Callable[[Content], tuple[Item, ...]]


def _supply_script(number: int) -> Callable[[Content], tuple[Item, ...]]:
    return lambda _: (Item(Op.ACTION, 9, _SUPPLY_SCRIPTS, 1, long_unsigned(number)),)


def _clock_window(body: Content) -> tuple[Item, ...]:
    start = field(body, "CurrentDateTime", datetime)
    end = start + timedelta(seconds=field(body, "TolerancePeriod", int))
    window = structure(_NOT_SPECIFIED, _date_time(start), _date_time(end))
    return (
        Item(Op.SET, 8, _CLOCK, 9, _UTC_FROM_HAN),
        Item(Op.ACTION, 8, _CLOCK, 5, window),
        Item(Op.ACTION, 8, _CLOCK, 4, integer(0)),
        Item(Op.GET, 8, _CLOCK, 2),
        Item(Op.GET, 8, _CLOCK, 4),
    )


def _date_time(when: datetime) -> Data:
    return octet_string(DateTime.at(when).octets)


EXPECTATIONS: Mapping[str, Expectation] = {
    "6.11": Expectation(message_code=0x0062, items=_clock_window),
    "8.1.1": Expectation(message_code=0x0062, items=_clock_window),
    "7.1": Expectation(message_code=0x004F, items=_supply_script(0x33)),
    "7.2": Expectation(message_code=0x0050, items=_supply_script(0x34)),
    "7.3": Expectation(message_code=0x0051, items=_supply_script(0x36)),
}


def correlate(request: Request, pre_command: Message) -> tuple[str, ...]:
    """Every difference in words; empty where both mean the same."""
    expectation = EXPECTATIONS.get(request.srv)
    if expectation is None:
        return (f"no expectation is known for variant {request.srv}",)
    asked = request.request_id
    envelope = (
        ("CRA", Cra.COMMAND, pre_command.cra),
        ("originator", asked.originator, pre_command.originator),
        ("recipient", asked.target, pre_command.recipient),
        ("counter", asked.counter, pre_command.counter),
        ("message code", f"{expectation.message_code:04X}", f"{pre_command.message_code:04X}"),
        ("supplementary party", None, pre_command.other.supplementary_party),
        ("certificate", None, pre_command.other.certificate),
        ("date-time", None, pre_command.date_time),
        ("MAC", None, pre_command.mac),
        ("signature", None, pre_command.signature or None),
    )
    differences = [_difference(*row) for row in envelope if row[1] != row[2]]
    if isinstance(request.body, Mapping):
        differences += _payload_differences(
            expectation.items(request.body), asked.counter, pre_command
        )
    return tuple(differences)


def _difference(name: str, expected: object, seen: object) -> str:
    return f"{name}: asked {expected}, Pre-Command has {seen}"


def _payload_differences(items: tuple[Item, ...], counter: int, message: Message) -> list[str]:
    try:
        payload = decode_payload(message.payload)
    except RemoteGbcsError as error:
        return [f"payload: {error}"]
    if not isinstance(payload, AccessRequest):
        return [_difference("payload", "an access request", type(payload).__name__)]
    wanted_invoke = 0x20 << 24 | (counter & 0xFFFFFF)
    found = []
    if payload.invoke_id != wanted_invoke:
        found.append(_difference("invoke id", f"{wanted_invoke:08X}", f"{payload.invoke_id:08X}"))
    if len(payload.items) != len(items):
        found.append(_difference("number of items", len(items), len(payload.items)))
    for index, (wanted, seen) in enumerate(zip(items, payload.items, strict=False)):
        if wanted != seen:
            found.append(_difference(f"item {index}", wanted, seen))
    return found
