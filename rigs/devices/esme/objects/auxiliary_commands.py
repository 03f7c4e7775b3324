"""Commands to auxiliary controllers: for a time, a level, a limit, back to the calendar.

What a script says is told by its use case: ECS47 switches for a time that was set before, in
minutes (inferred: no table has the unit), ECS47a sets a level and ECS47e limits it for a period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Op, Result
from assay.gbcs.dlms.data import Tag
from rigs.devices.dlms_objects import Access, Call, ItemError, Row
from rigs.devices.esme.auxiliary.actions import (
    NUMBERS,
    Action,
    controller_of,
    level_action,
    timed_action,
)
from rigs.devices.esme.auxiliary.control import AuxiliaryControl
from rigs.devices.esme.auxiliary.controller import Kind

T = TypeVar("T")

_ECS47 = 0x0055


class _Settings:
    """What a command writes before its script: minutes, or the ends of a period. Each script
    uses up what was written for its controller.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[int, int], int | datetime] = {}

    def write(self, number: int, place: int, value: int | datetime) -> None:
        self._written[number, place] = value

    def minutes(self, action: Action) -> timedelta:
        value = self._take(action.controller, 1 if action.level else 2)
        if not isinstance(value, int):
            raise ItemError(Result.OTHER_REASON)
        return timedelta(minutes=value)

    def period(self, number: int, first: int) -> tuple[datetime, datetime]:
        start, end = self._take(number, first), self._take(number, first + 1)
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            raise ItemError(Result.OTHER_REASON)
        return start, end

    def start(self, number: int, place: int) -> datetime | None:
        value = self._written.get((number, place))
        return value if isinstance(value, datetime) else None

    def _take(self, number: int, place: int) -> int | datetime | None:
        return self._written.pop((number, place), None)


def command_rows(control: AuxiliaryControl, now: Callable[[], datetime]) -> Iterator[Row]:
    settings = _Settings()
    for number in NUMBERS:
        for place in (1, 2, 3, 4):
            obis = f"0-0:94.44.{116 + number}.{place}"
            yield Op.SET, 1, obis, 2, _write_setting(control, settings, number, place)
    yield Op.ACTION, 9, "0-0:10.0.103.255", 1, _control(control, settings, now)
    yield Op.ACTION, 9, "0-0:10.0.107.255", 1, _limit(control, settings, now)


def _write_setting(
    control: AuxiliaryControl, settings: _Settings, number: int, place: int
) -> Access:
    """Places 1 and 2 are minutes or a period, 3 and 4 the period of a limit, which ends after its
    start and at most a day later (A-012).
    """

    def write(call: Call) -> None:
        if call.command.use_case.code == _ECS47:
            settings.write(number, place, call.number(Tag.LONG_UNSIGNED))
            return
        octets = call.value(Tag.OCTET_STRING)
        if not isinstance(octets, bytes) or len(octets) != 12:
            raise ItemError(Result.TYPE_UNMATCHED)
        at = DateTime(octets).as_utc()
        if at is None:
            raise ItemError(Result.OTHER_REASON)
        settings.write(number, place, at)
        if place % 2 == 0:
            start = settings.start(number, place - 1)
            longest = control.longest_limit if place == 4 else None
            if start is None or at <= start or (longest and at - start > longest):
                raise ItemError(Result.OTHER_REASON)

    return write


def _control(control: AuxiliaryControl, settings: _Settings, now: Callable[[], datetime]) -> Access:
    def run(call: Call) -> None:
        script = call.number(Tag.LONG_UNSIGNED)
        if call.command.use_case.code == _ECS47:
            _switch_for_a_time(control, settings, script, now())
            return
        action = _checked(lambda: level_action(script))
        start, end = settings.period(action.controller, 1)
        if control.controllers[action.controller].kind is Kind.NONE or end <= now():
            raise ItemError(Result.OTHER_REASON)
        control.set_level(action, script, max(start, now()), end)

    return run


def _switch_for_a_time(
    control: AuxiliaryControl, settings: _Settings, script: int, now: datetime
) -> None:
    action = _checked(lambda: timed_action(script))
    if not control.controllers[controller_of(script)].is_switch:
        raise ItemError(Result.OTHER_REASON)
    if action is None:
        control.reset(controller_of(script))
        return
    control.switch(action, script, now + settings.minutes(action))


def _limit(control: AuxiliaryControl, settings: _Settings, now: Callable[[], datetime]) -> Access:
    def run(call: Call) -> None:
        script = call.number(Tag.LONG_UNSIGNED)
        action = _checked(lambda: level_action(script))
        start, end = settings.period(action.controller, 3)
        if control.controllers[action.controller].kind is not Kind.APC or end <= now():
            raise ItemError(Result.OTHER_REASON)
        control.limit(action, script, max(start, now()), end)

    return run


def _checked(read: Callable[[], T]) -> T:
    try:
        return read()
    except ValueError:
        raise ItemError(Result.OTHER_REASON) from None
