"""Relay boards, and what a bench moves with them: covers, magnets, buttons."""

from rigs.drivers.relays.actuators import RelayButton, RelayTamper
from rigs.drivers.relays.lcus import LcusRelays
from rigs.drivers.relays.modbus import ModbusRelays

__all__ = ["LcusRelays", "ModbusRelays", "RelayButton", "RelayTamper"]
