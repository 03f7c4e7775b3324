"""Where registration data providers put their files: loaded once a day, each answered by a file.

Below `folder`: `inbox` takes files; `responses` has one answer for each; `done` and `refused`
keep what was read; `status` is what the DCC tells the providers of the points' devices. Whoever
carries files over a network writes to `inbox` under another name first and renames.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from assay.clock import Clock, Timer
from assay.dcc.audit import Audit, Direction
from assay.dcc.inventory import DeviceStatus, Inventory
from assay.dcc.registration import MeteringPoint, Registration
from assay.dcc.registration_files import (
    Action,
    FileName,
    Record,
    RemoteFileNameError,
    Scope,
    read_registration,
)
from assay.dcc.registration_watch import RegistrationWatch
from assay.dcc.store import BookForm, Store
from assay.dcc.strict_csv import CellError, RemoteFileError, write_rows

RESPONSE_COLUMNS = ("outcome", "line", "column", "detail")
STATUS_COLUMNS = ("mpxn", "status")
ENROLLED, SUSPENDED, WITHDRAWN = "Enrolled", "Suspended", "Withdrawn"

STATUS_FLAGS: Mapping[DeviceStatus, str] = {
    DeviceStatus.INSTALLED_NOT_COMMISSIONED: ENROLLED,
    DeviceStatus.COMMISSIONED: ENROLLED,
    DeviceStatus.RECOVERY: ENROLLED,
    DeviceStatus.RECOVERED: ENROLLED,
    DeviceStatus.SUSPENDED: SUSPENDED,
    DeviceStatus.DECOMMISSIONED: WITHDRAWN,
    DeviceStatus.WITHDRAWN: WITHDRAWN,
}
"""The flag of a metering point by the status of its meter (inferred; MP077 proposes others)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFile:
    """The last file of a provider. `digest` knows it again if it is read twice."""

    source: str
    sequence: int
    digest: bytes


LOADED_FILES: BookForm[LoadedFile] = BookForm(
    name="registration_file", record=LoadedFile, key=lambda file: file.source, parts=(LoadedFile,)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a file came to: counts of records, and changes of party in force at once."""

    set: int = 0
    removed: int = 0
    in_force: int = 0

    def __str__(self) -> str:
        return f"{self.set} set, {self.removed} removed, {self.in_force} changes in force"


@dataclass(slots=True, kw_only=True)
class RegistrationDesk:
    """`at` is the time of the daily run, UTC. All calls on the loop's thread."""

    folder: Path
    clock: Clock
    store: Store
    registration: Registration
    watch: RegistrationWatch
    inventory: Inventory
    audit: Audit
    at: time
    flags: Mapping[DeviceStatus, str] = field(default_factory=lambda: STATUS_FLAGS)
    _timer: Timer | None = field(default=None, init=False)

    def start(self) -> None:
        for name in ("inbox", "responses", "done", "refused", "status"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._expect_next_run()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def run(self) -> None:
        """Read all that is in the inbox, each provider's files in their order."""
        for path in sorted((self.folder / "inbox").glob("*.csv"), key=_order):
            self._receive(path)
        self._tell_statuses()

    def _expect_next_run(self) -> None:
        now = self.clock.now()
        due = datetime.combine(now.date(), self.at, tzinfo=now.tzinfo)
        self._timer = self.clock.call_at(
            due if due > now else due + timedelta(days=1), self._daily_run
        )

    def _daily_run(self) -> None:
        self._expect_next_run()
        self.run()

    def _receive(self, path: Path) -> None:
        try:
            loaded = self.load(path.name, path.read_bytes())
        except RemoteFileNameError as error:
            self._answer(path, "refused", [("refused", "", "", str(error))])
        except RemoteFileError as error:
            rows = [
                ("refused", str(e.line or ""), e.column, f"expected {e.expected}, seen {e.seen}")
                for e in error.errors
            ]
            self._answer(path, "refused", rows)
        else:
            self._answer(path, "done", [("accepted", "", "", str(loaded))])

    def load(self, file_name: str, octets: bytes) -> Loaded:
        """All of a file or nothing.

        Raises:
            RemoteFileNameError: the name says no provider, fuel, scope and sequence.
            RemoteFileError: out of order, or with lines that are wrong.
        """
        name = FileName.parse(file_name)
        digest = hashlib.sha256(octets).digest()
        with self.store.transaction():
            files = self.store.book(LOADED_FILES)
            last = files.get(name.source)
            if last is not None and (last.sequence, last.digest) == (name.sequence, digest):
                return Loaded()
            self._check_sequence(name, last)
            records = read_registration(name, octets)
            added, removed = self._differences(name, records)
            changes = self.watch.apply(removed=removed, added=added)
            files.put(LoadedFile(source=name.source, sequence=name.sequence, digest=digest))
        return Loaded(set=len(added), removed=len(removed), in_force=len(changes))

    def _check_sequence(self, name: FileName, last: LoadedFile | None) -> None:
        """A full file may follow on anything older, an update only on the file before it."""
        seen = f"{name.sequence}"
        if last is None:
            if name.scope is Scope.UPDATE:
                raise _refused(name, "a full file as the first", f"update {seen}")
            return
        is_next = name.sequence == last.sequence + 1
        if not is_next and (name.scope is Scope.UPDATE or name.sequence <= last.sequence):
            raise _refused(name, f"sequence {last.sequence + 1}", seen)

    def _differences(
        self, name: FileName, records: list[Record]
    ) -> tuple[list[MeteringPoint], list[MeteringPoint]]:
        """What to put in and what to take out; points that stay as they are are left alone."""
        errors = list(self._contradictions(name, records))
        if errors:
            raise RemoteFileError(str(name), errors)
        added, removed = [], []
        for record in records:
            known = self.registration.book.get(record.point.key)
            if record.action is Action.REMOVE:
                removed.append(record.point)
            elif known is None or not known.says_the_same_as(record.point):
                added.append(record.point)
        if name.scope is Scope.FULL:
            kept = {record.point.key for record in records}
            points = self.registration.points_of(name.source)
            removed += [point for point in points if point.key not in kept]
        return added, removed

    def _contradictions(self, name: FileName, records: Iterable[Record]) -> Iterator[CellError]:
        for record in records:
            known = self.registration.book.get(record.point.key)
            source = known.source if known is not None else None
            if source is not None and source != name.source:
                yield CellError(
                    line=record.line,
                    column="mpxn",
                    expected="a point of this provider",
                    seen=f"{record.point.mpxn} of {source}",
                )
            if record.action is Action.REMOVE and known is None:
                yield CellError(
                    line=record.line, column="start", expected="a known record", seen="none"
                )

    def _answer(self, path: Path, place: str, rows: Sequence[tuple[str, ...]]) -> None:
        """The answer first: a file that is seen again after a crash is answered again."""
        octets = write_rows(RESPONSE_COLUMNS, rows)
        (self.folder / "responses" / f"{path.stem}.response.csv").write_bytes(octets)
        path.replace(self.folder / place / path.name)
        outcome, *_, detail = rows[0]
        self.audit.record(
            Direction.INSIDE, "registration file", note=f"{path.name}: {outcome}: {detail}"
        )

    def _tell_statuses(self) -> None:
        """One file for each provider: the flag of each metering point that has a meter."""
        day = self.clock.now().strftime("%Y%m%d")
        for file in self.store.book(LOADED_FILES).find():
            numbers = dict.fromkeys(p.mpxn for p in self.registration.points_of(file.source))
            flagged = ((mpxn, self._flag(mpxn)) for mpxn in numbers)
            rows = [(mpxn, flag) for mpxn, flag in flagged if flag is not None]
            name = f"status-{file.source.replace('/', '-')}-{day}.csv"
            (self.folder / "status" / name).write_bytes(write_rows(STATUS_COLUMNS, rows))

    def _flag(self, mpxn: str) -> str | None:
        statuses = (d.status for d in self.inventory.at_number(mpxn) if d.is_meter)
        flags = [self.flags[one] for one in statuses if one is not None and one in self.flags]
        return flags[-1] if flags else None


def _order(path: Path) -> tuple[str, int, str]:
    try:
        name = FileName.parse(path.name)
    except RemoteFileNameError:
        return "", 0, path.name
    return name.source, name.sequence, path.name


def _refused(name: FileName, expected: str, seen: str) -> RemoteFileError:
    return RemoteFileError(str(name), [CellError(line=0, column="", expected=expected, seen=seen)])
