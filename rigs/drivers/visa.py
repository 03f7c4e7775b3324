"""The edge to PyVISA with the pyvisa-py backend: open and close, nothing else.

What pyvisa-py 0.8 gets wrong is set right here (rigs.md 1.5, 1.6): Nagle stays on for
sockets, an unknown host leaks its socket, and a host that does not answer raises the bare
`Exception` class.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pyvisa
from pyvisa.errors import InvalidSession, VisaIOError
from pyvisa.resources import MessageBasedResource
from pyvisa.rname import InvalidResourceName, ResourceName, TCPIPSocket

from assay.verdicts import BenchLost

# What pyvisa-py raises when the other side is gone: a refused connection "opens" and fails
# at the first message, with the error of the socket.
LINK_ERRORS = (VisaIOError, InvalidSession, OSError)


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
    resources: pyvisa.ResourceManager, address: str, timeout_s: float
) -> MessageBasedResource:
    """Open `TCPIP::host::port::SOCKET`, with LF at the end of messages and answers.

    ValueError for another kind of address (none has been tried); BenchLost if nobody is
    there. A refused connection is found by the first message only.
    """
    _resolve(_parse(address))
    timeout_ms = round(timeout_s * 1000)
    try:
        link = resources.open_resource(address, open_timeout=timeout_ms)
    except LINK_ERRORS as error:
        raise BenchLost(f"{address} cannot be opened: {error}") from error
    except Exception as error:
        if type(error) is not Exception:
            raise
        raise BenchLost(f"{address} cannot be opened: {error}") from error
    assert isinstance(link, MessageBasedResource)  # what SOCKET is to PyVISA
    link.read_termination = link.write_termination = "\n"
    link.timeout = timeout_ms
    _send_at_once(link)
    return link


def _parse(address: str) -> TCPIPSocket:
    try:
        where = ResourceName.from_string(address)
    except InvalidResourceName as error:
        raise ValueError(f"{address!r} is no VISA address: {error}") from error
    if not isinstance(where, TCPIPSocket):
        raise ValueError(f"expected TCPIP::host::port::SOCKET, got {address!r}")
    return where


def _resolve(where: TCPIPSocket) -> None:
    try:
        socket.getaddrinfo(where.host_address, where.port, socket.AF_INET)
    except OSError as error:
        raise BenchLost(f"host {where.host_address!r} is unknown: {error}") from error


def _send_at_once(link: MessageBasedResource) -> None:
    """Without TCP_NODELAY a set that follows a set waits 40 ms for the peer's delayed ACK.

    VI_ATTR_TCPIP_NODELAY is an unknown attribute to pyvisa-py; only the socket option works.
    Other backends have no such sessions and are left alone.
    """
    sessions = getattr(link.visalib, "sessions", {})
    interface = getattr(sessions.get(link.session), "interface", None)
    if isinstance(interface, socket.socket):
        interface.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
