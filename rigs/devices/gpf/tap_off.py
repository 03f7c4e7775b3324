"""Tap-off messages: commands to the meter that the proxy takes for itself as well (P-103).

It sees command and response, pairs their components, and applies those that succeeded. What the
calendar and price clusters set reaches it with the meter's next push, in the same wake; what is
applied here are the texts and dates that no push carries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assay.gbcs.envelope import Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz.components import Component, GbzPayload, decode_message
from rigs.devices.gsme import codes
from rigs.devices.gsme.settings import Scaled
from rigs.devices.gsme.use_cases import MANAGEMENT, MESSAGING, PRICE

if TYPE_CHECKING:
    from rigs.devices.gpf.proxy import GasProxy

Json = Any
CODES = frozenset((0x006B, 0x00A3, 0x006F, 0x0071, 0x007C, 0x007E, 0x0088, 0x0015))
"""GCS01a, GCS01b, GCS05, GCS07, GCS23, GCS25, GCS44, and CS11 to the meter."""
FAILED = 0x819E
_SUCCESS = "success"


class TapOff:
    """Hook: `is_tapped` decides by the command."""

    def __init__(self, proxy: GasProxy) -> None:
        self._proxy = proxy
        self.is_tapped: Callable[[Message], bool] = lambda command: command.message_code in CODES
        settings = proxy.settings

        def set_message(fields: Json) -> None:
            settings.message = fields["message"]

        def set_contact(fields: Json) -> None:
            settings.supplier_name = fields["proposed_name"]
            settings.supplier_telephone = fields["proposed_contact"]

        def set_conversion_factor(fields: Json) -> None:
            settings.conversion_factor = Scaled(
                fields["conversion_factor"], fields["trailing_digit"]
            )

        def set_calorific_value(fields: Json) -> None:
            settings.calorific_value = Scaled(fields["calorific_value"], fields["trailing_digit"])
            settings.calorific_value_unit = fields["unit"]

        self._applied: Mapping[tuple[int, int], Callable[[Json], None]] = {
            (MESSAGING, 0x00): set_message,
            (MANAGEMENT, 0x01): set_contact,
            (PRICE, 0x02): set_conversion_factor,
            (PRICE, 0x03): set_calorific_value,
        }

    def take(self, command: Message, response: Message) -> None:
        """Logged as done or not done with the message code; octets that make no sense as 819E."""
        try:
            asked, answered = decode_message(command), decode_message(response)
        except RemoteGbcsError:
            self._proxy.report(FAILED)
            return
        if not isinstance(asked, GbzPayload) or not isinstance(answered, GbzPayload):
            self._proxy.report(FAILED)
            return
        succeeded = {
            component.sequence for component in answered.components if _is_success(component)
        }
        done = True
        for component in asked.components:
            if component.sequence not in succeeded:
                done = False
                continue
            apply = self._applied.get((component.cluster, component.command))
            if apply is not None:
                apply(component.payload)
        code = codes.CARRIED_OUT if done else codes.NOT_CARRIED_OUT
        self._proxy.event_log.write(code, command.message_code.to_bytes(2, "big"))


def _is_success(component: Component) -> bool:
    payload = component.payload
    return payload is not None and payload.get("status", _SUCCESS) == _SUCCESS
