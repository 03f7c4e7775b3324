"""Auxiliary load control: five controllers, one calendar, commands, limits, boost, and their log.

Everything that happens at a time is one duty of the meter's agenda: a switch of the calendar
(moved by the randomised offset), the beginning and the end of a command or a limit, the end of a
boost. So after an outage each is made up for in its order and with its time (A-007, recalled).

Inferred: a new calendar or clock puts the controllers at once where the calendar has them; a limit
that takes the place of another ends it; a limit is told as processed when it is accepted, with the
level that will result at its start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from assay.clock import Clock
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.data import octet_string, unsigned
from rigs.devices.agenda import Agenda
from rigs.devices.esme.auxiliary.actions import (
    Action,
    Direction,
    direction_and_number,
    reset_script,
    timed_script,
)
from rigs.devices.esme.auxiliary.boost import Boost
from rigs.devices.esme.auxiliary.calendar import AuxiliaryCalendar, Entry
from rigs.devices.esme.auxiliary.controller import Controller, Kind, Period
from rigs.devices.esme.auxiliary.loads import ControlledLoad, Levels
from rigs.devices.esme.auxiliary.log import BoostLog
from rigs.devices.esme.auxiliary.switchgear import Port, Report, Switchgear
from rigs.devices.tariff import SpecialDay

RANK = 25
LIMIT_PROCESSED = 0x8F86
LIMIT_ENDED = 0x8F87
LONGEST_LIMIT = timedelta(hours=24)


class Offset(Protocol):
    """The randomised offset, as far as switching needs it."""

    on_change: list[Callable[[], None]]

    @property
    def value(self) -> timedelta: ...


class AuxiliaryControl:
    """Hooks: `level` decides what a controller is to be in, `moved` by how much the offset moves
    a switch, `longest_limit` how long a limit may be, `gear` carries out.
    """

    def __init__(
        self,
        clock: Clock,
        agenda: Agenda,
        offset: Offset,
        ports: Mapping[int, Port],
        *,
        now: Callable[[], datetime],
        report: Report,
    ) -> None:
        self._now = now
        self._report = report
        self.gear = Switchgear(clock, ports, now=now, report=report)
        self.log = self.gear.log
        self.controllers = self.gear.controllers()
        self.boost_log = BoostLog()
        self.level: Callable[[Controller, datetime], Levels] = Controller.levels
        self.moved: Callable[[datetime], datetime] = lambda at: at + offset.value
        self.calendar = AuxiliaryCalendar(comes_due=self._comes_due)
        self.longest_limit = LONGEST_LIMIT
        self.boost = Boost(now, self._is_boost_offered)
        self.boost.on_begin = self._boost_begins
        self.boost.on_end = self._boost_ends
        self.boost.on_extend = self._changed
        self._duty = agenda.add(RANK, self._next_due, self._act)
        offset.on_change.append(self._duty.changed)

    # What it is made of.

    def attach(self, device: bytes, load: ControlledLoad) -> None:
        """An HCALCS that has joined; it is commanded wherever a controller names it."""
        self.gear.attach(bytes(device), load)
        for controller in self.controllers.values():
            if controller.type_octets == bytes(device):
                self.gear.listen(controller)
                self._follow(controller)

    def detach(self, device: bytes) -> None:
        self.gear.detach(bytes(device))

    def load(self, number: int) -> ControlledLoad | None:
        return self.gear.load(self.controllers[number])

    def set_type(self, number: int, octets: bytes) -> None:
        """
        Raises:
            ValueError: octets that mean nothing, or a switch that this meter does not have there.
        """
        self.gear.set_type(self.controllers[number], octets)
        self._follow(self.controllers[number])

    def set_calendar(
        self,
        *,
        entries: tuple[Entry, ...] | None = None,
        special_days: tuple[SpecialDay, ...] | None = None,
    ) -> None:
        """What is not given stays."""
        before = self.calendar
        self.calendar = AuxiliaryCalendar(
            before.entries if entries is None else entries,
            before.special_days if special_days is None else special_days,
            self._comes_due,
        )
        self.refresh()

    # What it is told.

    def switch(self, action: Action, script: int, until: datetime) -> None:
        """At once, until a time."""
        now = self._now()
        self.set_level(action, script, now, until)

    def set_level(self, action: Action, script: int, start: datetime, end: datetime) -> None:
        controller = self.controllers[action.controller]
        period = Period(level=action.level, start=start, end=end, script=script)
        controller.settings[action.direction] = period
        if period.holds(self._now()):
            self._perform(controller, script, self._now())
        self._duty.changed()

    def reset(self, number: int) -> None:
        """Back to the calendar."""
        controller = self.controllers[number]
        controller.settings.clear()
        controller.boost_since = None
        self._perform(controller, reset_script(number), self._now())
        self._duty.changed()

    def limit(self, action: Action, script: int, start: datetime, end: datetime) -> None:
        controller = self.controllers[action.controller]
        replaced = controller.limits.pop(action.direction, None)
        if replaced is not None:
            self._tell_limit_ended(controller, action.direction, self._now())
        period = Period(level=action.level, start=start, end=end, script=script)
        controller.limits[action.direction] = period
        stamps = (octet_string(DateTime.at(at).octets) for at in (start, end))
        self._report(
            LIMIT_PROCESSED,
            unsigned(direction_and_number(action)),
            *stamps,
            unsigned(self._resulting(controller, action.direction, start)),
        )
        if period.holds(self._now()):
            self._perform(controller, script, self._now())
        self._duty.changed()

    def set_boosted(self, number: int, is_boosted: bool) -> None:
        controller = self.controllers[number]
        controller.is_boosted = is_boosted
        if controller.boost_since is not None and not is_boosted:
            controller.boost_since = None
            self._perform(controller, reset_script(number), self._now())

    def answered(self, number: int, command_id: int, is_success: bool) -> None:
        """What an HCALCS says about a command that it was given."""
        self.gear.answered(number, command_id, is_success=is_success)

    def refresh(self) -> None:
        """Where calendar and commands have them now: after a new calendar, clock, or outage."""
        now = self._now()
        for controller in self.controllers.values():
            for direction in Direction:
                controller.calendar[direction] = self._calendar_level(controller, direction, now)
            self._follow(controller)
        self._duty.changed()

    # What happens by itself.

    def _comes_due(self, at: datetime) -> datetime:
        return self.moved(at)

    def _changed(self) -> None:
        self._duty.changed()

    def _next_due(self, after: datetime) -> datetime | None:
        return min((at for at in self._dues(after) if at > after), default=None)

    def _dues(self, after: datetime) -> Iterator[datetime]:
        switch = self.calendar.next_due(after)
        if switch is not None:
            yield switch
        if self.boost.ends is not None:
            yield self.boost.ends
        for controller in self.controllers.values():
            yield from controller.boundaries()

    def _act(self, due: datetime) -> None:
        for controller in self.controllers.values():
            self._end_periods(controller, due)
        if self.boost.ends is not None and self.boost.ends <= due:
            self.boost.end(due)
        for entry in self.calendar.due(due):
            self._switch_by_calendar(entry.action, entry.script, due)
        for controller in self.controllers.values():
            for period in (*controller.settings.values(), *controller.limits.values()):
                if period.start == due:
                    self._perform(controller, period.script, due)

    def _end_periods(self, controller: Controller, due: datetime) -> None:
        for periods in (controller.settings, controller.limits):
            for direction, period in tuple(periods.items()):
                if period.end > due:
                    continue
                del periods[direction]
                if periods is controller.limits:
                    self._tell_limit_ended(controller, direction, due)
                self._perform(controller, reset_script(controller.number), due)

    def _switch_by_calendar(self, action: Action, script: int, due: datetime) -> None:
        controller = self.controllers[action.controller]
        controller.calendar[action.direction] = action.level
        if not controller.is_held(action.direction, due):
            self._perform(controller, script, due)

    def _calendar_level(self, controller: Controller, direction: Direction, now: datetime) -> int:
        found = self.calendar.latest_of(now, controller.number, direction)
        return found.action.level if found is not None else 0

    def _boost_begins(self, start: datetime) -> None:
        for controller in self.controllers.values():
            if controller.is_boosted and controller.kind is not Kind.NONE:
                controller.boost_since = start
                script = timed_script(Action(controller.number, 1))
                self._perform(controller, script, start)
        self._duty.changed()

    def _boost_ends(self, start: datetime, end: datetime) -> None:
        self.boost_log.write(start, end)
        for controller in self.controllers.values():
            if controller.boost_since is not None:
                controller.boost_since = None
                self._perform(controller, reset_script(controller.number), end)
        self._duty.changed()

    def _is_boost_offered(self) -> bool:
        return any(
            controller.is_boosted
            and controller.kind is not Kind.NONE
            and not controller.calendar.get(Direction.OUTPUT, 0)
            for controller in self.controllers.values()
        )

    def _tell_limit_ended(self, controller: Controller, direction: Direction, at: datetime) -> None:
        level = self._resulting(controller, direction, at)
        named = direction_and_number(Action(controller.number, level, direction))
        self._report(LIMIT_ENDED, unsigned(named), unsigned(level))

    def _resulting(self, controller: Controller, direction: Direction, at: datetime) -> int:
        """The level that a limit, or its end, leaves: as far as is known for a time to come."""
        levels = self.level(controller, at)
        return levels.output if direction is Direction.OUTPUT else levels.input

    # Carrying out.

    def _follow(self, controller: Controller) -> None:
        """Put the load where it is to be, if it is not."""
        load = self.load(controller.number)
        levels = self.level(controller, self._now())
        if load is None or _agree(load, levels):
            return
        script = timed_script(Action(controller.number, levels.output))
        self._perform(controller, script, self._now())

    def _perform(self, controller: Controller, script: int, at: datetime) -> None:
        self.gear.command(controller, self.level(controller, at), script, at)


def _agree(load: ControlledLoad, levels: Levels) -> bool:
    """A switch knows only on and off."""
    now = load.levels
    return now == levels or (not levels.input and bool(now.output) is bool(levels.output))
