"""The ledger of one run: SQLite in the run folder, written by the runner alone.

An attempt is in the ledger before its scenario starts and closed after its evidence is stored,
so whatever is killed, the ledger says what ran, what was running and what never started. The
number of an attempt is its fencing token: one that was overtaken has no say any more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from assay.campaigns.scenario import Attempt, Outcome, Scenario
from assay.verdicts import Verdict, of_attempts

FILE_NAME = "ledger.db"

_TABLES = """
CREATE TABLE IF NOT EXISTS run (
    id        TEXT PRIMARY KEY,
    begun     TEXT NOT NULL,
    ended     TEXT,
    verdict   TEXT,
    exit_code INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS scenario (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    record   TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS attempt (
    scenario TEXT NOT NULL REFERENCES scenario (id),
    number   INTEGER NOT NULL,
    job      INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    begun    TEXT NOT NULL,
    ended    TEXT,
    verdict  TEXT,
    outcome  TEXT,
    PRIMARY KEY (scenario, number)
) STRICT;
"""

OVERTAKEN = "overtaken by a later attempt: what it says is no evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """The run itself; `ended`, `verdict` and `exit_code` once it is over."""

    id: str
    begun: datetime
    ended: datetime | None
    verdict: Verdict | None
    exit_code: int | None


def evidence_folder(scenario: str, number: int) -> str:
    """Where the evidence of an attempt is, relative to the run folder."""
    return f"evidence/{scenario}/{number}"


class Ledger:
    """Open it with `with`. Every write is one transaction that is on disk when it returns."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        path = folder / FILE_NAME
        if read_only and not path.is_file():
            raise FileNotFoundError(f"{folder}: expected a run folder with {FILE_NAME}")
        mode = "ro" if read_only else "rwc"
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
        self._db.isolation_level = None  # transactions are opened where they are needed
        if read_only:
            return
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()  # the last connection folds the write-ahead log into the file

    def begin_run(self, run: str, at: datetime) -> None:
        with self._write():
            self._db.execute("INSERT INTO run (id, begun) VALUES (?, ?)", (run, _text(at)))

    def end_run(self, verdict: Verdict, exit_code: int, at: datetime) -> None:
        with self._write():
            self._db.execute(
                "UPDATE run SET ended = ?, verdict = ?, exit_code = ?",
                (_text(at), verdict.words, exit_code),
            )
        # One plain file from now on, readable from read-only media too. A reader may be in the
        # way; then the write-ahead log stays beside it, which is as good here.
        with suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA journal_mode = DELETE")

    def register(self, scenarios: Iterable[Scenario]) -> None:
        """Enter the chosen scenarios, in the order in which they are to run."""
        rows = [
            (each.id, position, json.dumps(each.to_json()))
            for position, each in enumerate(scenarios)
        ]
        with self._write():
            self._db.executemany("INSERT INTO scenario VALUES (?, ?, ?)", rows)

    def begin(self, scenario: str, job: int, at: datetime) -> int:
        """Open an attempt and return its number. KeyError for a scenario not registered."""
        with self._write():
            known = self._db.execute("SELECT 1 FROM scenario WHERE id = ?", (scenario,))
            if known.fetchone() is None:
                raise KeyError(scenario)
            (newest,) = self._db.execute(
                "SELECT coalesce(MAX(number), 0) FROM attempt WHERE scenario = ?", (scenario,)
            ).fetchone()
            number: int = newest + 1
            self._db.execute(
                "INSERT INTO attempt (scenario, number, job, evidence, begun)"
                " VALUES (?, ?, ?, ?, ?)",
                (scenario, number, job, evidence_folder(scenario, number), _text(at)),
            )
        return number

    def finish(self, scenario: str, number: int, outcome: Outcome, at: datetime) -> bool:
        """Close an attempt. Return whether it counts.

        One that has been overtaken lost its bench, so nothing it says is evidence: it stays on
        record as inconclusive. ValueError for an attempt that is not open.
        """
        with self._write():
            (newest,) = self._db.execute(
                "SELECT MAX(number) FROM attempt WHERE scenario = ?", (scenario,)
            ).fetchone()
            counts: bool = number == newest
            kept = outcome if counts else Outcome(verdict=Verdict.INCONCLUSIVE, message=OVERTAKEN)
            closed = self._db.execute(
                "UPDATE attempt SET ended = ?, verdict = ?, outcome = ?"
                " WHERE scenario = ? AND number = ? AND verdict IS NULL",
                (_text(at), kept.verdict.words, json.dumps(kept.to_json()), scenario, number),
            )
            if closed.rowcount != 1:
                raise ValueError(f"{scenario} has no open attempt {number}")
        return counts

    def abandon(self, job: int, reason: str, at: datetime) -> list[tuple[str, int]]:
        """Close every open attempt of a job as INCONCLUSIVE: the job is gone. Return which."""
        left = self._db.execute(
            "SELECT scenario, number FROM attempt WHERE verdict IS NULL AND job = ? ORDER BY begun",
            (job,),
        ).fetchall()
        outcome = Outcome(verdict=Verdict.INCONCLUSIVE, message=reason)
        for scenario, number in left:
            self.finish(scenario, number, outcome, at)
        return [(scenario, number) for scenario, number in left]

    def run(self) -> RunRecord:
        row = self._db.execute("SELECT id, begun, ended, verdict, exit_code FROM run").fetchone()
        if row is None:
            raise ValueError("the ledger holds no run")
        identifier, begun, ended, verdict, exit_code = row
        return RunRecord(
            id=identifier,
            begun=datetime.fromisoformat(begun),
            ended=None if ended is None else datetime.fromisoformat(ended),
            verdict=None if verdict is None else Verdict.from_words(verdict),
            exit_code=exit_code,
        )

    def scenarios(self) -> list[Scenario]:
        rows = self._db.execute("SELECT record FROM scenario ORDER BY position")
        return [Scenario.from_json(json.loads(record)) for (record,) in rows]

    def attempts(self, scenario: str) -> list[Attempt]:
        return list(self.all_attempts().get(scenario, []))

    def all_attempts(self) -> Mapping[str, list[Attempt]]:
        """The attempts of every scenario that has any, oldest first."""
        rows = self._db.execute(
            "SELECT scenario, number, job, begun, ended, outcome FROM attempt"
            " ORDER BY scenario, number"
        )
        found: dict[str, list[Attempt]] = {}
        for scenario, number, job, begun, ended, outcome in rows:
            attempt = Attempt(
                number=number,
                job=job,
                begun=datetime.fromisoformat(begun),
                ended=None if ended is None else datetime.fromisoformat(ended),
                outcome=None if outcome is None else Outcome.from_json(json.loads(outcome)),
            )
            found.setdefault(scenario, []).append(attempt)
        return found

    def verdict(self, scenario: str) -> Verdict:
        """NOT RUN without an attempt; an open attempt counts as INCONCLUSIVE."""
        return of_attempts([each.verdict for each in self.attempts(scenario)])

    @contextmanager
    def _write(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:  # an interrupt leaves no half of a write either
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _text(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"the ledger's times have a zone, got {at.isoformat()}")
    return at.isoformat(timespec="microseconds")
