"""Virtual serial lines of a meter."""

from rigs.virtual.console.debug_console import VirtualConsole
from rigs.virtual.console.optical_meter import OpticalMeterServer, VirtualOpticalMeter

__all__ = ["OpticalMeterServer", "VirtualConsole", "VirtualOpticalMeter"]
