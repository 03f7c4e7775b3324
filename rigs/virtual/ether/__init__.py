"""The medium between virtual radios: who hears whom, how well, and what gets lost.

A node is an antenna with a place, a power and a channel. Frames are octets of 802.15.4 without
their check sequence; what they say is nobody's business here.
"""

from rigs.virtual.ether.budget import delivery_probability, margin_for
from rigs.virtual.ether.duty import DutyAccount
from rigs.virtual.ether.ether import Ether
from rigs.virtual.ether.mac_layer import MacLayer
from rigs.virtual.ether.node import Heard, Interference, Node
from rigs.virtual.ether.paths import Path, Position

__all__ = [
    "DutyAccount",
    "Ether",
    "Heard",
    "Interference",
    "MacLayer",
    "Node",
    "Path",
    "Position",
    "delivery_probability",
    "margin_for",
]
