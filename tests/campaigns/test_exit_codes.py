"""The exit code is the verdict of the mandatory scope, unless something worse happened."""

from __future__ import annotations

import pytest

from assay.campaigns.exit_codes import ExitCode, exit_code
from assay.verdicts import Verdict

PASS = (Verdict.PASS, False)
FAIL = (Verdict.FAIL, False)
UNSURE = (Verdict.INCONCLUSIVE, False)
UNTRIED = (Verdict.NOT_RUN, False)
ABSENT = (Verdict.NOT_APPLICABLE, False)
ADVISORY_PASS = (Verdict.PASS, True)
ADVISORY_FAIL = (Verdict.FAIL, True)
ADVISORY_UNSURE = (Verdict.INCONCLUSIVE, True)


@pytest.mark.parametrize(
    ("scenarios", "expected"),
    [
        ([PASS], ExitCode.ALL_PASS),
        ([PASS, ABSENT], ExitCode.ALL_PASS),
        ([PASS, FAIL, UNSURE], ExitCode.FAIL),
        ([PASS, ADVISORY_FAIL], ExitCode.FAIL),
        ([PASS, UNSURE], ExitCode.INCONCLUSIVE),
        ([PASS, UNTRIED], ExitCode.INCONCLUSIVE),
        ([PASS, ADVISORY_UNSURE], ExitCode.ALL_PASS),  # outside mandatory scope
        ([ADVISORY_PASS], ExitCode.ALL_PASS),  # a plan of advisory scenarios only
        ([ADVISORY_UNSURE], ExitCode.INCONCLUSIVE),
        ([ABSENT], ExitCode.INCONCLUSIVE),  # nothing was shown
        ([], ExitCode.INCONCLUSIVE),
    ],
)
def test_scenarios_decide(scenarios: list[tuple[Verdict, bool]], expected: ExitCode) -> None:
    assert exit_code(scenarios, is_fault=False, is_interrupted=False) is expected


def test_a_fault_outweighs_everything_but_a_fail() -> None:
    assert exit_code([PASS], is_fault=True, is_interrupted=False) is ExitCode.FAULT
    assert exit_code([UNSURE], is_fault=True, is_interrupted=False) is ExitCode.FAULT
    assert exit_code([FAIL], is_fault=True, is_interrupted=False) is ExitCode.FAIL


def test_an_interrupted_run_is_interrupted_whatever_it_showed() -> None:
    assert exit_code([FAIL], is_fault=True, is_interrupted=True) is ExitCode.INTERRUPTED


def test_the_codes_are_those_of_the_design() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 130]
