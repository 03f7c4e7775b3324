"""What a display asks a gas meter: GBCS messages between the two, with a MAC and no broker.

PCS01 brings a top-up code, PCS02 activates emergency credit (GBCS digest 2.1). The display's
counter rises with each. A response that is not authentic, or to nothing that was asked, is not
shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assay.gbcs import messages, protection
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz import components
from assay.gbcs.gbz.components import Component, GbzPayload
from assay.gbcs.identifiers import Eui64
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.ppmid.results import Asked, Result
from rigs.devices.seal import Seal

TOP_UP, EMERGENCY_CREDIT = 0x009B, 0x0090
PREPAYMENT = 0x0705
IN_HOME_DISPLAY = 2
"""Who a request comes from, as the national messages have it."""
_CLUSTER_COMMAND = 0x01
_SELECT_EMERGENCY_CREDIT, _CONSUMER_TOP_UP = 0x00, 0x04
_TOP_UP_RESPONSE, _DEFAULT_RESPONSE = 0x03, 0x0B
_ACCEPTED = (0x00, 0x10, 0x11, 0x12)
"""Accepted; and with the supply enabled, disabled or armed by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    meter: Eui64
    asked: Asked


class GasRequests:
    """`send` takes octets, `tell` the meter, what was asked and its result.

    Hooks: `next_counter`.
    """

    def __init__(
        self,
        credentials: DeviceCredentials,
        seal: Seal,
        send: Callable[[bytes], None],
        tell: Callable[[Eui64, Asked, Result], None],
    ) -> None:
        self._credentials = credentials
        self._seal = seal
        self._send = send
        self._tell = tell
        self._waiting: dict[int, _Waiting] = {}
        self.counter = 0
        self.next_counter: Callable[[int], int] = lambda last: last + 1

    def top_up(self, meter: Eui64, digits: str) -> None:
        payload = {"originating_device": IN_HOME_DISPLAY, "top_up_code": digits}
        self._ask(meter, Asked.TOP_UP, TOP_UP, _CONSUMER_TOP_UP, payload)

    def activate_emergency_credit(self, meter: Eui64) -> None:
        payload = {"issue_time": "0x00000000", "originating_device": IN_HOME_DISPLAY}
        code = _SELECT_EMERGENCY_CREDIT
        self._ask(meter, Asked.EMERGENCY_CREDIT, EMERGENCY_CREDIT, code, payload)

    def take(self, message: Message) -> bool:
        """Whether this was the response to something that waits, and was shown."""
        waiting = self._waiting.get(message.counter)
        if message.cra is not Cra.RESPONSE or waiting is None:
            return False
        secret = self._credentials.secret_with(message.originator)
        is_authentic = secret is not None and protection.is_mac_valid(message, secret)
        if waiting.meter != message.originator or not is_authentic:
            return False
        del self._waiting[message.counter]
        self._tell(waiting.meter, waiting.asked, _result(message))
        return True

    def _ask(self, meter: Eui64, asked: Asked, code: int, command: int, payload: Any) -> None:
        component = Component(PREPAYMENT, _CLUSTER_COMMAND, 0, command, payload)
        self.counter = self.next_counter(self.counter)
        message = messages.command(
            message_code=code,
            originator=self._credentials.device_id,
            recipient=meter,
            counter=self.counter,
            payload=components.encode(GbzPayload((component,))),
        )
        sealed = self._seal.protect(message, critical=False)
        if sealed is None:  # not joined with the meter, so without its key
            self._tell(meter, asked, Result.REFUSED)
            return
        self._waiting[self.counter] = _Waiting(meter=meter, asked=asked)
        self._tell(meter, asked, Result.WAITING)
        self._send(sealed.to_octets())


def _result(message: Message) -> Result:
    try:
        payload = components.decode_message(message)
    except RemoteGbcsError:
        return Result.REFUSED
    (component,) = components.components_of(payload)[:1]
    fields = component.payload
    if component.command == _TOP_UP_RESPONSE and not component.is_profile_wide:
        return Result.ACCEPTED if fields["result_type"] in _ACCEPTED else Result.REFUSED
    is_success = component.command == _DEFAULT_RESPONSE and fields["status"] == "success"
    return Result.ACCEPTED if is_success else Result.REFUSED
