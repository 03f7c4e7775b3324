"""Makes a bench safe when the process that drives it is gone: killed, crashed, or frozen.

    python -m rigs.safety.watchdog RECORD LIMIT_S LEASE...

Reads one octet for every heartbeat from standard input. A runner that ends in order says so
(`END`) and is left alone. When the pipe closes without that, when no heartbeat has come for the
limit, or when somebody terminates this process, it makes every instrument of the leases safe, on
lines of its own, writes that into the leases and as a line into the record, and ends. It holds
the locks of the leases until then, so that nobody takes the bench over in between.

Ctrl-C at a terminal is not for it: the runner hears that too.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rigs.safety.dialogue import SafeDialogue
from rigs.safety.lease import HELD, SAFE, read_record, write_record
from rigs.safety.outcome import SafeOutcome
from rigs.safety.safe_state import make_safe_by_dialogue

BEAT, END = b".", b"e"
READY = b"r"
LIMIT_S = 3.0

RETRY_S = 2.0
RETRIES = 30  # for an instrument that is unreachable just now: a minute, and it is recorded


@dataclass(slots=True)
class _Pulse:
    """What is heard from the runner."""

    limit_s: float
    is_terminated: threading.Event = field(default_factory=threading.Event)

    def end(self) -> str | None:
        """Wait until there is a reason to act, and give it; None where the runner has ended."""
        last = time.monotonic()
        while True:
            if self.is_terminated.is_set():
                return "the watchdog was terminated"
            ready, _, _ = select.select([0], [], [], min(0.1, self.limit_s / 4))
            if not ready:
                if time.monotonic() - last > self.limit_s:
                    return f"no heartbeat for {self.limit_s} s"
                continue
            heard = os.read(0, 4096)
            if END in heard:
                return None
            if not heard:
                return "the runner is gone"
            last = time.monotonic()


def main(arguments: Sequence[str]) -> None:
    record, limit_s, *leases = arguments
    pulse = _Pulse(float(limit_s))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: pulse.is_terminated.set())
    _load_what_serial_lines_need([Path(each) for each in leases])
    os.write(1, READY)
    reason = pulse.end()
    if reason is not None:
        _act(reason, [Path(each) for each in leases], Path(record))


def _act(reason: str, leases: Sequence[Path], record: Path) -> None:
    """Again and again for those that are not safe: they may be reachable later."""
    waiting = [path for path in leases if _is_held(path)]
    # The runner hears from this that the bench is no longer its own.
    os.close(0)
    for _ in range(RETRIES):
        waiting = _round(reason, waiting, record)
        if not waiting:
            return
        time.sleep(RETRY_S)


def _round(reason: str, leases: Sequence[Path], record: Path) -> list[Path]:
    if not leases:
        return []
    with ThreadPoolExecutor(max_workers=len(leases)) as pool:
        outcomes = list(pool.map(_make_safe, leases))
    for path, outcome in zip(leases, outcomes, strict=True):
        state = SAFE if outcome.is_safe else HELD
        done = {"state": state, "outcome": outcome.to_json(), "watchdog": reason}
        write_record(path, {**read_record(path), **done})
    _note(record, reason, outcomes)
    return [path for path, each in zip(leases, outcomes, strict=True) if not each.is_safe]


def _is_held(lease: Path) -> bool:
    record = read_record(lease)
    return record.get("state") == HELD and record.get("dialogue") is not None


def _make_safe(lease: Path) -> SafeOutcome:
    record = read_record(lease)
    return make_safe_by_dialogue(record["name"], SafeDialogue.from_json(record["dialogue"]))


def _note(record: Path, reason: str, outcomes: Sequence[SafeOutcome]) -> None:
    line = {
        "at": datetime.now(UTC).isoformat(),
        "reason": reason,
        "outcomes": [each.to_json() for each in outcomes],
    }
    with record.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def _load_what_serial_lines_need(leases: Sequence[Path]) -> None:
    if any("ASRL" in str(read_record(path).get("address", "")).upper() for path in leases):
        import serial  # noqa: F401 - while there is time


if __name__ == "__main__":
    main(sys.argv[1:])
