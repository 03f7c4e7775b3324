"""The communications hub: WAN side, home area network side, and its own application."""

from rigs.devices.hub.configuration import HubConfiguration
from rigs.devices.hub.hub import VirtualHub
from rigs.devices.hub.wan_variants import WAN_MODELS, ModelledLink, WanModel, WanVariant

__all__ = [
    "WAN_MODELS",
    "HubConfiguration",
    "ModelledLink",
    "VirtualHub",
    "WanModel",
    "WanVariant",
]
