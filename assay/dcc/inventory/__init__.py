"""The smart metering inventory: devices, their lifecycle, and Read Inventory."""

from assay.dcc.inventory.device import (
    Device,
    DeviceStatus,
    DeviceType,
    MeteringPoints,
    Property,
    StatusEntry,
)
from assay.dcc.inventory.lifecycle import TRANSITIONS, LifecycleEvent, Transition, status_after
from assay.dcc.inventory.store import DeviceKnownError, Inventory

__all__ = [
    "TRANSITIONS",
    "Device",
    "DeviceKnownError",
    "DeviceStatus",
    "DeviceType",
    "Inventory",
    "LifecycleEvent",
    "MeteringPoints",
    "Property",
    "StatusEntry",
    "Transition",
    "status_after",
]
