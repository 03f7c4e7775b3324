"""What a hub is: identifier, model, manufacturer, firmware."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, octet_string
from rigs.devices.dlms_objects import Call, Row

if TYPE_CHECKING:
    from rigs.devices.hub.hub import VirtualHub

CODES = {0x0092: "ECS26i", 0x00FA: "ECS26n", 0x0059: "ECS52"}
_OF_FIRST_GBCS = 0x0092
_SHORT = 3


def rows(hub: VirtualHub) -> Iterator[Row]:
    own = hub.configuration

    def manufacturer(call: Call) -> Data:
        """Three octets in the first GBCS, four since."""
        is_short = call.command.use_case.code == _OF_FIRST_GBCS
        return octet_string(own.manufacturer[:_SHORT] if is_short else own.manufacturer)

    yield Op.GET, 1, "0-0:96.1.1.255", 2, lambda _: octet_string(hub.device_id)
    yield Op.GET, 1, "0-0:96.1.4.255", 2, lambda _: octet_string(own.model)
    yield Op.GET, 1, "0-0:96.1.6.255", 2, manufacturer
    yield Op.GET, 1, "0-0:0.2.1.255", 2, lambda _: octet_string(hub.firmware_version)
