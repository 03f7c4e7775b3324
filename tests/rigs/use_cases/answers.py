"""What an answer says went well or wrong, and whether its structure is that of a national one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from assay.gbcs import payload
from assay.gbcs.asn1 import codec
from assay.gbcs.catalogue import UseCase
from assay.gbcs.dlms.access import Notification, Response, Result, decode_payload
from assay.gbcs.dlms.data import CompactArray, Data, Tag
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import Component, GbzAlert, GbzPayload, decode_message

_GOOD = frozenset(("success", "notFound", "reliable"))
_WORDS = ("status", "result", "failure", "join_response_code", "time_status")
TOP_UP_ACCEPTED = 0


def language(row: UseCase) -> str:
    """The replacements of a root, which no table describes, are ASN.1 as all others are."""
    return "asn1" if row.payload is None else str(row.payload)


def faults(
    row: UseCase, answer: Message, opened: Callable[[Message], tuple[Component, ...]]
) -> list[str]:
    """What failed, by the name of its result; empty where everything was carried out.

    `opened` gives the components of a GBZ answer, decrypted.
    """
    if language(row) == "dlms":
        return [Result(one.result).name for one in _items(answer) if one.result]
    if language(row) == "asn1":
        return [word for word in _words(codec.decode_message(answer).value) if word not in _GOOD]
    return [word for one in opened(answer) for word in _statuses(one) if word not in _GOOD]


def _items(answer: Message) -> tuple[Any, ...]:
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    return response.items


def _components(answer: Message) -> tuple[Component, ...]:
    found = decode_message(answer)
    assert isinstance(found, GbzPayload)
    return found.components


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (str(value[word]) for word in _WORDS if word in value)
        for part in value.values():
            if not isinstance(part, str):
                yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def _statuses(component: Component) -> Iterator[str]:
    fields = component.payload
    if not isinstance(fields, Mapping):
        return
    if component.is_profile_wide and "attributes" in fields:
        yield from (str(form["status"]) for form in fields["attributes"])
    elif "result_type" in fields:
        accepted = fields["result_type"] == TOP_UP_ACCEPTED
        yield "success" if accepted else f"result type {fields['result_type']}"
    elif component.is_profile_wide and "status" in fields:
        yield str(fields["status"])


# Structure.


def header(answer: Message) -> tuple[object, ...]:
    return (
        answer.cra,
        answer.message_code,
        len(answer.signature or b""),
        answer.mac is not None,
        answer.date_time is not None,
        answer.other.supplementary_party is not None,
    )


def is_alike(row: UseCase, ours: Message, theirs: Message) -> bool:
    """Types all the way down, in the payload of DLMS and ASN.1. How many elements an array has
    is left out, and an empty one is like any."""
    if language(row) == "dlms":
        pairs = [(one.op, one.result) for one in _items(ours)]
        return pairs == [(one.op, one.result) for one in _items(theirs)] and all(
            _are_data_alike(one.data, other.data)
            for one, other in zip(_items(ours), _items(theirs), strict=True)
        )
    values = (codec.decode_message(one).value for one in (ours, theirs))
    return _are_values_alike(*values)


def _are_data_alike(ours: Data, theirs: Data) -> bool:
    if ours.tag != theirs.tag:
        return False
    if ours.tag == Tag.STRUCTURE:
        return len(ours.value) == len(theirs.value) and all(
            _are_data_alike(*pair) for pair in zip(ours.value, theirs.value, strict=True)
        )
    if ours.tag == Tag.ARRAY:
        return not theirs.value or all(
            any(_are_data_alike(one, other) for other in theirs.value) for one in ours.value
        )
    if isinstance(ours.value, CompactArray):
        return bool(ours.value.description == theirs.value.description)
    return True


def _are_values_alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return ours.keys() - {"view"} == theirs.keys() - {"view"} and all(
            _are_values_alike(value, theirs[name]) for name, value in ours.items() if name != "view"
        )
    if isinstance(ours, list) and isinstance(theirs, list):
        return not theirs or all(
            any(_are_values_alike(one, other) for other in theirs) for one in ours
        )
    return type(ours) is type(theirs)


def is_alert_alike(ours: Message, theirs: Message) -> bool:
    """Header, and the payload in whichever language it is."""
    if header(ours) != header(theirs):
        return False
    kind, mine = payload.decode(ours)
    other_kind, national = payload.decode(theirs)
    if kind != other_kind:
        return False
    if isinstance(mine, Notification) and isinstance(national, Notification):
        return _are_data_alike(mine.body, national.body)
    if isinstance(mine, GbzAlert) and isinstance(national, GbzAlert):
        return (mine.component is None) == (national.component is None)
    return _are_values_alike(mine.value, national.value)


def unlike(row: UseCase, ours: Message, nationals: Sequence[Message]) -> bool:
    """Whether our answer has a structure that none of the national ones shows."""
    if language(row) != "gbz":
        return not any(is_alike(row, ours, one) for one in nationals)
    return not all(
        any(_are_components_alike(one, other) for national in nationals for other in _of(national))
        for one in _of(ours)
    )


def _of(answer: Message) -> list[Component]:
    return list(_components(answer))


def _are_components_alike(ours: Component, theirs: Component) -> bool:
    """All but what depends on values; lists may be of any length, their rows of any value."""
    heads = (
        (one.cluster, one.frame_control, one.command, one.blob is None) for one in (ours, theirs)
    )
    first, second = heads
    return first == second and _are_fields_alike(ours.payload, theirs.payload)


def _are_fields_alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        names = [{key for key in one if key not in ("name", "value")} for one in (ours, theirs)]
        return names[0] == names[1] and all(
            _are_fields_alike(ours[name], theirs[name]) for name in names[0]
        )
    if isinstance(ours, list) and isinstance(theirs, list):
        return not theirs or all(
            any(_are_fields_alike(one, other) for other in theirs) for one in ours
        )
    return not isinstance(ours, Mapping | list) and not isinstance(theirs, Mapping | list)
