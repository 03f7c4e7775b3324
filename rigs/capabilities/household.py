"""Hands and eyes at the premises: buttons, covers, displays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable


@runtime_checkable
class Button(Protocol):
    """A finger on the meter: closes an armed supply at the meter."""

    def press(self) -> None: ...


@runtime_checkable
class Tamper(Protocol):
    """Actuators that interfere with a meter: covers, a magnet, and so on, by name."""

    def begin(self, interference: str) -> None: ...

    def end(self, interference: str) -> None: ...

    def safe(self) -> None:
        """Every interference ended; never raises."""


@runtime_checkable
class Keypad(Protocol):
    """Fingers on the buttons of a meter: `step`, `confirm` and, where there is one, `boost`."""

    def press(self, button: str, held: timedelta) -> None:
        """One press, let go after so long."""

    def enter(self, entry: str, digits: str) -> None:
        """Choose an entry of the menu by its name and press the digits in, all of them."""

    def choose(self, action: str) -> None:
        """An action of the menu that needs no digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a camera reads from a display at one moment; no item where it is dark."""

    item: str
    text: str
    signs: frozenset[str]

    @property
    def is_dark(self) -> bool:
        return not self.item


@runtime_checkable
class DisplayReader(Protocol):
    """An eye on the meter's display, and an ear for its alarm."""

    def read(self) -> Seen: ...


@runtime_checkable
class SwitchMechanism(Protocol):
    """A way to the mechanism of a switch in a device: of a sample that was prepared for it."""

    def block(self) -> None:
        """It stays where it is, whatever it is told."""

    def push(self, closed: bool) -> None:
        """Move it by hand."""


@runtime_checkable
class PrepaymentInterface(Protocol):
    """Hands and eyes on a display in the home that is joined with a prepayment meter (PPMID)."""

    def enter_top_up(self, digits: str) -> None: ...

    def activate_emergency_credit(self) -> None: ...

    def enable_supply(self) -> None: ...

    def outcome(self) -> str:
        """What it says of the last of these: `waiting`, `accepted`, `refused`, `no answer`."""


@runtime_checkable
class PrepaymentPanel(Protocol):
    """Fingers on the keys of a prepayment display of the home, and a camera before it.

    `fuel` chooses the meter: electricity or gas.
    """

    def enter_top_up(self, fuel: str, digits: str) -> None: ...

    def activate_emergency_credit(self, fuel: str) -> None: ...

    def enable_supply(self, fuel: str) -> None: ...

    def result(self) -> str:
        """Of what was asked last: waiting, accepted, refused or no answer; empty before."""

    def shown(self, fuel: str, item: str) -> str:
        """One item of a meter, read afresh."""


@runtime_checkable
class HomeScreen(Protocol):
    """A camera before an in-home display."""

    def read(self, item: str) -> str:
        """One item of the electricity meter as text; dashes where there is nothing yet."""
