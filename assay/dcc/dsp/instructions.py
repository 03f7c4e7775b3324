"""Reading dated Commands and the alerts about them: how many instructions, of which Command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assay.gbcs import payload
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Notification
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.envelope import Message
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import Component, GbzAlert, GbzPayload

_GBZ_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_EXECUTED_SIZE = 19
"""Of what a DLMS alert says was executed: message code 2, counter 8, object and member 9."""


def instructions_in(command: Message, at: datetime) -> int:
    """How many alerts the device will send at that time, at least one (gbcs.md 4.4, 9.3).

    One for each DLMS item and each GBZ component that has the time as its activation time; one
    for an ASN.1 command.
    """
    try:
        _, typed = payload.decode(command)
    except GbcsError:
        return 1
    if isinstance(typed, GbzPayload):
        return max(1, sum(_has_time(component, at) for component in typed.components))
    items = getattr(typed, "items", ())
    octets = DateTime.at(at).octets
    return max(1, sum(any(one == octets for one in _octet_strings(item)) for item in items))


def executed_counter(alert: Message) -> int | None:
    """The counter of the Command that the alert is about; None where it does not say."""
    try:
        _, typed = payload.decode(alert)
    except GbcsError:
        return None
    if isinstance(typed, GbzAlert):
        return typed.executed.counter if typed.executed is not None else None
    if isinstance(typed, Notification):
        return _counter_in(typed.body)
    if isinstance(typed, Asn1Payload) and isinstance(typed.value, dict):
        counter = typed.value.get("originator_counter")
        return counter if isinstance(counter, int) else None
    return None


def _counter_in(body: Data) -> int | None:
    if body.tag != Tag.STRUCTURE:
        return None
    for member in body.value:
        if member.tag == Tag.OCTET_STRING and len(member.value) == _EXECUTED_SIZE:
            return int.from_bytes(member.value[2:10], "big")
    return None


def _has_time(component: Component, at: datetime) -> bool:
    seconds = int((at - _GBZ_EPOCH).total_seconds())
    text = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return component.from_date_time == seconds or text in _times(component.payload)


def _times(value: Any) -> Iterator[str]:
    """All texts in the fields of a component, but when the command was issued."""
    if isinstance(value, dict):
        value = [one for name, one in value.items() if name != "issuer_event_id"]
    if isinstance(value, list | tuple):
        for one in value:
            yield from _times(one)
    elif isinstance(value, str):
        yield value


def _octet_strings(value: Any) -> Iterator[bytes]:
    """All octet strings in an item of a DLMS command, wherever they stand."""
    if isinstance(value, Data):
        if value.tag == Tag.OCTET_STRING:
            yield bytes(value.value)
        elif value.tag in (Tag.STRUCTURE, Tag.ARRAY):
            for member in value.value:
                yield from _octet_strings(member)
    elif isinstance(data := getattr(value, "data", None), Data):
        yield from _octet_strings(data)
