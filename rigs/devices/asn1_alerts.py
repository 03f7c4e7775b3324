"""Alerts whose payload is ASN.1: of credentials updated and firmware activated at their time."""

from __future__ import annotations

from datetime import datetime

from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64


def asn1_alert(
    message_code: int, originator: Eui64, recipient: Eui64, counter: int, payload: bytes
) -> Message:
    """An unprotected alert with an ASN.1 payload."""
    return Message(
        cra=Cra.ALERT,
        counter=counter,
        originator=originator,
        recipient=recipient,
        other=OtherInformation(message_code=message_code),
        payload=payload,
    )


def asn1_time(at: datetime) -> str:
    """Whole seconds: GeneralizedTime of GBCS has no fraction."""
    return at.replace(microsecond=0).isoformat().replace("+00:00", "Z")
