"""The edge to PyVISA with the pyvisa-py backend: open and close, nothing else.

What pyvisa-py 0.8 gets wrong is set right here (rigs.md 1.5, 1.6): Nagle stays on for
sockets, an unknown host leaks its socket, and a host that does not answer raises the bare
`Exception` class.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pyvisa
from pyvisa.constants import Parity, StopBits
from pyvisa.errors import InvalidSession, VisaIOError
from pyvisa.resources import MessageBasedResource, SerialInstrument
from pyvisa.rname import (
    ASRLInstr,
    InvalidResourceName,
    ResourceName,
    TCPIPInstr,
    TCPIPSocket,
)

from assay.verdicts import BenchLost

# What pyvisa-py raises when the other side is gone or speaks nonsense: a refused connection
# "opens" and fails at the first message, with the error of the socket; a HiSLIP message that
# is none, or a channel that was closed, is a RuntimeError or an assertion of pyvisa-py's.
LINK_ERRORS = (VisaIOError, InvalidSession, OSError, RuntimeError, AssertionError, LookupError)

HISLIP_PORT = 4880
_STOP_BITS = {1: StopBits.one, 2: StopBits.two}
ADDRESSES = (
    "TCPIP::host::port::SOCKET, TCPIP::host::hislip0[,port]::INSTR, "
    "ASRL/dev/name::INSTR or ASRLsocket://host:port::INSTR"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSettings:
    """What ends a message and an answer; the rest is for serial lines."""

    end: str = "\n"
    baud_rate: int = 9600
    data_bits: int = 8
    parity: str = "none"
    stop_bits: int = 1

    def __post_init__(self) -> None:
        if self.parity not in Parity.__members__ or self.stop_bits not in _STOP_BITS:
            raise ValueError(f"expected none, even or odd and 1 or 2 stop bits, got {self}")


@contextmanager
def visa_resources() -> Iterator[pyvisa.ResourceManager]:
    """A resource manager of one's own, closed at the end with everything opened through it.

    PyVISA shares one manager per library path, and closing it cuts everybody's sessions;
    pyvisa-py takes any path, so each bench gets a name of its own.
    """
    manager = pyvisa.ResourceManager(f"{uuid4().hex}@py")
    try:
        yield manager
    finally:
        manager.close()


def open_link(
    resources: pyvisa.ResourceManager,
    address: str,
    timeout_s: float,
    settings: LineSettings | None = None,
) -> MessageBasedResource:
    """Open one of `ADDRESSES`, with the end that the settings say at messages and answers.

    ValueError for another kind of address (none has been tried); BenchLost if nobody is
    there. A refused SOCKET connection is found by the first message only.
    """
    settings = LineSettings() if settings is None else settings
    _find(_parse(address), timeout_s)
    timeout_ms = round(timeout_s * 1000)
    try:
        link = resources.open_resource(address, open_timeout=timeout_ms)
    except LINK_ERRORS as error:
        raise BenchLost(f"{address} cannot be opened: {error}") from error
    except Exception as error:
        if type(error) is not Exception:
            raise
        raise BenchLost(f"{address} cannot be opened: {error}") from error
    assert isinstance(link, MessageBasedResource)  # what each of the four is to PyVISA
    link.read_termination = link.write_termination = settings.end
    link.timeout = timeout_ms
    if isinstance(link, SerialInstrument):
        link.baud_rate = settings.baud_rate
        link.data_bits = settings.data_bits
        link.parity = Parity[settings.parity]
        link.stop_bits = _STOP_BITS[settings.stop_bits]
    _send_at_once(link)
    return link


def interface_of(link: MessageBasedResource) -> Any:
    """What pyvisa-py drives for this link (a socket, a serial port); None on other backends."""
    sessions = getattr(link.visalib, "sessions", {})
    return getattr(sessions.get(link.session), "interface", None)


def _parse(address: str) -> ResourceName:
    try:
        where = ResourceName.from_string(address)
    except InvalidResourceName as error:
        raise ValueError(f"{address!r} is no VISA address: {error}") from error
    is_hislip = isinstance(where, TCPIPInstr) and where.lan_device_name.startswith("hislip")
    if not is_hislip and not isinstance(where, TCPIPSocket | ASRLInstr):
        raise ValueError(f"expected {ADDRESSES}, got {address!r}")
    return where


def _find(where: ResourceName, timeout_s: float) -> None:
    """BenchLost for what pyvisa-py would leak a socket over."""
    if isinstance(where, TCPIPSocket):
        _resolve(where.host_address, where.port)
    elif isinstance(where, TCPIPInstr):
        _, _, port = where.lan_device_name.partition(",")
        _knock(where.host_address, int(port or HISLIP_PORT), timeout_s)


def _resolve(host: str, port: str | int) -> None:
    try:
        socket.getaddrinfo(host, port, socket.AF_INET)
    except OSError as error:
        raise BenchLost(f"host {host!r} is unknown: {error}") from error


def _knock(host: str, port: int, timeout_s: float) -> None:
    _resolve(host, port)
    try:
        socket.create_connection((host, port), timeout_s).close()
    except OSError as error:
        raise BenchLost(f"{host} port {port} cannot be opened: {error}") from error


def _send_at_once(link: MessageBasedResource) -> None:
    """Without TCP_NODELAY a set that follows a set waits 40 ms for the peer's delayed ACK.

    VI_ATTR_TCPIP_NODELAY is an unknown attribute to pyvisa-py; only the socket option works.
    Other backends have no such sessions and are left alone.
    """
    interface = interface_of(link)
    if isinstance(interface, socket.socket):
        interface.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
