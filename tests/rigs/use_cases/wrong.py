"""A command made wrong: one of another kind of item than its use case has, or of a stranger."""

from __future__ import annotations

from dataclasses import replace

from assay.gbcs import catalogue, messages
from assay.gbcs.dlms.access import Request, decode_payload
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import Component, GbzPayload, decode_message, encode
from rigs.devices.device_type import DeviceType
from tests.rigs.use_cases.answers import language
from tests.rigs.use_cases.attempts import Attempt
from tests.rigs.use_cases.whole_premises import IDENTIFIERS, WholePremises

NO_ATTRIBUTE = 0x7F
MANAGEMENT = 0x0708
"""A cluster of which no use case reads an attribute."""


def with_a_foreign_item(
    attempt: Attempt, premises: WholePremises, kind: DeviceType
) -> Attempt | None:
    """The first item is an access that the use case does not have; None for ASN.1."""
    row = catalogue.use_case(attempt.code)
    assert row is not None
    if language(row) == "dlms":
        request = decode_payload(attempt.payload)
        assert isinstance(request, Request)
        wrong, *rest = request.items
        wrong = wrong._replace(attribute=NO_ATTRIBUTE)
        counter = attempt.counter or premises.next_counter()
        return replace(attempt, payload=messages.dlms_command_payload(counter, (wrong, *rest)))
    if language(row) != "gbz":
        return None
    payload = decode_message(_message(attempt, premises, kind))
    assert isinstance(payload, GbzPayload)
    first = payload.components[0]
    asked = {"attributes": [{"attribute": "0x0000"}]}
    foreign = Component(MANAGEMENT, 0, first.sequence, 0, asked)
    return replace(attempt, payload=encode(GbzPayload((foreign, *payload.components[1:]))))


def _message(attempt: Attempt, premises: WholePremises, kind: DeviceType) -> Message:
    return premises.command(
        attempt.code, attempt.role, IDENTIFIERS[kind], attempt.payload, counter=attempt.counter
    )


def spoilt(octets: bytes) -> bytes:
    """The last octet of the MAC or signature is another."""
    return octets[:-1] + bytes((octets[-1] ^ 1,))
