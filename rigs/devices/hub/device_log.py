"""The hub's device log: who may be on its network, and with which key (CHTS 4.6.2.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64

CAPACITY = 16


@dataclass(slots=True, kw_only=True)
class LogEntry:
    """One device. `link_key` is None until it has joined."""

    device_id: Eui64
    install_code: bytes
    device_type: int
    link_key: bytes | None = None


class DeviceLogFullError(Exception):
    """There is no room for one more device."""


class DeviceLog:
    """In order of adding. `on_change`: an entry came, went, or has another key (CS14)."""

    def __init__(self) -> None:
        self._entries: dict[Eui64, LogEntry] = {}
        self.on_change: list[Callable[[], None]] = []

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        return tuple(self._entries.values())

    def find(self, device_id: Eui64) -> LogEntry | None:
        return self._entries.get(device_id)

    def add(self, entry: LogEntry) -> None:
        """A device that is in the log already keeps what it has (GBCS digest 10.4)."""
        if entry.device_id in self._entries:
            return
        if len(self._entries) >= CAPACITY:
            raise DeviceLogFullError(f"{entry.device_id}: the log holds {CAPACITY} devices")
        self._entries[entry.device_id] = entry
        self._changed()

    def remove(self, device_id: Eui64) -> bool:
        """False for a device that is not in the log."""
        if self._entries.pop(device_id, None) is None:
            return False
        self._changed()
        return True

    def set_link_key(self, device_id: Eui64, link_key: bytes) -> None:
        self._entries[device_id].link_key = link_key
        self._changed()

    def _changed(self) -> None:
        for callback in self.on_change:
            callback()
