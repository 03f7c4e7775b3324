"""Virtual sniffers: an ear in the ether that speaks pcap, ZEP, or lines of text."""

from rigs.virtual.sniffer.stream import PcapStreamServer
from rigs.virtual.sniffer.text import TextSniffer
from rigs.virtual.sniffer.zep import ZepSniffer

__all__ = ["PcapStreamServer", "TextSniffer", "ZepSniffer"]
