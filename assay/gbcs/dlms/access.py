"""Access request, access response and data notification (GBCS digest 4.1 to 4.4)."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from assay.gbcs.dlms.data import NULL, Data
from assay.gbcs.dlms.decoding import decode
from assay.gbcs.dlms.encoding import encode, encode_all
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.octets import length_octets, read_length, take

REQUEST = 0xD9
RESPONSE = 0xDA
NOTIFICATION = 0x0F
_INVOKE_FLAGS = 0x20
"""Top octet of the long invoke id: stop at the first error (bit 29)."""


class Op(IntEnum):
    """How an item accesses its object."""

    GET = 1
    SET = 2
    ACTION = 3
    GET_WITH_SELECTION = 4

    @property
    def answered_as(self) -> Op:
        return Op.GET if self is Op.GET_WITH_SELECTION else self


class Result(IntEnum):
    """Results of one item (DLMS access results; other values are kept as they are)."""

    SUCCESS = 0
    HARDWARE_FAULT = 1
    TEMPORARY_FAILURE = 2
    READ_WRITE_DENIED = 3
    OBJECT_UNDEFINED = 4
    OBJECT_CLASS_INCONSISTENT = 9
    OBJECT_UNAVAILABLE = 11
    TYPE_UNMATCHED = 12
    SCOPE_OF_ACCESS_VIOLATED = 13
    DATA_BLOCK_UNAVAILABLE = 14
    OTHER_REASON = 250


class Obis(bytes):
    """Six octets, written A-B:C.D.E.F with D.E.F as the national tables do (A-B:C.D.E.F)."""

    __slots__ = ()

    @classmethod
    def from_text(cls, text: str) -> Obis:
        medium, _, rest = text.partition("-")
        channel, _, groups = rest.partition(":")
        numbers = [medium, channel, *groups.split(".")]
        if len(numbers) != 6:
            raise EncodeError("OBIS code", "A-B:C.D.E.F", text)
        try:
            return cls(bytes(int(number) for number in numbers))
        except ValueError:
            raise EncodeError("OBIS code", "A-B:C.D.E.F, 0 to 255 each", text) from None

    def __str__(self) -> str:
        a, b, c, d, e, f = self
        return f"{a}-{b}:{c}.{d}.{e}.{f}"


class Item(NamedTuple):
    """One item of a request: what to do with which attribute or method, and its data."""

    op: Op
    class_id: int
    obis: Obis
    attribute: int
    data: Data = NULL
    selector: int = 0
    selection: Data = NULL


class Request(NamedTuple):
    invoke_id: int
    items: tuple[Item, ...]


class ItemResult(NamedTuple):
    """One item of a response: null data for a set, for a silent action, and on failure."""

    op: Op
    result: int
    data: Data = NULL


class Response(NamedTuple):
    invoke_id: int
    items: tuple[ItemResult, ...]


class Notification(NamedTuple):
    """A device alert: `body` is structure{code, date-time, extras...}."""

    invoke_id: int
    body: Data


Payload = Request | Response | Notification


def invoke_id(counter: int) -> int:
    """`20` and the low 24 bits of the message counter (GBCS digest 4.1)."""
    return _INVOKE_FLAGS << 24 | (counter & 0xFFFFFF)


def decode_payload(octets: bytes) -> Payload:
    """A whole DLMS payload.

    Raises:
        RemoteGbcsError: unknown tag, wrong fixed octets, items that do not match, trailing octets.
    """
    head = take(octets, 0, 6, "DLMS head")
    invoke = int.from_bytes(head[1:5], "big")
    if head[5] != 0:
        raise RemoteGbcsError(5, "date-time", "00", f"{head[5]:02X}")
    if head[0] == REQUEST:
        return _decode_request(octets, invoke)
    if head[0] == RESPONSE:
        return _decode_response(octets, invoke)
    if head[0] == NOTIFICATION:
        body, end = decode(octets, 6)
        _expect_end(octets, end)
        return Notification(invoke, body)
    raise RemoteGbcsError(0, "DLMS tag", "D9, DA or 0F", f"{head[0]:02X}")


def _expect_end(octets: bytes, end: int) -> None:
    if end != len(octets):
        raise RemoteLengthError(end, "DLMS payload", "the end", f"{len(octets) - end} more")


def _decode_request(octets: bytes, invoke: int) -> Request:
    count, offset = read_length(octets, 6, "specifications")
    if count > len(octets) - offset:
        raise RemoteLengthError(offset, "specifications", f"{count} item(s)", "the end")
    specifications: list[Item] = []
    for _ in range(count):
        head = take(octets, offset, 10, "specification")
        if head[0] not in _OPS:
            raise RemoteGbcsError(offset, "specification", "01 to 04", f"{head[0]:02X}")
        offset += 10
        item = _specification(head)
        if item.op is Op.GET_WITH_SELECTION:
            selector = take(octets, offset, 1, "selector")[0]
            selection, offset = decode(octets, offset + 1)
            item = item._replace(selector=selector, selection=selection)
        specifications.append(item)
    data_count, at = read_length(octets, offset, "data list")
    if data_count != count:
        raise RemoteGbcsError(offset, "data list", f"{count} item(s)", data_count)
    items = []
    for item in specifications:
        data, at = decode(octets, at)
        items.append(item if data is NULL else item._replace(data=data))
    _expect_end(octets, at)
    return Request(invoke, tuple(items))


_OPS: dict[int, Op] = {int(op): op for op in Op}


@lru_cache(maxsize=4096)
def _specification(head: bytes) -> Item:
    """Of the ten octets that name an operation and its attribute: few, and in every message."""
    return Item(_OPS[head[0]], head[1] << 8 | head[2], Obis(head[3:9]), head[9])


def _decode_response(octets: bytes, invoke: int) -> Response:
    if take(octets, 6, 1, "specification list")[0] != 0:
        raise RemoteGbcsError(6, "specification list", "00 (omitted)", f"{octets[6]:02X}")
    count, offset = read_length(octets, 7, "data list")
    if count > len(octets) - offset:
        raise RemoteLengthError(offset, "data list", f"{count} item(s)", "the end")
    data = []
    for _ in range(count):
        value, offset = decode(octets, offset)
        data.append(value)
    result_count, at = read_length(octets, offset, "result list")
    if result_count != count:
        raise RemoteGbcsError(offset, "result list", f"{count} item(s)", result_count)
    results = take(octets, at, 2 * count, "result list")
    _expect_end(octets, at + 2 * count)
    items = []
    for index, value in enumerate(data):
        op = _ANSWERS.get(results[2 * index])
        if op is None:
            seen = f"{results[2 * index]:02X}"
            raise RemoteGbcsError(at + 2 * index, "result", "01, 02 or 03", seen)
        items.append(ItemResult(op, results[2 * index + 1], value))
    return Response(invoke, tuple(items))


_ANSWERS: dict[int, Op] = {int(op): op for op in Op if op.answered_as is op}


def encode_payload(payload: Payload) -> bytes:
    head = payload.invoke_id.to_bytes(4, "big") + b"\x00"
    if isinstance(payload, Notification):
        return bytes((NOTIFICATION,)) + head + encode(payload.body)
    count = length_octets(len(payload.items))
    data = count + encode_all([item.data for item in payload.items])
    if isinstance(payload, Request):
        specifications = b"".join([_encode_specification(item) for item in payload.items])
        return bytes((REQUEST,)) + head + count + specifications + data
    results = b"".join([bytes((item.op, item.result)) for item in payload.items])
    return bytes((RESPONSE,)) + head + b"\x00" + data + count + results


def _encode_specification(item: Item) -> bytes:
    op, class_id, obis, attribute, _, selector, selection = item
    plain = _specification_octets(op, class_id, obis, attribute)
    if op is not Op.GET_WITH_SELECTION:
        return plain
    return plain + bytes((selector,)) + encode(selection)


@lru_cache(maxsize=4096)
def _specification_octets(op: Op, class_id: int, obis: Obis, attribute: int) -> bytes:
    return b"".join((bytes((op,)), class_id.to_bytes(2, "big"), obis, bytes((attribute,))))
