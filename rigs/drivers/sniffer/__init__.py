"""Ears on the air: the capability `Sniffer`, over three kinds of input."""

from rigs.drivers.sniffer.driver import SnifferDriver
from rigs.drivers.sniffer.inputs import ADDRESSES

__all__ = ["ADDRESSES", "SnifferDriver"]
