"""The counter that a DCC party uses next at the prompt, kept between calls.

One small JSON file in the user's state folder, a counter per party; strictly rising, as an
originator's counter must be (GBCS digest 9.2). Written aside and renamed, under a lock.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError

_FILE = "dcc-counters.json"


def state_folder() -> Path:
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "assay"


def next_counter(party: Eui64, folder: Path | None = None) -> int:
    """Take the next counter of a party; PlanError where the store cannot be read or written."""
    place = folder if folder is not None else state_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with (place / f"{_FILE}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _take(place / _FILE, party.hyphenated)
    except (OSError, ValueError) as error:
        raise PlanError(f"{place / _FILE}: {error}; give --dcc-counter instead") from error


def _take(path: Path, party: str) -> int:
    counters: dict[str, int] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    taken = counters.get(party, 0) + 1
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps({**counters, party: taken}, indent=1) + "\n", "utf-8")
    aside.replace(path)
    return taken
