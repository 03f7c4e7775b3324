"""Energy reference standards: the capability `EnergyStandard` for two languages."""

from rigs.drivers.reference.binary import BinaryEnergyStandard

__all__ = ["BinaryEnergyStandard"]
