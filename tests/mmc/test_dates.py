"""Dates of the schema, which users may give in any year."""

from __future__ import annotations

from datetime import date

import pytest

from assay.mmc.nodes import text_of
from assay.mmc.values import whole_date


@pytest.mark.parametrize(
    ("octets", "value", "text"),
    [
        ("07DF031DFF", date(2015, 3, 29), "2015-03-29Z"),
        ("FFFF041DFF", "65535-04-29Z", "65535-04-29Z"),
        ("FFFF021DFF", None, None),
        ("FFFFFFFFFF", None, None),
        ("07DFFF1DFF", None, None),
        ("0000041DFF", None, None),
    ],
    ids=["whole", "any year", "no such day", "any date", "any month", "year 0"],
)
def test_a_date_without_a_year_of_its_own_is_said_as_users_say_it(
    octets: str, value: date | str | None, text: str | None
) -> None:
    found = whole_date(bytes.fromhex(octets))
    assert found == value
    assert found is None or text_of(found) == text
