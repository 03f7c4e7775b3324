"""What breaks a type: expected, seen, and the place that the walkers of content add."""

from __future__ import annotations

_SEEN_LIMIT = 60  # characters of a refused text that an error quotes


class ViolationError(Exception):
    """A value or an element breaks its type; the walkers of `content` add where.

    It never leaves this package: reading makes a RemoteSchemaError of it, building a
    DuisContentError.
    """

    def __init__(self, expected: str, seen: str) -> None:
        super().__init__(expected, seen)
        self.expected = expected
        self.seen = seen
        self.place: list[str] = []

    def inside(self, name: str) -> None:
        self.place.append(name)

    @property
    def path(self) -> str:
        return "/".join(reversed(self.place))


def quote(text: str) -> str:
    if len(text) <= _SEEN_LIMIT:
        return repr(text)
    return f"{text[:_SEEN_LIMIT]!r} and {len(text) - _SEEN_LIMIT} more characters"
