"""Virtual relay boards that move covers and buttons of the premises."""

from rigs.virtual.relays.contacts import Contacts
from rigs.virtual.relays.lcus import VirtualLcusBoard
from rigs.virtual.relays.modbus import ModbusFraming, VirtualModbusBoard

__all__ = ["Contacts", "ModbusFraming", "VirtualLcusBoard", "VirtualModbusBoard"]
