"""The Gas Proxy Function (GPF) of a communications hub."""

from rigs.devices.gpf.proxy import GasProxy

__all__ = ["GasProxy"]
