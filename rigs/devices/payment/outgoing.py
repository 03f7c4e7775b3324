"""What an account has to say, kept until its own state is consistent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Outgoing:
    """First in, first out. What a listener causes to be said waits its turn."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], object]] = deque()
        self._is_telling = False

    def put(self, act: Callable[[], object]) -> None:
        self._waiting.append(act)

    def flush(self) -> None:
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._waiting:
                self._waiting.popleft()()
        finally:
            self._is_telling = False
