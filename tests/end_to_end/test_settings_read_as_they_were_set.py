"""What a request sets on an electricity meter is what the user reads back, in the same words.

From request to Command by the transformation, from its data to a response by this test, from
the response to values by the MMC rows: neither end knows the other.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assay.dcc.transform import Target, UnencodableContentError, transform
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.duis.values import CalendarDate
from assay.gbcs import catalogue
from assay.gbcs.dlms.access import Item, ItemResult, Op, decode_payload
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import Data
from assay.mmc import parse_mmc
from tests.dcc.parties import BROKER, METER, SUPPLIER
from tests.end_to_end.sensible_requests import sensible
from tests.mmc import made

SINGLE, POLYPHASE = "SinglePhaseVoltageSettings", "PolyPhaseVoltageSettings"
SET_AND_READ: tuple[tuple[str, int, str | None], ...] = (
    ("1.1.1", 0x003A, "ElecTariffElements"),
    ("1.1.2", 0x00BD, None),
    ("1.2.1", 0x003A, "ElectricityPriceElements"),
    ("1.2.2", 0x00BD, None),
    ("2.1", 0x003B, "UpdatePrepayConfigElectricity"),
    ("2.3", 0x003B, "ElecDebtRecovery1"),
    ("6.4.1", 0x0042, None),
    ("6.5", 0x003C, SINGLE),
    ("6.5", 0x00C6, POLYPHASE),
    ("6.8", 0x00D9, "ElectricityBillingCalendar"),
    ("6.12", 0x0040, None),
    ("6.14.2", 0x00BB, None),
    ("6.18.1", 0x002C, None),
    ("6.20.1", 0x004E, "ImportMPANs"),
    ("6.20.2", 0x004E, None),
    ("6.25", 0x00F9, None),
    ("7.12", 0x003D, None),
)
"""Variant that sets, use case that reads, and what its body must have."""
NEXT_TO_CURRENT = {20: {7: 3, 8: 4, 9: 5}, 113: {6: 5}, 9000: {4: 2}}
"""Attributes by class: those that are set, those that are read once they are in force."""
CURRENT_SCHEDULES = {10: 0, 11: 0}
"""Classes whose objects to be are of channel 1 and those in force of channel 0."""
OTHERWISE_SAID = frozenset(("BlockPrice", "DayOfWeekID"))
"""All 32 block prices are read, also those that were not named, and a day that was named twice
is read once."""


def key(item: Item) -> tuple[int, bytes, int]:
    channel = CURRENT_SCHEDULES.get(item.class_id)
    name = bytes(item.obis)
    if channel is not None:
        name = name[:1] + bytes((channel,)) + name[2:]
    attribute = NEXT_TO_CURRENT.get(item.class_id, {}).get(item.attribute, item.attribute)
    return item.class_id, name, attribute


def settings_of(request: Request) -> dict[tuple[int, bytes, int], Data]:
    message = transform(request, Target(device_type="ESME"), broker=BROKER, broker_counter=9)
    payload = decode_payload(message.payload)
    assert isinstance(payload, AccessRequest)
    return {key(item): item.data for item in payload.items if item.op is Op.SET}


def answer(code: int, put: Mapping[tuple[int, bytes, int], Data]) -> bytes:
    """The response with what was set; every other item fails."""
    wanted = [
        Item(row.op, row.class_id, row.obis, row.attribute) for row in catalogue.dlms_command(code)
    ]
    return made.dlms(
        code,
        [
            ItemResult(Op.GET, 0, put[key(item)])
            if key(item) in put
            else ItemResult(Op.GET, OBJECT_UNAVAILABLE)
            for item in wanted
        ],
    )


OBJECT_UNAVAILABLE = 11


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every value with the name of its element, as text."""
    if isinstance(value, Mapping):
        for inner, item in value.items():
            yield from leaves(item, name if inner in ("#text", "Value", "value") else inner)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from leaves(item, name)
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    if value is None or value is True:
        return "true"
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, CalendarDate):
        return str(value).removesuffix("Z")
    return value.removesuffix("Z") if isinstance(value, str) else str(value)


def by_name(value: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in leaves(value):
        found.setdefault(name, []).append(text)
    return {name: sorted(texts) for name, texts in found.items() if "index" not in name.lower()}


def printable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: printable(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(map(printable, value))
    if isinstance(value, str):
        return "".join(letter if letter in ALLOWED else "x" for letter in value)
    return value


ALLOWED = string.ascii_letters + string.digits


@pytest.mark.parametrize(("srv", "code", "element"), SET_AND_READ)
@settings(
    max_examples=6, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_what_was_set_is_read(
    srv: str, code: int, element: str | None, data: st.DataObject
) -> None:
    bodies = sensible(srv, "ESME").filter(lambda body: element is None or element in repr(body))
    request = Request(
        request_id=RequestId(SUPPLIER, METER, 5),
        command_variant=CATALOGUE[srv].command_variants[0],
        srv=srv,
        body=printable(data.draw(bodies)),
    )
    try:
        put = settings_of(request)
    except UnencodableContentError:
        return
    asked, read = by_name(request.body), by_name(parse_mmc(answer(code, put)).values)
    common = (asked.keys() & read.keys()) - OTHERWISE_SAID
    assert common
    assert {name: read[name] for name in common} == {name: asked[name] for name in common}
