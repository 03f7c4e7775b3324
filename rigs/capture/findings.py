"""What a listener finds wrong, each kind by a name of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Check(StrEnum):
    """The kinds of findings. What only the sniffer is to blame for makes nothing FAIL."""

    UNPROTECTED = "wrong security level"
    CLOSED = "opens with no known key"
    NWK_REPLAY = "NWK frame counter repeated or fell"
    APS_REPLAY = "APS frame counter repeated or fell"
    MISSING_FRAME = "missing frame"
    MISSING_FRAGMENT = "missing fragment"
    OUTSIDE_TUNNEL = "GBCS message outside the tunnel"
    DUTY_CYCLE = "duty cycle above the limit"
    MALFORMED = "malformed"
    ONLY_ON_AIR = "message on the air that no other witness saw"
    NOT_ON_AIR = "message that was not heard on the air"
    SNIFFER_GAP = "gap of the sniffer"

    @property
    def is_of_the_bench(self) -> bool:
        """Whether it says that the bench did not hear everything, not that a device erred."""
        return self is Check.SNIFFER_GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: at which frame (0: none in particular), about whom, and in words.

    `count` frames gave the same finding about the same subject; the first is told.
    """

    check: Check
    at: datetime | None
    number: int
    subject: str
    detail: str
    count: int = 1

    def __str__(self) -> str:
        where = f"frame {self.number}: " if self.number else ""
        often = f" ({self.count} times)" if self.count > 1 else ""
        return f"{where}{self.check}: {self.subject}: {self.detail}{often}"


REPEATING = frozenset((Check.UNPROTECTED, Check.CLOSED, Check.DUTY_CYCLE, Check.MALFORMED))
"""Kinds that one cause brings with each frame: one finding for each subject."""


class Findings:
    """Collects them in the order of the frames, those of one cause as one."""

    def __init__(self) -> None:
        self._all: list[Finding] = []
        self._place: dict[tuple[Check, str], int] = {}

    def add(self, finding: Finding) -> bool:
        """Whether it is new, not the same cause once more."""
        key = (finding.check, finding.subject)
        place = self._place.get(key) if finding.check in REPEATING else None
        if place is not None:
            known = self._all[place]
            self._all[place] = replace(known, count=known.count + 1)
            return False
        self._place[key] = len(self._all)
        self._all.append(finding)
        return True

    def all(self) -> tuple[Finding, ...]:
        return tuple(self._all)
