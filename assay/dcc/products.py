"""The Central Products List: which models with which firmware may be connected to the DCC.

The file is a CSV of our own form, as the public one is not published with images' hashes::

    device_type,manufacturer,model,firmware_version,gbcs_version,image_hash,status
    ESME,Maker,Meter,00000002,4.3,5e88489...,Active

`image_hash`: SHA-256 of the manufacturer image in hex, may be empty. `status`: the schema's
CPLStatus. A model may stand in several lines, one for each firmware version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assay.dcc.csv_table import read_table
from assay.dcc.inventory import Device, DeviceType

COLUMNS = (
    "device_type",
    "manufacturer",
    "model",
    "firmware_version",
    "gbcs_version",
    "image_hash",
    "status",
)
_HASH_SIZE = 32


class ProductStatus(StrEnum):
    """CPLStatus of the schema."""

    ACTIVE = "Active"
    CANCELLED = "Cancelled"
    EXPIRED = "Expired"
    WITHDRAWN = "Withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    device_type: DeviceType
    manufacturer: str
    model: str
    firmware_version: str
    gbcs_version: str | None = None
    image_hash: bytes | None = None
    status: ProductStatus = ProductStatus.ACTIVE


_Model = tuple[DeviceType, str, str]


class ProductsList:
    """The entries by model, then by firmware version; a later line for both wins."""

    def __init__(self, products: Iterable[Product] = ()) -> None:
        self._models: dict[_Model, dict[str, Product]] = {}
        for product in products:
            model = (product.device_type, product.manufacturer, product.model)
            self._models.setdefault(model, {})[product.firmware_version] = product

    @classmethod
    def from_file(cls, path: Path) -> ProductsList:
        """TableError names the line that is wrong."""
        return cls(read_table(path, COLUMNS, _product))

    def find(self, device: Device, firmware_version: str | None = None) -> Product | None:
        """The entry of the device's model with that firmware, its own by default.

        Where no version is known: an entry in force, if the model has one.
        """
        versions = self._versions(device)
        version = firmware_version if firmware_version is not None else device.firmware_version
        if version is not None:
            return versions.get(version)
        return next((one for one in versions.values() if one.status is ProductStatus.ACTIVE), None)

    def is_listed(self, device: Device) -> bool:
        """Whether the device may be connected: an entry in force."""
        product = self.find(device)
        return product is not None and product.status is ProductStatus.ACTIVE

    @property
    def fingerprint(self) -> str:
        """The same for lists that say the same, in whatever order."""
        lines = sorted(repr(one) for versions in self._models.values() for one in versions.values())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def models(self) -> tuple[tuple[str, str], ...]:
        """Manufacturer and model of every entry."""
        return tuple((manufacturer, model) for _, manufacturer, model in self._models)

    def _versions(self, device: Device) -> Mapping[str, Product]:
        return self._models.get((device.device_type, device.manufacturer, device.model), {})


def _product(cells: Mapping[str, str]) -> Product:
    image_hash = bytes.fromhex(cells["image_hash"]) or None
    if image_hash is not None and len(image_hash) != _HASH_SIZE:
        raise ValueError(f"image_hash: {_HASH_SIZE} octets expected, {len(image_hash)} seen")
    if not cells["firmware_version"]:
        raise ValueError("firmware_version: a version expected, nothing seen")
    return Product(
        device_type=DeviceType(cells["device_type"]),
        manufacturer=cells["manufacturer"],
        model=cells["model"],
        firmware_version=cells["firmware_version"],
        gbcs_version=cells["gbcs_version"] or None,
        image_hash=image_hash,
        status=ProductStatus(cells["status"]),
    )
