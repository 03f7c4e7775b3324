"""The stick's link keys by place: a host chooses the place, and one device has one key."""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64
from rigs.virtual.stack.keys import Keys, LinkKey


class KeyTable:
    """Places for the link keys of `keys`; `size` is how many there are."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._places: dict[int, Eui64] = {}
        self.size = 0

    def __getitem__(self, index: int) -> LinkKey | None:
        device = self._places.get(index)
        return None if device is None else self._keys.link(device)

    def __len__(self) -> int:
        return len(self._places)

    def index_of(self, device: Eui64) -> int | None:
        return next((index for index, one in self._places.items() if one == device), None)

    def free_index(self) -> int | None:
        return next((index for index in range(self.size) if index not in self._places), None)

    def put(self, index: int, device: Eui64, key: bytes) -> None:
        """ValueError for a place that the table has not got."""
        if not 0 <= index < self.size:
            raise ValueError(f"key table: expected a place below {self.size}, got {index}")
        if self._places.get(index) != device:
            self.erase(index)
        old = self.index_of(device)
        if old is not None:
            del self._places[old]
        self._places[index] = device
        self._keys.set_link_key(device, key)

    def erase(self, index: int) -> bool:
        device = self._places.pop(index, None)
        if device is not None:
            self._keys.forget_link_key(device)
        return device is not None

    def clear(self) -> None:
        for index in tuple(self._places):
            self.erase(index)
