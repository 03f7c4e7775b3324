"""Devices joining a hub: from 8.11 Add to the link key in the hub's log, or the end of the window.

The hub tells of its device log in CS14 alerts: at once when a device was added, and again when
its link key exists (gbcs.md 10.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from assay.clock import Clock, Timer
from assay.dcc.dsp.alerts import JOINED, NOT_JOINED
from assay.dcc.inventory import Inventory, LifecycleEvent
from assay.duis.identifiers import RequestId
from assay.gbcs.dlms.access import Notification
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.identifiers import Eui64

DEVICE_LOG_CHANGED = 0x0018
"""Message code of CS14."""
_Pair = tuple[Eui64, Eui64]


@dataclass(slots=True, kw_only=True)
class _Window:
    request_id: RequestId
    timer: Timer


@dataclass(slots=True, kw_only=True)
class Joining:
    """`report` tells the requester: N24 or N25."""

    clock: Clock
    inventory: Inventory
    report: Callable[[str, RequestId], None]
    _windows: dict[_Pair, _Window] = field(default_factory=dict, init=False)
    _with_key: dict[Eui64, frozenset[Eui64]] = field(default_factory=dict, init=False)

    def open(self, request_id: RequestId, device: Eui64, period: timedelta) -> None:
        """The hub has accepted the device. A later Add for it takes the place of this one."""
        pair = (request_id.target, device)
        self._forget(pair)
        timer = self.clock.call_later(period, lambda: self._lapsed(pair))
        self._windows[pair] = _Window(request_id=request_id, timer=timer)
        if device in self._with_key.get(request_id.target, frozenset()):
            self._joined(pair)

    def device_log(self, hub: Eui64, hashes: Mapping[Eui64, bytes]) -> None:
        """A backup of the hub's log: devices, each with the hash of its link key or none."""
        before = self._with_key.get(hub, frozenset())
        now = frozenset(device for device, key_hash in hashes.items() if key_hash)
        self._with_key[hub] = now
        for device in sorted(now - before):
            self._joined((hub, device))

    def stop(self) -> None:
        for pair in tuple(self._windows):
            self._forget(pair)

    def _joined(self, pair: _Pair) -> None:
        _, device = pair
        if device in self.inventory:
            self.inventory.happened(LifecycleEvent.JOINED, device, self.clock.now())
        window = self._windows.get(pair)
        self._forget(pair)
        if window is not None:
            self.report(JOINED, window.request_id)

    def _lapsed(self, pair: _Pair) -> None:
        window = self._windows.pop(pair)
        self.report(NOT_JOINED, window.request_id)

    def _forget(self, pair: _Pair) -> None:
        window = self._windows.pop(pair, None)
        if window is not None:
            window.timer.cancel()


def device_log_hashes(alert: Notification) -> dict[Eui64, bytes] | None:
    """Devices and hashes of link keys in a CS14 alert; None where its body has another form."""
    body = _members(alert.body, Tag.STRUCTURE, 3)
    backup = _members(body[2], Tag.STRUCTURE, 3) if body else ()
    if not backup or backup[2].tag != Tag.ARRAY:
        return None
    hashes: dict[Eui64, bytes] = {}
    for entry in backup[2].value:
        pair = _members(entry, Tag.STRUCTURE, 2)
        if not pair or pair[0].tag != Tag.OCTET_STRING or pair[1].tag != Tag.OCTET_STRING:
            return None
        if len(pair[0].value) != len(Eui64(bytes(8))):
            return None
        hashes[Eui64(pair[0].value)] = pair[1].value
    return hashes


def _members(data: Data, tag: Tag, count: int) -> tuple[Data, ...]:
    """The members of a structure of that size; none where it is another."""
    if data.tag != tag or len(data.value) != count:
        return ()
    members: tuple[Data, ...] = data.value
    return members
