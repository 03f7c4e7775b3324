"""DCC Users that skip a step of their own.

A user is software of another folder, which rigs do not import: these faults are planted on
whatever has the attributes named here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.USER)


class UserUnderTest(Protocol):
    """What a rogue changes of a DCC User."""

    correlate: Callable[..., tuple[str, ...]]
    """The differences between a request and a Pre-Command."""
    supply_checks: list[Any]
    """The record of supply-sensitive checks."""
    counter: Any
    """Has `next()`, which gives the counter of the next request."""


class _NoRecord(list[Any]):
    def append(self, _: Any) -> None:
        """Keeps nothing."""


class _StuckCounter:
    def next(self) -> int:
        return 1


@rogue(
    "user-skips-correlation",
    "Signs a Pre-Command unseen",
    requirement="DUIS-6-CORRELATE",
    severity=Severity.CRITICAL,
    deviation="A Pre-Command is taken for equal to its request without a comparison.",
)
def skips_correlation(user: UserUnderTest) -> None:
    user.correlate = lambda _request, _pre_command: ()


@rogue(
    "user-skips-supply-check",
    "Touches the supply without a check on record",
    requirement="UEPT-SUPPLY-SENSITIVE",
    severity=Severity.CRITICAL,
    deviation="No supply-sensitive check is recorded before a request.",
)
def skips_supply_check(user: UserUnderTest) -> None:
    user.supply_checks = _NoRecord()


@rogue(
    "user-repeats-counter",
    "Sends every request under the same counter",
    requirement="DUIS-1-COUNTER",
    severity=Severity.MAJOR,
    deviation="The counter of requests does not rise.",
)
def repeats_counter(user: UserUnderTest) -> None:
    user.counter = _StuckCounter()
