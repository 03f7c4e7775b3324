"""The installer's hand-held terminal (HHT): commands without the WAN."""

from rigs.devices.hand_held.terminal import HandHeldTerminal

__all__ = ["HandHeldTerminal"]
