"""What the household sees on the meter: one item at a time, indicators, a supplier's message.

Nothing is drawn: a state of the display is a value that a camera's reading can be compared with.
Where an item's text comes from is the business of the part that has it; an item without a source
is not on this meter. Which items are behind the privacy PIN is recalled but for payment mode,
balance and debt to clear (E-161).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

MESSAGE_SIZE = 116
"""Characters of a supplier's message (E-163)."""


class DisplayItem(StrEnum):
    """In the order in which a button steps through them."""

    SUPPLY_STATE = "supply state"
    LOCAL_TIME = "local time"
    IMPORT = "active import, kWh"
    SECONDARY_IMPORT = "active import of the second element, kWh"
    EXPORT = "active export, kWh"
    POWER = "active power import, kW"
    TARIFF_RATE = "active tariff rate"
    PAYMENT_MODE = "payment mode"
    METER_BALANCE = "meter balance"
    EMERGENCY_CREDIT = "emergency credit balance"
    DEBT_TO_CLEAR = "debt to clear"
    ACCUMULATED_DEBT = "accumulated debt"
    MESSAGE = "message"
    SUPPLIER_NAME = "supplier's name"
    SUPPLIER_TELEPHONE = "supplier's telephone number"
    CUSTOMER_IDENTIFICATION = "customer identification number"
    NETWORK_STATUS = "home area network"
    BOOST = "boost, minutes left"


PROTECTED = frozenset(
    (
        DisplayItem.PAYMENT_MODE,
        DisplayItem.METER_BALANCE,
        DisplayItem.EMERGENCY_CREDIT,
        DisplayItem.DEBT_TO_CLEAR,
        DisplayItem.ACCUMULATED_DEBT,
        DisplayItem.CUSTOMER_IDENTIFICATION,
    )
)


class Indicator(StrEnum):
    """A sign beside the item, whatever the item is."""

    MESSAGE = "unread message"
    ARMED = "press to connect"
    DISABLED = "supply off"
    LOAD_LIMIT = "load limit exceeded"
    LOW_CREDIT = "low credit"
    EMERGENCY_CREDIT_OFFERED = "emergency credit available"
    EMERGENCY_CREDIT_USED = "emergency credit in use"
    NON_DISABLEMENT = "F"
    BOOST = "boost"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayState:
    """Everything that a camera could read now; dark means that the meter is off."""

    is_dark: bool
    item: DisplayItem | None
    text: str
    indicators: frozenset[Indicator]


DARK = DisplayState(is_dark=True, item=None, text="", indicators=frozenset())


class Display:
    """`sources` and `indicators` are filled by the parts that know. `show` takes a message that
    was found to fit.
    """

    def __init__(self) -> None:
        self.message = ""
        self.is_message_unread = False
        self.sources: dict[DisplayItem, Callable[[], str]] = {
            DisplayItem.MESSAGE: lambda: self.message,
        }
        self.indicators: dict[Indicator, Callable[[], bool]] = {
            Indicator.MESSAGE: lambda: self.is_message_unread,
        }
        self.protected: frozenset[DisplayItem] = PROTECTED
        self.show: Callable[[str], None] = self._show

    def state(self, item: DisplayItem) -> DisplayState:
        """With this item on it."""
        shown = frozenset(sign for sign, is_on in self.indicators.items() if is_on())
        return DisplayState(is_dark=False, item=item, text=self.sources[item](), indicators=shown)

    def items(self, *, is_open: bool) -> tuple[DisplayItem, ...]:
        """Those this meter has, in their order; the protected ones only where `is_open`."""
        return tuple(
            item
            for item in DisplayItem
            if item in self.sources and (is_open or item not in self.protected)
        )

    def _show(self, text: str) -> None:
        self.message = text
        self.is_message_unread = bool(text)
