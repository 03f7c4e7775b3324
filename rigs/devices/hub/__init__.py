"""The communications hub: WAN side, home area network side, and its own application."""

from rigs.devices.hub.hub import HubConfiguration, VirtualHub

__all__ = ["HubConfiguration", "VirtualHub"]
