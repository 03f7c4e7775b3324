"""The 12-octet DLMS date-time: real times, "now", "never", and wildcards, kept octet for octet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from assay.gbcs.errors import EncodeError, RemoteLengthError

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""ZigBee's and GBCS's count of seconds starts here."""
NOW = bytes.fromhex("0000000000000000008000FF")
"""Activation at once (GBCS 9.3)."""
NEVER = bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF")
"""Cancels a future-dated activation (GBCS 9.3)."""


@dataclass(frozen=True, slots=True)
class DateTime:
    """Year(2) month day weekday hour minute second hundredths deviation(2) status: 12 octets."""

    octets: bytes

    def __post_init__(self) -> None:
        if len(self.octets) != 12:
            raise EncodeError("date-time", "12 octets", f"{len(self.octets)}")

    @classmethod
    def at(cls, when: datetime, *, status: int = 0xFF) -> Self:
        """A UTC time to the second, weekday and deviation unspecified (as all RTDS vectors)."""
        if when.tzinfo is None:
            raise EncodeError("date-time", "an aware datetime", when.isoformat())
        t = when.astimezone(UTC)
        return cls(
            t.year.to_bytes(2, "big")
            + bytes((t.month, t.day, 0xFF, t.hour, t.minute, t.second, 0))
            + b"\x80\x00"
            + bytes((status,))
        )

    @classmethod
    def from_octets(cls, octets: bytes, offset: int = 0) -> Self:
        if len(octets) != 12:
            raise RemoteLengthError(offset, "date-time", "12 octets", len(octets))
        return cls(octets)

    @property
    def status(self) -> int:
        return self.octets[11]

    def as_utc(self) -> datetime | None:
        """The time it names; None where it holds wildcards, "now" or "never"."""
        o = self.octets
        try:
            return datetime(o[0] << 8 | o[1], o[2], o[3], o[5], o[6], o[7], tzinfo=UTC)
        except ValueError:
            return None

    def is_plain(self) -> bool:
        """Whether the ISO text alone gives back all twelve octets."""
        when = self.as_utc()
        return when is not None and DateTime.at(when).octets == self.octets


def seconds_since_2000(when: datetime) -> int:
    """UTC seconds since 2000-01-01, as profile buffers and ZigBee use."""
    return int((when - EPOCH).total_seconds())
