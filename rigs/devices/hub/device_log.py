"""The hub's device log: who may be on its network, and with which key (CHTS 4.6.2.1).

The log has one capacity for all types: the published numbers of links per type (C-016) are what a
hub must at least hold, and the commands of the DCC do not say what type a device is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.link_key import aes_mmo

CAPACITY = 16


@dataclass(slots=True, kw_only=True)
class LogEntry:
    """One device. `link_key` is None until it has joined.

    `restored_hash`: what a hub that takes over from another knows of the key that the device had
    there. `is_hand_held`: an installer's terminal, of which no key is ever kept.
    """

    device_id: Eui64
    install_code: bytes
    device_type: int
    link_key: bytes | None = None
    restored_hash: bytes = b""
    is_hand_held: bool = False

    @property
    def key_hash(self) -> bytes:
        """Empty for a device that never had a link key (C-002)."""
        return aes_mmo(self.link_key) if self.link_key is not None else self.restored_hash


class DeviceLogFullError(Exception):
    """There is no room for one more device."""


class DeviceLog:
    """In order of adding. `on_change`: an entry came, went, or has another key (CS14);
    `on_removal` is called with each entry that went, before that.
    """

    def __init__(self) -> None:
        self._entries: dict[Eui64, LogEntry] = {}
        self.capacity = CAPACITY
        self.on_change: list[Callable[[], None]] = []
        self.on_removal: list[Callable[[LogEntry], None]] = []

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        return tuple(self._entries.values())

    def find(self, device_id: Eui64) -> LogEntry | None:
        return self._entries.get(device_id)

    def find_or_fail(self, device_id: Eui64) -> LogEntry:
        """KeyError for a device that is not in the log."""
        return self._entries[device_id]

    def add(self, entry: LogEntry) -> None:
        """A device that is in the log already keeps what it has (GBCS digest 10.4)."""
        if entry.device_id in self._entries:
            return
        if len(self._entries) >= self.capacity:
            raise DeviceLogFullError(f"{entry.device_id}: the log holds {self.capacity} devices")
        self._entries[entry.device_id] = entry
        self._changed()

    def remove(self, device_id: Eui64) -> bool:
        """False for a device that is not in the log."""
        entry = self._entries.pop(device_id, None)
        if entry is None:
            return False
        for callback in self.on_removal:
            callback(entry)
        self._changed()
        return True

    def restore(self, entries: Iterable[LogEntry]) -> None:
        """All at once, in place of what is there; one change. A device that is there already with
        the key that is restored stays as it is."""
        restored = {entry.device_id: self._kept(entry) or entry for entry in entries}
        if len(restored) > self.capacity:
            raise DeviceLogFullError(f"{len(restored)} devices: the log holds {self.capacity}")
        self._entries = restored
        self._changed()

    def _kept(self, entry: LogEntry) -> LogEntry | None:
        own = self._entries.get(entry.device_id)
        return own if own is not None and own.key_hash == entry.restored_hash else None

    def set_link_key(self, device_id: Eui64, link_key: bytes) -> None:
        self._entries[device_id].link_key = link_key
        self._changed()

    def _changed(self) -> None:
        for callback in self.on_change:
            callback()
