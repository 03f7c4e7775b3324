"""The Time cluster (0x000A): what a hub tells of the time, and how far it can be trusted.

Numbers and types of the attributes are recalled from the ZigBee Cluster Library; that a Great
Britain hub's time has master, valid and superseding bits is in protocol Z-10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from rigs.zigbee.zcl import Attribute
from rigs.zigbee.zcl_types import BITMAP8, INT32, UINT32, UTC_TIME

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
INVALID_TIME = 0xFFFFFFFF


class TimeAttribute(IntEnum):
    TIME = 0x0000
    TIME_STATUS = 0x0001
    TIME_ZONE = 0x0002
    DST_START = 0x0003
    DST_END = 0x0004
    DST_SHIFT = 0x0005
    STANDARD_TIME = 0x0006
    LOCAL_TIME = 0x0007
    LAST_SET_TIME = 0x0008
    VALID_UNTIL_TIME = 0x0009


TYPES: dict[int, int] = {
    TimeAttribute.TIME: UTC_TIME,
    TimeAttribute.TIME_STATUS: BITMAP8,
    TimeAttribute.TIME_ZONE: INT32,
    TimeAttribute.DST_START: UINT32,
    TimeAttribute.DST_END: UINT32,
    TimeAttribute.DST_SHIFT: INT32,
    TimeAttribute.STANDARD_TIME: UINT32,
    TimeAttribute.LOCAL_TIME: UINT32,
    TimeAttribute.LAST_SET_TIME: UTC_TIME,
    TimeAttribute.VALID_UNTIL_TIME: UTC_TIME,
}

_MASTER, _SYNCHRONISED, _MASTER_FOR_ZONE, _SUPERSEDING = 0x01, 0x02, 0x04, 0x08


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStatus:
    """What the source says of its own time."""

    is_master: bool = False
    is_synchronised: bool = False
    is_master_for_zone: bool = False
    is_superseding: bool = False

    def to_bits(self) -> int:
        return (
            _MASTER * self.is_master
            | _SYNCHRONISED * self.is_synchronised
            | _MASTER_FOR_ZONE * self.is_master_for_zone
            | _SUPERSEDING * self.is_superseding
        )

    @classmethod
    def from_bits(cls, bits: int) -> TimeStatus:
        return cls(
            is_master=bool(bits & _MASTER),
            is_synchronised=bool(bits & _SYNCHRONISED),
            is_master_for_zone=bool(bits & _MASTER_FOR_ZONE),
            is_superseding=bool(bits & _SUPERSEDING),
        )


def seconds_of(at: datetime) -> int:
    """Whole seconds since the epoch of ZigBee; ValueError for a time that has no number."""
    seconds = (at - EPOCH) // timedelta(seconds=1)
    if not 0 <= seconds < INVALID_TIME:
        raise ValueError(f"time: expected 2000 to 2136, given {at}")
    return seconds


def time_of(seconds: int) -> datetime | None:
    """None for the value that stands for no time."""
    return None if seconds == INVALID_TIME else EPOCH + timedelta(seconds=seconds)


def attribute(identifier: TimeAttribute, value: int) -> Attribute:
    """One attribute with its type."""
    return Attribute(identifier, TYPES[identifier], value)
