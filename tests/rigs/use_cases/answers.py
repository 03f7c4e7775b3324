"""What an answer says went well or wrong, and whether its structure is that of a national one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assay.gbcs.asn1 import codec
from assay.gbcs.catalogue import UseCase
from assay.gbcs.dlms.access import Response, Result, decode_payload
from assay.gbcs.dlms.data import CompactArray, Data, Tag
from assay.gbcs.envelope import Message
from assay.gbcs.gbz.components import Component, GbzPayload, decode_message

_GOOD = frozenset(("success", "notFound", "reliable"))
_WORDS = ("status", "result", "join_response_code", "time_status")
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
    payload = decode_payload(answer.payload)
    assert isinstance(payload, Response)
    return payload.items


def _components(answer: Message) -> tuple[Component, ...]:
    payload = decode_message(answer)
    assert isinstance(payload, GbzPayload)
    return payload.components


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
    payload = component.payload
    if not isinstance(payload, Mapping):
        return
    if component.is_profile_wide and "attributes" in payload:
        yield from (str(form["status"]) for form in payload["attributes"])
    elif "result_type" in payload:
        accepted = payload["result_type"] == TOP_UP_ACCEPTED
        yield "success" if accepted else f"result type {payload['result_type']}"
    elif component.is_profile_wide and "status" in payload:
        yield str(payload["status"])


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


Kind = tuple[Any, ...]


def kinds(command: Message, response: Message) -> dict[tuple[int, int], set[Kind]]:
    """Of a GBZ answer: by cluster and command asked for, which kinds of components answer."""
    found: dict[tuple[int, int], set[Kind]] = {}
    for asked in _components(command):
        answers = {_kind(one) for one in _components(response) if one.sequence == asked.sequence}
        found.setdefault((asked.cluster, asked.command), set()).update(answers)
    return found


def _kind(component: Component) -> Kind:
    """What of a component does not depend on values."""
    payload = component.payload
    attributes: Any = None
    if isinstance(payload, Mapping) and "attributes" in payload and component.is_profile_wide:
        attributes = tuple((one["attribute"], one.get("type")) for one in payload["attributes"])
        payload = None
    return (
        component.cluster,
        component.frame_control,
        component.command,
        component.blob is not None,
        attributes,
        str(_fields(payload)),
    )


def _fields(payload: Any) -> Any:
    """Names of fields all the way down; lists by the shape of their elements."""
    if isinstance(payload, Mapping):
        return {key: _fields(value) for key, value in payload.items() if key != "name"}
    if isinstance(payload, list):
        return sorted({str(_fields(one)) for one in payload})
    return "value"
