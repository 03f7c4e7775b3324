"""Whether an image that arrived may ever run here: one row per check (GBCS digest 11)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from assay.gbcs import firmware_image
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.firmware_image import OtaFile
from assay.gbcs.keys import PublicKey
from assay.gbcs.trust_anchors import CellKey, TrustAnchors
from rigs.devices.firmware.settings import FirmwareSettings


class ImageFault(StrEnum):
    """Why an image is discarded."""

    MALFORMED = "no OTA file"
    OTHER_DEVICE = "for another manufacturer's or type of device"
    OTHER_HARDWARE = "for other hardware"
    BAD_SIGNATURE = "not signed by the party responsible for the device"


Check = Callable[[OtaFile, FirmwareSettings, PublicKey | None], bool]


def _is_for_device(file: OtaFile, settings: FirmwareSettings, _: PublicKey | None) -> bool:
    header = file.header
    return settings.manufacturer_code in (None, header.manufacturer_code) and (
        settings.image_type in (None, header.image_type)
    )


def _is_for_hardware(file: OtaFile, settings: FirmwareSettings, _: PublicKey | None) -> bool:
    header = file.header
    return header.minimum_hardware <= settings.hardware_version <= header.maximum_hardware


def _is_signed(file: OtaFile, _: FirmwareSettings, key: PublicKey | None) -> bool:
    return key is not None and firmware_image.is_signature_valid(file.image, key)


CHECKS: tuple[tuple[ImageFault, Check], ...] = (
    (ImageFault.OTHER_DEVICE, _is_for_device),
    (ImageFault.OTHER_HARDWARE, _is_for_hardware),
    (ImageFault.BAD_SIGNATURE, _is_signed),
)


class ImageVerifier:
    """Hook: `checks`, of which a rogue drops one. The key is the one that is held at the time."""

    def __init__(self, anchors: TrustAnchors) -> None:
        self._anchors = anchors
        self.checks: tuple[tuple[ImageFault, Check], ...] = CHECKS

    def read(
        self, octets: bytes, settings: FirmwareSettings
    ) -> tuple[OtaFile | None, ImageFault | None]:
        """The file, where there is one, and what is wrong with it, if anything is."""
        try:
            file = firmware_image.parse(octets)
        except RemoteGbcsError:
            return None, ImageFault.MALFORMED
        return file, self.fault_of(file, settings)

    def fault_of(self, file: OtaFile, settings: FirmwareSettings) -> ImageFault | None:
        cell = self._anchors.cell(settings.signer, CellKey.SIGNATURE)
        key = cell.public_key if cell is not None else None
        failed = (fault for fault, holds in self.checks if not holds(file, settings, key))
        return next(failed, None)
