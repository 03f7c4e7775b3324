"""The steps of one life, in the words of the features, so that they can be run on hardware."""

from __future__ import annotations

from collections.abc import Sequence

_TITLE = "Scenario: Model and meter disagree"
_MILLIPENCE = 100_000
_KILO = 1000


class Disagreement(AssertionError):
    """`script` is what was done, `expected` what the model says, `seen` what the meter says."""

    def __init__(self, script: Sequence[str], what: str, expected: object, seen: object) -> None:
        self.script, self.what = tuple(script), what
        lines = "\n".join(f"  {line}" for step in script for line in step.splitlines())
        super().__init__(f"{what}: expected {expected}, seen {seen}, after\n{_TITLE}\n{lines}")


def pounds(millipence: int) -> str:
    sign = "-" if millipence < 0 else ""
    whole, rest = divmod(abs(millipence), _MILLIPENCE)
    return f"{sign}{whole}.{rest:05d}"


def kilowatts(watts: int) -> str:
    return f"{watts // _KILO}.{watts % _KILO:03d}"


def with_table(step: str, *rows: tuple[str, object]) -> str:
    return "\n".join((f"{step} with", *(f"  | {path} | {value} |" for path, value in rows)))
