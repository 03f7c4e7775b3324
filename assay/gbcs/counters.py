"""Counters against replay: the one an organisation counts with, and those a device keeps.

An organisation has a single 64-bit originator counter for all its devices; a top-up needs
one whose low half is zero. A device keeps one counter per remote party role and one for
prepayment, and only asks whether a command's is greater: gaps are normal. Everything here
is a value or a pure function; who stores it decides when (after authentication).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from assay.gbcs import catalogue
from assay.gbcs.errors import EncodeError
from assay.gbcs.trust_anchors import Role

MAX_COUNTER = (1 << 64) - 1
TOP_UP_CODES = frozenset((0x0007, 0x0097))
"""CS01a and CS01b: commands that carry a top-up code, so with a counter of the high half."""
_HIGH_STEP = 1 << 32


@dataclass(frozen=True, slots=True)
class OriginatorCounter:
    """The counter of an organisation; `last` is the highest one it has used."""

    last: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.last <= MAX_COUNTER:
            raise EncodeError("originator counter", "0 to 2^64-1", self.last)

    def next(self) -> OriginatorCounter:
        """For any message. An exhausted low half carries on into the high one.

        Raises:
            EncodeError: 2^64-1 has been used; the organisation needs new credentials.
        """
        return self._risen_to(self.last + 1)

    def next_top_up(self) -> OriginatorCounter:
        """For a top-up: the high half goes up, the low half back to zero.

        Raises:
            EncodeError: the high half is exhausted.
        """
        return self._risen_to((self.last // _HIGH_STEP + 1) * _HIGH_STEP)

    def _risen_to(self, value: int) -> OriginatorCounter:
        if value > MAX_COUNTER:
            raise EncodeError("originator counter", "room below 2^64", f"{self.last:#x} used")
        return OriginatorCounter(value)


class Guard(StrEnum):
    """Which stored counter a command is held against."""

    NONE = "none"
    ROLE = "role"
    PREPAYMENT = "prepayment"


def guard_of(message_code: int) -> Guard:
    """Of a command: top-ups have a counter of their own, reads none.

    `replay_protected` is published per use case where a table states it; where none does
    (credential updates, firmware activation and others) the role's counter guards every
    critical command and nothing else. That last rule is inferred.
    """
    if message_code in TOP_UP_CODES:
        return Guard.PREPAYMENT
    row = catalogue.use_case(message_code)
    if row is None or row.category == "alert":
        return Guard.NONE
    guarded = row.replay_protected
    if guarded is None:
        guarded = row.is_critical or row.name in _UPDATES
    return Guard.ROLE if guarded else Guard.NONE


_UPDATES = frozenset(("CS02b", "CS02g"))
"""Codes whose criticality no table states per variant; all of them replace credentials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayCounters:
    """What a device remembers: the highest counter accepted per role, and of top-ups.

    A role that is missing has accepted nothing. The single counters, not their number per
    use case, are what the corrected clause 4.3.1.5 asks for (GBCS digest 9.2).
    """

    roles: Mapping[Role, int] = field(default_factory=lambda: MappingProxyType({}))
    prepayment: int = 0

    def of(self, guard: Guard, role: Role) -> int | None:
        """None where nothing guards."""
        if guard is Guard.NONE:
            return None
        return self.prepayment if guard is Guard.PREPAYMENT else self.roles.get(role, 0)


def is_fresh(state: ReplayCounters, *, message_code: int, role: Role, counter: int) -> bool:
    """Whether the counter is greater than the stored one, or needs not be."""
    stored = state.of(guard_of(message_code), role)
    return stored is None or counter > stored


def remember(
    state: ReplayCounters, *, message_code: int, role: Role, counter: int
) -> ReplayCounters:
    """The state after an authentic command; never lower than before."""
    guard = guard_of(message_code)
    if guard is Guard.PREPAYMENT:
        return replace(state, prepayment=max(state.prepayment, counter))
    if guard is Guard.NONE:
        return state
    return _with_role(state, role, max(state.roles.get(role, 0), counter))


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """What a credentials update (CS02b, CS02g) says about counters; None = nothing.

    `role` is the new floor of the role whose credentials are replaced, `prepayment` that of
    its top-ups, `others` those of roles whose credentials another role replaces.
    """

    role: int | None = None
    prepayment: int | None = None
    others: Mapping[Role, int] = field(default_factory=lambda: MappingProxyType({}))


def set_floors(state: ReplayCounters, *, role: Role, floors: Floors) -> ReplayCounters:
    """The state after credentials of `role` were replaced: a floor is the new stored counter.

    It may be lower than the old one: a new party counts from where it likes.
    """
    changed = dict(state.roles)
    if floors.role is not None:
        changed[role] = floors.role
    changed.update(floors.others)
    prepayment = state.prepayment if floors.prepayment is None else floors.prepayment
    return ReplayCounters(roles=MappingProxyType(changed), prepayment=prepayment)


def _with_role(state: ReplayCounters, role: Role, counter: int) -> ReplayCounters:
    return replace(state, roles=MappingProxyType({**state.roles, role: counter}))
