"""The words in our tables are the schema's, each of them and no other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from assay.mmc.alerts import WARNINGS
from assay.mmc.elements import ELEMENTS
from assay.mmc.rows import auxiliary, configuration, credentials, gas_settings, hub
from assay.mmc.statuses import (
    ACTION_RESULTS,
    ACTIVATION,
    CLOCK,
    CREDENTIALS_STATUS,
    DATA_ACCESS_RESULTS,
    DEVICE_CERTIFICATE,
    ISSUE,
    JOIN,
    RETRIEVAL,
    UNJOIN,
    ZCL_STATUSES,
)

XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def schema(shared: Path) -> etree._Element:
    return etree.parse(shared / "reference" / "duis" / "lxml" / "mmc.xsd").getroot()


def enumeration(schema: etree._Element, name: str) -> set[str]:
    """The words of the element or simple type of that name."""
    for kind in ("element", "simpleType"):
        for found in schema.iter(f"{XS}{kind}"):
            words = {word.get("value", "") for word in found.iter(f"{XS}enumeration")}
            if found.get("name") == name and words:
                return words
    raise AssertionError(f"no enumeration {name}")


def members(schema: etree._Element, name: str) -> list[str]:
    """The names of the elements in a complex type."""
    for found in schema.iter(f"{XS}complexType"):
        if found.get("name") == name:
            return [member.get("name", "") for member in found.iter(f"{XS}element")]
    raise AssertionError(f"no complex type {name}")


def codes(numbers: Iterable[int]) -> list[str]:
    return [f"x{number:04X}" for number in numbers]


def test_every_response_element_is_written_for_some_request(schema: etree._Element) -> None:
    payload = set(members(schema, "ResponsePayload"))
    assert {name for name in payload if name.endswith("Rsp")} == set(ELEMENTS.values())


def test_every_variant_is_one_of_the_schema(schema: etree._Element) -> None:
    assert set(ELEMENTS) <= enumeration(schema, "ServiceReferenceVariant")


@pytest.mark.parametrize(
    ("name", "ours", "others"),
    [
        ("DataAccessResult", set(DATA_ACCESS_RESULTS.values()), {"response-code-not-known"}),
        ("ActionResult", set(ACTION_RESULTS.values()), {"response-code-not-known"}),
        ("ZCLStatus", set(ZCL_STATUSES.values()), {"RESPONSE_CODE_NOT_KNOWN"}),
        ("Warning", set(WARNINGS), set()),
        ("ScanTrigger", set(hub.SCAN_TRIGGERS), set()),
        ("RemotePartyRole", set(credentials.ROLES.values()), set()),
        ("CredentialsReplacementMode", set(credentials.MODES.values()), set()),
        ("SwitchAction", set(auxiliary.ACTIONS.values()), set()),
        ("Outcome", set(auxiliary.OUTCOMES.values()), set()),
    ],
)
def test_a_list_of_words_is_whole(
    name: str, ours: set[str], others: set[str], schema: etree._Element
) -> None:
    assert ours | others == enumeration(schema, name)


def test_asn1_statuses_are_whole(schema: etree._Element) -> None:
    tables = (
        *(ACTIVATION, CLOCK, CREDENTIALS_STATUS, DEVICE_CERTIFICATE),
        *(ISSUE, JOIN, RETRIEVAL, UNJOIN),
    )
    ours = {word for table in tables for _, word in table.values()}
    not_in_responses = {"notKnown", "readFailure"}
    assert ours | not_in_responses == enumeration(schema, "ASN1Status")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("SupplierESMECommon", configuration.SUPPLIER_CODES),
        ("SupplierESMEPolyPhase", configuration.SUPPLIER_POLYPHASE_CODES),
        ("NetworkOperatorESMECommon", configuration.NETWORK_CODES),
        ("NetworkOperatorESMESinglePhase", configuration.NETWORK_SINGLE_PHASE_CODES),
        ("NetworkOperatorESMEPolyPhase", configuration.NETWORK_POLYPHASE_CODES),
        ("SupplierGSMEAlertsEvents", gas_settings.EVENT_CODES),
    ],
)
def test_alert_settings_stand_in_the_schemas_order(
    name: str, ours: tuple[int, ...], schema: etree._Element
) -> None:
    assert codes(ours) == members(schema, name)
