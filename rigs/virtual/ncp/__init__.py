"""A virtual radio stick: EmberZNet's serial protocol on one side, the air on the other.

It serves EZSP 13 over ASH, and is trust centre and parent of the devices on a virtual ether.
"""

from rigs.virtual.ncp.ncp import Ncp
from rigs.virtual.ncp.server import NcpServer, PtyNcpServer, TcpNcpServer

__all__ = ["Ncp", "NcpServer", "PtyNcpServer", "TcpNcpServer"]
