"""A supplier's message on the meter's display."""

from __future__ import annotations

import pytest

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import octet_string, unsigned
from tests.rigs.devices.premises_kit import SUPPLIER, Premises

SHOW = 0x0021


@pytest.mark.parametrize("text", ["", "Your meter is under test", "é" * 116])
def test_a_message_of_up_to_116_characters_is_shown(premises: Premises, text: str) -> None:
    answer = premises.ask(SHOW, SUPPLIER, (octet_string(text.encode()),))
    assert answer.items[0].result == Result.SUCCESS
    assert premises.meter.display.message == text


def test_a_longer_message_is_refused_and_the_old_one_stays(premises: Premises) -> None:
    premises.ask(SHOW, SUPPLIER, (octet_string(b"old"),))
    answer = premises.ask(SHOW, SUPPLIER, (octet_string(b"x" * 117),))
    assert answer.items[0].result == Result.OTHER_REASON
    assert premises.meter.display.message == "old"


def test_what_is_no_text_is_refused(premises: Premises) -> None:
    answer = premises.ask(SHOW, SUPPLIER, (unsigned(7),))
    assert answer.items[0].result == Result.TYPE_UNMATCHED
