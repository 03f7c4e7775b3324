"""The smart metering inventory: devices, their lifecycle, and Read Inventory."""

from assay.dcc.inventory.device import (
    Device,
    DeviceStatus,
    DeviceType,
    HubLog,
    MeteringPoints,
    Property,
    StatusEntry,
)
from assay.dcc.inventory.duties import Duty, Obligation
from assay.dcc.inventory.form import DEVICES, By
from assay.dcc.inventory.lifecycle import (
    TRANSITIONS,
    Aftermath,
    LifecycleEvent,
    Transition,
    after,
)
from assay.dcc.inventory.store import DeviceKnownError, Inventory

__all__ = [
    "DEVICES",
    "TRANSITIONS",
    "Aftermath",
    "By",
    "Device",
    "DeviceKnownError",
    "DeviceStatus",
    "DeviceType",
    "Duty",
    "HubLog",
    "Inventory",
    "LifecycleEvent",
    "MeteringPoints",
    "Obligation",
    "Property",
    "StatusEntry",
    "Transition",
    "after",
]
