"""Devices that were in the hub's log, with the hash of the key they had (CCS07).

It lets a device that comes back in with the key it had (GBCS digest 10.4).
"""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.device_log import LogEntry

CAPACITY = 15
"""One description says 15 entries, the published table has room for 16 (C-015)."""


class HistoricLog:
    """Oldest first. A device has one entry, which its last removal updates."""

    def __init__(self) -> None:
        self._hashes: dict[Eui64, bytes] = {}
        self.capacity = CAPACITY

    @property
    def entries(self) -> tuple[tuple[Eui64, bytes], ...]:
        """Devices with the hashes of their keys."""
        return tuple(self._hashes.items())

    def find(self, device_id: Eui64) -> bytes | None:
        return self._hashes.get(device_id)

    def keep(self, entry: LogEntry) -> None:
        """Nothing of a device that had no key, and nothing of a terminal (T-104)."""
        if entry.is_hand_held or not entry.key_hash:
            return
        self._hashes[entry.device_id] = entry.key_hash
        while len(self._hashes) > self.capacity:
            del self._hashes[next(iter(self._hashes))]
