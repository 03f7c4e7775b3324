"""The structured log: each audit entry as one line of JSON, appended to a file as it happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from assay.dcc.audit import AuditEntry
from assay.dcc.audit_query import to_json

MAX_SIZE = 1 << 28


class AuditLog:
    """A listener of `Audit`. A file that has grown to `max_size` octets is put aside under its
    name with `.1`, in the place of the one before."""

    def __init__(self, path: Path, *, max_size: int = MAX_SIZE) -> None:
        self._path = path
        self._max_size = max_size
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._open()

    def __call__(self, entry: AuditEntry) -> None:
        if self._file.tell() >= self._max_size:
            self._file.close()
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
            self._file = self._open()
        self._file.write(json.dumps(to_json(entry), separators=(",", ":")) + "\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def _open(self) -> TextIO:
        return self._path.open("a", encoding="utf-8")
