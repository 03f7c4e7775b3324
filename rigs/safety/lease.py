"""Who drives an instrument, and what makes it safe: a file for each instrument, with a lock.

The lock is the system's: it is dropped when the last process that holds it dies, and the
watchdog of a run holds it together with the runner. So a lock that can be had means that nobody
drives the instrument any more, and a record that was not closed means that whoever did is gone
without making it safe; the next one does that first.

Leases are kept on this machine, for this user: two machines that reach the same instrument over
a network do not see each other's.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from assay.verdicts import BenchFault, BenchLost
from rigs.safety.dialogue import SafeDialogue
from rigs.safety.outcome import SafeOutcome
from rigs.safety.safe_state import make_safe_by_dialogue

PATIENCE_S = 5.0  # what the watchdog of a dead runner may take before the next one gives up
PATIENCE_WITH_THE_LIVING_S = 0.5
STALE_PATIENCE_S, STALE_ATTEMPT_S = 3.0, 1.0
_POLL_S = 0.05

HELD, SAFE = "held", "safe"


def default_folder() -> Path:
    """Where this user's programs keep what outlives them (XDG base directories)."""
    root = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(root) / "assay" / "leases"


@dataclass(slots=True)
class Lease:
    """One instrument, held by this process and its watchdog."""

    name: str
    address: str
    path: Path
    _lock: IO[str]
    _began: datetime = field(default_factory=lambda: datetime.now(UTC))
    dialogue: SafeDialogue | None = None

    @classmethod
    def take(
        cls, folder: Path, name: str, address: str, *, patience_s: float = PATIENCE_S
    ) -> Lease:
        """BenchFault if somebody else drives it; BenchLost if it was left unsafe and still is."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.json"
        lock = path.with_suffix(".lock").open("a")
        try:
            _wait_for(lock, path, address, patience_s)
            lease = cls(name, address, path, lock)
            lease._recover()
            lease.hold(None)
        except BaseException:  # an interrupt must not leave the instrument locked
            lock.close()
            raise
        return lease

    def descriptor(self) -> int:
        """Of the lock, for a child that is to hold it as well."""
        return self._lock.fileno()

    def hold(self, dialogue: SafeDialogue | None) -> None:
        """From now on it may be live; this is what makes it safe."""
        self.dialogue = dialogue
        self._write(HELD)

    def release(self, outcome: SafeOutcome) -> None:
        """Let others have it. Left as held, thus to be made safe first, if it is not safe."""
        self._write(SAFE if outcome.is_safe else HELD, outcome=outcome.to_json())
        self.close()

    def close(self) -> None:
        """Without a word: it stays as it was written last."""
        self._lock.close()

    def _recover(self) -> None:
        record = read_record(self.path)
        if record.get("state") != HELD or record.get("dialogue") is None:
            return
        dialogue = SafeDialogue.from_json(record["dialogue"])
        outcome = make_safe_by_dialogue(
            self.name, dialogue, patience_s=STALE_PATIENCE_S, attempt_s=STALE_ATTEMPT_S
        )
        if not outcome.is_safe:
            raise BenchLost(
                f"{_holder(record)} left {self.address} without making it safe, "
                f"and now {outcome.words}"
            )
        self._write(SAFE, outcome=outcome.to_json(), after=_holder(record))

    def _write(self, state: str, **more: Any) -> None:
        write_record(
            self.path,
            {
                "name": self.name,
                "address": self.address,
                "state": state,
                "process": os.getpid(),
                "since": self._began.isoformat(),
                "dialogue": None if self.dialogue is None else self.dialogue.to_json(),
                **more,
            },
        )


def read_record(path: Path) -> Mapping[str, Any]:
    """What the lease says; nothing where there was none yet."""
    try:
        record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return record


def write_record(path: Path, record: Mapping[str, Any]) -> None:
    """All of it or nothing: whoever reads it may have to act on it."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def _wait_for(lock: IO[str], path: Path, address: str, patience_s: float) -> None:
    began = time.monotonic()
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            record = read_record(path)
            is_living = _is_living(record.get("process"))
            limit_s = min(patience_s, PATIENCE_WITH_THE_LIVING_S) if is_living else patience_s
            if time.monotonic() > began + limit_s:
                raise BenchFault(f"{address}: another run drives it: {_holder(record)}") from None
            time.sleep(_POLL_S)
        else:
            return


def _is_living(process: object) -> bool:
    if not isinstance(process, int):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True


def _holder(record: Mapping[str, Any]) -> str:
    return f"process {record.get('process', 'unknown')} since {record.get('since', 'unknown')}"
