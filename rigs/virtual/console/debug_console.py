"""A virtual debug console: it answers a line with what a table has for it, and a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rigs.virtual.octet_conversation import lines_of

PROMPT = b"> "


class VirtualConsole:
    end = PROMPT

    def __init__(self, answers: Mapping[str, Callable[[], str]]) -> None:
        self._answers = answers

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        return lines_of(unread, b"\r")

    def name_of(self, request: bytes) -> str:
        return request.decode("ascii", "replace").strip()

    def answer(self, request: bytes) -> bytes:
        answer = self._answers.get(self.name_of(request))
        text = "unknown command" if answer is None else answer()
        return f"{text}\r\n".encode("ascii") + PROMPT
