"""The customer identification number (9.1): four digits that the DCC makes up and a meter shows.

The number is in the Command itself, so it is read from there when the meter has answered.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from assay.gbcs import payload
from assay.gbcs.dlms.access import Request
from assay.gbcs.dlms.data import Tag
from assay.gbcs.envelope import Message
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import GbzPayload

_DIGITS = 4


def new_customer_number() -> str:
    """Not to be guessed: it proves to a household that a caller speaks for its other user."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def customer_number_in(command: Message) -> str | None:
    """The number that ECS50 or GCS36 carries; None for any other Command."""
    try:
        _, typed = payload.decode(command)
    except GbcsError:
        return None
    if isinstance(typed, Request):
        texts = [item.data.value for item in typed.items if item.data.tag == Tag.OCTET_STRING]
        return _number(texts[0].decode("ascii", "replace")) if texts else None
    if isinstance(typed, GbzPayload):
        for component in typed.components:
            if isinstance(component.payload, Mapping) and "cin" in component.payload:
                return _number(str(component.payload["cin"]))
    return None


def _number(text: str) -> str | None:
    return text if len(text) == _DIGITS and text.isdecimal() else None
