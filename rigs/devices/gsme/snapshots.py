"""Snapshots of registers and balances: daily read logs and the billing data log (G-023, G-024).

One class of log serves both kinds and both devices; the GPF keeps copies of what the meter
took.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.gbz.fields import time_seconds
from rigs.devices.gbz_objects import NOT_FOUND, GbzError

Json = Any
GENERAL = 1 << 0
END_OF_BILLING_PERIOD = 1 << 1
CHANGE_OF_TARIFF = 1 << 3
CHANGE_OF_SUPPLIER = 1 << 13
CHANGE_OF_MODE = 1 << 14
"""Causes, as bits: those that 4.4.2, 4.4.3 and 4.6.1 ask for (verified); which of 13 and 14 is
which is recalled from the ZigBee documents."""
CHANGES = 0b111 << 3 | CHANGE_OF_SUPPLIER | CHANGE_OF_MODE
"""Tariff, prices or thresholds, supplier, payment mode."""
_EVERY_CAUSE = 0xFFFFFFFF
DAILY_SIZE = 31
BILLING_SIZE = 12
SIZES: Mapping[int, int] = {
    GENERAL: DAILY_SIZE,
    END_OF_BILLING_PERIOD: BILLING_SIZE,
    CHANGES: BILLING_SIZE,
}
"""By group of causes: 31 days, 12 billing periods, 12 changes (P-107, E-071)."""
_TOU, _TOU_AND_BLOCKS = 4, 6
_TIERS_AND_BLOCKS = 0x14
"""As the vectors have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSnapshot:
    """Litres. `blocks` is empty for a tariff of times of use alone (G-023)."""

    at: datetime
    cause: int
    total: int
    tiers: tuple[int, ...]
    blocks: tuple[int, ...]

    def payload(self, number: int, found: int) -> Json:
        common = {
            **_head(self.at, self.cause, number, found),
            "payload_type": _TOU_AND_BLOCKS if self.blocks else _TOU,
            "summation": self.total,
            "tier_count": len(self.tiers),
            "tier_registers": list(self.tiers),
        }
        if not self.blocks:
            return common
        return {
            **common,
            "tiers_and_blocks": _TIERS_AND_BLOCKS,
            "block_registers": list(self.blocks),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceSnapshot:
    """Thousandths of a penny."""

    at: datetime
    cause: int
    accumulated_debt: int
    debts: tuple[int, int, int]
    emergency_credit: int
    credit: int

    def payload(self, number: int, found: int) -> Json:
        first, second, third = self.debts
        return {
            **_head(self.at, self.cause, number, found),
            "payload_type": 0,
            "accumulated_debt": self.accumulated_debt,
            "debt1": first,
            "debt2": second,
            "debt3": third,
            "emergency_credit": self.emergency_credit,
            "credit": self.credit,
        }


def _head(at: datetime, cause: int, number: int, found: int) -> dict[str, Json]:
    return {
        "snapshot_id": number,
        "time": seconds_since_2000(at),
        "found": min(found, 0xFF),
        "command_index": 0,
        "total_commands": 1,
        "cause": cause,
    }


S = TypeVar("S", RegisterSnapshot, BalanceSnapshot)


class SnapshotLog(Generic[S]):
    """So many of each group of causes; the oldest of its group gives way.

    Hook: `is_in_range` judges (earliest, time, latest), both included.
    """

    def __init__(self, sizes: Mapping[int, int] = SIZES) -> None:
        self._groups: dict[int, deque[tuple[int, S]]] = {
            mask: deque(maxlen=size) for mask, size in sizes.items()
        }
        self._number = 0
        self.is_in_range: Callable[[int, int, int], bool] = lambda first, at, last: (
            first <= at <= last
        )

    def resize(self, mask: int, size: int) -> None:
        """Keep so many of a group from now on; KeyError for a group that is none."""
        self._groups[mask] = deque(self._groups[mask], maxlen=size)

    def drop(self, snapshot: S) -> None:
        """Forget this one."""
        for mask, entries in self._groups.items():
            kept = (pair for pair in entries if pair[1] is not snapshot)
            self._groups[mask] = deque(kept, maxlen=entries.maxlen)

    def record(self, snapshot: S) -> None:
        """KeyError for a cause of which none are kept."""
        for mask, entries in self._groups.items():
            if snapshot.cause & mask:
                entries.append((self._number, snapshot))
                self._number += 1
                return
        raise KeyError(snapshot.cause)

    def of_cause(self, mask: int) -> tuple[S, ...]:
        """Oldest first."""
        return tuple(one for _, one in self._numbered(mask))

    def last(self, mask: int) -> S | None:
        found = self.of_cause(mask)
        return found[-1] if found else None

    def catch_up(self, source: SnapshotLog[S]) -> tuple[S, ...]:
        """Take what the log that this is a copy of has and this lacks; by number."""
        found = [pair for pair in source._numbered(_EVERY_CAUSE) if pair[0] >= self._number]
        for number, snapshot in found:
            self._number = number
            self.record(snapshot)
        return tuple(snapshot for _, snapshot in found)

    def read(self, fields: Mapping[str, Json]) -> Json:
        """What a GetSnapshot or GetPrepaySnapshot asks for: the one at its offset.

        Raises:
            GbzError: not found.
        """
        first, last = time_seconds(fields["earliest_start"]), time_seconds(fields["latest_end"])
        found = [
            (number, one)
            for number, one in self._numbered(fields["cause"])
            if self.is_in_range(first, seconds_since_2000(one.at), last)
        ]
        if fields["offset"] >= len(found):
            raise GbzError(NOT_FOUND)
        number, one = found[fields["offset"]]
        return one.payload(number, len(found))

    def _numbered(self, mask: int) -> list[tuple[int, S]]:
        found = [
            (number, one)
            for entries in self._groups.values()
            for number, one in entries
            if one.cause & mask
        ]
        return sorted(found, key=lambda pair: pair[0])


@dataclass(slots=True, kw_only=True)
class Snapshots:
    """The two kinds of a device."""

    registers: SnapshotLog[RegisterSnapshot] = field(default_factory=SnapshotLog)
    balances: SnapshotLog[BalanceSnapshot] = field(default_factory=SnapshotLog)
