"""What a user makes of ASN.1 responses: which of them report a success."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assay.adapter.asn1_results import results_of
from assay.gbcs import payload
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.envelope import parse

CELL = {"status": "success"}
BAD_CELL = {"status": "badCertificate"}


@pytest.mark.parametrize(
    ("type_name", "value", "expected"),
    [
        ("JoinDeviceResponse", "success", (0,)),
        ("JoinDeviceResponse", "deviceLogFull", (1,)),
        ("IssueSecurityCredentialsResponse", {"request": {}}, (0,)),
        ("IssueSecurityCredentialsResponse", {"failure": "invalidKeyUsage"}, (1,)),
        ("ActivateFirmwareResponse", {"accepted": None}, ()),
        ("ActivateFirmwareResponse", {"outcome": {"result": "hashMismatch"}}, (1,)),
        ("UpdateSecurityCredentialsResponse", {"accepted": None}, ()),
        (
            "UpdateSecurityCredentialsResponse",
            {"outcome": {"replacements": [CELL, BAD_CELL]}},
            (0, 1),
        ),
        ("ProvideSecurityCredentialsResponse", [{"status": "trustAnchorNotFound"}], ()),
    ],
)
def test_a_response_says_what_succeeded(
    type_name: str, value: Any, expected: tuple[int, ...]
) -> None:
    assert results_of(Asn1Payload(type_name, value)) == expected


def test_national_responses_report_what_their_names_say(shared: Path) -> None:
    seen = 0
    for file in sorted((shared / "rtds" / "messages").glob("*/*_RESPONSE_GBCS.HEX")):
        _, typed = payload.decode(parse(bytes.fromhex(file.read_text())))
        results = results_of(typed) if isinstance(typed, Asn1Payload) else ()
        # A dated command that fails later is accepted now.
        if results and "FUTURE_DATED" not in file.name:
            assert any(results) == ("ERROR" in file.name), file.name
            seen += 1
    assert seen > 20
