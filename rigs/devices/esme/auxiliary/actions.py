"""What an auxiliary controller is told, as scripts name it: controller, direction, level.

A script has sixteen bits. No published table explains them; they are read from the national
messages (inferred):

| what | octets |
|---|---|
| a switch closes or opens by the calendar   | controller, 01 or 02 |
| it closes or opens at once, for a time     | controller, 11 or 12 |
| it goes back to its calendar               | controller, 20 |
| a level, at once                           | direction and controller, level |
| a level, by the calendar                   | direction and controller, 80 plus level |

Direction stands in the upper four bits: 1 output to the load, 2 input from it. In the event log
00 is what an HCALCS said about the command before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

NUMBERS = range(1, 6)
FULL = 100
_BY_CALENDAR = 0x80
_TIMED_ON, _TIMED_OFF, _RESET, _ANSWER = 0x11, 0x12, 0x20, 0x00
_CALENDAR_ON, _CALENDAR_OFF = 0x01, 0x02


class Direction(IntEnum):
    """Energy flows to the load, or from it."""

    OUTPUT = 1
    INPUT = 2


@dataclass(frozen=True, slots=True)
class Action:
    """`level` is percent of the rated power; a switch is open at zero and closed otherwise."""

    controller: int
    level: int
    direction: Direction = Direction.OUTPUT


def calendar_action(script: int) -> Action:
    """
    Raises:
        ValueError: no script of a calendar.
    """
    high, low = _split(script)
    if not high and low & 0xFF in (_CALENDAR_ON, _CALENDAR_OFF):
        return Action(_number(script), FULL if low & 0xFF == _CALENDAR_ON else 0)
    if high and low & _BY_CALENDAR:
        return Action(_number(script), _level(low & ~_BY_CALENDAR, script), Direction(high))
    raise ValueError(f"expected a script of the auxiliary calendar, got {script:04X}")


def level_action(script: int) -> Action:
    """
    Raises:
        ValueError: no script that sets or limits a level at once.
    """
    high, low = _split(script)
    if not high or low & _BY_CALENDAR:
        raise ValueError(f"expected a script that sets a level at once, got {script:04X}")
    return Action(_number(script), _level(low, script), Direction(high))


def timed_action(script: int) -> Action | None:
    """What a switch is told for a time, or None: it goes back to its calendar.

    Raises:
        ValueError: another script.
    """
    high, low = _split(script)
    number = _number(script)
    if high or low not in (_TIMED_ON, _TIMED_OFF, _RESET):
        raise ValueError(f"expected a script that switches for a time, got {script:04X}")
    return None if low == _RESET else Action(number, FULL if low == _TIMED_ON else 0)


def timed_script(action: Action) -> int:
    return action.controller << 8 | (_TIMED_ON if action.level else _TIMED_OFF)


def reset_script(controller: int) -> int:
    return controller << 8 | _RESET


def answer_script(controller: int) -> int:
    return controller << 8 | _ANSWER


def controller_of(script: int) -> int:
    """
    Raises:
        ValueError: no controller has this number.
    """
    return _number(script)


def direction_and_number(action: Action) -> int:
    """As the alerts about limits name it: direction in the upper four bits."""
    return action.direction << 4 | action.controller


def _split(script: int) -> tuple[int, int]:
    high = script >> 12
    if high not in (0, *Direction):
        raise ValueError(f"expected direction 1 or 2 or none, got script {script:04X}")
    return high, script & 0xFF


def _number(script: int) -> int:
    number = script >> 8 & 0x0F
    if number not in NUMBERS:
        raise ValueError(f"expected controller 1 to 5, got script {script:04X}")
    return number


def _level(level: int, script: int) -> int:
    if level > FULL:
        raise ValueError(f"expected a level up to 100 %, got script {script:04X}")
    return level
