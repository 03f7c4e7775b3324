"""DLMS values as JSON and back, losing nothing.

A value is a one-key object named by its type ({"unsigned": 5}), null-data is null. Octet
strings that are exactly a DLMS date-time read as {"date-time": "2015-01-01T00:00:00Z"};
those of 6 octets in an OBIS position stay hex: the type alone cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import (
    Item,
    ItemResult,
    Notification,
    Obis,
    Op,
    Payload,
    Request,
    Response,
    Result,
)
from assay.gbcs.dlms.data import NULL, CompactArray, Data, Tag, TypeDescription
from assay.gbcs.errors import EncodeError

Json = Any

_NAMES = {tag: tag.name.lower().replace("_", "-") for tag in Tag}
_TAGS = {name: tag for tag, name in _NAMES.items()}
_TEXTS = frozenset((Tag.VISIBLE_STRING, Tag.UTF8_STRING))
_OP_NAMES = {op: op.name.lower().replace("_", "-") for op in Op}
_OPS = {name: op for op, name in _OP_NAMES.items()}
_RESULT_NAMES = {int(result): result.name.lower().replace("_", "-") for result in Result}
_RESULTS = {name: value for value, name in _RESULT_NAMES.items()}


def data_to_json(data: Data) -> Json:
    tag, value = data
    if tag == Tag.NULL:
        return None
    if tag == Tag.STRUCTURE or tag == Tag.ARRAY:
        return {_NAMES[Tag(tag)]: [data_to_json(item) for item in value]}
    if tag == Tag.OCTET_STRING:
        if len(value) == 12:
            stamp = DateTime(value)
            if stamp.is_plain():
                return {"date-time-string": f"{stamp.as_utc():%Y-%m-%dT%H:%M:%S}Z"}
        return {"octet-string": value.hex()}
    if tag == Tag.BOOLEAN:
        return {"boolean": bool(value)} if value in (0, 0xFF) else {"boolean-octet": value}
    if tag == Tag.COMPACT_ARRAY:
        return {
            "compact-array": {
                "type": _description_to_json(value.description),
                "elements": [_plain(element) for element in value.elements],
            }
        }
    if tag in _TEXTS:
        return _text_to_json(_NAMES[Tag(tag)], value)
    if isinstance(value, bytes):
        return {_NAMES[Tag(tag)]: value.hex()}
    return {_NAMES[Tag(tag)]: value}


def _text_to_json(name: str, octets: bytes) -> Json:
    """As text where UTF-8 gives back the same octets, as hex otherwise."""
    try:
        return {name: octets.decode("utf-8")}
    except UnicodeDecodeError:
        return {f"{name}-octets": octets.hex()}


def data_from_json(form: Json) -> Data:
    if form is None:
        return NULL
    if not isinstance(form, dict) or len(form) != 1:
        raise EncodeError("data", "null or an object with one type name", form)
    ((name, value),) = form.items()
    if name in ("structure", "array"):
        return Data(_TAGS[name], tuple(data_from_json(item) for item in value))
    special = _SPECIAL.get(name)
    if special is not None:
        return special(value)
    tag = _TAGS.get(name)
    if tag is None:
        raise EncodeError("data", f"one of {', '.join(sorted(_TAGS))}", name)
    if isinstance(value, str) and tag != Tag.BIT_STRING:
        return Data(tag, bytes.fromhex(value))
    return Data(tag, value)


def _date_time_string(text: str) -> Data:
    when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return Data(Tag.OCTET_STRING, DateTime.at(when).octets)


_SPECIAL: dict[str, Callable[[Any], Data]] = {
    "date-time-string": _date_time_string,
    "boolean": lambda value: Data(Tag.BOOLEAN, 0xFF if value else 0),
    "boolean-octet": lambda value: Data(Tag.BOOLEAN, value),
    "visible-string": lambda text: Data(Tag.VISIBLE_STRING, text.encode()),
    "utf8-string": lambda text: Data(Tag.UTF8_STRING, text.encode()),
    "visible-string-octets": lambda text: Data(Tag.VISIBLE_STRING, bytes.fromhex(text)),
    "utf8-string-octets": lambda text: Data(Tag.UTF8_STRING, bytes.fromhex(text)),
    "compact-array": lambda form: _compact_from_json(form),
}


def _description_to_json(kind: TypeDescription) -> Json:
    name = _NAMES[Tag(kind.tag)]
    if kind.tag == Tag.STRUCTURE:
        return {name: [_description_to_json(part) for part in kind.parts]}
    if kind.tag == Tag.ARRAY:
        return {name: {"count": kind.size, "of": _description_to_json(kind.parts[0])}}
    return name


def _description_from_json(form: Json) -> TypeDescription:
    if isinstance(form, str):
        return TypeDescription(_TAGS[form])
    if "structure" in form:
        parts = tuple(_description_from_json(part) for part in form["structure"])
        return TypeDescription(Tag.STRUCTURE, parts)
    inner = form["array"]
    return TypeDescription(Tag.ARRAY, (_description_from_json(inner["of"]),), inner["count"])


def _plain(data: Data) -> Json:
    """A packed element without type names: the description says them once."""
    if data.tag in (Tag.STRUCTURE, Tag.ARRAY):
        return [_plain(item) for item in data.value]
    if isinstance(data.value, bytes):
        return data.value.hex()
    return data.value


def _compact_from_json(form: Json) -> Data:
    kind = _description_from_json(form["type"])
    elements = tuple(_from_plain(element, kind) for element in form["elements"])
    return Data(Tag.COMPACT_ARRAY, CompactArray(kind, elements))


def _from_plain(form: Json, kind: TypeDescription) -> Data:
    if kind.tag in (Tag.STRUCTURE, Tag.ARRAY):
        parts = kind.parts if kind.tag == Tag.STRUCTURE else kind.parts * kind.size
        if len(parts) != len(form):
            raise EncodeError("compact-array element", f"{len(parts)} part(s)", len(form))
        items = tuple(_from_plain(item, part) for item, part in zip(form, parts, strict=True))
        return Data(kind.tag, items)
    if isinstance(form, str) and kind.tag != Tag.BIT_STRING:
        return Data(kind.tag, bytes.fromhex(form))
    return Data(kind.tag, form)


def payload_to_json(payload: Payload, name_of: Any = None) -> Json:
    """`name_of(class_id, obis, attribute)` adds GBCS names to request items, if given."""
    if isinstance(payload, Request):
        items = [_item_to_json(item, name_of) for item in payload.items]
        return {"access-request": {"invoke-id": f"{payload.invoke_id:08X}", "items": items}}
    if isinstance(payload, Response):
        items = [_result_to_json(item) for item in payload.items]
        return {"access-response": {"invoke-id": f"{payload.invoke_id:08X}", "items": items}}
    return {
        "data-notification": {
            "invoke-id": f"{payload.invoke_id:08X}",
            "body": data_to_json(payload.body),
        }
    }


def _item_to_json(item: Item, name_of: Any) -> Json:
    name = name_of(item.class_id, item.obis, item.attribute) if name_of is not None else None
    form: dict[str, Json] = {
        "op": _OP_NAMES[item.op],
        "class": item.class_id,
        "obis": str(item.obis),
        "id": item.attribute,
    }
    if name is not None:
        form["name"] = name
    if item.op is Op.GET_WITH_SELECTION:
        form["selector"] = item.selector
        form["selection"] = data_to_json(item.selection)
    form["data"] = data_to_json(item.data)
    return form


def _result_to_json(item: ItemResult) -> Json:
    return {
        "op": _OP_NAMES[item.op],
        "result": _RESULT_NAMES.get(item.result, item.result),
        "data": data_to_json(item.data),
    }


def payload_from_json(form: Json) -> Payload:
    if len(form) != 1:
        raise EncodeError(
            "DLMS payload", "one of access-request, access-response, data-notification", form
        )
    ((kind, body),) = form.items()
    invoke = int(body["invoke-id"], 16)
    if kind == "access-request":
        return Request(invoke, tuple(_item_from_json(item) for item in body["items"]))
    if kind == "access-response":
        return Response(invoke, tuple(_result_from_json(item) for item in body["items"]))
    if kind == "data-notification":
        return Notification(invoke, data_from_json(body["body"]))
    raise EncodeError("DLMS payload", "a DLMS payload name", kind)


def _item_from_json(form: Json) -> Item:
    return Item(
        _OPS[form["op"]],
        form["class"],
        Obis.from_text(form["obis"]),
        form["id"],
        data_from_json(form.get("data")),
        form.get("selector", 0),
        data_from_json(form.get("selection")),
    )


def _result_from_json(form: Json) -> ItemResult:
    result = form["result"]
    value = _RESULTS[result] if isinstance(result, str) else result
    return ItemResult(_OPS[form["op"]], value, data_from_json(form["data"]))
