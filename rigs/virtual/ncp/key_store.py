"""Keys and frame counters of the stick: what survives a reset, and what does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assay.gbcs.identifiers import Eui64

ANY_DEVICE = Eui64(b"\xff" * 8)
"""A transient key for whoever joins."""


@dataclass(slots=True, kw_only=True)
class LinkKey:
    """A key shared with one device, and the highest counter that it has used under it."""

    device: Eui64
    key: bytes = field(repr=False)
    highest_received: int | None = None


@dataclass(slots=True)
class _Transient:
    link: LinkKey
    until: datetime


@dataclass(slots=True)
class KeyTable:
    """Link keys by place. A host chooses the place; one device has one key."""

    size: int = 0
    _rows: dict[int, LinkKey] = field(default_factory=dict)

    def __getitem__(self, index: int) -> LinkKey | None:
        return self._rows.get(index)

    def index_of(self, device: Eui64) -> int | None:
        return next((index for index, row in self._rows.items() if row.device == device), None)

    def free_index(self) -> int | None:
        return next((index for index in range(self.size) if index not in self._rows), None)

    def of(self, device: Eui64) -> LinkKey | None:
        index = self.index_of(device)
        return None if index is None else self._rows[index]

    def put(self, index: int, device: Eui64, key: bytes) -> None:
        """ValueError for a place that the table has not got."""
        if not 0 <= index < self.size:
            raise ValueError(f"key table: expected a place below {self.size}, got {index}")
        old = self.index_of(device)
        if old is not None:
            del self._rows[old]
        self._rows[index] = LinkKey(device=device, key=key)

    def erase(self, index: int) -> bool:
        return self._rows.pop(index, None) is not None

    def clear(self) -> None:
        self._rows.clear()

    def __len__(self) -> int:
        return len(self._rows)


class KeyStore:
    """Who may speak under which key. Hook: `checks_replay` is False for a stick without ears."""

    def __init__(self) -> None:
        self.network_key: bytes | None = None
        self.network_key_sequence = 0
        self.preconfigured_key: bytes = bytes(16)
        self.security_bits = 0
        self.table = KeyTable()
        self.transient_life = timedelta(seconds=300)
        self.nwk_counter = 0
        self.aps_counter = 0
        self.checks_replay = True
        self._transient: dict[Eui64, _Transient] = {}
        self._nwk_received: dict[Eui64, int] = {}

    def next_nwk_counter(self) -> int:
        self.nwk_counter += 1
        return self.nwk_counter - 1

    def next_aps_counter(self) -> int:
        self.aps_counter += 1
        return self.aps_counter - 1

    def add_transient(self, device: Eui64, key: bytes, now: datetime) -> None:
        link = LinkKey(device=device, key=key)
        self._transient[device] = _Transient(link, now + self.transient_life)

    def clear_transient(self) -> None:
        self._transient.clear()

    def transient(self, device: Eui64, now: datetime) -> LinkKey | None:
        """The key that the device joins with: its own, or that for any device."""
        for eui in (device, ANY_DEVICE):
            found = self._transient.get(eui)
            if found is not None and now < found.until:
                return found.link
        return None

    def link_key(self, device: Eui64, now: datetime) -> LinkKey | None:
        """What protects messages to the device from now on."""
        return self.table.of(device) or self.transient(device, now)

    def candidates(self, device: Eui64, now: datetime) -> list[LinkKey]:
        """Under which a message of the device may be protected: it may not have changed yet."""
        found = (self.table.of(device), self.transient(device, now))
        return [link for link in found if link is not None]

    def accept_nwk(self, source: Eui64, counter: int) -> bool:
        """Whether this counter is higher than any before; remembers it."""
        highest = self._nwk_received.get(source, -1)
        if self.checks_replay and counter <= highest:
            return False
        self._nwk_received[source] = counter
        return True

    def accept_aps(self, link: LinkKey, counter: int) -> bool:
        highest = -1 if link.highest_received is None else link.highest_received
        if self.checks_replay and counter <= highest:
            return False
        link.highest_received = counter
        return True

    def forget_counters(self, device: Eui64) -> None:
        """A device that joins anew starts where it likes."""
        self._nwk_received.pop(device, None)
