"""What the end of a run means to the shell.

0 all pass     1 a FAIL        2 usage or bad file    3 INCONCLUSIVE or NOT RUN in
                                                        mandatory scope
4 bench or internal fault      130 interrupted
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from assay.verdicts import Verdict


class ExitCode(IntEnum):
    ALL_PASS = 0
    FAIL = 1
    USAGE = 2
    INCONCLUSIVE = 3
    FAULT = 4
    INTERRUPTED = 130


def exit_code(
    scenarios: Iterable[tuple[Verdict, bool]], *, is_fault: bool, is_interrupted: bool
) -> ExitCode:
    """From verdict and advisory mark of each scenario.

    A FAIL is one whatever else went wrong, advisory or not, because the subject did fail.
    Mandatory scope is every scenario that is not advisory, or all of them in a plan that has
    advisory ones only; a scope in which nothing passed shows nothing, so it is no success.
    """
    verdicts = list(scenarios)
    if is_interrupted:
        return ExitCode.INTERRUPTED
    if any(verdict is Verdict.FAIL for verdict, _ in verdicts):
        return ExitCode.FAIL
    if is_fault:
        return ExitCode.FAULT
    mandatory = [verdict for verdict, advisory in verdicts if not advisory]
    scope = mandatory or [verdict for verdict, _ in verdicts]
    return ExitCode.ALL_PASS if Verdict.worst(scope) is Verdict.PASS else ExitCode.INCONCLUSIVE
