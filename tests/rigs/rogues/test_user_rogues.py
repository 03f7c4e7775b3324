"""The faults of a user act on whatever has the attributes that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from rigs.rogues import gallery


def differences(_request: object, _pre_command: object) -> tuple[str, ...]:
    return ("the script differs",)


@dataclass(slots=True)
class Counter:
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def next(self) -> int:
        return next(self.numbers)


@dataclass(slots=True)
class User:
    """Sends one request whose Pre-Command is wrong, and another one."""

    correlate: Callable[..., tuple[str, ...]] = differences
    supply_checks: list[Any] = field(default_factory=list)
    counter: Any = field(default_factory=Counter)

    def work(self) -> dict[str, object]:
        self.supply_checks.append("checked")
        return {
            "refused": bool(self.correlate("request", "pre-command")),
            "checks": len(self.supply_checks),
            "counters": [self.counter.next(), self.counter.next()],
        }


@pytest.mark.parametrize(
    ("rogue", "changed"),
    [
        ("user-skips-correlation", {"refused": False}),
        ("user-skips-supply-check", {"checks": 0}),
        ("user-repeats-counter", {"counters": [1, 1]}),
    ],
)
def test_a_user_rogue_skips_one_step(rogue: str, changed: dict[str, object]) -> None:
    user = User()
    gallery()[rogue].apply(user)
    assert user.work() == User().work() | changed
