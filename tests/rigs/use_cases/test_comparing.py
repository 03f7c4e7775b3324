"""The comparison with national answers notices what differs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assay.gbcs import messages
from assay.gbcs.asn1 import codec
from assay.gbcs.catalogue import use_cases
from assay.gbcs.dlms.access import ItemResult, Response, Result, decode_payload
from assay.gbcs.dlms.data import long_unsigned, structure
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import GbzPayload, decode_message, encode
from tests.rigs.use_cases.answers import unlike
from tests.rigs.use_cases.attempts import exchanges

TARIFF, REGISTER, JOIN = 0x0042, 0x0074, 0x0013


def national(shared: Path, code: int) -> Message:
    return exchanges(shared)[code][-1].response


def test_an_answer_is_like_itself(shared: Path) -> None:
    for code in (TARIFF, REGISTER, JOIN):
        answer = national(shared, code)
        assert not unlike(use_cases()[code], answer, [answer])


@pytest.mark.parametrize("change", ["type", "count", "result"])
def test_another_type_or_number_or_result_of_items_is_noticed(shared: Path, change: str) -> None:
    answer = national(shared, TARIFF)
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    first, *rest = response.items
    changed = {
        "type": (first._replace(data=structure(long_unsigned(1), first.data)), *rest),
        "count": (first, *rest, ItemResult(first.op, Result.SUCCESS, first.data)),
        "result": (first._replace(result=Result.OTHER_REASON), *rest),
    }[change]
    ours = replace(answer, payload=messages.dlms_response_payload(answer.counter, changed))
    assert unlike(use_cases()[TARIFF], ours, [answer])


def test_another_component_is_noticed(shared: Path) -> None:
    answer = national(shared, REGISTER)
    payload = decode_message(answer)
    assert isinstance(payload, GbzPayload)
    first, *rest = payload.components
    loud = first._replace(frame_control=first.frame_control ^ 0x10)
    ours = replace(answer, payload=encode(GbzPayload((loud, *rest))))
    assert unlike(use_cases()[REGISTER], ours, [answer])


def test_a_field_too_few_is_noticed(shared: Path) -> None:
    answer = national(shared, JOIN)
    read = codec.decode_message(answer)
    fewer = {name: part for name, part in read.value.items() if name != "entries"}
    ours = replace(answer, payload=codec.encode(codec.Asn1Payload(read.type_name, fewer)))
    assert unlike(use_cases()[JOIN], ours, [answer])
