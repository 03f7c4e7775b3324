"""The files of registration data providers: which party supplies or operates which point.

The form is our own (docs/registration_files.md), as the public one was not to be had. A full
file is all that a provider knows; an update says what is new, different or gone since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assay.dcc.registration import MeteringPoint
from assay.dcc.strict_csv import Cells, read_rows
from assay.duis.catalogue import UserRole
from assay.gbcs.identifiers import Eui64

COLUMNS = ("action", "mpxn", "role", "party", "start", "end")
_NAME = re.compile(r"registration-(electricity|gas)-([A-Za-z0-9]{1,16})-(full|update)-(\d{6})\.csv")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Fuel(StrEnum):
    ELECTRICITY = "electricity"
    GAS = "gas"


class Scope(StrEnum):
    FULL = "full"
    UPDATE = "update"


class Action(StrEnum):
    """Of a row: `set` adds, or changes what is known of the same point, role and start."""

    SET = "set"
    REMOVE = "remove"


ROLES: Mapping[Fuel, frozenset[UserRole]] = {
    Fuel.ELECTRICITY: frozenset(
        (
            UserRole.IMPORT_SUPPLIER,
            UserRole.EXPORT_SUPPLIER,
            UserRole.ELECTRICITY_DISTRIBUTOR,
            UserRole.REGISTERED_SUPPLIER_AGENT,
        )
    ),
    Fuel.GAS: frozenset(
        (UserRole.GAS_SUPPLIER, UserRole.GAS_TRANSPORTER, UserRole.REGISTERED_SUPPLIER_AGENT)
    ),
}
"""In which roles a provider of this fuel registers parties."""

_NUMBERS: Mapping[Fuel, tuple[re.Pattern[str], str]] = {
    Fuel.ELECTRICITY: (re.compile(r"\d{13}"), "an MPAN of 13 digits"),
    Fuel.GAS: (re.compile(r"\d{6,10}"), "an MPRN of 6 to 10 digits"),
}


class RemoteFileNameError(Exception):
    """A file whose name is not that of a registration file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """`sequence` counts the files of one provider and fuel, without a gap."""

    fuel: Fuel
    provider: str
    scope: Scope
    sequence: int

    @classmethod
    def parse(cls, name: str) -> FileName:
        found = _NAME.fullmatch(name)
        if found is None:
            raise RemoteFileNameError(
                f"{name}: expected registration-FUEL-PROVIDER-full|update-NNNNNN.csv"
            )
        fuel, provider, scope, sequence = found.groups()
        return cls(fuel=Fuel(fuel), provider=provider, scope=Scope(scope), sequence=int(sequence))

    @property
    def source(self) -> str:
        return f"{self.fuel}/{self.provider}"

    def __str__(self) -> str:
        return f"registration-{self.fuel}-{self.provider}-{self.scope}-{self.sequence:06}.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    line: int
    action: Action
    point: MeteringPoint


def read_registration(name: FileName, octets: bytes) -> list[Record]:
    """RemoteFileError with all lines and columns that are wrong."""
    seen: set[str] = set()

    def row(cells: Cells) -> Record:
        record = _record(name, cells)
        if record.point.key in seen:
            cells.refuse("start", "each mpxn, role and start once")
        seen.add(record.point.key)
        return record

    return read_rows(str(name), octets, COLUMNS, row)


def _record(name: FileName, cells: Cells) -> Record:
    roles = ROLES[name.fuel]
    action = cells.read("action", Action, " or ".join(Action))
    if name.scope is Scope.FULL and action is not Action.SET:
        cells.refuse("action", f"{Action.SET} in a full file")
    pattern, words = _NUMBERS[name.fuel]
    if pattern.fullmatch(cells["mpxn"]) is None:
        cells.refuse("mpxn", words)
    role = cells.read("role", UserRole, " or ".join(sorted(roles)))
    if role not in roles:
        cells.refuse("role", " or ".join(sorted(roles)))
    start = cells.read("start", _moment, "a time like 2026-03-01T00:00:00Z")
    end = cells.maybe("end", _moment, "a time like 2026-03-01T00:00:00Z, or nothing")
    if end is not None and end <= start:
        cells.refuse("end", f"a time after {cells['start']}")
    return Record(
        line=cells.line,
        action=action,
        point=MeteringPoint(
            mpxn=cells["mpxn"],
            role=role,
            party=cells.read("party", Eui64.from_text, "an EUI-64 like 90-B3-D5-1F-30-01-00-00"),
            start=start,
            end=end,
            source=name.source,
        ),
    )


def _moment(text: str) -> datetime:
    if _MOMENT.fullmatch(text) is None:
        raise ValueError(text)
    return datetime.fromisoformat(text)
