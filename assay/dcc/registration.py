"""Who the DCC's users are, and for which metering points they are registered, from when to when.

Roles are held per EUI-64; responsibility for a device follows from its metering points
(duis.md 7). What registration data providers deliver would fill this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from assay.duis.catalogue import UserRole
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.identifiers import Eui64

SIGNING_ROLES: dict[UserRole, RemotePartyRole] = {
    UserRole.IMPORT_SUPPLIER: RemotePartyRole.SUPPLIER,
    UserRole.GAS_SUPPLIER: RemotePartyRole.SUPPLIER,
    UserRole.ELECTRICITY_DISTRIBUTOR: RemotePartyRole.NETWORK_OPERATOR,
    UserRole.GAS_TRANSPORTER: RemotePartyRole.NETWORK_OPERATOR,
}
"""In which SMKI role a user signs commands; the other roles sign none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """`tls_identity` is whose client certificate brings its messages, its own by default.

    `receive_url` is its Receive Response service; None keeps its messages until there is one.
    """

    name: str
    eui: Eui64
    roles: frozenset[UserRole]
    is_live: bool = True
    tls_identity: Eui64 | None = None
    receive_url: str | None = None

    @property
    def connection(self) -> Eui64:
        return self.tls_identity if self.tls_identity is not None else self.eui


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteringPoint:
    """One party in one role at an MPAN or MPRN; `end` is the first moment after it."""

    mpxn: str
    role: UserRole
    party: Eui64
    start: datetime
    end: datetime | None = None

    def is_in_force(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


class Registration:
    """Users by EUI-64, and parties by metering point and role."""

    def __init__(self, users: Iterable[User] = (), points: Iterable[MeteringPoint] = ()) -> None:
        self._users: dict[Eui64, User] = {}
        self._points: dict[str, list[MeteringPoint]] = {}
        for user in users:
            self.add_user(user)
        for point in points:
            self.add_point(point)

    def add_user(self, user: User) -> None:
        """Adding the same EUI-64 again replaces what was known of it."""
        self._users[user.eui] = user

    def set_receive_url(self, eui: Eui64, url: str | None) -> None:
        """KeyError for a party that is no user."""
        self._users[eui] = replace(self._users[eui], receive_url=url)

    def add_point(self, point: MeteringPoint) -> None:
        self._points.setdefault(point.mpxn, []).append(point)

    def user(self, eui: Eui64) -> User | None:
        return self._users.get(eui)

    @property
    def users(self) -> tuple[User, ...]:
        return tuple(self._users.values())

    def is_connection(self, identity: Eui64) -> bool:
        """Whether some user's messages come under this TLS identity."""
        return any(user.connection == identity for user in self._users.values())

    def responsible(self, mpxn: str, role: UserRole, at: datetime) -> Eui64 | None:
        """Who is registered; of several in force the one that began last."""
        in_force = [
            point
            for point in self._points.get(mpxn, ())
            if point.role is role and point.is_in_force(at)
        ]
        newest = max(in_force, key=lambda point: point.start, default=None)
        return newest.party if newest is not None else None

    def roles_at(self, mpxn: str, party: Eui64, at: datetime) -> frozenset[UserRole]:
        """In which roles the party is registered for the metering point."""
        return frozenset(role for role in UserRole if self.responsible(mpxn, role, at) == party)
