"""Frame counters: each rises; one that repeats or falls is a replay, one that jumps is a gap.

Only frames that opened count, since anyone can write a number into a frame that does not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rigs.capture.checks.check import finding, sender
from rigs.capture.decoded import Decoded
from rigs.capture.findings import Check, Finding
from rigs.zigbee.mac import MacKind

RETRY = timedelta(milliseconds=250)
"""A MAC frame that is repeated within it had no acknowledgement in time (three retries with
backoff last less)."""

HELD = timedelta(seconds=8)
"""A frame for a sleepy device is repeated at its next poll where no acknowledgement came."""

APS_COPY = timedelta(seconds=10)
"""A protected APS frame travels again as it is: over the next hop, or for want of an answer."""

RESTART = 1000
"""A device that restarts continues well above the last counter that it stored (inferred)."""


@dataclass(slots=True)
class _Last:
    counter: int
    octets: bytes
    at: datetime
    mac_sequence: int
    is_acknowledged: bool = False


class NwkCounters:
    """Per sender of each hop and network key."""

    def __init__(self, *, reports_gaps: bool = True) -> None:
        self._reports_gaps = reports_gaps
        self._last: dict[Hashable, _Last] = {}
        self._awaiting: dict[int, _Last] = {}

    def look(self, frame: Decoded) -> Iterator[Finding]:
        if frame.mac is None:
            return
        if frame.mac.kind is MacKind.ACK:
            answered = self._awaiting.pop(frame.mac.sequence, None)
            if answered is not None:
                answered.is_acknowledged = True
            return
        below = frame.nwk
        if below is None or below.is_sealed or below.security is None:
            return
        security = below.security
        key = (security.source, security.key_sequence)
        last = self._last.get(key)
        now = _Last(security.counter, frame.frame.octets, frame.frame.at, frame.mac.sequence)
        if last is not None and security.counter <= last.counter:
            if not self._is_retry(last, now):
                told = f"{security.counter} after {last.counter}"
                yield finding(Check.NWK_REPLAY, frame, sender(frame), told)
            return
        missed = security.counter - last.counter - 1 if last is not None else 0
        if self._reports_gaps and 0 < missed < RESTART:
            told = f"{missed} before frame counter {security.counter}"
            yield finding(Check.MISSING_FRAME, frame, sender(frame), told)
        self._last[key] = now
        if frame.mac.ack_request:
            self._awaiting[frame.mac.sequence] = now

    def finish(self) -> Iterator[Finding]:
        return iter(())

    def _is_retry(self, last: _Last, now: _Last) -> bool:
        if now.octets != last.octets:
            return False
        since = now.at - last.at
        return since <= RETRY or (not last.is_acknowledged and since <= HELD)


class _Recent:
    """Frames that were seen within the time in which they may be seen again."""

    def __init__(self) -> None:
        self._times: OrderedDict[Hashable, datetime] = OrderedDict()

    def holds(self, identity: Hashable, at: datetime) -> bool:
        seen = self._times.get(identity)
        return seen is not None and at - seen <= APS_COPY

    def add(self, identity: Hashable, at: datetime) -> None:
        self._times[identity] = at
        while True:
            oldest, seen = next(iter(self._times.items()))
            if at - seen <= APS_COPY:
                return
            del self._times[oldest]


class ApsCounters:
    """Per sender, receiver and link key."""

    def __init__(self) -> None:
        self._last: dict[Hashable, int] = {}
        self._recent = _Recent()

    def look(self, frame: Decoded) -> Iterator[Finding]:
        above, below = frame.aps, frame.nwk
        if above is None or below is None or above.is_sealed or above.security is None:
            return
        key = (below.source, below.destination, above.security.key_kind, frame.link_key)
        counter, at = above.security.counter, frame.frame.at
        identity = (key, counter, above.payload)
        if self._recent.holds(identity, at):
            return
        last = self._last.get(key)
        if last is not None and counter <= last:
            told = f"{counter} after {last} to {below.destination:04X}"
            yield finding(Check.APS_REPLAY, frame, sender(frame), told)
            return
        self._last[key] = counter
        self._recent.add(identity, at)

    def finish(self) -> Iterator[Finding]:
        return iter(())
