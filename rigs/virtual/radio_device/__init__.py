"""The ZigBee half of a virtual device: it finds its hub, proves itself, carries messages."""

from rigs.virtual.radio_device.device import Phase, RadioDevice, RadioSettings

__all__ = ["Phase", "RadioDevice", "RadioSettings"]
