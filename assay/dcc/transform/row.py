"""What a row of the transformation says: variant, device type, condition, message code, payload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assay.dcc.transform.payloads import Payload
from assay.dcc.transform.records import NO_RECORDS, Records
from assay.dcc.transform.target import Target
from assay.duis.values import Content, find


class Origin(StrEnum):
    """Who stands as originator in the Command."""

    PARTY = "the user where the device knows it, the broker for it otherwise"
    BROKER_FOR_PARTY = "the broker, naming the user and the user's counter"
    BROKER = "the broker alone"
    TRANSITIONAL_COS = "the transitional change of supplier party alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What conditions may look at. `is_network_operator` and `is_load_controller` are the
    originator's role, if known."""

    target: Target
    body: Content
    is_network_operator: bool = False
    is_load_controller: bool = False
    records: Records = NO_RECORDS


Condition = Callable[[Circumstances], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`dcc_signs`: a critical Command of a service that is not critical for the user, so that
    the DCC party that originates it signs. `is_inferred`: no national message and no table
    ties this use case to this variant and kind of device; read from the text or by analogy."""

    srv: str
    device_type: str
    message_code: int
    payload: Payload
    when: Condition | None = None
    origin: Origin = Origin.PARTY
    dcc_signs: bool = False
    is_inferred: bool = False


def is_polyphase_meter(circumstances: Circumstances) -> bool:
    return circumstances.target.is_polyphase


def is_of_first_gbcs(circumstances: Circumstances) -> bool:
    return circumstances.target.is_of_first_gbcs


def has(*elements: str) -> Condition:
    """All of these elements stand in the body, at its top."""
    return lambda circumstances: all(name in circumstances.body for name in elements)


def all_of(*conditions: Condition) -> Condition:
    return lambda circumstances: all(holds(circumstances) for holds in conditions)


def says(element: str, value: str) -> Condition:
    """This element, wherever it stands, has this value."""
    return lambda circumstances: find(circumstances.body, element, str) == value
