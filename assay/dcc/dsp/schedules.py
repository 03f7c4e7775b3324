"""Schedules that the DSP keeps: created, read and deleted by 5.1 to 5.3, run on the clock.

A schedule cannot be changed, only deleted and made anew; its owner alone may read or delete it
(inferred). Runs that fall into a time when the DCC was down are made up for once (inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from assay.clock import Clock
from assay.dcc.dsp.accepted import AcceptedRequest
from assay.dcc.dsp.commands import Errand
from assay.dcc.dsp.records import COUNTERS, Counter
from assay.dcc.dsp.recurrence import next_run
from assay.dcc.store import Agenda, Book, BookForm, Store
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request
from assay.duis.values import CalendarDate, Content
from assay.duis.values import field as field_of
from assay.duis.values import find as find_in
from assay.gbcs.identifiers import Eui64

MAX_SCHEDULES = 99
"""Of one owner at one device: as many as one answer to 5.2 holds (inferred)."""
FIRST_COUNTER = 1 << 63
"""Counters of the requests that schedules make begin here, far above what a user counts: they
share the parties of the user's own requests (inferred)."""
USER_KEY = "KAPublicSecurityCredential"
_MIDNIGHT = time(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`details` is the content of CreateSchedule; `next_run` None: it has run for the last time."""

    schedule_id: int
    owner: Eui64
    details: Content
    next_run: datetime | None

    @property
    def device(self) -> Eui64:
        return field_of(self.details, "DeviceID", Eui64)

    @property
    def srv(self) -> str:
        return field_of(self.details, "DSPScheduledServiceReferenceVariant", str)


SCHEDULES = BookForm(
    name="schedule",
    record=Schedule,
    key=lambda schedule: str(schedule.schedule_id),
    columns={
        "device": lambda schedule: schedule.device.hex(),
        "owned": lambda schedule: owned_key(schedule.owner, schedule.device),
    },
    due=lambda schedule: schedule.next_run,
)


def owned_key(owner: Eui64, device: Eui64) -> str:
    return f"{owner.hex()}/{device.hex()}"


@dataclass(slots=True)
class ScheduleBook:
    """What is scheduled; nothing runs here."""

    book: Book[Schedule]

    def count(self, owner: Eui64, device: Eui64) -> int:
        return self.book.count(owned=owned_key(owner, device))

    def selected(self, owner: Eui64, selection: Content) -> tuple[Schedule, ...]:
        """Those of the owner that 5.2 or 5.3 names, by identifier or by device."""
        device = find_in(selection, "DeviceID", Eui64)
        if device is not None:
            return tuple(self.book.find(owned=owned_key(owner, device)))
        found = self.book.get(str(field_of(selection, "DSPScheduleID", int)))
        return (found,) if found is not None and found.owner == owner else ()


@dataclass(slots=True, kw_only=True)
class Schedules:
    """`carry_out` takes over each request that a run makes."""

    clock: Clock
    store: Store
    carry_out: Callable[[AcceptedRequest], None]
    schedules: ScheduleBook
    _agenda: Agenda[Schedule] = field(init=False)
    _numbers: Counter = field(init=False)
    _counters: Counter = field(init=False)

    def __post_init__(self) -> None:
        counters = self.store.book(COUNTERS)
        self._agenda = Agenda(self.clock, self.store, self.schedules.book, self._run)
        self._numbers = Counter(0, "schedule", counters)
        self._counters = Counter(FIRST_COUNTER, "scheduled request", counters)

    def __len__(self) -> int:
        return len(self.schedules.book)

    def create(self, owner: Eui64, details: Content) -> Schedule:
        schedule = Schedule(
            schedule_id=self._numbers.next(),
            owner=owner,
            details=details,
            next_run=run_after(details, self.clock.now()),
        )
        self.schedules.book.put(schedule)
        if schedule.next_run is not None:
            self._agenda.note(schedule.next_run)
        return schedule

    def delete(self, schedules: tuple[Schedule, ...]) -> None:
        for schedule in schedules:
            self.schedules.book.remove(str(schedule.schedule_id))

    def cancel_at(self, device: Eui64, is_affected: Callable[[Eui64], bool]) -> Iterator[Schedule]:
        """Delete what affected owners have scheduled at a device; what that was."""
        for schedule in self.schedules.book.find(device=device.hex()):
            if is_affected(schedule.owner):
                self.delete((schedule,))
                yield schedule

    def resume(self) -> None:
        self._agenda.resume()

    def stop(self) -> None:
        self._agenda.stop()

    def _run(self, schedule: Schedule) -> None:
        run_at = schedule.next_run
        if run_at is None:
            raise ValueError(f"schedule {schedule.schedule_id} has no run to make")
        following = run_after(schedule.details, self.clock.now())
        if following is None:
            self.schedules.book.remove(str(schedule.schedule_id))
        else:
            self.schedules.book.put(replace(schedule, next_run=following))
        request_id = RequestId(schedule.owner, schedule.device, self._counters.next())
        self.carry_out(
            AcceptedRequest(
                request=request_of(schedule, request_id, run_at.date()),
                errand=Errand.SCHEDULED,
                schedule_id=schedule.schedule_id,
            )
        )


def run_after(details: Content, after: datetime) -> datetime | None:
    """The first run later than that; None where there is none. Without a time: at midnight."""
    end = find_in(details, "ScheduleEndDate", CalendarDate)
    return next_run(
        field_of(details, "ScheduleFrequency", str),
        _date(field_of(details, "ScheduleStartDate", CalendarDate)),
        find_in(details, "ScheduleExecutionStartTime", time) or _MIDNIGHT,
        after,
        _date(end) if end is not None else None,
    )


def request_of(schedule: Schedule, request_id: RequestId, day: date) -> Request:
    """The request of a run on that day; days of the period are counted from it."""
    details = schedule.details
    body: dict[str, Any] = {}
    period = next((details[name] for name in details if name.startswith("DSPRe")), None)
    if isinstance(period, Mapping) and "StartDateOffset" in period:
        body["ReadLogPeriod"] = {
            "StartDateTime": _moment(period, "Start", day),
            "EndDateTime": _moment(period, "End", day),
        }
    if USER_KEY in details:
        # The element of a single request has the plural of this name.
        body[f"{USER_KEY}s"] = details[USER_KEY]
    return Request(request_id=request_id, command_variant=1, srv=schedule.srv, body=body)


def _moment(period: Content, which: str, day: date) -> datetime:
    offset = timedelta(days=field_of(period, f"{which}DateOffset", int))
    at = field_of(period, f"{which}Time", time)
    return datetime.combine(day + offset, at.replace(tzinfo=None), tzinfo=UTC)


def _date(value: CalendarDate) -> date:
    """Years beyond those of Python's calendar stand for "never" (the COSEM wildcard)."""
    if value.year > date.max.year:
        return date.max
    return date(value.year, value.month, value.day)
