"""When a hub lets devices in: for a time, on demand, those in its log.

A device that the hub never knew proves its install code. One of the historic log has the first half
of the time to come back with the key it had, and the second half to prove its install code
(GBCS digest 10.4). One of a log that was restored comes back with the key it had at the old hub,
at any time, and gets a new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.han import Candidate
from rigs.devices.hub.device_log import DeviceLog, LogEntry
from rigs.devices.hub.historic_log import HistoricLog
from rigs.devices.hub.link_key import SIZE, aes_mmo

RESTORED = timedelta(days=365)
"""For how long a device of a log that was restored may come back: no end is set (inferred)."""


class Joining:
    """`timeout` counts from the moment joining is allowed. Hooks: `is_proven` compares install
    codes, `is_former_key` a key with the hash that is on record.
    """

    def __init__(self, log: DeviceLog, historic: HistoricLog, now: Callable[[], datetime]) -> None:
        self._log = log
        self._historic = historic
        self._now = now
        self._open_since: datetime | None = None
        self.timeout = timedelta(0)
        self.is_proven: Callable[[LogEntry, bytes], bool] = _same_install_code
        self.is_former_key: Callable[[bytes, bytes], bool] = _same_key
        self.on_open: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        return self._open_since is not None and self._now() <= self._open_since + self.timeout

    @property
    def is_first_half(self) -> bool:
        return self._open_since is not None and self._now() < self._open_since + self.timeout / 2

    def allow(self, allowed: bool) -> None:
        self._open_since = self._now() if allowed else None
        if allowed:
            for callback in self.on_open:
                callback()

    def admit(
        self, device_id: Eui64, install_code: bytes, former_key: bytes | None = None
    ) -> bytes | None:
        """The link key of a device that may join now; `former_key` is what it had before."""
        entry = self._log.find(device_id)
        if entry is None:
            return None
        if former_key is not None and entry.link_key is None and entry.restored_hash:
            return self._renew(entry) if self._is(former_key, entry.restored_hash) else None
        if not self.is_open:
            return None
        historic = self._historic.find(device_id)
        if historic is not None and self.is_first_half:
            return self._come_back(entry, former_key, historic)
        return self._renew(entry) if self.is_proven(entry, install_code) else None

    def candidates(self) -> tuple[Candidate, ...]:
        """Who may join by radio now, and with what it proves itself."""
        return tuple(
            one for entry in self._log.entries if (one := self._candidate(entry)) is not None
        )

    def enter(self, device_id: Eui64, link_key: bytes) -> bool:
        """A device has proved itself by radio and agreed on this key; False for one that is not
        in the log."""
        if self._log.find(device_id) is None:
            return False
        self._log.set_link_key(device_id, link_key)
        return True

    def _candidate(self, entry: LogEntry) -> Candidate | None:
        if entry.link_key is not None or entry.is_hand_held:
            return None
        if entry.restored_hash:
            return Candidate(
                device_id=entry.device_id, window=RESTORED, former_hash=entry.restored_hash
            )
        if not self.is_open or self._open_since is None:
            return None
        left = self._open_since + self.timeout - self._now()
        historic = self._historic.find(entry.device_id)
        if historic is not None and self.is_first_half:
            return Candidate(
                device_id=entry.device_id, window=left - self.timeout / 2, former_hash=historic
            )
        return Candidate(device_id=entry.device_id, window=left, install_code=entry.install_code)

    def admit_terminal(self, device_id: Eui64) -> bytes:
        """A terminal has proved itself otherwise, so that no time is set for it."""
        return self._renew(self._log.find_or_fail(device_id))

    def _come_back(
        self, entry: LogEntry, former_key: bytes | None, historic: bytes
    ) -> bytes | None:
        if former_key is None or not self._is(former_key, historic):
            return None
        self._log.set_link_key(entry.device_id, former_key)
        return former_key

    def _renew(self, entry: LogEntry) -> bytes:
        link_key = secrets.token_bytes(SIZE)
        self._log.set_link_key(entry.device_id, link_key)
        return link_key

    def _is(self, key: bytes, key_hash: bytes) -> bool:
        return self.is_former_key(key, key_hash)


def _same_install_code(entry: LogEntry, install_code: bytes) -> bool:
    return secrets.compare_digest(entry.install_code, install_code)


def _same_key(key: bytes, key_hash: bytes) -> bool:
    return secrets.compare_digest(aes_mmo(key), key_hash)
