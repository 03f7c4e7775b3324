"""Firmware of devices: images in, verified, activated, rolled back."""

from rigs.devices.firmware.firmware import Activation, Firmware
from rigs.devices.firmware.images import BROKEN_AT_START, Image, ImageStore
from rigs.devices.firmware.settings import VERIFIED_DLMS, VERIFIED_GBZ, FirmwareSettings
from rigs.devices.firmware.verification import ImageFault

__all__ = [
    "BROKEN_AT_START",
    "VERIFIED_DLMS",
    "VERIFIED_GBZ",
    "Activation",
    "Firmware",
    "FirmwareSettings",
    "Image",
    "ImageFault",
    "ImageStore",
]
