"""Two hundred faults of a bench, injected into its virtual instruments while a meter is tested.

`python -m benchmarks.bench_faults [--count N] [--seed N]` takes a fresh bench for each, with one
fault: an instrument, something that goes wrong on its line, and the message at which it does, by
the seed. The instruments of the circuit are used in a course of events with a meter (installation,
load, energy, interruptions), every other one as a scenario would use it. Device and premises are
sound throughout, and everything passes the real drivers, composition and classification of
verdicts. It prints what was found, and ends with 1 if the meter was blamed or passed where the
bench could not vouch for what it saw, or if an output stayed on for more than a second.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.rigs.faults.conduct import Finding, cases, conductor

SAFE_WITHIN_S = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="a line for each fault")
    wanted = parser.parse_args()
    logging.disable(logging.CRITICAL)  # every one of them is logged, as it should be
    began = time.monotonic()
    findings = []
    with tempfile.TemporaryDirectory() as folder, conductor(Path(folder)) as benches:
        for case in cases(benches.moments(), wanted.count, wanted.seed):
            finding = benches.conduct(case)
            findings.append(finding)
            if wanted.verbose or _problem(finding) is not None:
                print(_line(finding), flush=True)
    _summary(findings, time.monotonic() - began)
    return int(any(_problem(each) is not None for each in findings))


def _problem(finding: Finding) -> str | None:
    if finding.seconds_to_safe > SAFE_WITHIN_S:
        return f"on for {finding.seconds_to_safe:.2f} s"
    return finding.problem


def _line(finding: Finding) -> str:
    problem = _problem(finding)
    told = "" if problem is None else f"  PROBLEM: {problem}"
    return (
        f"{finding.case.words:<58} {finding.phase:<8} {finding.verdict.words:<13} "
        f"off after {finding.seconds_to_safe * 1000:.0f} ms{told}"
    )


def _summary(findings: list[Finding], seconds: float) -> None:
    print(f"{len(findings)} faults in {seconds:.0f} s")
    for (phase, verdict), count in sorted(
        Counter((each.phase, each.verdict.words) for each in findings).items()
    ):
        print(f"  struck in {phase:<8} {verdict:<13} {count}")
    slowest = max(each.seconds_to_safe for each in findings)
    print(f"  all outputs off after at most {slowest * 1000:.0f} ms")
    unseen = sum(not each.is_known_to_be_safe for each in findings)
    print(f"  off, but could not say so any more (and INCONCLUSIVE for it): {unseen}")
    print(f"  problems: {sum(_problem(each) is not None for each in findings)}")


if __name__ == "__main__":
    sys.exit(main())
