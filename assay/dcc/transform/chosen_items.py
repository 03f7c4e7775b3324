"""DLMS Commands whose body decides which items they carry: optional objects, numbered objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assay.dcc.transform.frame import Frame
from assay.gbcs.dlms.access import Item, Obis, Op
from assay.gbcs.dlms.data import Data
from assay.gbcs.messages import dlms_command_payload

DATA = 1
SCRIPT_TABLE = 9
SCHEDULE = 10
SPECIAL_DAYS = 11
EXTENDED_DATA = 9000
"""Interface classes (gbcs.md 4.9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenItems:
    items: Callable[[Frame], tuple[Item, ...]]

    def octets(self, message_code: int, frame: Frame) -> bytes:  # noqa: ARG002 (the protocol's)
        return dlms_command_payload(frame.counter, self.items(frame))


def set_item(class_id: int, obis: str, attribute: int, data: Data) -> Item:
    return Item(Op.SET, class_id, Obis.from_text(obis), attribute, data)


def execute(script_table: str, script: Data) -> Item:
    """Run a script: method 1 of a script table."""
    return Item(Op.ACTION, SCRIPT_TABLE, Obis.from_text(script_table), 1, script)
