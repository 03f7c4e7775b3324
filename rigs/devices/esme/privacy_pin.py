"""The privacy PIN: four digits that the consumer chooses, behind which some items are (E-160).

Recalled: it is kept through an outage, but what it opened is closed again.
"""

from __future__ import annotations

from collections.abc import Callable

PIN_SIZE = 4


class PrivacyPin:
    """Hook: `accepts` compares an entry with the PIN."""

    def __init__(self) -> None:
        self._pin: str | None = None
        self._is_entered = False
        self.accepts: Callable[[str, str], bool] = lambda pin, entry: pin == entry

    @property
    def is_set(self) -> bool:
        return self._pin is not None

    @property
    def is_open(self) -> bool:
        """Whether protected items are shown: no PIN is set, or the right one was entered."""
        return self._pin is None or self._is_entered

    def set(self, digits: str) -> bool:
        """By the consumer. False, and nothing changed, for anything but four digits, or while
        another PIN keeps the consumer out.
        """
        if not self.is_open or not is_number(digits, PIN_SIZE):
            return False
        self._pin, self._is_entered = digits, True
        return True

    def enter(self, digits: str) -> bool:
        if self._pin is not None and self.accepts(self._pin, digits):
            self._is_entered = True
            return True
        return False

    def close(self) -> None:
        """The consumer has gone."""
        self._is_entered = False

    def disable(self) -> None:
        """By the supplier (ECS14)."""
        self._pin, self._is_entered = None, False


def is_number(text: str, size: int) -> bool:
    return len(text) == size and text.isascii() and text.isdigit()
