"""Layouts of ZCL payloads, built once from the rows of the command table.

Consecutive fields of fixed size become one `struct` step, so a payload costs a few calls
and not one per field. Every step reads into, and writes from, one dict of field values.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.gbz.fields import KINDS, Fixed, Variable

Json = Any
Fields = dict[str, Json]


class Step(NamedTuple):
    """`names`: the keys that it reads and writes."""

    names: frozenset[str]
    read: Callable[[bytes, int, int, Fields], int]
    write: Callable[[Fields, list[bytes]], None]


class Layout(NamedTuple):
    label: str
    steps: tuple[Step, ...]
    names: frozenset[str]

    def read(self, octets: bytes, offset: int, end: int) -> Fields:
        """The fields between `offset` and `end`, all of it."""
        value: Fields = {}
        for step in self.steps:
            offset = step.read(octets, offset, end, value)
        if offset != end:
            raise RemoteLengthError(offset, self.label, "the end", f"{end - offset} octet(s) more")
        return value

    def write(self, value: Json) -> bytes:
        if not isinstance(value, dict) or not self.names.issuperset(value):
            expected = ", ".join(sorted(self.names)) or "no fields"
            raise EncodeError(self.label, f"an object with {expected}", repr(value))
        parts: list[bytes] = []
        for step in self.steps:
            step.write(value, parts)
        return b"".join(parts)


def compile_layout(row: dict[str, Any]) -> Layout:
    """The layout of one row of the command table."""
    label = row["name"]
    steps = _steps(row["fields"], label)
    if "variants" in row:
        steps.append(_variants(row["selected_by"], row["variants"], label))
    if "optional" in row:
        steps.append(_optional(row["optional"], label))
    return Layout(label, tuple(steps), _names(steps))


def _names(steps: Sequence[Step]) -> frozenset[str]:
    return frozenset(name for step in steps for name in step.names)


def _steps(fields: list[Any], label: str) -> list[Step]:
    steps: list[Step] = []
    run: list[tuple[str, Fixed]] = []
    for field in fields:
        kind = None if isinstance(field, dict) else KINDS[field[1]]
        if isinstance(kind, Fixed):
            run.append((field[0], kind))
            continue
        if run:
            steps.append(_run(run, label))
            run = []
        if kind is None:
            steps.append(_list(field, label))
        else:
            steps.append(_variable(field[0], kind, label))
    if run:
        steps.append(_run(run, label))
    return steps


def _run(fields: list[tuple[str, Fixed]], label: str) -> Step:
    packing = struct.Struct("<" + "".join(kind.code for _, kind in fields))
    size = packing.size
    rows = tuple((name, kind.to_json) for name, kind in fields)
    names = tuple(name for name, _ in fields)
    writers = tuple((name, kind.from_json) for name, kind in fields)

    def read(octets: bytes, offset: int, end: int, value: Fields) -> int:
        stop = offset + size
        if stop > end:
            raise _too_short(fields, offset, end, label)
        for (name, to_json), seen in zip(rows, packing.unpack_from(octets, offset), strict=True):
            value[name] = seen if to_json is None else to_json(seen)
        return stop

    def write(value: Fields, parts: list[bytes]) -> None:
        try:
            parts.append(
                packing.pack(
                    *[
                        value[name] if from_json is None else from_json(value[name])
                        for name, from_json in writers
                    ]
                )
            )
        except _UNFIT:
            raise _culprit(fields, value, label) from None

    return Step(frozenset(names), read, write)


_UNFIT = (struct.error, ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What a value of the wrong kind or size raises on its way into octets."""


def _too_short(
    fields: list[tuple[str, Fixed]], offset: int, end: int, label: str
) -> RemoteLengthError:
    left = list(fields)
    while len(left) > 1 and offset + left[0][1].size <= end:
        offset += left.pop(0)[1].size
    name, kind = left[0]
    return RemoteLengthError(
        offset, f"{label}.{name}", f"{kind.size} octet(s)", f"{end - offset} left"
    )


def _culprit(fields: list[tuple[str, Fixed]], value: Fields, label: str) -> EncodeError:
    for name, kind in fields:
        if name not in value:
            return EncodeError(f"{label}.{name}", "a value", "none")
        try:
            seen = value[name]
            struct.pack("<" + kind.code, seen if kind.from_json is None else kind.from_json(seen))
        except _UNFIT:
            return EncodeError(f"{label}.{name}", f"a value for {kind.size} octet(s)", repr(seen))
    return EncodeError(label, "values that fit", repr(value))


def _variable(name: str, kind: Variable, label: str) -> Step:
    full = f"{label}.{name}"

    def read(octets: bytes, offset: int, end: int, value: Fields) -> int:
        value[name], offset = kind.read(octets, offset, end, full)
        return offset

    def write(value: Fields, parts: list[bytes]) -> None:
        if name not in value:
            raise EncodeError(full, "a value", "none")
        parts.append(kind.write(value[name], full))

    return Step(frozenset((name,)), read, write)


def _list(row: dict[str, Any], label: str) -> Step:
    """Items of one field are listed bare, items of several as objects."""
    name, count = row["list"], row["count"]
    full = f"{label}.{name}"
    steps = _steps(row["items"], full)
    item_names = _names(steps)
    bare = row["items"][0][0] if len(row["items"]) == 1 else None
    mask, is_total = row.get("count_mask", -1), row.get("count_is_total", False)

    def read(octets: bytes, offset: int, end: int, value: Fields) -> int:
        wanted = None if count is None else value[count] & mask
        exact = wanted is not None and not is_total
        items: list[Json] = []
        while offset < end if not exact else len(items) != wanted:
            item: Fields = {}
            for step in steps:
                offset = step.read(octets, offset, end, item)
            items.append(item if bare is None else item[bare])
        if wanted is not None and not _agrees(len(items), wanted, value):
            raise RemoteGbcsError(offset, f"{label}.{count}", f"{len(items)} item(s)", wanted)
        value[name] = items
        return offset

    def write(value: Fields, parts: list[bytes]) -> None:
        items = value.get(name)
        if not isinstance(items, list | tuple):
            raise EncodeError(full, "a list", repr(items))
        if count is not None and not _agrees(len(items), value[count] & mask, value):
            raise EncodeError(f"{label}.{count}", f"{len(items)} item(s)", value[count])
        for item in items:
            fields = item if bare is None else {bare: item}
            if not isinstance(fields, dict) or fields.keys() != item_names:
                raise EncodeError(full, f"objects with {', '.join(sorted(item_names))}", repr(item))
            for step in steps:
                step.write(fields, parts)

    return Step(frozenset((name,)), read, write)


def _agrees(items: int, count: int, value: Fields) -> bool:
    """A count over several commands may be larger than this command's items."""
    return items == count or (value.get("total_commands", 1) != 1 and items < count)


class _Variant(NamedTuple):
    steps: list[Step]
    names: frozenset[str]


def _variants(selector: str, rows: list[dict[str, Any]], label: str) -> Step:
    """The fields that depend on the value of another.

    A value without a row, or octets that its recalled row does not fit, are read by the row
    that vectors verify: senders are known by their layouts, not by their numbers.
    """
    by_value: dict[int, _Variant] = {}
    verified: list[_Variant] = []
    for row in rows:
        steps = _steps(row["fields"], label)
        variant = _Variant(steps, _names(steps))
        by_value |= dict.fromkeys(row["values"], variant)
        if row["grade"] == "verified":
            verified.append(variant)
    every_name = frozenset(name for variant in by_value.values() for name in variant.names)
    known = ", ".join(map(str, by_value))

    def candidates(selected: Json) -> list[_Variant]:
        own = by_value.get(selected)
        return verified if own is None else [own, *(v for v in verified if v is not own)]

    def read(octets: bytes, offset: int, end: int, value: Fields) -> int:
        problem: RemoteGbcsError | None = None
        for steps, _ in candidates(value[selector]):
            fields = dict(value)
            at = offset
            try:
                for step in steps:
                    at = step.read(octets, at, end, fields)
                if at == end:
                    value |= fields
                    return at
                raise RemoteLengthError(at, label, "the end", f"{end - at} octet(s) more")
            except RemoteGbcsError as error:
                problem = problem or error
        if problem is None or value[selector] in by_value:
            raise problem or RemoteGbcsError(offset, label, "a known layout", "none")
        raise RemoteGbcsError(offset, f"{label}.{selector}", f"one of {known}", value[selector])

    def write(value: Fields, parts: list[bytes]) -> None:
        given = value.keys() & every_name
        found = candidates(value[selector])
        if not found:
            raise EncodeError(f"{label}.{selector}", f"one of {known}", value[selector])
        steps, names = next((row for row in found if row.names == given), found[0])
        if given - names:
            extra = ", ".join(sorted(given - names))
            raise EncodeError(label, f"only fields of {selector} {value[selector]}", extra)
        for step in steps:
            step.write(value, parts)

    return Step(every_name, read, write)


def _optional(fields: list[list[str]], label: str) -> Step:
    """Trailing fields, present in order as long as there are octets."""
    steps = [(field[0], step) for field in fields for step in _steps([field[:2]], label)]

    def read(octets: bytes, offset: int, end: int, value: Fields) -> int:
        for _, step in steps:
            if offset == end:
                break
            offset = step.read(octets, offset, end, value)
        return offset

    def write(value: Fields, parts: list[bytes]) -> None:
        missing: str | None = None
        for name, step in steps:
            if name not in value:
                missing = missing or name
            elif missing is not None:
                raise EncodeError(f"{label}.{missing}", f"a value before {name}", "none")
            else:
                step.write(value, parts)

    return Step(frozenset(name for name, _ in steps), read, write)
