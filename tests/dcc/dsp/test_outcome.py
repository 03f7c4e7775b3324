"""Whether a response tells of success: the national messages say so in their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.dcc.dsp.outcome import asn1_value, is_accepted, is_success
from assay.gbcs.envelope import Cra, Message, OtherInformation, parse
from tests.dcc.parties import METER, SUPPLIER

HIDDEN = ("GCS13a_4.1.1_ERROR", "GCS13b_4.1.4_ERROR")
"""What went wrong is encrypted for the user: the DCC cannot see it."""


def responses(shared: Path) -> dict[str, Message]:
    found = {}
    for path in sorted((shared / "rtds/messages").glob("*/*RESPONSE*")):
        message = parse(bytes.fromhex("".join(path.read_text().split())))
        if message.cra is Cra.RESPONSE and not path.name.startswith(HIDDEN):
            found[path.name] = message
    return found


def test_every_national_response_is_judged_by_what_it_reports(shared: Path) -> None:
    wrong = {
        name: is_accepted(message)
        for name, message in responses(shared).items()
        if "FUTURE_DATED_ERROR" not in name and is_accepted(message) is ("ERROR" in name)
    }
    assert wrong == {}


def test_a_command_taken_on_for_later_has_succeeded_in_nothing_yet(shared: Path) -> None:
    dated = {
        name: message
        for name, message in responses(shared).items()
        if name.startswith(("CS06_11.3_FUTURE", "CS02b"))
        and asn1_value(message) == {"accepted": None}
    }
    assert dated
    assert not any(is_success(message) for message in dated.values())
    assert all(is_accepted(message) for message in dated.values())


@pytest.mark.parametrize("payload", [b"", b"\xff\xff", b"\xda\x00"])
def test_what_cannot_be_read_tells_of_no_success(payload: bytes) -> None:
    message = Message(
        cra=Cra.RESPONSE,
        counter=1,
        originator=METER,
        recipient=SUPPLIER,
        other=OtherInformation(message_code=0x0051),
        payload=payload,
    )
    assert not is_success(message)
    assert not is_accepted(message)
    assert asn1_value(message) is None
