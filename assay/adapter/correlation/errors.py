"""Why a request cannot be explained leaf by leaf. Both end up as differences.

* UnexplainedError
  - NotCarriedError   the request asks for what no encoding of the use case can carry
  - NotAskedError     the use case carries what the request does not ask for
"""

from __future__ import annotations


class UnexplainedError(Exception):
    """Root; never raised itself. `path` is a place in the request's body."""

    def __init__(self, path: str, asked: str, seen: str) -> None:
        super().__init__(f"{path}: asked {asked}, Pre-Command has {seen}")
        self.path = path
        self.asked = asked
        self.seen = seen


class NotCarriedError(UnexplainedError):
    """`room` says what the use case has room for."""

    def __init__(self, path: str, asked: object, room: str) -> None:
        super().__init__(path, str(asked), f"room only for {room}")


class NotAskedError(UnexplainedError):
    """An element that the use case needs is absent."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "nothing", "a use case that carries it")
