"""Buttons and menus of the meter: what the household does with two buttons.

One button steps, the other confirms. A short press of the first shows the next item; of the
second, it acknowledges an unread message. Holding the second is the deliberate action that closes
an armed supply (E-129, one maker's two seconds). Digits are entered digit by digit: so many steps
of the first button, then the second. After half a minute without a press everything is as before
(E-156, E-168, one maker).

An entry in the event log names what the user did by a number. The national event log has 2 and 5;
their order here is recalled.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import IntEnum, StrEnum

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.devices.esme.display import DARK, Display, DisplayItem, DisplayState, Indicator
from rigs.devices.esme.privacy_pin import PIN_SIZE, PrivacyPin

ACTIONED = 0x8161
NOT_ACTIONED = 0x8162
MESSAGE_ACKNOWLEDGED = 0x81A6
TIMEOUT = timedelta(seconds=30)
HOLD = timedelta(seconds=2)


class Button(StrEnum):
    STEP = "step"
    CONFIRM = "confirm"
    BOOST = "boost"


class UserCommand(IntEnum):
    """What a user can tell the meter to do; the numbers are recalled."""

    ACTIVATE_EMERGENCY_CREDIT = 1
    ADD_CREDIT = 2
    ALLOW_ACCESS = 3
    ENABLE_SUPPLY = 4
    SET_PRIVACY_PIN = 5


class UserInterface:
    """`close_supply` says whether it closed the supply. `report` takes an event code and other
    information. `dialogues` are entries of digits by name: how many, and what takes them, and
    `actions` what needs none; the parts that have one add it. Hooks: `is_deliberate` judges a
    press, `timeout`.
    """

    def __init__(
        self,
        clock: Clock,
        display: Display,
        is_on: Callable[[], bool],
        close_supply: Callable[[], bool],
        report: Callable[[int, bytes], None],
    ) -> None:
        self._clock = clock
        self._display = display
        self._is_on = is_on
        self._report = report
        self.pin = PrivacyPin()
        self.default_item: Callable[[], DisplayItem] = lambda: DisplayItem.SUPPLY_STATE
        self.dialogues: dict[UserCommand, tuple[int, Callable[[str], bool]]] = {
            UserCommand.ALLOW_ACCESS: (PIN_SIZE, self.pin.enter),
            UserCommand.SET_PRIVACY_PIN: (PIN_SIZE, self.pin.set),
        }
        self.actions: dict[UserCommand, Callable[[], bool]] = {
            UserCommand.ENABLE_SUPPLY: close_supply,
        }
        self.boost: Callable[[], object] = lambda: None
        self.is_deliberate: Callable[[timedelta], bool] = lambda held: held >= HOLD
        self.timeout = TIMEOUT
        self.sounding: set[int] = set()
        self._item: DisplayItem | None = None
        self._open_dialogue: UserCommand | None = None
        self._digits = ""
        self._digit = 0
        self._idle = Alarm(clock, self._reset)
        display.indicators[Indicator.ALARM] = lambda: bool(self.sounding)

    @property
    def display_state(self) -> DisplayState:
        if not self._is_on():
            return DARK
        items = self._display.items(is_open=self.pin.is_open)
        item = self._item if self._item in items else self.default_item()
        if item not in items:
            item = items[0]
        return self._display.state(item)

    def press(self, button: Button, held: timedelta = timedelta(0)) -> None:
        """One press, let go after so long. Nothing happens while the meter is off."""
        if not self._is_on():
            return
        self._idle.set(self._clock.now() + self.timeout)
        self.sounding.clear()
        if self._open_dialogue is not None:
            self._press_in_dialogue(button)
        elif button is Button.BOOST:
            self.boost()
        elif button is Button.STEP:
            self._step()
        elif self.is_deliberate(held):
            self.choose(UserCommand.ENABLE_SUPPLY)
        elif self._display.is_message_unread:
            self._acknowledge()

    def choose(self, command: UserCommand) -> None:
        """An action from the menu; KeyError where this meter has none such."""
        if self._is_on():
            self._idle.set(self._clock.now() + self.timeout)
            self._say(command, self.actions[command]())

    def begin(self, command: UserCommand) -> None:
        """Choose the entry of digits from the menu; KeyError where this meter has none such."""
        if not self._is_on():
            return
        self.dialogues[command]
        self._open_dialogue, self._digits, self._digit = command, "", 0
        self._idle.set(self._clock.now() + self.timeout)

    def enter(self, command: UserCommand, digits: str) -> None:
        """Press through a whole entry, as a hand on the buttons does."""
        self.begin(command)
        for digit in digits:
            for _ in range(int(digit)):
                self.press(Button.STEP)
            self.press(Button.CONFIRM)

    def switch_off(self) -> None:
        """The meter lost its power."""
        self.sounding.clear()
        self._reset()

    def _press_in_dialogue(self, button: Button) -> None:
        command = self._open_dialogue
        if command is None:
            return
        if button is not Button.CONFIRM:
            self._digit = (self._digit + 1) % 10
            return
        self._digits += str(self._digit)
        self._digit = 0
        size, take = self.dialogues[command]
        if len(self._digits) == size:
            self._open_dialogue = None
            self._say(command, take(self._digits))

    def _step(self) -> None:
        items = self._display.items(is_open=self.pin.is_open)
        shown = self._item if self._item in items else self.default_item()
        at = items.index(shown) if shown in items else 0
        self._item = items[(at + 1) % len(items)]

    def _acknowledge(self) -> None:
        self._display.is_message_unread = False
        self._report(MESSAGE_ACKNOWLEDGED, b"")

    def _say(self, command: UserCommand, is_done: bool) -> None:
        self._report(ACTIONED if is_done else NOT_ACTIONED, command.to_bytes(2, "big"))

    def _reset(self) -> None:
        self._idle.cancel()
        self._item = self._open_dialogue = None
        self.pin.close()
