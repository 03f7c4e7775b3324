from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from assay.duis import CATALOGUE, DCC_ALERTS, RESPONSE_CODES, Grade, Mode, UserRole
from assay.duis.catalogue import VARIANT_OF_ELEMENT
from assay.duis.confidence import Confidence
from assay.duis.schema.requests import REQUEST_ELEMENTS
from assay.duis.schema.responses import DCC_ALERT

XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def xsd(shared: Path) -> etree._Element:
    return etree.parse(shared / "reference/duis/lxml/duis.xsd").getroot()


def table(shared: Path, name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((shared / "reference" / name).read_text())[key]
    return rows


def enumeration(xsd: etree._Element, path: str) -> list[str]:
    return [str(e.get("value")) for e in xsd.find(path).iter(f"{XS}enumeration")]


def test_the_catalogue_has_every_variant_of_the_schema_once(xsd: etree._Element) -> None:
    listed = enumeration(xsd, f"{XS}simpleType[@name='ServiceReferenceVariant']")
    assert sorted(CATALOGUE) == sorted(listed)
    assert len(CATALOGUE) == len(VARIANT_OF_ELEMENT) == 129


def test_service_references_are_those_of_the_schema(xsd: etree._Element) -> None:
    listed = enumeration(xsd, f"{XS}simpleType[@name='ServiceReference']")
    assert {row.service_reference for row in CATALOGUE.values()} == set(listed)


def test_every_variant_has_the_content_of_its_request_element() -> None:
    assert {element.name for element in REQUEST_ELEMENTS} == set(VARIANT_OF_ELEMENT)


CONCLUDED = {"3.3": ["GPF"], "8.7.2": ["ESME", "GPF"], "8.8.2": ["ESME", "GPF"]}
"""Targets beside those of the matrix: CS11 is for both GPF and GSME, and a display of type 2, which
understands no Command, joins by one to the meter or the gas proxy."""


def test_facts_of_the_catalogue_are_those_of_the_matrix(shared: Path) -> None:
    for row in table(shared, "srv.json", "srvs"):
        variant = CATALOGUE[row["srv"]]
        assert (variant.name, variant.critical) == (row["name"], row["critical"])
        assert variant.roles == {UserRole(role) for role in row["roles"]}
        assert variant.command_variants == tuple(row["command_variants"]["allowed"])
        assert variant.element == row["request_element"]
        assert variant.response_element == row["mmc_response_element"]
        assert list(variant.use_cases) == [case["code"] for case in row["gbcs_use_cases"]]
        assert {mode.name.lower() for mode in variant.modes} == {
            name for name, has in row["modes"].items() if has
        }
        sensitive = row["sensitive_response"]
        assert variant.sensitive_response == (sensitive and sensitive["value"])
        for grade in (Grade.OBSERVED, Grade.INFERRED):
            named = [t.name for t in variant.target_device_types if t.grade is grade]
            concluded = CONCLUDED.get(variant.srv, []) if grade is Grade.INFERRED else []
            assert named == [*row["target_device_types"][grade.value], *concluded]


def test_counts_are_those_of_the_published_matrix() -> None:
    rows = CATALOGUE.values()
    assert sum(row.critical for row in rows) == 37
    assert sum(Mode.ON_DEMAND in row.modes for row in rows) == 112
    assert sum(Mode.FUTURE_DATED_DSP in row.modes for row in rows) == 46
    assert sum(row.non_device for row in rows) == 16
    assert sum(UserRole.IMPORT_SUPPLIER in row.roles for row in rows) == 111


def test_command_variants_are_marked_as_inferred() -> None:
    assert {row.command_variants_grade for row in CATALOGUE.values()} == {Grade.INFERRED}


def test_response_codes_are_those_of_the_schema(xsd: etree._Element) -> None:
    listed = enumeration(xsd, f"{XS}simpleType[@name='ResponseCode']")
    assert sorted(RESPONSE_CODES) == sorted(listed)


def test_a_response_code_of_unknown_meaning_may_not_be_raised() -> None:
    for code in RESPONSE_CODES.values():
        assert code.may_be_raised == (code.confidence is not Confidence.UNKNOWN)
    assert not RESPONSE_CODES["E65"].may_be_raised  # seen once, for a reason nobody states
    assert RESPONSE_CODES["E19"].may_be_raised


def test_a_six_digit_code_names_its_service() -> None:
    code = RESPONSE_CODES["E080405"]
    assert (code.service_reference, code.severity, code.is_success) == ("8.4", "error", False)
    assert RESPONSE_CODES["W110101"].is_success
    assert RESPONSE_CODES["E1000"].service_reference is None


def test_confidence_of_response_codes_is_that_of_the_reference(shared: Path) -> None:
    for row in table(shared, "response_codes.json", "codes"):
        code = RESPONSE_CODES[row["code"]]
        if code.may_be_raised:
            assert (code.confidence, code.title) == (row["confidence"], row["title"])
            assert code.meaning == row["meaning"]
        assert code.service_reference == row.get("service_reference")


def test_dcc_alerts_are_those_of_the_schema(xsd: etree._Element) -> None:
    path = f"{XS}complexType[@name='DCCAlertMessage']"
    assert sorted(DCC_ALERTS) == sorted(enumeration(xsd, path))


def test_the_body_of_every_dcc_alert_is_one_of_the_schema(shared: Path) -> None:
    (choice,) = DCC_ALERT.particles
    for row in table(shared, "dcc_alerts.json", "alerts"):
        alert = DCC_ALERTS[row["code"]]
        assert alert.element == (row["body_elements"] or [None])[0]
        assert alert.element is None or alert.element in choice.first
        assert alert.confidence == row["confidence"]


def test_an_alert_of_which_only_the_group_is_known_may_not_be_raised() -> None:
    assert not DCC_ALERTS["N18"].may_be_raised
    assert not DCC_ALERTS["N40"].may_be_raised
    assert all(DCC_ALERTS[code].may_be_raised for code in ("AD1", "N12", "N13", "N16", "N24"))
