"""Drives a time server by SNTP (RFC 5905, 14): the capability `TimeSource`.

One question, one answer. The offset is that of RFC 5905, and is known within half the round trip:
the way there and the way back may differ by all of it. States of a chrony daemon or of a receiver
are out of scope here; a server that says that it is not synchronised itself is refused.
"""

from __future__ import annotations

import secrets
import socket
import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Identity, TimeOffset
from rigs.drivers.connection import refuse_loop_thread
from rigs.drivers.time_source.packet import (
    CLIENT,
    SERVER,
    UNSYNCHRONISED,
    NtpPacket,
    RemoteTimeError,
    from_timestamp,
)

PORT = 123
MOST_STRATUM = 15
_PACKET = 512


class SntpSource:
    """`address` is ntp://host[:port]."""

    def __init__(self, address: str, clock: Clock, *, timeout_s: float = 2.0) -> None:
        where = urlsplit(address)
        if where.scheme != "ntp" or where.hostname is None:
            raise ValueError(f"expected ntp://host[:port], got {address!r}")
        self._address = address
        self._where = (where.hostname, where.port or PORT)
        self._clock = clock
        self._timeout_s = timeout_s

    def open(self) -> Identity:
        return self.identify()

    def identify(self) -> Identity:
        """Stratum and reference of the server, as it states them."""
        answer, _, _ = self._ask()
        return Identity(
            maker="NTP", model=f"stratum {answer.stratum}", serial=_reference(answer), firmware="4"
        )

    def measure_offset(self) -> TimeOffset:
        """BenchLost without an answer in time; BenchFault for one that gives no time."""
        answer, sent, came = self._ask()
        received = from_timestamp(answer.received, sent)
        transmitted = from_timestamp(answer.transmitted, sent)
        round_trip = (came - sent) - (transmitted - received)
        return TimeOffset(
            offset=((sent - received) + (came - transmitted)) / 2,
            uncertainty=max(round_trip, timedelta(0)) / 2,
            source=f"{self._address} (stratum {answer.stratum}, {_reference(answer)})",
            at=came,
        )

    def safe(self) -> None:
        """It has no output."""

    def close(self) -> None:
        """Nothing is held between two questions."""

    def _ask(self) -> tuple[NtpPacket, datetime, datetime]:
        """The answer, and when question and answer passed on the bench's clock."""
        refuse_loop_thread()
        # A number that only this question has: an answer to an earlier one does not carry it.
        question = NtpPacket(mode=CLIENT, transmitted=secrets.randbits(64))
        with self._clock.exchange(), self._open() as link:
            sent = self._clock.now()
            try:
                link.send(question.to_bytes())
                octets, came = self._receive(link)
            except OSError as error:
                raise BenchLost(
                    f"{self._address}: expected the time within {self._timeout_s} s, got {error}"
                ) from error
        return self._checked(octets, question), sent, came

    def _open(self) -> socket.socket:
        link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            link.settimeout(self._timeout_s)
            link.connect(self._where)
        except OSError as error:
            link.close()
            raise BenchLost(f"{self._address} cannot be reached: {error}") from error
        return link

    def _receive(self, link: socket.socket) -> tuple[bytes, datetime]:
        began = time.monotonic()
        octets = link.recv(_PACKET)
        if time.monotonic() - began > self._timeout_s:
            raise TimeoutError("timed out")
        return octets, self._clock.now()

    def _checked(self, octets: bytes, question: NtpPacket) -> NtpPacket:
        try:
            answer = NtpPacket.from_bytes(octets)
        except RemoteTimeError as error:
            raise BenchFault(f"{self._address}: {error}") from error
        problem = _problem(answer, question)
        if problem is not None:
            raise BenchFault(f"{self._address}: {problem}")
        return answer


def _problem(answer: NtpPacket, question: NtpPacket) -> str | None:
    if answer.mode != SERVER:
        return f"expected mode {SERVER}, got {answer.mode}"
    if answer.originated != question.transmitted:
        return "expected an answer to this question, got one to another"
    if answer.stratum == 0:
        return f"the server gives no time: {_reference(answer)}"
    if answer.stratum > MOST_STRATUM or answer.leap == UNSYNCHRONISED:
        return f"the server is not synchronised itself (stratum {answer.stratum})"
    if not answer.received or not answer.transmitted:
        return "expected the times of the server, got none"
    return None


def _reference(answer: NtpPacket) -> str:
    """Four letters for a clock or a refusal (stratum 0 and 1), else an address."""
    if answer.stratum <= 1:
        return answer.reference.rstrip(b"\0").decode("ascii", "replace")
    return ".".join(str(octet) for octet in answer.reference)
