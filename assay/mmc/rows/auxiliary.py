"""Auxiliary controllers, boost function and their logs (6.13, 7.7, 7.11, 7.14, 7.15).

Script numbers of a calendar (verified by 6.14.2 and 6.14.3 commands): switch n times 256
plus 1 (activate) or 2 (deactivate); or for any controller, 0x1000 (output) or 0x2000 (input)
plus n times 256 plus 0x80 plus the level in per cent. Which octets stand for which type of
controller in 7.15 is inferred from the one response at hand, as is the meaning of levels in
the event log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from assay.gbcs.dlms.data import Data
from assay.mmc.nodes import Node
from assay.mmc.rows.prepayment import special_day_nodes
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, Template, group, item, leaf, nodes, parts
from assay.mmc.values import (
    date_nodes,
    eui64,
    flag,
    moment,
    special_days,
    string,
    text,
    time_of_day,
    weekdays_node,
)

CONTROLLERS = range(1, 6)
_SPECIAL_DAYS = "0-0:11.0.3.255"
_CALENDAR = "0-0:12.0.2.255"
INPUT = 2
_LEVEL_BASE = 0x80
_ACTIVATE = 1
_FULLY_ON = 100
_EUI64_SIZE = 8
_CONTROLLER_OCTET = b"\xff"
LEVELS = range(101)


def _description(controller: int) -> str:
    return f"0-0:94.44.0.{10 + controller}"


def _type(controller: int) -> str:
    return f"0-0:94.44.0.{20 + controller}"


def _state(controller: int) -> str:
    return f"0-0:94.44.0.{30 + controller}"


def _switch_type(data: Data) -> Iterator[Node]:
    """Zeros are a switch of the meter's own, any other identifier is an HCALCS. What is no switch
    has no word here: a proportional controller, and a number without any."""
    if len(data.value) != _EUI64_SIZE:
        return
    known = any(data.value)
    inside = Node("HCALCS", eui64(data.value)) if known else Node("ALCS")
    yield Node("TypeAndIdentifier", (inside,))


def _switch(controller: int) -> Template:
    inner = (
        leaf("Description", item(_description(controller)), string),
        nodes(item(_type(controller)), _switch_type),
        leaf("State", item(f"0-{controller}:96.3.10.255"), flag),
    )

    def build(reading: Reading) -> Iterator[Node]:
        inside = tuple(node for template in inner for node in template(reading))
        if inside:
            index = (("Index", controller),)
            yield Node("AuxiliaryLoadControlSwitch", inside, index, is_many=True)

    return build


def _switch_special_days(days: Data) -> Iterator[Node]:
    return special_day_nodes("ALCSHCALCSSpecialDay", "index", days)


def _controller_special_days(days: Data) -> Iterator[Node]:
    return special_day_nodes("AuxiliaryControllerSpecialDayDefinition", "identifier", days)


def _switch_schedule(entries: Data) -> Iterator[Node]:
    for entry in parts(entries):
        script = entry.value[3].value
        action = "ActivateSwitch" if _switched_to(script) else "DeactivateSwitch"
        number = (("index", script >> 8 & 0x0F),)
        head = Node("ActivateDeactivateSwitch", (Node(action),), number)
        inside = _schedule_entry(head, entry, "index", "ALCSScheduleDatesAndTime")
        yield Node("ALCSScheduler", inside, is_many=True)


def _controller_schedule(entries: Data) -> Iterator[Node]:
    for entry in parts(entries):
        head = _action(entry.value[3].value)
        inside = _schedule_entry(
            head, entry, "identifier", "AuxiliaryControllerSchedulePeriodAndTime"
        )
        yield Node("AuxiliaryControllerSchedule", inside, is_many=True)


def _action(script: int) -> Node:
    direction, controller = script >> 12, script >> 8 & 0x0F
    inside = (Node("CommandedStateLevel", _switched_to(script)), *input_mark(direction))
    return Node("AuxiliaryControllerAction", inside, (("auxiliaryControllerN", controller),))


def _switched_to(script: int) -> int:
    """The level of a calendar's script, in per cent."""
    direction, low = script >> 12, script & 0xFF
    if direction:
        return low - _LEVEL_BASE
    return _FULLY_ON if low == _ACTIVATE else 0


def input_mark(direction: int) -> tuple[Node, ...]:
    """The empty element that says the level is of the input, not the output."""
    return (Node("InputFromControlledLoad"),) if direction == INPUT else ()


def _schedule_entry(head: Node, entry: Data, attribute: str, period: str) -> tuple[Node, ...]:
    fields = [part.value for part in entry.value]
    _, _, _, _, start, _, weekdays, specials, begin, end = fields
    days = [
        Node("SpecialDaysApplicability", None, ((attribute, day),), is_many=True)
        for day in special_days(specials)
    ]
    week = weekdays_node(weekdays)
    when = (
        Node("SwitchTime", time_of_day(start)),
        Node("StartDate", date_nodes(begin)),
        Node("EndDate", date_nodes(end)),
    )
    return (head, *days, *(() if week is None else (week,)), Node(period, when))


def _boosts(log: Data) -> Iterator[Node]:
    for entry in parts(log):
        start, end = entry.value
        inside = (Node("BoostEnd", moment(end)), Node("BoostStart", moment(start)))
        yield Node("EventLogEntry", inside, is_many=True)


def _controller_description(controller: int) -> Template:
    def build(reading: Reading) -> Iterator[Node]:
        found = reading.items.get((_description(controller), 2))
        if found is not None:
            inside = (Node("AuxiliaryControlDescription", string(found)),)
            index = (("auxiliaryControllerN", controller),)
            yield Node("AuxiliaryControllerDescription", inside, index, is_many=True)

    return build


def _controller_type(data: Data) -> Iterator[Node]:
    octets = data.value
    if octets == _CONTROLLER_OCTET:
        inside = [Node("AuxiliaryControllerType", "APC")]
    elif len(octets) != _EUI64_SIZE:
        inside = [Node("AuxiliaryControllerType", "None")]
    elif any(octets):
        inside = [Node("AuxiliaryControllerType", "HCALCS"), Node("HCALCSID", eui64(octets))]
    else:
        inside = [Node("AuxiliaryControllerType", "ALCS")]
    yield Node("TypeAndIdentifier", tuple(inside))


def state_nodes(octets: bytes) -> tuple[Node, ...]:
    """Levels out of a JSON text, and the text whole; without levels where it is no JSON."""
    try:
        form = json.loads(octets)
    except ValueError:
        form = {}
    levels = (("OutputState", "outputState"), ("InputState", "inputState"))
    known = tuple(
        Node(name, level)
        for name, key in levels
        if isinstance(form, dict) and (level := _level(form.get(key))) is not None
    )
    return (*known, Node("StateAndAssociatedInformation", text(octets)))


def _level(value: Any) -> int | None:
    """Devices send numbers and numbers in quotes."""
    seen = str(value)
    return int(seen) if seen.isdecimal() and int(seen) in LEVELS else None


def _controller_state(data: Data) -> Iterator[Node]:
    yield Node("AuxiliaryControllerStateAndAssociatedInformation", state_nodes(data.value))


def _operation(controller: int) -> Template:
    inner = (
        nodes(item(_type(controller)), _controller_type),
        nodes(item(_state(controller)), _controller_state),
    )

    def build(reading: Reading) -> Iterator[Node]:
        inside = tuple(node for template in inner for node in template(reading))
        if inside:
            index = (("auxiliaryControllerN", controller),)
            yield Node("AuxiliaryControllerOperationalData", inside, index, is_many=True)

    return build


ACTIONS = {
    0x00: "Entry relates to a Message from an HC ALCS",
    0x01: "On",
    0x02: "Off",
    0x11: "On",
    0x12: "Off",
    0x20: "Revert to calendar control",
}
"""01 and 02 are the scripts of a calendar (inferred: no national log holds one)."""
OUTCOMES = {0: "Outcome not known", 1: "Success", 2: "Failure"}
"""Verified in part: the pairs of entries of one command in a national vector fit no other order."""


def _events(log: Data) -> Iterator[Node]:
    for entry in parts(log):
        _, target, outcome, command = (part.value for part in entry.value)
        direction, controller, low = target >> 12, target >> 8 & 0x0F, target & 0xFF
        inside = [Node("Timestamp", moment(entry.value[0])), Node("SwitchNumber", controller)]
        if not direction and low in ACTIONS:
            inside.append(Node("SwitchAction", ACTIONS[low]))
        if outcome in OUTCOMES:
            inside.append(Node("Outcome", OUTCOMES[outcome]))
        inside.append(Node("HANCommandID", command))
        level = low - _LEVEL_BASE if low >= _LEVEL_BASE else low
        if direction and level in LEVELS:
            inside += (Node("AuxiliaryControllerLevel", level), *input_mark(direction))
        yield Node("ALCSEventLogEntry", tuple(inside), is_many=True)


_EVENT_LOG = (group("ALCSEvent", nodes(item("0-17:99.98.2.255"), _events)),)


ROWS: dict[int, Row] = {
    0x00BA: _EVENT_LOG,
    0x00FD: _EVENT_LOG,
    0x00BB: (
        *map(_switch, CONTROLLERS),
        group("ALCSHCALCSSpecialDays", nodes(item(_SPECIAL_DAYS), _switch_special_days)),
        nodes(item(_CALENDAR), _switch_schedule),
    ),
    0x005E: (
        nodes(item("0-0:99.98.20.255"), _boosts),
        leaf("BoostFunctionAvailability", item("0-0:94.44.7.255"), flag),
        *(
            leaf(f"BoostFunctionControl{n}Value", item(f"0-0:94.44.6.{n}"), flag)
            for n in CONTROLLERS
        ),
    ),
    0x011C: (
        *map(_controller_description, CONTROLLERS),
        group(
            "AuxiliaryControllerSpecialDayDefinitions",
            nodes(item(_SPECIAL_DAYS), _controller_special_days),
        ),
        nodes(item(_CALENDAR), _controller_schedule),
    ),
    0x011D: tuple(map(_operation, CONTROLLERS)),
}
