"""What a device has to say while it cannot be heard; it waits, in order, across outages too."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

CAPACITY = 100


class Outbox:
    """`is_open` is asked at every message; the owner calls `flush` when the way may be free."""

    def __init__(self, send: Callable[[bytes], None], is_open: Callable[[], bool]) -> None:
        self._send = send
        self._is_open = is_open
        self._waiting: deque[bytes] = deque(maxlen=CAPACITY)

    def put(self, octets: bytes) -> None:
        self._waiting.append(octets)
        self.flush()

    def flush(self) -> None:
        while self._waiting and self._is_open():
            self._send(self._waiting.popleft())
