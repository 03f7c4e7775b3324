"""Auxiliary controllers of an electricity meter: which, at what level, when (ECS46 to ECS47e).

Controllers are numbered 1 to 5, whatever they switch: an ALCS, an HCALCS or an APC. A script is
named by two octets, which no published table explains; read from the national messages:

| what | octets |
|---|---|
| an ALCS or HCALCS switches by its calendar | controller, 01 activate or 02 deactivate |
| it switches at once, for a time            | controller, 11 activate or 12 deactivate |
| it goes back to its calendar               | controller, 20 |
| a level is set at once                     | direction and controller, level |
| a level is set by the calendar             | direction and controller, 80 plus level |

Direction, in the upper four bits: 1 output to the load, 2 input from it. 12 stands in a meter's
event log only (ECS35f), beside 11 and 20. A level is output where the request does not say
input, for a switch as well: the request does not tell which kind of controller it is for.
"""

from __future__ import annotations

from datetime import datetime

from assay.dcc.transform.calendar_values import (
    ascii_octets,
    by_index,
    date_time,
    number_of,
)
from assay.dcc.transform.chosen_items import (
    DATA,
    ChosenItems,
    execute,
    set_item,
)
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.duis.values import Content, field
from assay.gbcs.dlms.access import Item
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    boolean,
    long_unsigned,
)

CONTROL_SCRIPTS = "0-0:10.0.103.255"
_LIMIT_SCRIPTS = "0-0:10.0.107.255"
_NUMBER = "@auxiliaryControllerN"


def _settings(number: int) -> str:
    """The objects of a controller's settings: timers, period of a level, period of a limit."""
    return f"0-0:94.44.{116 + number}"


_OUTPUT, _INPUT = 0x1000, 0x2000
_ACTIVATE_FOR_A_TIME, _DEACTIVATE_FOR_A_TIME, _RESET = 0x11, 0x12, 0x20


def level_script(action: Content) -> int:
    direction = _INPUT if "InputFromControlledLoad" in action else _OUTPUT
    return direction | field(action, _NUMBER, int) << 8 | field(action, "CommandedStateLevel", int)


# At once


def _timed_switch(element: str, timer: int, action: int) -> ChosenItems:
    """The timer that is set before: 1 for activating, 2 for deactivating."""

    def items(frame: Frame) -> tuple[Item, ...]:
        number = field(frame.body, f"{element}/@index", int)
        duration = long_unsigned(field(frame.body, f"{element}/Duration", int))
        return (
            set_item(DATA, f"{_settings(number)}.{timer}", 2, duration),
            execute(CONTROL_SCRIPTS, long_unsigned(number << 8 | action)),
        )

    return ChosenItems(items=items)


ACTIVATE = _timed_switch("ActivateALCSHCALCS", 1, _ACTIVATE_FOR_A_TIME)
DEACTIVATE = _timed_switch("DeactivateALCSHCALCS", 2, _DEACTIVATE_FOR_A_TIME)


def _reset(frame: Frame) -> tuple[Item, ...]:
    number = field(frame.body, "ResetALCSHCALCS/@index", int)
    return (execute(CONTROL_SCRIPTS, long_unsigned(number << 8 | _RESET)),)


RESET = ChosenItems(items=_reset)


def _level_for_a_period(scripts: str, start: int) -> ChosenItems:
    """`start` is the place of the period's start; its end stands in the next."""

    def items(frame: Frame) -> tuple[Item, ...]:
        body = frame.body
        group = _settings(field(body, _NUMBER, int))
        period = (field(body, name, datetime) for name in ("StartDateTime", "EndDateTime"))
        return (
            *(
                set_item(DATA, f"{group}.{place}", 2, date_time(when))
                for place, when in enumerate(period, start=start)
            ),
            execute(scripts, long_unsigned(level_script(body))),
        )

    return ChosenItems(items=items)


SET_LEVEL = _level_for_a_period(CONTROL_SCRIPTS, 1)
LIMIT_LEVEL = _level_for_a_period(_LIMIT_SCRIPTS, 3)


# Descriptions and boost buttons


def _descriptions(frame: Frame) -> tuple[Item, ...]:
    described = by_index(frame.body, "ALCSHCALCSDescription")
    return tuple(
        set_item(DATA, f"0-0:94.44.0.{10 + number}", 2, _description(element))
        for number, element in described.items()
    )


def _description(element: Content) -> Data:
    text = field(element, "SwitchDescription", str)
    return Data(Tag.VISIBLE_STRING, ascii_octets("SwitchDescription", text))


DESCRIPTIONS = ChosenItems(items=_descriptions)


def boost(number: int, element: str, *, adds: bool) -> Source:
    """Whether the boost button works on a controller.

    Inferred, as the national requests say true for all five: false is the opposite of what the
    request is for, since the Command has to set all five controllers.
    """

    def source(frame: Frame) -> Data:
        wanted = by_index(frame.body, element, range(1, 6))[number]
        return boolean(bool(number_of(wanted)) is adds)

    return source
