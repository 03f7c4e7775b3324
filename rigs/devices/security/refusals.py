"""What a device makes of commands that it refuses, beside keeping silent.

Newer devices tell the sender of an authentic command that they do not know it (8F85, message
code 0120), and every device notes in its security log that unusually many commands were bad
(8F60). How many are unusual no source used here says.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from assay.gbcs import catalogue
from assay.gbcs.acceptance import Accepted, Receiver, Refusal, Refused, accept
from assay.gbcs.dlms.data import octet_string
from assay.gbcs.envelope import Message, OtherInformation
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import dlms_alert
from rigs.devices.gbcs_device import GbcsDevice

UNUSUAL = 0x8F60
UNSUPPORTED, UNSUPPORTED_MESSAGE_CODE = 0x8F85, 0x0120


class UnusualCommands:
    """`limit` refusals within `window` leave one entry; counting then starts anew. Both are this
    bench's choice."""

    def __init__(self, device: GbcsDevice) -> None:
        self._device = device
        self._times: deque[datetime] = deque()
        self.limit = 10
        self.window = timedelta(hours=1)
        device.on_refusal.append(self._refused)

    def _refused(self, _: Refused) -> None:
        now = self._device.now()
        self._times.append(now)
        while self._times[0] < now - self.window:
            self._times.popleft()
        if len(self._times) >= self.limit:
            self._times.clear()
            self._device.report(UNUSUAL)


class UnsupportedCommands:
    """Of use cases that the device does not serve; `is_told` is False on older devices.

    Hook: `is_authentic`."""

    def __init__(self, device: GbcsDevice, receiver: Callable[[], Receiver]) -> None:
        self._device = device
        self._receiver = receiver
        self.is_told = True
        self.is_authentic: Callable[[Message], bool] = self._is_authentic
        device.on_refusal.append(self._refused)

    def _refused(self, refused: Refused) -> None:
        message = refused.message
        if not self.is_told or message is None:
            return
        if refused.reason is Refusal.UNKNOWN_MESSAGE_CODE and self.is_authentic(message):
            self._tell(message)

    def _is_authentic(self, message: Message) -> bool:
        """Every check but the one on the code; a code that GBCS does not have proves nothing."""
        if catalogue.use_case(message.message_code) is None:
            return False
        receiver = replace(self._receiver(), message_codes=frozenset((message.message_code,)))
        return isinstance(accept(message.to_octets(), receiver, self._device.checks), Accepted)

    def _tell(self, command: Message) -> None:
        """To the originator, with the party that the broker named."""
        what = command.message_code.to_bytes(2, "big") + command.counter.to_bytes(8, "big")

        def build(recipient: Eui64, counter: int) -> Message:
            alert = dlms_alert(
                message_code=UNSUPPORTED_MESSAGE_CODE,
                alert_code=UNSUPPORTED,
                originator=self._device.device_id,
                recipient=recipient,
                counter=counter,
                at=self._device.now(),
                extras=(octet_string(what),),
            )
            other = OtherInformation(
                message_code=UNSUPPORTED_MESSAGE_CODE,
                supplementary_party=command.other.supplementary_party,
                supplementary_counter=command.other.supplementary_counter,
            )
            return replace(alert, other=other)

        self._device.alerts.send_message(UNSUPPORTED, build, command.originator)
