"""The electricity meter (ESME): its parts, and the single-element meter that joins them."""

from rigs.devices.esme.configuration import MeterConfiguration
from rigs.devices.esme.meter import ElectricityMeter
from rigs.devices.esme.supply_control import SupplyState
from rigs.devices.esme.voltage_settings import Level, VoltageSettings

__all__ = [
    "ElectricityMeter",
    "Level",
    "MeterConfiguration",
    "SupplyState",
    "VoltageSettings",
]
