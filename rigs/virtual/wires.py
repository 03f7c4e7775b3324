"""Ways to reach a virtual instrument that speaks lines, by the name a bench file gives them."""

from __future__ import annotations

from collections.abc import Mapping

from rigs.virtual.hislip import HislipServer
from rigs.virtual.pty_server import PtyServer
from rigs.virtual.transport import ScpiServer


class SerialDeviceServer(ScpiServer):
    """The TCP port of a box with a serial line behind it."""

    @property
    def resource(self) -> str:
        return self.serial_resource


WIRES: Mapping[str, type[ScpiServer | HislipServer | PtyServer]] = {
    "socket": ScpiServer,
    "hislip": HislipServer,
    "pty": PtyServer,
    "serial_over_tcp": SerialDeviceServer,
}
