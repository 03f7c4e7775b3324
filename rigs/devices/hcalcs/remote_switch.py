"""A load switch far away, as its electricity meter sees it.

The meter sends it the state it is to be in, and hands the same out when it is asked (HECS01).
What the switch says about an event goes to the meter's auxiliary control; of one that says
nothing in time the meter itself reports a failure (A-004). Requests are in the event log under
the code that stands for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assay.gbcs.identifiers import Eui64
from rigs.devices.command_log import CARRIED_OUT, NOT_CARRIED_OUT
from rigs.devices.device_type import DeviceType
from rigs.devices.esme.auxiliary.loads import Levels, Outcome
from rigs.devices.han_requests import (
    GetScheduledEvents,
    LoadControlEvent,
    ReportEventStatus,
    Request,
    RequestTable,
)
from rigs.devices.peers import Right

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter

HECS01 = 0x0119
_EMPTY = LoadControlEvent(event_id=0, is_closed=False)
"""What a switch that nobody commanded is told: the safe state."""


class RemoteSwitch:
    """A `ControlledLoad`. `send` takes an event for the switch."""

    def __init__(self, send: Callable[[LoadControlEvent], None]) -> None:
        self._send = send
        self.event = _EMPTY
        self.on_lost: Callable[[], None] = lambda: None

    @property
    def levels(self) -> Levels:
        return Levels(100 if self.event.is_closed else 0)

    def command(self, levels: Levels, command_id: int, /) -> Outcome:
        self.event = LoadControlEvent(event_id=command_id, is_closed=levels.output > 0)
        self._send(self.event)
        return Outcome.NOT_KNOWN


class _LoadControl:
    """Of one meter: a remote switch for each that is in its device log."""

    def __init__(self, meter: ElectricityMeter) -> None:
        self._meter = meter
        self._switches: dict[Eui64, RemoteSwitch] = {}
        meter.security.device_log.on_change.append(self.follow_log)
        self.follow_log()

    def follow_log(self) -> None:
        peers = self._meter.security.device_log.peers
        wanted = {peer.device_id for peer in peers if peer.device_type is DeviceType.HCALCS}
        for gone in self._switches.keys() - wanted:
            del self._switches[gone]
            self._meter.auxiliary.detach(gone)
        for new in wanted - self._switches.keys():
            self._attach(new)

    def _attach(self, device_id: Eui64) -> None:
        def send(event: LoadControlEvent) -> None:
            self._meter.network.ask(device_id, event, lambda _: None)

        switch = self._switches[device_id] = RemoteSwitch(send)
        self._meter.auxiliary.attach(device_id, switch)

    def scheduled(self, sender: Eui64, request: Request) -> object:
        """HECS01: the one event there is."""
        switch = self._switches.get(sender)
        is_known = isinstance(request, GetScheduledEvents) and switch is not None
        code = CARRIED_OUT if is_known else NOT_CARRIED_OUT
        self._meter.event_log.write(code, HECS01.to_bytes(2, "big"))
        return switch.event if switch is not None else False

    def reported(self, sender: Eui64, request: Request) -> object:
        if not isinstance(request, ReportEventStatus):
            return False
        switch = self._switches.get(sender)
        if switch is None or request.event_id != switch.event.event_id:
            return False
        for controller in self._meter.auxiliary.controllers.values():
            if controller.type_octets == sender:
                self._meter.auxiliary.answered(
                    controller.number, request.event_id, request.is_followed
                )
        return True


def serve_load_control(meter: ElectricityMeter, table: RequestTable) -> None:
    """The meter answers load switches from now on, those of its device log."""
    control = _LoadControl(meter)
    table.serve(GetScheduledEvents, Right.LOAD_CONTROL, control.scheduled)
    table.serve(ReportEventStatus, Right.LOAD_CONTROL, control.reported)
