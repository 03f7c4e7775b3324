"""Bodies of electricity requests made from the schema's content models.

The schema lets indices repeat; `numbered` gives each repeated element an index of its own, as
users do, so that most bodies can be transformed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from assay.duis.catalogue import CATALOGUE
from assay.duis.schema.model import ComplexType
from tests.duis.strategies import TYPE_OF_ELEMENT, values

NUMBERS = ("@index", "@identifier", "DayName", "WeekName", "Phase")
COMPLETE = {"Thresholds": 8, "ReferencedDayName": 7, "AddToBoostButton": 5}
COMPLETE["RemoveFromBoostButton"] = COMPLETE["AddToBoostButton"]
REFERENCES = ("SpecialDaysApplicability",)
"""These name what is defined elsewhere."""


def bodies(srv: str) -> st.SearchStrategy[Any]:
    type_ = TYPE_OF_ELEMENT[CATALOGUE[srv].element]
    assert isinstance(type_, ComplexType)
    return values(type_).map(lambda body: body or {})


def numbered(value: Any, name: str = "") -> Any:
    """Every repeated element with an index from 1, and as many as must be there."""
    if isinstance(value, Mapping):
        return {inner: numbered(item, inner) for inner, item in value.items()}
    if not isinstance(value, tuple):
        return value
    if name in REFERENCES:
        return ()
    items = [numbered(item) for item in value]
    items = (items * 8)[: COMPLETE.get(name, len(items))]
    return tuple(_with_number(item, place) for place, item in enumerate(items, start=1))


def _with_number(item: Any, number: int) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {**item, **{key: number for key in NUMBERS if key in item}}
