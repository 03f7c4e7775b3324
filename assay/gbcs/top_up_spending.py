"""Spending a top-up code on a meter: authenticity, replay rules and limits, in one decision.

The code holds ten bits of its counter. A command brings the whole one in its header; from
a keypad the meter works it out. Published: codes have a replay table of their own, a
duplicate and a code older than the table are refused. Inferred, and to be confirmed
against a device: the order of the checks, the size of the table, how the whole counter is
found, and which refusal gives which result octet and log code (GBCS digest 8).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum

from assay.gbcs import top_up
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.top_up import COUNTER_TAIL_SIZE, Flaw, TopUp

REMEMBERED = 100
"""Counters that a meter remembers. Inferred: no source used here states the size."""
_STEP = 1 << 32


class Outcome(StrEnum):
    """What became of a code."""

    ACCEPTED = "accepted"
    NOT_A_CODE = "not a top-up code"
    NOT_AUTHENTIC = "MAC does not verify"
    DUPLICATE = "counter spent before"
    TOO_OLD = "counter older than the lowest remembered"
    VALUE_TOO_LARGE = "more than the maximum credit per top-up"
    BALANCE_TOO_HIGH = "balance would exceed the maximum"

    @property
    def result(self) -> int:
        """Result octet of a ConsumerTopUpResponse. 01 for a bad check digit is verified by
        a national vector, the other pairings are inferred from the names of the results."""
        return _CODES[self][0]

    @property
    def log_code(self) -> int | None:
        """The entry it leaves in the log, if any. Inferred from the names of the codes."""
        return _CODES[self][1]


_CODES: dict[Outcome, tuple[int, int | None]] = {
    Outcome.ACCEPTED: (0x00, None),
    Outcome.NOT_A_CODE: (0x01, None),
    Outcome.NOT_AUTHENTIC: (0x01, 0x8F63),
    Outcome.DUPLICATE: (0x02, 0x8F51),
    Outcome.TOO_OLD: (0x02, 0x8F51),
    Outcome.VALUE_TOO_LARGE: (0x06, 0x8F5B),
    Outcome.BALANCE_TOO_HIGH: (0x04, 0x8F47),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """In pence; None = no limit."""

    credit_per_top_up: int | None = None
    balance: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentCounters:
    """The counters of the codes that were accepted, lowest first.

    `floor` stands for every place of the table that is still free: a meter starts from the
    prepayment floor of its supplier's credentials and forgets the lowest when it is full.
    """

    floor: int = 0
    spent: tuple[int, ...] = ()
    capacity: int = REMEMBERED

    def __post_init__(self) -> None:
        if self.capacity < 1 or len(self.spent) > self.capacity:
            expected = f"at most {self.capacity}, and room for one or more"
            raise EncodeError("remembered counters", expected, len(self.spent))

    @property
    def lowest(self) -> int:
        """Nothing at or below it is accepted any more."""
        return self.floor if len(self.spent) < self.capacity else self.spent[0]

    @property
    def highest(self) -> int:
        return self.spent[-1] if self.spent else self.floor

    def verdict(self, counter: int) -> Outcome:
        if counter in self.spent:
            return Outcome.DUPLICATE
        return Outcome.ACCEPTED if counter > self.lowest else Outcome.TOO_OLD

    def with_spent(self, counter: int) -> SpentCounters:
        place = bisect_left(self.spent, counter)
        spent = (*self.spent[:place], counter, *self.spent[place:])
        return replace(self, spent=spent[-self.capacity :])

    def candidates(self, tail: int) -> tuple[int, ...]:
        """The whole counters that a tail may stand for: the next one upwards, and the one
        before it. The MAC tells which. A meter that missed more than 1,024 top-ups at a
        stretch cannot read the next from its keypad, only from a command. (Inferred.)"""
        base = self.highest >> 32
        below = base - (base - tail) % COUNTER_TAIL_SIZE
        halves = (below + COUNTER_TAIL_SIZE, below)
        return tuple(half * _STEP for half in halves if 0 <= half < 1 << 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """The decision. `counters` are the ones to keep: changed only where accepted."""

    outcome: Outcome
    counters: SpentCounters
    top_up: TopUp | None = None
    counter: int | None = None
    flaw: Flaw | None = None

    @property
    def credit_pence(self) -> int:
        if self.top_up is None or self.outcome is not Outcome.ACCEPTED:
            return 0
        return self.top_up.pence


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whose code it must be: `secret` is that of supplier and meter for top-ups (32 octets)."""

    supplier: Eui64
    meter: Eui64
    secret: bytes


def spend(
    code: str,
    *,
    parties: Parties,
    counters: SpentCounters,
    counter: int | None = None,
    balance_pence: int = 0,
    limits: Limits | None = None,
) -> Spending:
    """Decide on one code.

    Args:
        counter: that of the command which carried the code; None for keypad entry.
        balance_pence: of the meter before the top-up; negative = owed.
    """
    seen = top_up.read(code)
    if isinstance(seen, Flaw):
        return Spending(outcome=Outcome.NOT_A_CODE, counters=counters, flaw=seen)
    possible = counters.candidates(seen.counter_tail) if counter is None else (counter,)
    found = next((whole for whole in possible if _is_authentic(seen, parties, whole)), None)
    if found is None:
        return Spending(outcome=Outcome.NOT_AUTHENTIC, counters=counters, top_up=seen)
    outcome = counters.verdict(found)
    if outcome is Outcome.ACCEPTED:
        outcome = _within(limits or Limits(), seen.pence, balance_pence)
    if outcome is Outcome.ACCEPTED:
        counters = counters.with_spent(found)
    return Spending(outcome=outcome, counters=counters, top_up=seen, counter=found)


def _is_authentic(seen: TopUp, parties: Parties, counter: int) -> bool:
    return top_up.is_authentic(
        seen,
        secret=parties.secret,
        supplier=parties.supplier,
        meter=parties.meter,
        counter=counter,
    )


def _within(limits: Limits, pence: int, balance: int) -> Outcome:
    if limits.credit_per_top_up is not None and pence > limits.credit_per_top_up:
        return Outcome.VALUE_TOO_LARGE
    if limits.balance is not None and balance + pence > limits.balance:
        return Outcome.BALANCE_TOO_HIGH
    return Outcome.ACCEPTED
