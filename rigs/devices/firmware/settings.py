"""What a type of device is particular about in firmware images."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from assay.gbcs.trust_anchors import Role

VERIFIED_DLMS, VERIFIED_GBZ = 0x00CE, 0x00CF


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmwareSettings:
    """`signer` is the role of the party responsible for the device, which signs images and their
    activation. None in `manufacturer_code` and `image_type` takes any.

    `alert_message_code`: how the outcome of a verification is told; None where only activation
    is (PPMID, HCALCS). `activates_itself`: an image that verifies is run without a command
    (PPMID). `tells_version`: by CS08 (PPMID, HCALCS). `downtime`: without metering and
    communication while a new image starts.
    """

    version: bytes
    signer: Role = Role.SUPPLIER
    manufacturer_code: int | None = None
    image_type: int | None = None
    hardware_version: int = 0
    alert_message_code: int | None = VERIFIED_DLMS
    activates_itself: bool = False
    tells_version: bool = False
    allows_downgrade: bool = True
    downtime: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if len(self.version) != 4:
            raise ValueError(f"a firmware version has 4 octets, got {self.version.hex() or 'none'}")
