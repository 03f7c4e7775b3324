"""What the household sees on the meter."""

from __future__ import annotations

from collections.abc import Callable

MESSAGE_SIZE = 116
"""Characters of a supplier's message (E-163)."""


class Display:
    """`show` takes a message that was found to fit."""

    def __init__(self) -> None:
        self.message = ""
        self.show: Callable[[str], None] = self._show

    def _show(self, text: str) -> None:
        self.message = text
