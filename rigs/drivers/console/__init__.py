"""Serial lines of the device under test: the capability `MeterConsole`."""

from rigs.drivers.console.optical_port import OpticalPort
from rigs.drivers.console.serial_console import SerialConsole

__all__ = ["OpticalPort", "SerialConsole"]
