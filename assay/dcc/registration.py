"""Who the DCC's users are, and for which metering points they are registered, from when to when.

Roles are held per EUI-64; responsibility for a device follows from its metering points
(duis.md 7). The files of registration data providers fill this (`registration_files`), and
`registration_watch` tells `Registration.listeners` of every change of party on the day that it
takes effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from assay.dcc.store import BookForm, MemoryStore, Store
from assay.duis.catalogue import UserRole
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64

SIGNING_ROLES: dict[UserRole, RemotePartyRole] = {
    UserRole.IMPORT_SUPPLIER: RemotePartyRole.SUPPLIER,
    UserRole.GAS_SUPPLIER: RemotePartyRole.SUPPLIER,
    UserRole.ELECTRICITY_DISTRIBUTOR: RemotePartyRole.NETWORK_OPERATOR,
    UserRole.GAS_TRANSPORTER: RemotePartyRole.NETWORK_OPERATOR,
    UserRole.LOAD_CONTROLLER: RemotePartyRole.LOAD_CONTROLLER,
}
"""In which SMKI role a user signs commands; the other roles sign none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """`tls_identity` is whose client certificate brings its messages, its own by default.

    `receive_url` is its Receive Response service, or a `file:` URL of a folder; None keeps its
    messages until there is one. `is_non_gateway`: not a user yet, it comes by the Non-Gateway
    Interface only.
    """

    name: str
    eui: Eui64
    roles: frozenset[UserRole]
    is_live: bool = True
    tls_identity: Eui64 | None = None
    receive_url: str | None = None
    is_non_gateway: bool = False
    duis_version: str | None = None
    """Which version of the interface it runs; None: that of the DCC."""

    @property
    def connection(self) -> Eui64:
        return self.tls_identity if self.tls_identity is not None else self.eui


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteringPoint:
    """One party in one role at an MPAN or MPRN; `end` is the first moment after it.

    `source` is the registration data provider whose files it came from, None for a bench's own.
    `told` is up to when changes of it have been told (`registration_watch`).
    """

    mpxn: str
    role: UserRole
    party: Eui64
    start: datetime
    end: datetime | None = None
    source: str | None = None
    told: datetime | None = None

    def is_in_force(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)

    @property
    def key(self) -> str:
        return f"{self.mpxn}/{self.role}/{self.start.isoformat()}"

    @property
    def next_change(self) -> datetime | None:
        """When it begins or ends to apply, whichever has not been told yet."""
        moments = (self.start, self.end)
        return next(
            (one for one in moments if one is not None and (self.told is None or one > self.told)),
            None,
        )

    def says_the_same_as(self, other: MeteringPoint) -> bool:
        return replace(self, told=None) == replace(other, told=None)


METERING_POINTS: BookForm[MeteringPoint] = BookForm(
    name="metering_point",
    record=MeteringPoint,
    key=lambda point: point.key,
    columns={"mpxn": lambda point: point.mpxn, "source": lambda point: point.source},
    due=lambda point: point.next_change,
    parts=(MeteringPoint, UserRole),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationChange:
    """Another party, one for the first time (`losing` None), or none any more (`gaining` None).

    `at` is when it takes effect: now, or before if the file came late.
    """

    mpxn: str
    role: UserRole
    losing: Eui64 | None
    gaining: Eui64 | None
    at: datetime

    @property
    def is_change_of_supplier(self) -> bool:
        """One supplier for another: the losing one's schedules and dated requests go."""
        is_handed_over = self.losing is not None and self.gaining is not None
        return is_handed_over and self.role in SUPPLIER_ROLES


SUPPLIER_ROLES = frozenset((UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER))
"""Whose change is a change of supplier to the devices (duis.md 12)."""


class Registration:
    """Users by EUI-64, and parties by metering point and role.

    `listeners` hear of each change of party when it takes effect, inside a transaction.
    Users are how the DCC is set up and are told to it at each start; metering points are kept.
    """

    def __init__(
        self,
        users: Iterable[User] = (),
        points: Iterable[MeteringPoint] = (),
        *,
        store: Store | None = None,
    ) -> None:
        self.listeners: list[Callable[[RegistrationChange], None]] = []
        self._users: dict[Eui64, User] = {}
        self.book = (store if store is not None else MemoryStore()).book(METERING_POINTS)
        self.initial = tuple(points)
        for user in users:
            self.add_user(user)
        for point in self.initial:
            self.add_point(point)

    def keep_in(self, store: Store) -> None:
        """From now on metering points are kept there, with what that store knows already."""
        before, self.book = self.book, store.book(METERING_POINTS)
        if before is not self.book:
            for point in before.find():
                self.add_point(point)

    def add_user(self, user: User) -> None:
        """Adding the same EUI-64 again replaces what was known of it."""
        self._users[user.eui] = user

    def set_receive_url(self, eui: Eui64, url: str | None) -> None:
        """KeyError for a party that is no user."""
        self._users[eui] = replace(self._users[eui], receive_url=url)

    def add_point(self, point: MeteringPoint) -> None:
        """The same metering point, role and start again replaces what was known of them.

        Once the DCC runs, `RegistrationWatch.apply` does this and tells of what has changed.
        """
        known = self.book.get(point.key)
        if known is None or not known.says_the_same_as(point):
            self.book.put(point)

    def remove_point(self, point: MeteringPoint) -> None:
        self.book.remove(point.key)

    def points_at(self, mpxn: str) -> Iterator[MeteringPoint]:
        return self.book.find(mpxn=mpxn)

    def points_of(self, source: str) -> Iterator[MeteringPoint]:
        """All that one registration data provider has told."""
        return self.book.find(source=source)

    def changed(self, change: RegistrationChange) -> None:
        """Tell everyone who acts on a change that takes effect now."""
        for listener in self.listeners:
            listener(change)

    def user(self, eui: Eui64) -> User | None:
        return self._users.get(eui)

    def name_of(self, eui: Eui64) -> str:
        """For people to read; the identifier of a party that is no user, or no longer."""
        user = self._users.get(eui)
        return user.name if user is not None else eui.hyphenated

    @property
    def users(self) -> tuple[User, ...]:
        return tuple(self._users.values())

    def is_connection(self, identity: Eui64) -> bool:
        """Whether some user's messages come under this TLS identity."""
        return any(
            user.connection == identity and not user.is_non_gateway for user in self._users.values()
        )

    def parties_of(self, identity: Eui64) -> frozenset[Eui64]:
        """The users whose messages come under this TLS identity."""
        return frozenset(user.eui for user in self.users if user.connection == identity)

    def responsible(self, mpxn: str, role: UserRole, at: datetime) -> Eui64 | None:
        """Who is registered; of several in force the one that began last."""
        return self.parties_at(mpxn, at).get(role)

    def parties_at(self, mpxn: str, at: datetime) -> dict[UserRole, Eui64]:
        """Who is registered in each role that is taken."""
        in_force = (point for point in self.points_at(mpxn) if point.is_in_force(at))
        oldest_first = sorted(in_force, key=lambda point: point.start)
        return {point.role: point.party for point in oldest_first}

    def roles_at(self, mpxn: str, party: Eui64, at: datetime) -> frozenset[UserRole]:
        """In which roles the party is registered for the metering point."""
        parties = self.parties_at(mpxn, at)
        return frozenset(role for role, registered in parties.items() if registered == party)
