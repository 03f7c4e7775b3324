"""Every code with a known cause is raised, and a test sees it; what nobody can explain is not.

`SEEN` names the test that sees a code come out of the DCC; `NOT_RAISED` says why one does not.
Both together are all codes of which the tables know a cause.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from assay.dcc.dsp.alert_codes import FIRMWARE_NOT_DISTRIBUTED, SCHEDULE_REMOVED
from assay.duis.confidence import Confidence
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.response_codes import RESPONSE_CODES

HERE = Path(__file__).parent
PRODUCT = HERE.parents[1] / "assay" / "dcc"
REFUSALS = "dsp/test_refusals.py"
CREDENTIALS = "dsp/test_credentials.py"
FAILURES = "dsp/test_failure_alerts.py"
FIRMWARE = "dsp/test_firmware.py"
INVENTORY = "dsp/test_inventory_requests.py"

SEEN = {
    "I0": "dsp/test_installation.py",
    "I99": "anomaly/test_detection.py",
    "E1": REFUSALS,
    "E2": "dsp/test_access_matrix.py",
    "E3": REFUSALS,
    "E4": "dsp/test_access_matrix.py",
    "E5": REFUSALS,
    "E11": "dsp/test_access_matrix.py",
    "E12": "dsp/test_access_matrix.py",
    "E13": "dsp/test_access_matrix.py",
    "E17": REFUSALS,
    "E19": REFUSALS,
    "E20": FAILURES,
    "E21": FAILURES,
    "E30": FAILURES,
    "E31": FAILURES,
    "E40": FAILURES,
    "E41": FAILURES,
    "E42": REFUSALS,
    "E43": REFUSALS,
    "E44": "modes/test_sequences.py",
    "E45": "modes/test_sequences.py",
    "E48": REFUSALS,
    "E49": REFUSALS,
    "E50": REFUSALS,
    "E100": REFUSALS,
    "W050201": "modes/test_schedules.py",
    "W050301": "modes/test_schedules.py",
    "W110101": FIRMWARE,
    "W110401": FIRMWARE,
    "E120201": REFUSALS,
    "AD1": "dsp/test_from_devices.py",
    "N2": INVENTORY,
    "N3": "modes/test_dated.py",
    "N4": CREDENTIALS,
    "N5": "dsp/test_upkeep.py",
    "N7": "modes/test_dated.py",
    "N8": INVENTORY,
    "N9": INVENTORY,
    "N10": "modes/test_device_dated.py",
    "N11": "modes/test_dated.py",
    "N12": "dsp/test_from_devices.py",
    "N13": "dsp/test_from_devices.py",
    "N14": "modes/test_sequences.py",
    "N15": "modes/test_sequences.py",
    "N16": "dsp/test_installation.py",
    "N17": INVENTORY,
    "N18": FIRMWARE,
    "N19": FIRMWARE,
    "N20": FIRMWARE,
    "N21": FIRMWARE,
    "N22": FIRMWARE,
    "N23": FIRMWARE,
    "N24": "dsp/test_installation.py",
    "N25": "dsp/test_installation.py",
    "N26": CREDENTIALS,
    "N27": CREDENTIALS,
    "N28": FIRMWARE,
    "N29": FIRMWARE,
    "N30": "dsp/test_device_logs.py",
    "N31": "dsp/test_device_logs.py",
    "N37": CREDENTIALS,
    "N39": FIRMWARE,
    "N42": CREDENTIALS,
    "N43": "dsp/test_device_logs.py",
    "N999": FAILURES,
}
"""By code, in whose source the code stands as what is expected."""

NOT_RAISED = {
    "W081401": "what it warns of is not known",
    "N1": "which change of status is not known",
    "N6": "which of the causes of N4 to N6 is not known",
    "N33": "which failure is not known",
    "N34": "which failure is not known",
    "N35": "which failure is not known",
    "N36": "which failure is not known",
    "N38": "which failure is not known",
}
DEALT_OUT = {*SCHEDULE_REMOVED.values(), *FIRMWARE_NOT_DISTRIBUTED.values()}
"""Alerts of a known group whose members are dealt out by a table that is marked inferred."""


def known() -> set[str]:
    codes = {code for code, row in RESPONSE_CODES.items() if row.may_be_raised}
    return codes | {code for code, row in DCC_ALERTS.items() if row.element is not None}


@cache
def texts_in(path: Path) -> frozenset[str]:
    """All texts that stand in a source file as values."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return frozenset(
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_of_each_known_code_it_is_said_whether_it_is_raised() -> None:
    assert set(SEEN) | set(NOT_RAISED) == known()
    assert not set(SEEN) & set(NOT_RAISED)


@pytest.mark.parametrize("code", SEEN)
def test_a_raised_code_is_in_the_product_and_in_the_test_that_sees_it(code: str) -> None:
    assert code in texts_in(HERE / SEEN[code])
    assert any(code in texts_in(path) for path in PRODUCT.rglob("*.py"))


@pytest.mark.parametrize("code", [*RESPONSE_CODES, *DCC_ALERTS])
def test_a_code_that_may_not_be_raised_is_nowhere_in_the_product(code: str) -> None:
    row = RESPONSE_CODES.get(code) or DCC_ALERTS[code]
    if code in SEEN:
        assert row.may_be_raised or code in DEALT_OUT
        return
    assert not [path for path in PRODUCT.rglob("*.py") if code in texts_in(path)]


@pytest.mark.parametrize("code", [*RESPONSE_CODES, *DCC_ALERTS])
def test_every_code_says_where_it_comes_from(code: str) -> None:
    row = RESPONSE_CODES.get(code) or DCC_ALERTS[code]
    assert row.provenance
    has_meaning = getattr(row, "title", None) or getattr(row, "meaning", None)
    assert (row.confidence is Confidence.UNKNOWN) <= (has_meaning is None)


def test_the_tables_are_as_large_as_the_schema() -> None:
    assert len(RESPONSE_CODES) == 194
    assert len(DCC_ALERTS) == 66
    assert "N32" not in DCC_ALERTS
