"""Readers and writers made once from the declared types: one pass over the octets, no objects.

What is kept: the declaration in asn1crypto says names, tags and options; here it becomes a
table of rows that is walked. The tests hold both to the same answer on the same octets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from asn1crypto import core

from assay.gbcs.asn1 import leaves, types
from assay.gbcs.asn1.certificate_view import certificate_leaf, request_leaf
from assay.gbcs.asn1.declare import Declared
from assay.gbcs.asn1.elements import CONSTRUCTED, CONTEXT, contents, long_length
from assay.gbcs.asn1.leaves import Leaf, ReadContents, WriteContents
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.octets import length_octets

Json = Any
Write = Callable[[Json], bytes]


class _Field(NamedTuple):
    name: str
    tag: int
    is_optional: bool
    read: ReadContents
    write: WriteContents


class Compiled(NamedTuple):
    """`read` takes whole payload octets: (value, offsets of lengths that are not shortest)."""

    read: Callable[[bytes], tuple[Json, list[int]]]
    write: Write


def _element(tag: int, inner: bytes) -> bytes:
    size = len(inner)
    if size < 0x80:
        return bytes((tag, size)) + inner
    return bytes((tag,)) + length_octets(size) + inner


def _leaf(declared: Declared, label: str) -> Leaf | None:
    """The primitive reader of a declared type; None for constructed ones."""
    if declared is types.Certificate:
        return certificate_leaf(label)
    if declared is types.CertificationRequest:
        return request_leaf(label)
    if declared is types.AlertCode:
        return leaves.alert_code(label)
    if declared is types.EntityIdentifier:
        return leaves.identifier(label, always=True)
    if declared is types.SubjectIdentifier:
        return leaves.identifier(label, always=False)
    if issubclass(declared, core.BitString):
        return leaves.bit_string(label, types.KEY_USAGE_BITS)
    if issubclass(declared, core.OctetString):
        return leaves.octet_string(label, declared.gbcs_size)
    if issubclass(declared, core.Integer | core.Enumerated):
        return leaves.integer(label, declared._map or {})
    if issubclass(declared, core.GeneralizedTime):
        return leaves.time(label)
    if issubclass(declared, core.Null):
        return leaves.null(label)
    return None


def _contents(declared: Declared, label: str) -> Leaf:
    leaf = _leaf(declared, label)
    if leaf is not None:
        return leaf
    if issubclass(declared, core.SequenceOf):
        return _sequence_of(declared, label)
    return _sequence(declared, label)


def _tag(declared: Declared, options: dict[str, Any]) -> int:
    is_constructed = issubclass(declared, core.Sequence | core.SequenceOf)
    constructed = CONSTRUCTED if is_constructed else 0
    implicit = options.get("implicit")
    tag: int = declared.tag if implicit is None else CONTEXT | implicit
    return constructed | tag


def _fields(declared: Declared, label: str) -> tuple[_Field, ...]:
    found = []
    for name, kind, *rest in declared._fields:
        options: dict[str, Any] = rest[0] if rest else {}
        read, write = _contents(kind, f"{label}.{name}" if label else name)
        is_optional = bool(options.get("optional"))
        found.append(_Field(name, _tag(kind, options), is_optional, read, write))
    return tuple(found)


def _sequence(declared: Declared, label: str) -> Leaf:
    fields = _fields(declared, label)
    rows = tuple((f.name, f.tag, f.is_optional, f.read) for f in fields)
    names = frozenset(f.name for f in fields)

    def read(octets: bytes, start: int, end: int, notes: list[int]) -> Json:
        value: dict[str, Json] = {}
        offset = start
        for name, tag, is_optional, read_contents in rows:
            if offset + 1 < end and octets[offset] == tag:
                length = octets[offset + 1]
                at = offset + 2
                if length >= 0x80:
                    length, at = long_length(octets, offset, end, name, notes)
                stop = at + length
                if stop > end:
                    raise RemoteLengthError(
                        offset + 1, f"{label}.{name}", f"{length} octet(s)", f"{end - at} left"
                    )
                value[name] = read_contents(octets, at, stop, notes)
                offset = stop
            elif not is_optional:
                raise _missing(octets, offset, end, f"{label}.{name}", tag)
        if offset != end:
            raise RemoteLengthError(offset, label, "the end", f"{end - offset} octet(s) more")
        return value

    def write(value: Json) -> bytes:
        if not isinstance(value, dict):
            raise EncodeError(label, f"an object with {', '.join(sorted(names))}", repr(value))
        if not names.issuperset(value):
            raise EncodeError(
                label, f"only {', '.join(sorted(names))}", ", ".join(map(str, value.keys() - names))
            )
        parts = []
        for name, tag, is_optional, _, write_contents in fields:
            if name in value:
                parts.append(_element(tag, write_contents(value[name])))
            elif not is_optional:
                raise EncodeError(f"{label}.{name}", "a value", "none")
        return b"".join(parts)

    return Leaf(read, write)


def _missing(octets: bytes, offset: int, end: int, label: str, tag: int) -> RemoteGbcsError:
    if offset + 1 >= end:
        return RemoteLengthError(offset, label, f"tag {tag:02X} and its contents", "the end")
    return RemoteGbcsError(offset, label, f"tag {tag:02X}", f"{octets[offset]:02X}")


def _sequence_of(declared: Declared, label: str) -> Leaf:
    child = declared._child_spec
    tag = _tag(child, {})
    read_child, write_child = _contents(child, f"{label}[]")

    def read(octets: bytes, start: int, end: int, notes: list[int]) -> Json:
        items: list[Json] = []
        offset = start
        while offset < end:
            if octets[offset] != tag:
                raise _missing(octets, offset, end, f"{label}[{len(items)}]", tag)
            at, offset = contents(octets, offset, end, label, notes)
            items.append(read_child(octets, at, offset, notes))
        return items

    def write(value: Json) -> bytes:
        if not isinstance(value, list | tuple):
            raise EncodeError(label, "a list", repr(value))
        return b"".join([_element(tag, write_child(item)) for item in value])

    return Leaf(read, write)


def compile_type(declared: Declared, label: str) -> Compiled:
    """A reader and a writer of whole payloads of a declared type."""
    if issubclass(declared, core.Choice):
        return _choice(declared, label)
    read, write = _contents(declared, label)
    tag = _tag(declared, {})

    def read_whole(octets: bytes) -> tuple[Json, list[int]]:
        if octets[:1] != bytes((tag,)):
            raise _missing(octets, 0, len(octets), label, tag)
        return _read_whole(octets, label, read)

    return Compiled(read_whole, lambda value: _element(tag, write(value)))


def _read_whole(octets: bytes, label: str, read: ReadContents) -> tuple[Json, list[int]]:
    notes: list[int] = []
    start, stop = contents(octets, 0, len(octets), label, notes)
    if stop != len(octets):
        raise RemoteLengthError(stop, label, "the end", f"{len(octets) - stop} octet(s) more")
    return read(octets, start, stop, notes), notes


def _choice(declared: Declared, label: str) -> Compiled:
    """A choice is an object of one key, the alternative's name."""
    alternatives = [
        (name, _tag(kind, {}), _contents(kind, f"{label}.{name}"))
        for name, kind, *_ in declared._alternatives
    ]
    by_tag = {tag: (name, leaf.read) for name, tag, leaf in alternatives}
    by_name = {name: (tag, leaf.write) for name, tag, leaf in alternatives}

    def read(octets: bytes) -> tuple[Json, list[int]]:
        found = by_tag.get(octets[0]) if octets else None
        if found is None:
            expected = " or ".join(f"{tag:02X}" for tag in by_tag)
            raise RemoteGbcsError(0, label, f"tag {expected}", octets[:1].hex() or "nothing")
        value, notes = _read_whole(octets, label, found[1])
        return {found[0]: value}, notes

    def write(value: Json) -> bytes:
        if not isinstance(value, dict) or len(value) != 1 or not by_name.keys() >= value.keys():
            raise EncodeError(label, f"an object with one of {', '.join(by_name)}", repr(value))
        ((name, inner),) = value.items()
        tag, write_contents = by_name[name]
        return _element(tag, write_contents(inner))

    return Compiled(read, write)
