"""The ZigBee half of a virtual device: it finds its hub, proves itself, carries messages."""

from rigs.virtual.radio_device.device import RadioDevice
from rigs.virtual.radio_device.settings import JoinCounts, Phase, RadioSettings

__all__ = ["JoinCounts", "Phase", "RadioDevice", "RadioSettings"]
