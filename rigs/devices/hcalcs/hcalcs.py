"""The HAN connected auxiliary load control switch (HCALCS).

It asks its electricity meter what state to be in when it has joined, when it has booted, and from
time to time; in between the meter tells it. It needs no clock. When the meter has not been heard
for a while it goes to its safe state, which is open, and asks again (H-002; that, and the times,
inferred).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.devices.device_type import DeviceType
from rigs.devices.firmware import FirmwareSettings
from rigs.devices.han_requests import (
    REFUSED,
    GetScheduledEvents,
    LoadControlEvent,
    Reply,
    ReportEventStatus,
    Request,
)
from rigs.devices.small_device import SmallDevice
from rigs.premises import Contactor, SupplyNode

ASK_EVERY = timedelta(minutes=15)
RETRY = timedelta(minutes=1)
PATIENCE = timedelta(hours=1)
"""How often it asks, how soon again without an answer, and when it counts the link as lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadControlSwitchConfiguration:
    """`firmware_version` has four octets (CS08)."""

    device_id: Eui64
    firmware_version: bytes = bytes.fromhex("00000001")
    hardware_version: int = 0


class LoadControlSwitch(SmallDevice):
    """Hooks: `actuate` moves the contactor, `sense` tells where it is, `ask_every`, `patience`,
    `safe_state` (closed or not).
    """

    def __init__(
        self,
        clock: Clock,
        configuration: LoadControlSwitchConfiguration,
        supply: SupplyNode,
        contactor: Contactor,
    ) -> None:
        settings = FirmwareSettings(
            version=configuration.firmware_version,
            hardware_version=configuration.hardware_version,
            alert_message_code=None,
            tells_version=True,
        )
        super().__init__(clock, configuration.device_id, DeviceType.HCALCS, settings, supply)
        self.contactor = contactor
        self.actuate: Callable[[bool], None] = self._move
        self.sense: Callable[[], bool] = lambda: contactor.closed
        self.safe_state = False
        self.ask_every, self.retry, self.patience = ASK_EVERY, RETRY, PATIENCE
        self.event: LoadControlEvent | None = None
        self._heard_at: datetime | None = None
        self._asking = Alarm(clock, self.ask)
        self._lost = Alarm(clock, self._link_lost)
        contactor.listen(lambda _at, _closed: self._moved())
        self.security.device_log.on_change.append(self.ask)
        self.network.on_joined.append(self._joined)
        self.on_ready.append(self.ask)
        self.on_silent.append(self._asking.cancel)

    @property
    def meter(self) -> Eui64 | None:
        """The electricity meter that it is joined with."""
        peers = self.security.device_log.peers
        return next((p.device_id for p in peers if p.device_type is DeviceType.ESME), None)

    def ask(self) -> None:
        """HECS01, if there is somebody to ask."""
        meter = self.meter
        if meter is None or not self.power.is_ready:
            return
        self.network.ask(meter, GetScheduledEvents(), self._answered)

    def answer(self, sender: Eui64, request: Request) -> Reply | None:
        """The meter's own events; nobody else's, and nothing else."""
        if not self.power.is_ready:
            return None
        if sender != self.meter or not isinstance(request, LoadControlEvent):
            return REFUSED
        self._obey(request)
        return Reply(is_granted=True)

    def link_changed(self) -> None:
        super().link_changed()
        self.ask()

    def _joined(self) -> None:
        self.network.offer(self)
        self.ask()

    def _answered(self, reply: Reply | None) -> None:
        if reply is not None and reply.is_granted and isinstance(reply.content, LoadControlEvent):
            self._obey(reply.content)
        else:
            self._asking.set(self._clock.now() + self.retry)

    def _moved(self) -> None:
        """Of its own, against what the meter wants: the meter is told (A-004)."""
        event = self.event
        if event is not None and self.sense() is not event.is_closed:
            self._report(event)

    def _obey(self, event: LoadControlEvent) -> None:
        now = self._clock.now()
        self._heard_at = now
        self._asking.set(now + self.ask_every)
        self._lost.set(now + self.patience)
        is_new = self.event != event or self.sense() is not event.is_closed
        self.event = event
        self.actuate(event.is_closed)
        if is_new and event.event_id:
            self._report(event)

    def _report(self, event: LoadControlEvent) -> None:
        meter = self.meter
        if meter is not None:
            status = ReportEventStatus(
                event_id=event.event_id, is_followed=self.sense() is event.is_closed
            )
            self.network.ask(meter, status, lambda _: None)

    def _link_lost(self) -> None:
        if self.power.is_alive:
            self.event = None
            self.actuate(self.safe_state)

    def _move(self, closed: bool) -> None:
        if closed:
            self.contactor.close()
        else:
            self.contactor.open()
