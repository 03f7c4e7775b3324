"""A DCC that is killed at random moments under load, for as many rounds as one has time for.

`python -m benchmarks.dcc_crash [--rounds N] [--seed S]`, from a checkout: load and checks are those
of the test in `tests/dcc/crash`. After every tenth kill the DCC is let settle and everything that
it has accepted is asked for.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.dcc.crash.rounds import Rounds
from tests.dcc.crash.test_crash import check_nothing_is_lost

BETWEEN_CHECKS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for first in range(0, given.rounds, BETWEEN_CHECKS):
        with tempfile.TemporaryDirectory() as folder:
            rounds = Rounds(Path(folder), seed=given.seed + first)
            try:
                _check(rounds, min(BETWEEN_CHECKS, given.rounds - first))
            finally:
                rounds.close()


def _check(rounds: Rounds, kills: int) -> None:
    for _ in range(kills):
        rounds.load_and_kill(within_s=2.0)
    rounds.settle(timeout_s=60)
    check_nothing_is_lost(rounds)
    accepted = rounds.accepted
    print(
        f"{kills} kills: nothing lost of {len(accepted.owed)} requests, "
        f"{len(accepted.schedules)} schedules, {len(accepted.devices)} devices; "
        f"{len(rounds.user.taken)} letters taken, {len(rounds.commands())} Commands sent",
        flush=True,
    )


if __name__ == "__main__":
    main()
