"""The two kinds of payload that rows describe: DLMS items by name, and ASN.1 values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.gbcs import catalogue
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.catalogue import DlmsItem
from assay.gbcs.dlms.access import Item, Op
from assay.gbcs.envelope import Cra
from assay.gbcs.messages import dlms_command_payload

_PHASE = re.compile(r"\(Phase\[(\d)\]\)(.*)")
_ONE_RANGE = 1
"""Selector of a range of entries, the only one that GBCS uses (gbcs.md 4.8)."""


class Payload(Protocol):
    """Makes the payload octets of one message code."""

    def octets(self, message_code: int, frame: Frame) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dlms:
    """Items in the catalogue's order. `values` are found by an item's whole name, without its
    phase, or by the part before the colon; `selection` is for every item that selects.

    `named_like` is the message code of a use case whose items have the names, place for place:
    use cases that were replaced have none in the national tables.
    """

    values: Mapping[str, Source] = field(default_factory=dict)
    selection: Source | None = None
    named_like: int | None = None

    def octets(self, message_code: int, frame: Frame) -> bytes:
        items = tuple(self._item(row, frame) for row in self._rows(message_code))
        return dlms_command_payload(frame.counter, items)

    def _rows(self, message_code: int) -> tuple[DlmsItem, ...]:
        rows = catalogue.dlms_command(message_code)
        if self.named_like is None:
            return rows
        named = catalogue.dlms_command(self.named_like)
        return tuple(replace(row, name=like.name) for row, like in zip(rows, named, strict=True))

    def _item(self, row: DlmsItem, frame: Frame) -> Item:
        item = Item(row.op, row.class_id, row.obis, row.attribute)
        if row.op is Op.GET:
            return item
        phase, name = _split(row.name or "")
        if row.op is Op.GET_WITH_SELECTION:
            if self.selection is None:
                raise ValueError(f"item {row.name or row.obis}: expected a selection, got none")
            selected = self.selection(replace(frame, phase=phase))
            return item._replace(selector=_ONE_RANGE, selection=selected)
        return item._replace(data=self._source(name)(replace(frame, phase=phase)))

    def _source(self, name: str) -> Source:
        source = self.values.get(name) or self.values.get(name.partition(":")[0])
        if source is None:
            raise ValueError(f"item {name}: expected a source of its data, got none")
        return source


def _split(name: str) -> tuple[int, str]:
    """ "(Phase[2])Name" -> 2, "Name"."""
    match = _PHASE.fullmatch(name)
    return (int(match[1]), match[2]) if match else (0, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asn1:
    """A value of the type that the message code has, computed from the frame."""

    value: Callable[[Frame], Any]

    def octets(self, message_code: int, frame: Frame) -> bytes:
        type_name = codec.type_name_of(message_code, Cra.COMMAND)
        return codec.encode(Asn1Payload(type_name, self.value(frame)))
