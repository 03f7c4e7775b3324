"""Errors of Parse, sorted by whose fault it is.

* MmcError
  - NoMmcForm            our fault: a message that the MMC schema has no place for
  - RemoteMmcError       the device's fault: a payload that is not what its use case asks
    + RemoteProtectionError   a signature, MAC or ciphertext that does not verify
"""

from __future__ import annotations


class MmcError(Exception):
    """Root; never raised itself."""


class NoMmcForm(MmcError, ValueError):
    """What was handed in has no MMC form; says what would have one."""


class RemoteMmcError(MmcError):
    """A message that decodes but does not say what its use case asks: where, wanted, seen."""

    def __init__(self, place: str, expected: object, seen: object) -> None:
        super().__init__(f"{place}: expected {expected}, seen {seen}")
        self.place = place
        self.expected = expected
        self.seen = seen


class RemoteProtectionError(RemoteMmcError):
    """Nothing that such a message says may be believed."""
