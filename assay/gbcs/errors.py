"""Errors of the GBCS codec, sorted by whose fault it is.

* GbcsError
  - EncodeError       our fault: a value that has no encoding, refused before anything is sent
  - RemoteGbcsError   the peer's fault: octets that are no GBCS message
    + RemoteLengthError   the octets end early, or go on where they should end
"""

from __future__ import annotations


class GbcsError(Exception):
    """Root; never raised itself."""


class EncodeError(GbcsError, ValueError):
    """A value that cannot be encoded: which field, what was expected, what was given."""

    def __init__(self, field: str, expected: object, given: object) -> None:
        super().__init__(f"{field}: expected {expected}, given {given}")
        self.field = field
        self.expected = expected
        self.given = given


class RemoteGbcsError(GbcsError):
    """Octets that cannot be a GBCS message: where, which field, what was expected and seen."""

    def __init__(self, offset: int, field: str, expected: object, seen: object) -> None:
        super().__init__(f"at octet {offset}, {field}: expected {expected}, seen {seen}")
        self.offset = offset
        self.field = field
        self.expected = expected
        self.seen = seen


class RemoteLengthError(RemoteGbcsError):
    """The octets end before the field does, or go on after the message has ended."""
