"""What an alert says in words, from its typed payload."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assay.gbcs import messages
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import Data, octet_string
from assay.gbcs.identifiers import Eui64
from assay.gbcs.inspection import describe

METER, SUPPLIER = Eui64(bytes(8)), Eui64(bytes([9] * 8))
AT = datetime(2026, 1, 1, tzinfo=UTC)
EXECUTED = bytes.fromhex("001900000000000003f0232800005e2c020006")


def facts(message_code: int, alert_code: int, *extras: Data) -> dict[str, Any]:
    alert = messages.dlms_alert(
        message_code=message_code,
        alert_code=alert_code,
        originator=METER,
        recipient=SUPPLIER,
        counter=7,
        at=AT,
        extras=extras,
    )
    found: dict[str, Any] = describe(alert.to_octets())["alert"]
    return found


def test_an_executed_activation_names_command_object_and_attribute() -> None:
    found = facts(0x00CC, 0x8F66, octet_string(EXECUTED))
    assert found == {
        "code": "0x8F66",
        "meaning": "Future-date HAN Interface Command Successfully Actioned",
        "time": "2026-01-01T00:00:00+00:00",
        "message_code": "0x0019 ECS01a",
        "counter": 1008,
        "class": 9000,
        "object": "0-0:94.44.2.0",
        "attribute_or_method": 6,
    }


def test_an_outage_has_its_start_and_end() -> None:
    times = [octet_string(DateTime.at(AT.replace(minute=m)).octets) for m in (1, 5)]
    found = facts(0x0067, 0x8F36, *times)
    assert found["outage_start"] == "2026-01-01T00:01:00+00:00"
    assert found["outage_end"] == "2026-01-01T00:05:00+00:00"


@pytest.mark.parametrize("octets", [b"", EXECUTED[:-1], EXECUTED + b"\x00"])
def test_octets_of_another_size_are_left_to_the_payload(octets: bytes) -> None:
    assert "counter" not in facts(0x00CC, 0x8F66, octet_string(octets))


def test_a_code_that_nobody_knows_has_no_meaning() -> None:
    assert facts(0x1001, 0x4242)["meaning"] is None
