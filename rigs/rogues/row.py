"""What a rogue is: a device, hub or user that is sound in all but one declared respect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """What the fault would mean in the field."""

    CRITICAL = "critical"
    """Safety, security or a false bill."""
    MAJOR = "major"
    """A party acts on wrong or missing information."""
    MINOR = "minor"
    """A nuisance, found and put right."""


class Subject(StrEnum):
    METER = "meter"
    HUB = "hub"
    PPMID = "ppmid"
    HCALCS = "hcalcs"
    IHD = "ihd"
    GAS_METER = "gas-meter"
    GAS_PROXY = "gas-proxy"
    USER = "user"
    DCC = "dcc"
    """The bench's own: none under test, but a scenario must notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rogue(Generic[T]):
    """One planted fault. `apply` turns a sound subject into the rogue; there is no way back.

    `caught_by` and `consequences` are scenario ids: those that must fail for this fault, and
    those that fail because of it. `is_fully_run` says that all scenarios but the cells of the
    user entry tests were run against it, so that those not named are known to pass; of the cells
    the rows of the DCC and those made for them say all, the others nothing.
    """

    id: str
    title: str
    requirement: str
    severity: Severity
    subject: Subject
    deviation: str
    apply: Callable[[T], None]
    caught_by: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    is_fully_run: bool = False


def planter(subject: Subject) -> Callable[..., Callable[[Callable[[T], None]], Rogue[T]]]:
    """A decorator that makes a row out of the function that plants the fault."""

    def row(
        identifier: str,
        title: str,
        *,
        requirement: str,
        severity: Severity,
        deviation: str,
        caught_by: tuple[str, ...] = (),
        consequences: tuple[str, ...] = (),
    ) -> Callable[[Callable[[T], None]], Rogue[T]]:
        def make(apply: Callable[[T], None]) -> Rogue[T]:
            return Rogue(
                id=identifier,
                title=title,
                requirement=requirement,
                severity=severity,
                subject=subject,
                deviation=deviation,
                apply=apply,
                caught_by=caught_by,
                consequences=consequences,
            )

        return make

    return row
