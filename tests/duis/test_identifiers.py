from __future__ import annotations

import pytest
from hypothesis import given

from assay.duis import RequestId
from assay.gbcs.identifiers import Eui64
from tests.duis.strategies import message_ids

USER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")


@given(message_ids)
def test_every_identifier_survives_its_text(identifier: RequestId) -> None:
    assert RequestId.from_text(str(identifier)) == identifier


def test_an_answer_swaps_the_parties_and_keeps_the_counter() -> None:
    assert RequestId(USER, METER, 1000).answered() == RequestId(METER, USER, 1000)


def test_letter_case_of_an_eui_does_not_matter() -> None:
    text = "90-b3-d5-1f-30-01-00-00:00-DB-12-34-56-78-90-a0:7"
    assert RequestId.from_text(text) == RequestId(USER, METER, 7)


@pytest.mark.parametrize("counter", ["0", "1", "18446744073709551615"])
def test_a_counter_runs_from_zero_to_the_largest_of_64_bits(counter: str) -> None:
    assert RequestId.from_text(f"{USER}:{METER}:{counter}").counter == int(counter)


@pytest.mark.parametrize("counter", ["", "00", "01", "-1", "18446744073709551616", "1 ", "٣"])
def test_no_other_counter_is_accepted(counter: str) -> None:
    with pytest.raises(ValueError, match="counter"):
        RequestId.from_text(f"{USER}:{METER}:{counter}")


def test_an_eui_needs_its_hyphens() -> None:
    with pytest.raises(ValueError, match="EUI-64"):
        RequestId.from_text(f"{USER.hex()}:{METER}:1")
