"""Three kinds of sniffers as one: pcap streams, ZEP datagrams, and lines of text.

Addresses say which:

    pcap+tcp://host:port     a port that serves pcap or pcapng
    pcap+fifo:/path          a named pipe into which a tool writes it
    pcap+run:command         the output of a tool; {channel} and {page} stand for the channel
    zep://host:port          datagrams that come to this address (port 17754 where none is given)
    text:/dev/NAME           nRF52840 with Nordic's firmware, or any Zephyr board
    text+tcp://host:port     the same behind a serial-device server
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from rigs.capabilities.radio import CapturedFrame, Channel
from rigs.capture import files, serial_text, zep
from rigs.capture.pcap import RecordReader
from rigs.capture.serial_text import RadioClock
from rigs.drivers.octet_line import SerialSettings, open_line
from rigs.drivers.sniffer.sources import CommandSource, FifoSource, SocketSource, Source
from rigs.zigbee import fcs
from rigs.zigbee.errors import RemoteRadioError

ADDRESSES = (
    "pcap+tcp://host:port, pcap+fifo:/path, pcap+run:command, zep://host:port, text:/dev/NAME "
    "or text+tcp://host:port"
)
SETTINGS = SerialSettings(baud=115_200)
_DATAGRAM = 2048
_BUFFER = 1 << 21


class Input(Protocol):
    """An open sniffer on a channel. OSError where it has gone, RemoteRadioError where it speaks
    what is none of its language."""

    def receive(self, wait_s: float) -> list[CapturedFrame]:
        """What has come, waiting so long for the first frame."""

    def close(self) -> None: ...


def open_input(
    address: str, channel: Channel, timeout_s: float, now: Callable[[], datetime]
) -> Input:
    """OSError where nothing is there; ValueError for an address that is none."""
    kind, _, rest = address.partition(":")
    if kind == "pcap+tcp":
        host, port = _host_and_port(address)
        return StreamInput(SocketSource(host, port, timeout_s), channel)
    if kind == "pcap+fifo" and rest:
        return StreamInput(FifoSource(rest), channel)
    if kind == "pcap+run" and rest:
        command = rest.format(channel=channel.number, page=channel.page)
        return StreamInput(CommandSource(command), channel)
    if kind == "zep":
        return ZepInput(*_host_and_port(address, zep.PORT))
    if kind == "text+tcp":
        _host_and_port(address)
        return TextInput(f"tcp:{rest}", channel, timeout_s, now)
    if kind == "text" and rest.startswith("/"):
        return TextInput(rest, channel, timeout_s, now)
    raise ValueError(f"address of a sniffer: expected {ADDRESSES}, got {address!r}")


def _host_and_port(address: str, default: int | None = None) -> tuple[str, int]:
    where = urlsplit(address)
    port = where.port if where.port is not None else default
    if where.hostname is None or port is None:
        raise ValueError(f"address of a sniffer: expected {ADDRESSES}, got {address!r}")
    return where.hostname, port


class StreamInput:
    """pcap or pcapng of any link type that holds 802.15.4."""

    def __init__(self, source: Source, channel: Channel) -> None:
        self._source = source
        self._channel = channel
        self._records = RecordReader()

    def receive(self, wait_s: float) -> list[CapturedFrame]:
        octets = self._source.receive(wait_s)
        found = (files.frame_of(one, self._channel) for one in self._records.feed(octets))
        return [frame for frame in found if frame is not None]

    def close(self) -> None:
        self._source.close()


class ZepInput:
    """Datagrams of ZEP version 2. A number that is left out is a frame that was lost."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self._next: dict[int, int] = {}
        self._unreadable = 0

    def receive(self, wait_s: float) -> list[CapturedFrame]:
        self._socket.settimeout(max(wait_s, 1e-4))
        try:
            octets = self._socket.recv(_DATAGRAM)
        except TimeoutError:
            return []
        try:
            datagram = zep.parse(octets)
        except RemoteRadioError:
            self._unreadable += 1
            return []
        if datagram is None or len(datagram.frame) <= fcs.FCS_SIZE:
            return []
        lost = self._lost(datagram) or self._unreadable
        self._unreadable = 0
        return [
            CapturedFrame(
                at=datagram.at,
                octets=datagram.frame[: -fcs.FCS_SIZE],
                channel=Channel(number=datagram.channel),
                is_intact=fcs.is_intact(datagram.frame),
                link_quality=datagram.link_quality,
                lost_before=lost,
            )
        ]

    def close(self) -> None:
        self._socket.close()

    def _lost(self, datagram: zep.Datagram) -> int:
        expected = self._next.get(datagram.device, datagram.sequence)
        self._next[datagram.device] = (datagram.sequence + 1) & 0xFFFFFFFF
        missed = (datagram.sequence - expected) & 0xFFFFFFFF
        return missed if missed < 1 << 31 else 0  # one that was overtaken


class TextInput:
    """A board that is told its channel, and then says a line for each frame."""

    def __init__(
        self, address: str, channel: Channel, timeout_s: float, now: Callable[[], datetime]
    ) -> None:
        self._line = open_line(address, SETTINGS, timeout_s)
        self._channel = channel
        self._now = now
        self._clock = RadioClock()
        self._unread = bytearray()
        self._garbled = 0
        for command in ("sleep", f"channel {channel.number}", "receive"):
            self._line.send(f"{command}\r\n".encode("ascii"))

    def receive(self, wait_s: float) -> list[CapturedFrame]:
        self._unread += self._line.receive(wait_s)
        arrived = self._now()
        *lines, rest = bytes(self._unread).split(b"\n")
        self._unread = bytearray(rest)
        return [frame for line in lines if (frame := self._frame(line, arrived)) is not None]

    def close(self) -> None:
        """Asleep again, where the line still takes it."""
        try:
            self._line.send(b"sleep\r\n")
        finally:
            self._line.close()

    def _frame(self, octets: bytes, arrived: datetime) -> CapturedFrame | None:
        try:
            line = serial_text.parse(octets.decode("ascii", "replace"))
        except RemoteRadioError:
            self._garbled += 1
            return None
        if line is None or not line.octets:
            return None
        lost, self._garbled = self._garbled, 0
        return CapturedFrame(
            at=self._clock.time_of(line, arrived),
            octets=line.octets,
            channel=self._channel,
            strength_dbm=line.strength_dbm,
            link_quality=min(line.link_quality, 0xFF),
            lost_before=lost,
        )
