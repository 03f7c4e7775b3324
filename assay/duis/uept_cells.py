"""The cells of the user entry tests: one per variant, role, command variant and mode.

The scenario document's own tables were not read. The cells follow from the service request
matrix by the published test rules, so this table is the catalogue seen through six rules and
holds no facts of its own. Where local delivery is allowed is published for no variant: those
cells are for confirmation, and every scenario on them is advisory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assay.duis.catalogue import CATALOGUE, Grade, Mode, ServiceRequestVariant, UserRole


class CellMode(StrEnum):
    """How a cell's request is carried out."""

    DCC_ONLY = "DCC Only"
    TRANSFORM = "Transform"
    ON_DEMAND = "On Demand"
    FUTURE_DATED_DSP = "Future Dated (DSP)"
    FUTURE_DATED_DEVICE = "Future Dated (Device)"
    SCHEDULED_DSP = "Scheduled (DSP)"

    @property
    def word(self) -> str:
        """As it stands in the id of a cell."""
        return "".join(letter for letter in self.value if letter.isalpha())


class Eligibility(StrEnum):
    """Whether a cell is one for certain."""

    FOLLOWS_FROM_MATRIX = "follows from the matrix"
    TO_CONFIRM = "to be confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`grade` is that of the eligibility; `rule` names the test rule that the cell is of."""

    role: UserRole
    srv: str
    mode: CellMode
    command_variant: int
    eligibility: Eligibility
    grade: Grade
    rule: str

    @property
    def id(self) -> str:
        return f"UEPT-{self.role}-{self.srv}-{self.mode.word}-CV{self.command_variant}"

    @property
    def variant(self) -> ServiceRequestVariant:
        return CATALOGUE[self.srv]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """The cells that a variant has by one rule, for each of its roles."""

    name: str
    mode: CellMode
    command_variants: tuple[int, ...]
    holds: Callable[[ServiceRequestVariant], bool]
    eligibility: Eligibility = Eligibility.FOLLOWS_FROM_MATRIX


ROLES: tuple[UserRole, ...] = (
    UserRole.IMPORT_SUPPLIER,
    UserRole.EXPORT_SUPPLIER,
    UserRole.GAS_SUPPLIER,
    UserRole.REGISTERED_SUPPLIER_AGENT,
    UserRole.ELECTRICITY_DISTRIBUTOR,
    UserRole.GAS_TRANSPORTER,
    UserRole.OTHER_USER,
)
"""The roles that the user entry tests are passed in, one by one."""
NOT_FOR_LOCAL_DELIVERY = frozenset(("6.21", "6.23", "8.12.1", "8.12.2", "8.5", "9.1"))
"""Inferred: the book of 2015 counts variants without local delivery and does not list them."""


def _has(mode: Mode, *, critical: bool) -> Callable[[ServiceRequestVariant], bool]:
    return lambda row: mode in row.modes and row.critical is critical and not row.non_device


def _may_be_local(*, critical: bool) -> Callable[[ServiceRequestVariant], bool]:
    return lambda row: (
        row.critical is critical and not row.non_device and row.srv not in NOT_FOR_LOCAL_DELIVERY
    )


_LOCAL = Eligibility.TO_CONFIRM
_RULES: tuple[_Rule, ...] = (
    _Rule(
        name="R1", mode=CellMode.DCC_ONLY, command_variants=(8,), holds=lambda row: row.non_device
    ),
    _Rule(
        name="R2",
        mode=CellMode.ON_DEMAND,
        command_variants=(1,),
        holds=_has(Mode.ON_DEMAND, critical=False),
    ),
    _Rule(
        name="R3",
        mode=CellMode.ON_DEMAND,
        command_variants=(2, 3),
        holds=_may_be_local(critical=False),
        eligibility=_LOCAL,
    ),
    _Rule(
        name="R4",
        mode=CellMode.TRANSFORM,
        command_variants=(4,),
        holds=lambda row: row.critical and not row.non_device,
    ),
    _Rule(
        name="R4",
        mode=CellMode.ON_DEMAND,
        command_variants=(5,),
        holds=_has(Mode.ON_DEMAND, critical=True),
    ),
    _Rule(
        name="R4",
        mode=CellMode.ON_DEMAND,
        command_variants=(6, 7),
        holds=_may_be_local(critical=True),
        eligibility=_LOCAL,
    ),
    *(
        _Rule(name=name, mode=mode, command_variants=(variant,), holds=_has(way, critical=critical))
        for name, mode, way in (
            ("R5", CellMode.FUTURE_DATED_DSP, Mode.FUTURE_DATED_DSP),
            ("R5", CellMode.FUTURE_DATED_DEVICE, Mode.FUTURE_DATED_DEVICE),
            ("R6", CellMode.SCHEDULED_DSP, Mode.DSP_SCHEDULED),
        )
        for critical, variant in ((False, 1), (True, 5))
    ),
)


@cache
def uept_cells() -> tuple[Cell, ...]:
    """All cells, in the order of the catalogue, its rules and the roles."""
    return tuple(cell for row in CATALOGUE.values() for rule in _RULES for cell in _of(row, rule))


def _of(row: ServiceRequestVariant, rule: _Rule) -> Iterator[Cell]:
    if not rule.holds(row):
        return
    is_sure = rule.eligibility is Eligibility.FOLLOWS_FROM_MATRIX
    for command_variant in rule.command_variants:
        for role in ROLES:
            if role in row.roles:
                yield Cell(
                    role=role,
                    srv=row.srv,
                    mode=rule.mode,
                    command_variant=command_variant,
                    eligibility=rule.eligibility,
                    grade=Grade.PUBLISHED if is_sure else Grade.INFERRED,
                    rule=rule.name,
                )
