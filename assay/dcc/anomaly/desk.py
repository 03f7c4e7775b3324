"""The out-of-band channel as folders: signed files in, an answer to each, notices out.

Below `folder`: `inbox` takes a file and its `.sig`; `responses` has one answer for each; `done`
and `refused` keep what was read; `notices` has one file for each warning and each communication
that is held. A User brings its own thresholds and decisions; the DCC itself, under the EUI-64 of
the access control broker, brings those over all Users and the limits of values.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from assay.clock import Clock, Timer
from assay.dcc.anomaly.detection import Detection, UnknownEventError
from assay.dcc.anomaly.files import (
    Decision,
    Kind,
    read_decisions,
    read_limits,
    read_thresholds,
)
from assay.dcc.anomaly.quarantine import Quarantined, Warned
from assay.dcc.anomaly.thresholds import ANY
from assay.dcc.audit import Audit, Direction
from assay.dcc.pki.file_signing import SUFFIX, RemoteFileSignatureError
from assay.dcc.store import BookForm, Store
from assay.dcc.strict_csv import CellError, RemoteFileError, write_rows
from assay.gbcs.identifiers import Eui64

RESPONSE_COLUMNS = ("outcome", "line", "column", "detail")
NOTICE_COLUMNS = (
    "notice",
    "event",
    "user",
    "communication",
    "subject",
    "message_id",
    "reason",
    "detail",
    "at",
)
FOLDERS = ("inbox", "responses", "done", "refused", "notices")
INBOX_INTERVAL = timedelta(minutes=1)
_NAME = re.compile(r"(thresholds|limits|quarantine)-[A-Za-z0-9.-]{1,80}\.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedFile:
    """`digest` is of the signer and the content; `detail` what the file came to."""

    name: str
    digest: bytes
    detail: str


DECIDED_FILES: BookForm[DecidedFile] = BookForm(
    name="decided_file", record=DecidedFile, key=lambda file: file.name, parts=(DecidedFile,)
)


class Signers(Protocol):
    """Who may sign files (`pki.file_signing.FileSigners`)."""

    def verify(self, name: str, octets: bytes, signature: bytes) -> Eui64: ...


class RemoteFileRightError(Exception):
    """A file that its signer may not bring, or whose name says nothing."""


@dataclass(slots=True, kw_only=True)
class OutOfBandDesk:
    """Looks into the inbox every `interval`. All calls on the loop's thread."""

    folder: Path
    clock: Clock
    store: Store
    detection: Detection
    signers: Signers
    broker: Eui64
    is_user: Callable[[Eui64], bool]
    audit: Audit
    interval: timedelta = INBOX_INTERVAL
    _timer: Timer | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.detection.listeners.append(self._hear)

    def start(self) -> None:
        """A notice that an earlier run had no time to write is written now."""
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for held in self.detection.quarantine.find():
            if not (self.folder / "notices" / _notice_name(held)).exists():
                self._notify(held)
        self._wait()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def run(self) -> None:
        """All files of the inbox that have their signature beside them, by name."""
        for path in sorted((self.folder / "inbox").glob("*.csv")):
            if self._signature_of(path).exists():
                self._receive(path)

    def receive(self, name: str, octets: bytes, signature: bytes) -> str:
        """All of a file or nothing; in words what it came to.

        Raises:
            RemoteFileSignatureError: signed by nobody who may.
            RemoteFileRightError: not the signer's to bring.
            RemoteFileError: with lines that are wrong.
        """
        signer = self.signers.verify(name, octets, signature)
        found = _NAME.fullmatch(name)
        if found is None:
            raise RemoteFileRightError(f"{name}: expected {'-, '.join(Kind)}- and a name, .csv")
        if signer != self.broker and not self.is_user(signer):
            raise RemoteFileRightError(f"{name}: {signer} is no user")
        with self.store.transaction():
            return _READERS[Kind(found[1])](self, name, octets, signer)

    def _wait(self) -> None:
        self._timer = self.clock.call_later(self.interval, self._turn)

    def _turn(self) -> None:
        self._wait()
        self.run()

    def _signature_of(self, path: Path) -> Path:
        return path.with_name(path.name + SUFFIX)

    def _receive(self, path: Path) -> None:
        signature = self._signature_of(path).read_bytes()
        try:
            detail = self.receive(path.name, path.read_bytes(), signature)
        except (RemoteFileSignatureError, RemoteFileRightError) as error:
            self._answer(path, "refused", [("refused", "", "", str(error))])
        except RemoteFileError as error:
            rows = [
                ("refused", str(e.line or ""), e.column, f"expected {e.expected}, seen {e.seen}")
                for e in error.errors
            ]
            self._answer(path, "refused", rows)
        else:
            self._answer(path, "done", [("accepted", "", "", detail)])

    def _answer(self, path: Path, place: str, rows: Sequence[tuple[str, ...]]) -> None:
        octets = write_rows(RESPONSE_COLUMNS, rows)
        (self.folder / "responses" / f"{path.stem}.response.csv").write_bytes(octets)
        for one in (path, self._signature_of(path)):
            one.replace(self.folder / place / one.name)
        outcome, *_, detail = rows[0]
        self.audit.record(
            Direction.INSIDE, "out-of-band file", note=f"{path.name}: {outcome}: {detail}"
        )

    def _thresholds(self, name: str, octets: bytes, signer: Eui64) -> str:
        owner = None if signer == self.broker else signer
        thresholds = read_thresholds(name, octets, owner)
        self.detection.counting.replace_all(owner, thresholds)
        return f"{len(thresholds)} thresholds in force"

    def _limits(self, name: str, octets: bytes, signer: Eui64) -> str:
        if signer != self.broker:
            raise RemoteFileRightError(f"{name}: limits of values are the DCC's to bring")
        limits = read_limits(name, octets)
        self.detection.set_limits(limits)
        return f"{len(limits)} limits in force"

    def _decisions(self, name: str, octets: bytes, signer: Eui64) -> str:
        """A file that was carried out and is seen again, after a crash, is answered again."""
        book = self.store.book(DECIDED_FILES)
        digest = hashlib.sha256(signer + octets).digest()
        before = book.get(name)
        if before is not None and before.digest == digest:
            return before.detail
        detail = self._decide(name, octets, signer)
        book.put(DecidedFile(name=name, digest=digest, detail=detail))
        return detail

    def _decide(self, name: str, octets: bytes, signer: Eui64) -> str:
        decisions = read_decisions(name, octets)
        errors = []
        for decided in decisions:
            try:
                self.detection.find(decided.event, signer)
            except UnknownEventError:
                errors.append(
                    CellError(
                        line=decided.line,
                        column="event",
                        expected="an event of this user that is held",
                        seen=str(decided.event),
                    )
                )
        if errors:
            raise RemoteFileError(name, errors)
        for decided in decisions:
            if decided.decision is Decision.RELEASE:
                self.detection.release(decided.event, signer)
            else:
                self.detection.delete(decided.event, signer)
        released = sum(one.decision is Decision.RELEASE for one in decisions)
        return f"{released} released, {len(decisions) - released} deleted"

    def _hear(self, event: Quarantined | Warned) -> None:
        """Written once it is certain that the transaction stands."""
        self.store.after_commit(lambda: self._notify(event))

    def _notify(self, event: Quarantined | Warned) -> None:
        octets = write_rows(NOTICE_COLUMNS, [tuple(_notice(event))])
        (self.folder / "notices" / _notice_name(event)).write_bytes(octets)


def _notice_name(event: Quarantined | Warned) -> str:
    """One for each event; of a warning, one for each period."""
    if isinstance(event, Quarantined):
        return f"quarantine-{event.user.hyphenated}-{event.event:06}.csv"
    owner = event.owner.hyphenated if event.owner is not None else "DCC"
    subject = event.subject if event.subject != ANY else "any"
    since = event.since.strftime("%Y%m%dT%H%M%S")
    return f"warning-{owner}-{event.communication}-{subject}-{since}.csv"


def _notice(event: Quarantined | Warned) -> Iterator[str]:
    if isinstance(event, Warned):
        user = event.owner.hyphenated if event.owner is not None else "DCC"
        yield from ("warning", "", user, event.communication, event.subject, "", "")
        yield f"more than {event.level} since {event.since.isoformat()}"
        yield event.at.isoformat()
        return
    yield from ("quarantine", str(event.event), event.user.hyphenated)
    yield from (event.communication, event.subject, str(event.message_id))
    yield from (event.breach, event.detail, event.since.isoformat())


_READERS: Mapping[Kind, Callable[[OutOfBandDesk, str, bytes, Eui64], str]] = {
    Kind.THRESHOLDS: OutOfBandDesk._thresholds,
    Kind.LIMITS: OutOfBandDesk._limits,
    Kind.QUARANTINE: OutOfBandDesk._decisions,
}
