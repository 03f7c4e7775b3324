"""Cut a byte stream into lines, however it arrives. No I/O happens here."""

from __future__ import annotations

from collections.abc import Iterator


class LineReader:
    """Feed it bytes as they come; take the lines (without their end) that are complete.

    A line longer than the limit is dropped up to its end and comes out as None.
    """

    def __init__(self, max_length: int, end: bytes = b"\n") -> None:
        if len(end) != 1:
            raise ValueError(f"a line ends with one octet, got {end!r}")
        self._max_length = max_length
        self._end = end
        self._buffer = bytearray()
        self._is_dropping = False

    @property
    def unfinished(self) -> bytes:
        """What has come since the last complete line."""
        return bytes(self._buffer)

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        *ended, rest = data.split(self._end)
        for part in ended:
            self._take(part)
            yield None if self._is_dropping else bytes(self._buffer)
            self._buffer.clear()
            self._is_dropping = False
        self._take(rest)

    def _take(self, part: bytes) -> None:
        if self._is_dropping:
            return
        self._buffer += part
        if len(self._buffer) > self._max_length:
            self._buffer.clear()
            self._is_dropping = True
