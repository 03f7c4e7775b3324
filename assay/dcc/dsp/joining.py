"""Devices joining a hub: from 8.11 Add to the link key in the hub's log, or the end of the window.

The hub tells of its device log in CS14 alerts: at once when a device was added, and again when
its link key exists (gbcs.md 10.4). The newest of them is kept with the hub, for the log is
restored from it when the hub is exchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.dcc.dsp.alerts import JOINED, NOT_JOINED
from assay.dcc.inventory import HubLog, Inventory, LifecycleEvent
from assay.dcc.store import Agenda, Book, BookForm, MemoryStore, Store
from assay.dcc.transform.records import HubDeviceLog, ProxyDeviceLog
from assay.duis.identifiers import RequestId
from assay.gbcs.identifiers import Eui64


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinWindow:
    """A device that a hub was told of, and how long it may take to join."""

    request_id: RequestId
    device: Eui64
    due: datetime

    @property
    def key(self) -> str:
        return _key(self.request_id.target, self.device)


def _key(hub: Eui64, device: Eui64) -> str:
    return f"{hub.hex()}/{device.hex()}"


JOIN_WINDOWS: BookForm[JoinWindow] = BookForm(
    name="join_window",
    record=JoinWindow,
    key=lambda window: window.key,
    due=lambda window: window.due,
)


@dataclass(slots=True, kw_only=True)
class Joining:
    """`report` tells the requester: N24 or N25."""

    clock: Clock
    inventory: Inventory
    report: Callable[[str, RequestId], None]
    store: Store = field(default_factory=MemoryStore)
    _windows: Book[JoinWindow] = field(init=False)
    _agenda: Agenda[JoinWindow] = field(init=False)

    def __post_init__(self) -> None:
        self._windows = self.store.book(JOIN_WINDOWS)
        self._agenda = Agenda(self.clock, self.store, self._windows, self._lapsed)

    def open(self, request_id: RequestId, device: Eui64, period: timedelta) -> None:
        """The hub has accepted the device. A later Add for it takes the place of this one."""
        hub = request_id.target
        due = self.clock.now() + period
        self._windows.put(JoinWindow(request_id=request_id, device=device, due=due))
        self._agenda.note(due)
        if device in self._with_key(hub):
            self._joined(hub, device)

    def hub_log(self, hub: Eui64, log: HubDeviceLog) -> None:
        """A backup of the hub's log: devices, each with the hash of its link key or none."""
        before = self._with_key(hub)
        known = self.inventory.find(hub)
        if known is not None:
            kept = HubLog(taken_at=self.clock.now(), network=log.han_id, keys=log.devices)
            self.inventory.enter(replace(known, log=kept))
        now = {device for device, key_hash in log.devices if key_hash}
        for device in sorted(now - before):
            self._joined(hub, device)

    def proxy_log(self, proxy: Eui64, log: ProxyDeviceLog) -> None:
        """A backup of the gas proxy function's log (GCS62): whom it is joined with."""
        known = self.inventory.find(proxy)
        if known is None:
            return
        types = tuple((device, str(device_type)) for device, device_type in log.devices)
        joined_with = frozenset(device for device, _ in log.devices)
        kept = HubLog(taken_at=self.clock.now(), types=types)
        self.inventory.enter(replace(known, log=kept, joined_with=joined_with))

    def resume(self) -> None:
        self._agenda.resume()

    def stop(self) -> None:
        self._agenda.stop()

    def _with_key(self, hub: Eui64) -> frozenset[Eui64]:
        known = self.inventory.find(hub)
        if known is None or known.log is None:
            return frozenset()
        return frozenset(device for device, key_hash in known.log.keys if key_hash)

    def _joined(self, hub: Eui64, device: Eui64) -> None:
        self.inventory.happened(LifecycleEvent.JOINED, device, self.clock.now())
        window = self._windows.get(_key(hub, device))
        if window is not None:
            self._windows.remove(window.key)
            self.report(JOINED, window.request_id)

    def _lapsed(self, window: JoinWindow) -> None:
        self._windows.remove(window.key)
        self.report(NOT_JOINED, window.request_id)
