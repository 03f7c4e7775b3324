"""What a row of the transformation says: variant, device type, condition, message code, payload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assay.dcc.transform.payloads import Payload
from assay.dcc.transform.target import Target
from assay.duis.values import Content, find


class Origin(StrEnum):
    """Who stands as originator in the Command."""

    PARTY = "the user where the device knows it, the broker for it otherwise"
    BROKER_FOR_PARTY = "the broker, naming the user and the user's counter"
    BROKER = "the broker alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What conditions may look at. `is_network_operator` is the originator's role, if known."""

    target: Target
    body: Content
    is_network_operator: bool = False


Condition = Callable[[Circumstances], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    srv: str
    device_type: str
    message_code: int
    payload: Payload
    when: Condition | None = None
    origin: Origin = Origin.PARTY


def is_polyphase_meter(circumstances: Circumstances) -> bool:
    return circumstances.target.is_polyphase


def has(*elements: str) -> Condition:
    """All of these elements stand in the body, at its top."""
    return lambda circumstances: all(name in circumstances.body for name in elements)


def says(element: str, value: str) -> Condition:
    """This element, wherever it stands, has this value."""
    return lambda circumstances: find(circumstances.body, element, str) == value
