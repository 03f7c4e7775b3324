"""What entries of drivers on serial lines and sockets share: how the bench file sets the line."""

from __future__ import annotations

from typing import Literal, TypeVar

from assay.declarations.instrument import Instrument
from assay.verdicts import PlanError
from rigs.driver_entry import Mounting, Surroundings
from rigs.drivers.octet_line import SerialSettings
from rigs.virtual.octet_conversation import OctetPeer
from rigs.virtual.octet_pty import PtyOctetServer
from rigs.virtual.octet_server import OctetServer, TcpOctetServer

T = TypeVar("T")

TIMEOUT_S = 3.0


def line_settings(mounting: Mounting, usual: SerialSettings) -> SerialSettings:
    """What the bench file says of the line, and the usual of the instrument for the rest."""
    said = mounting.declared.transport
    data_bits: Literal[7, 8] = said.data_bits or usual.data_bits
    stop_bits: Literal[1, 2] = said.stop_bits or usual.stop_bits
    return SerialSettings(
        baud=said.baud or usual.baud,
        data_bits=data_bits,
        parity=said.parity or usual.parity,
        stop_bits=stop_bits,
    )


def on_a_serial_line(peer: OctetPeer, around: Surroundings, usual: SerialSettings) -> OctetServer:
    return PtyOctetServer(peer, around.clock, around.loop_thread, baud=usual.baud)


def on_a_socket(peer: OctetPeer, around: Surroundings) -> OctetServer:
    return TcpOctetServer(peer, around.clock, around.loop_thread)


def there(node: T | None, declared: Instrument, what: str) -> T:
    """PlanError where a virtual instrument has nothing to act on."""
    if node is None:
        raise PlanError(f"a virtual {declared.kind} needs {what}, and these premises have none")
    return node
