"""Whose network a frame belongs to: a sniffer hears the neighbours', and those are not judged.

A network is ours from the first frame that opens with our keys. Findings about a network of
which nothing has opened yet are held back; they stand where in the end nothing opened anywhere
(the keys are wrong, or there are none), and are dropped where another network was ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from rigs.capture.decoded import Decoded
from rigs.capture.findings import Finding
from rigs.zigbee.mac import BROADCAST_PAN


class Ownership:
    def __init__(self) -> None:
        self._ours: set[int] = set()
        self._held: dict[int, list[Finding]] = {}

    def judge(self, frame: Decoded, found: Iterable[Finding]) -> list[Finding]:
        """The findings that stand by now: this frame's, and those held back before.

        What the sniffer lost stands whatever network the next frame belongs to.
        """
        pan = _pan(frame)
        if pan is None or pan in self._ours:
            return list(found)
        if _opened(frame):
            self._ours.add(pan)
            return [*self._held.pop(pan, ()), *found]
        stands: list[Finding] = []
        for one in found:
            place = stands if one.check.is_of_the_bench else self._held.setdefault(pan, [])
            place.append(one)
        return stands

    def finish(self) -> list[Finding]:
        """What was held back, where no network turned out to be ours."""
        if self._ours:
            return []
        return [finding for held in self._held.values() for finding in held]


def _opened(frame: Decoded) -> bool:
    return frame.nwk is not None and frame.nwk.is_secured and not frame.nwk.is_sealed


def _pan(frame: Decoded) -> int | None:
    if frame.mac is None:
        return None
    pan = frame.mac.destination_pan
    if pan is None or pan == BROADCAST_PAN:
        pan = frame.mac.source_pan
    return None if pan == BROADCAST_PAN else pan
