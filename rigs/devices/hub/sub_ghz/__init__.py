"""The second radio of a dual band hub: channels, duty cycle, and what the DCC may set and read."""

from rigs.devices.hub.sub_ghz.band import SubGhzBand
from rigs.devices.hub.sub_ghz.settings import SubGhzSettings

__all__ = ["SubGhzBand", "SubGhzSettings"]
