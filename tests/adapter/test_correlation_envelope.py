"""The envelope of a Pre-Command: addressed as asked, and neither signed nor protected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assay.adapter.correlation import correlate, differences
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, SignedPreCommand
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, Obis, Op, encode_payload, invoke_id
from assay.gbcs.dlms.access import Request as AccessRequest
from assay.gbcs.dlms.data import long_unsigned
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64

SUPPLIER, METER = Eui64.from_text("90B3D51F30010000"), Eui64.from_text("00DB1234567890A0")
COUNTER = 0x1_0000_03E8
REQUEST = Request(
    request_id=RequestId(SUPPLIER, METER, COUNTER), command_variant=4, srv="7.2", body={}
)
DISABLE = Item(Op.ACTION, 9, Obis.from_text("0-0:10.0.106.255"), 1, long_unsigned(0x34))


def payload(*items: Item, counter: int = COUNTER) -> bytes:
    return encode_payload(AccessRequest(invoke_id(counter), items))


PRE_COMMAND = Message(
    cra=Cra.COMMAND,
    counter=COUNTER,
    originator=SUPPLIER,
    recipient=METER,
    other=OtherInformation(message_code=0x0050),
    payload=payload(DISABLE),
    signature=None,
)


@pytest.mark.parametrize("signature", [None, b""])
def test_a_pre_command_has_no_signature_or_an_empty_one(signature: bytes | None) -> None:
    assert correlate(REQUEST, replace(PRE_COMMAND, signature=signature)) == ()


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        ("CRA", {"cra": Cra.RESPONSE}),
        ("originator", {"originator": METER}),
        ("recipient", {"recipient": SUPPLIER}),
        ("counter", {"counter": COUNTER + (1 << 32)}),
        ("message code", {"other": OtherInformation(message_code=0x0051)}),
        ("date-time", {"date_time": DateTime.at(datetime(2030, 1, 1, tzinfo=UTC))}),
        ("MAC", {"mac": bytes(12)}),
        ("signature", {"signature": bytes(64)}),
        (
            "supplementary counter",
            {
                "other": OtherInformation(
                    message_code=0x0050, supplementary_party=SUPPLIER, supplementary_counter=1
                )
            },
        ),
        ("invoke id", {"payload": payload(DISABLE, counter=COUNTER + 1)}),
    ],
)
def test_each_part_of_the_header_is_compared(where: str, changes: dict[str, Any]) -> None:
    found = differences(REQUEST, replace(PRE_COMMAND, **changes))
    assert where in [difference.where for difference in found]


@pytest.mark.parametrize(
    "items",
    [(), (DISABLE, DISABLE), (DISABLE._replace(op=Op.SET),), (DISABLE._replace(attribute=2),)],
)
def test_items_are_neither_missing_nor_added_nor_others(items: tuple[Item, ...]) -> None:
    assert correlate(REQUEST, replace(PRE_COMMAND, payload=payload(*items)))


def test_a_difference_says_where_what_was_asked_and_what_is_there() -> None:
    enable = DISABLE._replace(data=long_unsigned(0x33))
    assert correlate(REQUEST, replace(PRE_COMMAND, payload=payload(enable))) == (
        "item 1, supply: disable: asked long-unsigned 52 (always), "
        "Pre-Command has long-unsigned 51",
    )


def test_a_payload_of_another_kind_is_a_difference() -> None:
    gas = bytes.fromhex("010901010702001501000B00000000804A371C00000000000000000001")
    assert correlate(REQUEST, replace(PRE_COMMAND, payload=gas))


def test_a_variant_that_is_not_critical_has_no_pre_command() -> None:
    (difference,) = differences(replace(REQUEST, srv="7.4"), PRE_COMMAND)
    assert difference.asked == "a critical variant"


def test_a_signed_pre_command_is_no_request_to_compare_with() -> None:
    signed = replace(REQUEST, body=SignedPreCommand(gbcs_payload=PRE_COMMAND.to_octets()))
    assert correlate(signed, PRE_COMMAND)


def test_a_leaf_that_no_row_reads_is_a_difference() -> None:
    asked = replace(REQUEST, body={"Reason": "debt"})
    (difference,) = differences(asked, PRE_COMMAND)
    assert (difference.where, difference.asked) == ("request, Reason", "debt")
