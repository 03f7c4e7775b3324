"""Building commands, responses and alerts around a payload, by the echo rules (digest 1.6)."""

from __future__ import annotations

from datetime import datetime

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, ItemResult, Notification, Request, Response, encode_payload
from assay.gbcs.dlms.access import invoke_id as invoke_id_of
from assay.gbcs.dlms.data import Data, long_unsigned, octet_string, structure
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64

GENERIC_CRITICAL_ALERT = 0x1000
GENERIC_NON_CRITICAL_ALERT = 0x1001


def command(
    *,
    message_code: int,
    originator: Eui64,
    recipient: Eui64,
    counter: int,
    payload: bytes,
    supplementary: tuple[Eui64, int] | None = None,
    certificate: bytes | None = None,
    is_pre_command: bool = False,
) -> Message:
    """An unprotected command; `supplementary` is party and counter where the broker relays."""
    party, party_counter = supplementary if supplementary is not None else (None, None)
    return Message(
        cra=Cra.COMMAND,
        counter=counter,
        originator=originator,
        recipient=recipient,
        other=OtherInformation(
            message_code=message_code,
            supplementary_party=party,
            supplementary_counter=party_counter,
            certificate=certificate,
        ),
        payload=payload,
        signature=None if is_pre_command else b"",
    )


def dlms_command_payload(counter: int, items: tuple[Item, ...]) -> bytes:
    return encode_payload(Request(invoke_id_of(counter), items))


def dlms_response_payload(counter: int, items: tuple[ItemResult, ...]) -> bytes:
    return encode_payload(Response(invoke_id_of(counter), items))


def response(request: Message, payload: bytes, *, at: DateTime | None) -> Message:
    """The unprotected response to a command: parties swapped, counter and code echoed."""
    other = request.other
    return Message(
        cra=Cra.RESPONSE,
        counter=request.counter,
        originator=request.recipient,
        recipient=request.originator,
        date_time=at,
        other=OtherInformation(
            message_code=other.message_code,
            supplementary_party=other.supplementary_party,
            supplementary_counter=other.supplementary_counter,
        ),
        payload=payload,
    )


def dlms_alert(
    *,
    message_code: int,
    alert_code: int,
    originator: Eui64,
    recipient: Eui64,
    counter: int,
    at: datetime,
    extras: tuple[Data, ...] = (),
) -> Message:
    """An unprotected device alert: structure{code, time stamp, extras} (digest 4.4)."""
    stamp = octet_string(DateTime.at(at).octets)
    body = structure(long_unsigned(alert_code), stamp, *extras)
    return Message(
        cra=Cra.ALERT,
        counter=counter,
        originator=originator,
        recipient=recipient,
        other=OtherInformation(message_code=message_code),
        payload=encode_payload(Notification(invoke_id_of(counter), body)),
    )
