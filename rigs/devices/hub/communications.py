"""The communications store: when the hub last heard each device, and how well (C-013)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assay.gbcs.identifiers import Eui64

NOT_SUB_GHZ = -128
"""In place of a signal strength, for a device on 2.4 GHz; which value marks it is inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`at` is UTC; `dbm` the strength of the signal on sub-GHz, None for 2.4 GHz."""

    at: datetime
    dbm: int | None = None


class CommunicationsStore:
    """Kept over outages. Hook: `strength_of` measures a device's signal."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._heard: dict[Eui64, Heard] = {}
        self.strength_of: Callable[[Eui64], int | None] = lambda _: None
        self.on_heard: list[Callable[[Eui64], None]] = []

    def hear(self, device_id: Eui64) -> None:
        self._heard[device_id] = Heard(at=self._now(), dbm=self.strength_of(device_id))
        for callback in self.on_heard:
            callback(device_id)

    def forget(self, device_id: Eui64) -> None:
        self._heard.pop(device_id, None)

    def of(self, device_id: Eui64) -> Heard | None:
        """None for a device that has not been heard."""
        return self._heard.get(device_id)
