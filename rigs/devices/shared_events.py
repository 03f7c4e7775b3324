"""Events that a meter shares with the displays of its home (I-005).

Which are shared is the choice of the remote parties (ECS25r1); whether a display also sounds an
alarm is another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rigs.devices.alert_settings import Behaviour
from rigs.devices.device_type import DeviceType
from rigs.devices.han_requests import Request

if TYPE_CHECKING:
    from rigs.devices.esme.meter import ElectricityMeter


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNotification(Request):
    """From meter to display; `is_audible` where an alarm is wanted."""

    code: int
    is_audible: bool


def share_events(meter: ElectricityMeter) -> None:
    """The meter tells every display of its device log from now on."""

    def tell(code: int) -> None:
        settings = meter.alert_settings
        if not settings.is_enabled(Behaviour.HAN_SHARING, code):
            return
        event = EventNotification(code=code, is_audible=settings.is_enabled(Behaviour.ALARM, code))
        for peer in meter.security.device_log.peers:
            if peer.device_type is DeviceType.PPMID:
                meter.network.ask(peer.device_id, event, lambda _: None)

    meter.on_report.append(tell)
