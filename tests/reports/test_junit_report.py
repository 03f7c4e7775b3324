"""Build servers see the five verdicts for what they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from report_runs import FAILING, Case, Try, write_run

from assay.verdicts import Verdict
from reports import junit
from reports.run_folder import read_run


@pytest.fixture
def root(tmp_path: Path) -> ET.Element:
    path = junit.write(read_run(write_run(tmp_path / "run", FAILING)))
    return ET.parse(path).getroot()


def case(root: ET.Element, name: str) -> ET.Element:
    (found,) = (each for each in root.iter("testcase") if each.get("name") == name)
    return found


def properties(element: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(p.get("name"), p.get("value")) for p in element.findall("properties/property")]


@pytest.mark.parametrize(
    ("name", "outcome", "earl"),
    [
        ("A distributor reads the network data", None, "passed"),
        ("Supply is lost for 3 minutes and 10 seconds", "failure", "failed"),
        ("A replayed command is refused", "error", "cantTell"),
        ("The auxiliary load switch follows its calendar", "skipped", "inapplicable"),
        ("The contactor opens and closes 100 times", "skipped", "untested"),
    ],
)
def test_a_verdict_has_its_element_and_its_earl_word(
    root: ET.Element, name: str, outcome: str | None, earl: str
) -> None:
    found = case(root, name)
    seen = [child.tag for child in found if child.tag != "properties"]
    assert seen == ([] if outcome is None else [outcome])
    assert ("earl outcome", earl) in properties(found)


def test_totals_are_those_of_the_run(root: ET.Element) -> None:
    totals = {key: root.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert totals == {"tests": "6", "failures": "1", "errors": "1", "skipped": "2"}


def test_a_suite_is_a_scheme(root: ET.Element) -> None:
    suites = [suite.get("name") for suite in root.findall("testsuite")]
    assert suites == ["uept", "functional", "security", "accelerated_life"]


def test_a_failure_says_requirement_expected_and_observed(root: ET.Element) -> None:
    failure = case(root, "Supply is lost for 3 minutes and 10 seconds").find("failure")
    assert failure is not None
    assert failure.text is not None
    assert "requirement: SMETS-E-040\nexpected: alert 8F35" in failure.text


def test_what_did_not_run_says_why(root: ET.Element) -> None:
    skipped = case(root, "The auxiliary load switch follows its calendar").find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "the device does not claim aux_load_control"


def test_evidence_level_and_requirement_are_properties(root: ET.Element) -> None:
    found = properties(case(root, "A distributor reads the network data"))
    assert ("evidence level", "SIM") in found
    assert "requirement" in dict(found)


def test_octets_that_xml_cannot_hold_do_not_break_the_file(tmp_path: Path) -> None:
    odd = Case(name="odd", feature="f", tries=(Try(verdict=Verdict.FAIL, observed="a\x00b\x1f"),))
    path = junit.write(read_run(write_run(tmp_path / "run", [odd])))
    failure = case(ET.parse(path).getroot(), "odd").find("failure")
    assert failure is not None
    assert "a\ufffdb\ufffd" in str(failure.text)
