"""One tree, two forms: what XML and values say is the same, in the schema's lexical forms."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from assay.mmc.nodes import Base64, Hex, Node, text_of, to_element, values_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (-5, "-5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.050"), "0.050"),
        ("text", "text"),
        (datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC), "2015-01-02T03:04:05.00Z"),
        (date(2015, 3, 28), "2015-03-28Z"),
        (time(7, 30, 0, 250_000), "07:30:00.25Z"),
        (Hex(b"\x8f\x66"), "8F66"),
        (Base64(b"\x00\xff"), "AP8="),
    ],
)
def test_lexical_forms(value: Any, expected: str) -> None:
    assert text_of(value) == expected


TREE = Node(
    "Log",
    (
        Node("Entry", 1, (("index", 1),), is_many=True),
        Node("Entry", 2, (("index", 2),), is_many=True),
        Node("Empty"),
        Node("Inner", (Node("Text", "a < b"),)),
    ),
)


def test_values_list_what_may_repeat() -> None:
    assert values_of(TREE.content) == {
        "Entry": [{"value": 1, "index": 1}, {"value": 2, "index": 2}],
        "Empty": True,
        "Inner": {"Text": "a < b"},
    }


def test_one_of_many_is_a_list_too() -> None:
    assert values_of((Node("Entry", 1, is_many=True),)) == {"Entry": [1]}


def test_elements_are_in_the_schemas_namespace_and_order() -> None:
    element = to_element(TREE)
    names = [child.tag.rpartition("}")[2] for child in element]
    assert names == ["Entry", "Entry", "Empty", "Inner"]
    assert element.nsmap == {"ra": "http://www.dccinterface.co.uk/ResponseAndAlert"}
    assert element[3][0].text == "a < b"


def test_a_type_without_a_lexical_form_is_our_fault() -> None:
    with pytest.raises(KeyError):
        text_of(1.5)
