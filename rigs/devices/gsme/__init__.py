"""The gas meter (GSME): battery, wake cycle, valve, register, tariff, logs."""

from rigs.devices.gsme.configuration import GasMeterConfiguration
from rigs.devices.gsme.meter import GasMeter

__all__ = ["GasMeter", "GasMeterConfiguration"]
