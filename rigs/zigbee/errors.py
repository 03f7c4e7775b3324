"""Errors of the radio codec, sorted by whose fault it is.

* ValueError            our fault: a value that has no encoding, refused before anything is sent
* RemoteRadioError      the peer's fault: octets that are no frame
  - RemoteLengthError     the octets end early, or go on after the frame has ended
  - NotAuthentic          the integrity code does not verify under any of the keys
"""

from __future__ import annotations


class RemoteRadioError(Exception):
    """Octets that cannot be a frame: which field, what was expected and what was seen."""

    def __init__(self, field: str, expected: object, seen: object) -> None:
        super().__init__(f"{field}: expected {expected}, seen {seen}")
        self.field = field
        self.expected = expected
        self.seen = seen


class RemoteLengthError(RemoteRadioError):
    """The octets end before the field does, or go on after the frame has ended."""


class NotAuthentic(RemoteRadioError):
    """Not made with any of the keys that were tried, or changed on the way."""
