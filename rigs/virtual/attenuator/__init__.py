"""Virtual RF attenuators: hardware on the bench's clock, languages, and servers."""

from rigs.virtual.attenuator.hardware import AttenuatorHardware, LevelChanged, LevelPoint, PowerUp
from rigs.virtual.attenuator.lines import VirtualJfw, VirtualWeinschel
from rigs.virtual.attenuator.mini_circuits import VirtualMiniCircuits
from rigs.virtual.attenuator.servers import (
    HttpAttenuatorServer,
    SerialAttenuatorServer,
    TelnetAttenuatorServer,
)
from rigs.virtual.attenuator.vaunix import VirtualLabBrick, VirtualLdaLibrary

__all__ = [
    "AttenuatorHardware",
    "HttpAttenuatorServer",
    "LevelChanged",
    "LevelPoint",
    "PowerUp",
    "SerialAttenuatorServer",
    "TelnetAttenuatorServer",
    "VirtualJfw",
    "VirtualLabBrick",
    "VirtualLdaLibrary",
    "VirtualMiniCircuits",
    "VirtualWeinschel",
]
