"""When a hub lets devices in: for a time, on demand, those in its log, by install code."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.device_log import DeviceLog, LogEntry
from rigs.devices.hub.link_key import SIZE


class Joining:
    """`timeout` counts from the moment joining is allowed. `is_proven` compares install codes."""

    def __init__(self, log: DeviceLog, now: Callable[[], datetime]) -> None:
        self._log = log
        self._now = now
        self._open_until: datetime | None = None
        self.timeout = timedelta(0)
        self.is_proven: Callable[[LogEntry, bytes], bool] = _same_install_code
        self.on_open: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        return self._open_until is not None and self._now() <= self._open_until

    def allow(self, allowed: bool) -> None:
        self._open_until = self._now() + self.timeout if allowed else None
        if allowed:
            for callback in self.on_open:
                callback()

    def admit(self, device_id: Eui64, install_code: bytes) -> bytes | None:
        """A fresh link key for a device that may join now."""
        entry = self._log.find(device_id)
        if entry is None or not self.is_open or not self.is_proven(entry, install_code):
            return None
        link_key = secrets.token_bytes(SIZE)
        self._log.set_link_key(device_id, link_key)
        return link_key


def _same_install_code(entry: LogEntry, install_code: bytes) -> bool:
    return secrets.compare_digest(entry.install_code, install_code)
