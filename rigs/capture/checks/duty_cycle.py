"""Airtime of each sender at 868 MHz over a sliding hour, against the legal cap (protocol 6.3)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from rigs.capabilities.radio import Band
from rigs.capture.checks.check import finding
from rigs.capture.decoded import Decoded
from rigs.capture.findings import Check, Finding
from rigs.zigbee.airtime import airtime
from rigs.zigbee.mac import Address, MacKind

WINDOW = timedelta(hours=1)
LEGAL_CAP = Decimal("2.8")
"""Percent. Inferred: above the highest threshold that a hub can be given (2.5)."""

_Sender = tuple[int, Address]


class DutyCycle:
    """A sender without an address (an acknowledgement) is whom the frame before it was for."""

    def __init__(self, limit_percent: Decimal = LEGAL_CAP) -> None:
        self._limit_percent = limit_percent
        self._limit = WINDOW * (float(limit_percent) / 100)
        self._sent: dict[_Sender, deque[tuple[datetime, timedelta]]] = {}
        self._used: dict[_Sender, timedelta] = {}
        self._answers: dict[int, Address] = {}

    def look(self, frame: Decoded) -> Iterator[Finding]:
        heard = frame.frame
        if heard.channel.band is not Band.SUB_GHZ or frame.mac is None:
            return
        source = frame.mac.source
        if frame.mac.kind is MacKind.ACK:
            source = self._answers.pop(frame.mac.sequence, None)
        elif frame.mac.ack_request and frame.mac.destination is not None:
            self._answers[frame.mac.sequence] = frame.mac.destination
        if source is None:
            return
        sender = (heard.channel.page, source)
        used = self._transmit(sender, heard.at, airtime(len(heard.octets), Band.SUB_GHZ))
        if used > self._limit:
            percent = Decimal(used // timedelta(microseconds=1)) / 36_000_000
            told = f"{percent:.3f} % of the hour before, {self._limit_percent} % are allowed"
            yield finding(Check.DUTY_CYCLE, frame, self._name(source), told)

    def finish(self) -> Iterator[Finding]:
        return iter(())

    def _transmit(self, sender: _Sender, at: datetime, span: timedelta) -> timedelta:
        sent = self._sent.setdefault(sender, deque())
        used = self._used.get(sender, timedelta(0)) + span
        sent.append((at, span))
        while sent[0][0] + WINDOW <= at:
            used -= sent.popleft()[1]
        self._used[sender] = used
        return used

    def _name(self, source: Address) -> str:
        return f"{source:04X}" if isinstance(source, int) else str(source)
