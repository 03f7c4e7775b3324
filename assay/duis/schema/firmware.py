"""Services 11.x: firmware."""

from __future__ import annotations

from assay.duis.schema.common import FIRMWARE_VERSION
from assay.duis.schema.model import Element, content, maybe, one
from assay.duis.schema.simple_types import DATE_TIME, eui_list, octets, octets_in_base64

UPDATE_FIRMWARE = content(
    one("FirmwareImage", octets_in_base64(0, 10_240_000)),
    one("FirmwareVersion", FIRMWARE_VERSION),
    one("DeviceIDList", eui_list(50000)),
)

READ_FIRMWARE_VERSION = content(maybe("ExecutionDateTime", DATE_TIME))

ACTIVATE_FIRMWARE = content(
    maybe("ExecutionDateTime", DATE_TIME), one("FirmwareHash", octets(32, 32))
)

UPDATE_PPMID_FIRMWARE = content(
    one("FirmwareImage", octets_in_base64(0, 10_240_000)),
    one("FirmwareVersion", FIRMWARE_VERSION),
    one("DeviceIDList", eui_list(50000)),
)

ELEMENTS: tuple[Element, ...] = (
    one("UpdateFirmware", UPDATE_FIRMWARE),
    one("ReadFirmwareVersion", READ_FIRMWARE_VERSION),
    one("ActivateFirmware", ACTIVATE_FIRMWARE),
    one("UpdatePPMIDFirmware", UPDATE_PPMID_FIRMWARE),
)
