"""Changes of party on the day that they take effect: what files announce, told on the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.dcc.registration import MeteringPoint, Registration, RegistrationChange
from assay.dcc.store import Agenda, Store
from assay.duis.catalogue import UserRole

_BEFORE = timedelta(microseconds=1)
_Place = tuple[str, UserRole]


class RegistrationWatch:
    """Changes registration data, and tells `Registration.listeners` when a change is in force.

    `store` is the one that the registration is kept in.
    """

    def __init__(self, clock: Clock, store: Store, registration: Registration) -> None:
        self._clock = clock
        self._store = store
        self._registration = registration
        self._agenda = Agenda(clock, store, registration.book, self._strike)

    def start(self) -> None:
        """What the bench was set up with is how things are, and no change to tell of."""
        now = self._clock.now()
        book = self._registration.book
        with self._store.transaction():
            for point in self._registration.initial:
                known = book.get(point.key)
                if known is not None and known.told is None:
                    book.put(replace(known, told=now))
        self._agenda.resume()

    def stop(self) -> None:
        self._agenda.stop()

    def apply(
        self, *, removed: Iterable[MeteringPoint] = (), added: Iterable[MeteringPoint] = ()
    ) -> tuple[RegistrationChange, ...]:
        """Take out and put in; the changes that are in force at once, as they were told."""
        now = self._clock.now()
        gone, come = tuple(removed), tuple(added)
        with self._store.transaction():
            places = dict.fromkeys((point.mpxn, point.role) for point in (*gone, *come))
            before = {place: self._registration.responsible(*place, now) for place in places}
            for point in gone:
                self._registration.remove_point(point)
            for point in come:
                self._put(replace(point, told=now))
            changes = tuple(
                RegistrationChange(
                    mpxn=mpxn, role=role, losing=before[mpxn, role], gaining=gaining, at=now
                )
                for mpxn, role in places
                if (gaining := self._registration.responsible(mpxn, role, now))
                != before[mpxn, role]
            )
            for change in changes:
                self._registration.changed(change)
        return changes

    def _put(self, point: MeteringPoint) -> None:
        self._registration.book.put(point)
        if point.next_change is not None:
            self._agenda.note(point.next_change)

    def _strike(self, point: MeteringPoint) -> None:
        """One telling for all records of the place that change at this moment."""
        at = point.next_change
        if at is None:
            return
        for other in tuple(self._registration.points_at(point.mpxn)):
            if other.role is point.role and other.next_change == at:
                self._put(replace(other, told=at))
        self._tell(point.mpxn, point.role, at)

    def _tell(self, mpxn: str, role: UserRole, at: datetime) -> None:
        losing = self._registration.responsible(mpxn, role, at - _BEFORE)
        gaining = self._registration.responsible(mpxn, role, at)
        if losing != gaining:
            self._registration.changed(
                RegistrationChange(mpxn=mpxn, role=role, losing=losing, gaining=gaining, at=at)
            )
