"""Rows leave nothing of a command unread, and read nothing that it does not ask for."""

from __future__ import annotations

from typing import Any

import pytest

from assay.gbcs import catalogue
from assay.gbcs.dlms.access import Op
from assay.mmc.content import Content, ItemKey
from assay.mmc.rows import ROWS
from assay.mmc.templates import Reading, apply
from tests.mmc import made

READ_BY_COMMAND_BUT_WITHOUT_ELEMENT = {
    0x003A: {("0-0:94.44.1.7", 3)},  # the active price's scaler, fixed by the use case
    0x003B: {("0-0:19.0.0.255", 19)},  # the period of the rate cap, fixed by the use case
    0x0042: {("0-0:94.44.42.255", 3)},  # the counter's scaler and unit, fixed by the use case
    0x00BD: {("0-0:94.44.1.8", 3)},
}
SHARED_BY_VARIANTS = {
    0x00F9: {("0-0:96.1.1.255", 2)},  # identity rows serve use cases with and without it
    0x00FA: {("0-0:96.1.1.255", 2)},
}


class Watched(dict[ItemKey, Any]):
    """Holds nothing, and remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[ItemKey] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return default


def opened(code: int) -> Content:
    from assay.mmc.content import open_message

    return open_message(made.dlms(code, made.got(made.number(0))), None)


DLMS_READS = {
    code: wanted
    for code in ROWS
    if (row := catalogue.use_case(code)) is not None
    and row.payload == "dlms"
    and (
        wanted := {
            (str(item.obis), item.attribute)
            for item in catalogue.dlms_command(code)
            if item.op in (Op.GET, Op.GET_WITH_SELECTION)
        }
    )
}


@pytest.mark.parametrize("code", sorted(DLMS_READS))
def test_a_row_uses_every_object_that_its_command_reads(code: int) -> None:
    reading, watched = Reading(opened(code)), Watched()
    reading._items = watched
    apply(ROWS[code], reading)
    left = READ_BY_COMMAND_BUT_WITHOUT_ELEMENT.get(code, set())
    extra = SHARED_BY_VARIANTS.get(code, set())
    assert watched.asked - extra == DLMS_READS[code] - left


def test_every_row_answers_a_service_request() -> None:
    for code in ROWS:
        row = catalogue.use_case(code)
        assert row is not None
        assert row.service_references, f"{code:04X}"
