"""DLMS values as JSON and back, losing nothing.

A value is a one-key object named by its type ({"unsigned": 5}), null-data is null. An octet
string that can be a DLMS date-time or date reads as one ({"date-time-string": "now"}); a
time of day or an OBIS code is told by the structure that it stands in (`_SHAPES`), and stays
hex elsewhere: its octets alone cannot tell.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any

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
from assay.gbcs.dlms.calendar_strings import DATE, DATE_TIME, PART_NAMES, TIME, Kind
from assay.gbcs.dlms.data import (
    FIXED_SIZES,
    INTEGER_FORMATS,
    NULL,
    CompactArray,
    Data,
    Tag,
    TypeDescription,
)
from assay.gbcs.dlms.flat_form import FlatForm, flat_form
from assay.gbcs.dlms.octet_strings import SHAPES, octet_string_to_json
from assay.gbcs.errors import EncodeError

Json = Any

_NAMES = {tag: tag.name.lower().replace("_", "-") for tag in Tag}
_TAGS = {name: tag for tag, name in _NAMES.items()}
_OP_NAMES = {op: op.name.lower().replace("_", "-") for op in Op}
_OPS = {name: op for op, name in _OP_NAMES.items()}
_RESULT_NAMES = {int(result): result.name.lower().replace("_", "-") for result in Result}
_RESULTS = {name: value for value, name in _RESULT_NAMES.items()}


def data_to_json(data: Data) -> Json:
    tag, value = data
    return _TO_JSON[tag](value)


def _named(name: str) -> Callable[[Any], Json]:
    return lambda value: {name: value}


def _array_to_json(items: tuple[Data, ...]) -> Json:
    forms = _TO_JSON
    return {"array": [forms[tag](value) for tag, value in items]}


def _structure_to_json(items: tuple[Data, ...]) -> Json:
    forms = _TO_JSON
    members = [forms[tag](value) for tag, value in items]
    shape = SHAPES.get(len(items))
    if shape is not None:
        index, size = shape.strings[0]  # nearly all others fail here, without a call
        tag, value = items[index]
        if tag == _OCTET_STRING and len(value) == size and shape.fits(items):
            for index, to_json in shape.meanings:
                members[index] = to_json(items[index][1])
    return {_STRUCTURE: members}


_STRUCTURE = _NAMES[Tag.STRUCTURE]
_OCTET_STRING = int(Tag.OCTET_STRING)


def _dated_to_json(kind: Kind, name: str) -> Callable[[Any], Json]:
    def to_json(octets: bytes) -> Json:
        try:
            form = kind.to_json(octets)
        except ValueError:
            return {f"{name}-octets": octets.hex()}
        return {name: dict(form) if isinstance(form, dict) else form}

    return to_json


def _float_to_json(code: str, name: str) -> Callable[[Any], Json]:
    """As octets where a number would not give them back (a NaN, an infinity)."""
    packing = struct.Struct(code)

    def to_json(octets: bytes) -> Json:
        (number,) = packing.unpack(octets)
        if math.isfinite(number):
            return {name: number}
        return {f"{name}-octets": octets.hex()}

    return to_json


_DATED = {Tag.DATE_TIME: DATE_TIME, Tag.DATE: DATE, Tag.TIME: TIME}
_FLOATS = {Tag.FLOAT32: ">f", Tag.FLOAT64: ">d"}


def _boolean_to_json(octet: int) -> Json:
    return {"boolean": bool(octet)} if octet in (0, 0xFF) else {"boolean-octet": octet}


def _text(name: str) -> Callable[[Any], Json]:
    """As text where UTF-8 gives back the same octets, as hex otherwise."""

    def to_json(octets: bytes) -> Json:
        try:
            return {name: octets.decode("utf-8")}
        except UnicodeDecodeError:
            return {f"{name}-octets": octets.hex()}

    return to_json


def _compact_to_json(value: CompactArray) -> Json:
    return {
        "compact-array": {
            "type": _description_to_json(value.description),
            "elements": [_plain(element) for element in value.elements],
        }
    }


_TO_JSON: dict[int, Callable[[Any], Json]] = {
    **{tag: _named(_NAMES[Tag(tag)]) for tag in (*INTEGER_FORMATS, Tag.BIT_STRING)},
    **{tag: _dated_to_json(kind, _NAMES[tag]) for tag, kind in _DATED.items()},
    **{tag: _float_to_json(code, _NAMES[tag]) for tag, code in _FLOATS.items()},
    **{tag: _text(_NAMES[tag]) for tag in (Tag.VISIBLE_STRING, Tag.UTF8_STRING)},
    Tag.STRUCTURE: _structure_to_json,
    Tag.ARRAY: _array_to_json,
    Tag.NULL: lambda _: None,
    Tag.OCTET_STRING: octet_string_to_json,
    Tag.BOOLEAN: _boolean_to_json,
    Tag.COMPACT_ARRAY: _compact_to_json,
}


def data_from_json(form: Json) -> Data:
    if form is None:
        return NULL
    try:
        ((name, value),) = form.items()
    except (AttributeError, ValueError):
        raise EncodeError("data", "null or an object with one type name", form) from None
    read = _FROM_JSON.get(name)
    if read is None:
        raise EncodeError("data", f"one of {', '.join(sorted(_TAGS))}", name)
    return read(value)


def _items_from_json(tag: int) -> Callable[[Any], Data]:
    return lambda forms: Data(tag, tuple([data_from_json(form) for form in forms]))


def _number_from_json(tag: int) -> Callable[[Any], Data]:
    return lambda value: _new(Data, (tag, value))


def _hex_from_json(tag: int) -> Callable[[Any], Data]:
    return lambda text: Data(tag, bytes.fromhex(text))


def _dated_from_json(tag: int, kind: Kind) -> Callable[[Any], Data]:
    return lambda form: Data(tag, kind.to_octets(form))


def _float_from_json(tag: int, code: str) -> Callable[[Any], Data]:
    return lambda number: Data(tag, struct.pack(code, number))


_FROM_JSON: dict[str, Callable[[Any], Data]] = {
    **{_NAMES[Tag(tag)]: _number_from_json(int(tag)) for tag in INTEGER_FORMATS},
    **{_NAMES[tag]: _dated_from_json(int(tag), kind) for tag, kind in _DATED.items()},
    **{_NAMES[tag]: _float_from_json(int(tag), code) for tag, code in _FLOATS.items()},
    **{f"{_NAMES[Tag(tag)]}-octets": _hex_from_json(tag) for tag in FIXED_SIZES},
    "structure": _items_from_json(int(Tag.STRUCTURE)),
    "array": _items_from_json(int(Tag.ARRAY)),
    "octet-string": _hex_from_json(int(Tag.OCTET_STRING)),
    "bit-string": lambda bits: Data(Tag.BIT_STRING, bits),
    "null": lambda _: NULL,
    "date-time-string": _dated_from_json(int(Tag.OCTET_STRING), DATE_TIME),
    "date-string": _dated_from_json(int(Tag.OCTET_STRING), DATE),
    "time-string": _dated_from_json(int(Tag.OCTET_STRING), TIME),
    "obis": lambda text: Data(Tag.OCTET_STRING, bytes(Obis.from_text(text))),
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
    """A packed element without type names where the description's says enough."""
    tag, value = data
    if tag in _SEQUENCES:
        return [item[1] if item[0] in INTEGER_FORMATS else _plain(item) for item in value]
    if tag in INTEGER_FORMATS or value is None:
        return value
    form = _TO_JSON[tag](value)
    return form.get(_NAMES[Tag(tag)], form)


_new = tuple.__new__
"""Makes a Data as `Data(...)` does, in half the time."""
_SEQUENCES = frozenset((int(Tag.STRUCTURE), int(Tag.ARRAY)))


def _compact_from_json(form: Json) -> Data:
    kind = _description_from_json(form["type"])
    flat = flat_form(kind)
    if flat is not None:
        elements = tuple([_flat_element(element, flat) for element in form["elements"]])
    else:
        elements = tuple([_from_plain(element, kind) for element in form["elements"]])
    return Data(Tag.COMPACT_ARRAY, CompactArray(kind, elements))


def _flat_element(form: Json, flat: FlatForm) -> Data:
    if len(form) != len(flat.tags):
        raise EncodeError("compact-array element", f"{len(flat.tags)} part(s)", len(form))
    return flat.element(form)


def _from_plain(form: Json, kind: TypeDescription) -> Data:
    if kind.tag in _SEQUENCES:
        parts = kind.parts if kind.tag == Tag.STRUCTURE else kind.parts * kind.size
        if len(parts) != len(form):
            raise EncodeError("compact-array element", f"{len(parts)} part(s)", len(form))
        items = tuple(_from_plain(item, part) for item, part in zip(form, parts, strict=True))
        return Data(kind.tag, items)
    if kind.tag in INTEGER_FORMATS:
        return Data(kind.tag, form)
    name = _NAMES[Tag(kind.tag)]
    if isinstance(form, dict) and not (form.keys() & PART_NAMES):
        data = data_from_json(form)
        if data.tag != kind.tag:
            raise EncodeError("compact-array element", name, form)
        return data
    return _FROM_JSON[name](form)


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
    op, class_id, obis, attribute, data, selector, selection = item
    form = dict(_specification_to_json(op, class_id, obis, attribute))
    name = name_of(class_id, obis, attribute) if name_of is not None else None
    if name is not None:
        form["name"] = name
    if op is Op.GET_WITH_SELECTION:
        form["selector"] = selector
        form["selection"] = data_to_json(selection)
    form["data"] = data_to_json(data)
    return form


@lru_cache(maxsize=4096)
def _specification_to_json(op: Op, class_id: int, obis: Obis, attribute: int) -> dict[str, Json]:
    return {"op": _OP_NAMES[op], "class": class_id, "obis": str(obis), "id": attribute}


def _result_to_json(item: ItemResult) -> Json:
    op, result, data = item
    return {
        "op": _OP_NAMES[op],
        "result": _RESULT_NAMES.get(result, result),
        "data": data_to_json(data),
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
        _obis(form["obis"]),
        form["id"],
        data_from_json(form.get("data")),
        form.get("selector", 0),
        data_from_json(form.get("selection")),
    )


_obis = lru_cache(maxsize=4096)(Obis.from_text)
"""The same few codes over and over."""


def _result_from_json(form: Json) -> ItemResult:
    result = form["result"]
    value = _RESULTS[result] if isinstance(result, str) else result
    return ItemResult(_OPS[form["op"]], value, data_from_json(form["data"]))
