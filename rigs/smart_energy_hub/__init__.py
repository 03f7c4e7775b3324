"""What a communications hub does above a ZigBee coordinator: lets devices in, agrees on keys with
them, and carries GBCS messages through tunnels. The same for a radio stick and for a virtual one.
"""

from rigs.smart_energy_hub.hub import SmartEnergyHub
from rigs.smart_energy_hub.port import RadioPort

__all__ = ["RadioPort", "SmartEnergyHub"]
