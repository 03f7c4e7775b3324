"""Frames for children that sleep: kept until the child asks, or until their time is over."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import timedelta

from assay.clock import Clock, Timer
from rigs.virtual.ether import MacLayer
from rigs.virtual.stack.layers import Done, Make
from rigs.zigbee.mac import Address


@dataclass(slots=True, eq=False)
class _Waiting:
    make: Make
    done: Done
    expiry: Timer | None = None
    has_expired: bool = False

    def end(self, is_delivered: bool) -> None:
        if self.expiry is not None:
            self.expiry.cancel()
        self.done(is_delivered)


KEPT_FOR = timedelta(seconds=7.68)
"""Recalled: the persistence of indirect frames."""


class Mailbox:
    """Sits on the MAC of a parent: the bit in acknowledgements says that something is here."""

    def __init__(self, mac: MacLayer, clock: Clock) -> None:
        self._mac = mac
        self._clock = clock
        self._boxes: dict[Address, deque[_Waiting]] = {}
        self.kept_for = KEPT_FOR
        mac.has_pending = self.has

    def has(self, child: Address) -> bool:
        return child in self._boxes

    def put(self, child: Address, make: Make, done: Done) -> None:
        """`done(False)` where the child has not come for it in time."""
        waiting = _Waiting(make, done)
        waiting.expiry = self._clock.call_later(self.kept_for, lambda: self._expire(child, waiting))
        self._boxes.setdefault(child, deque()).append(waiting)

    def hand_out(self, child: Address) -> None:
        """The child asks: send it the oldest frame, and say whether more follow."""
        box = self._boxes.get(child)
        if not box:
            return
        waiting = box.popleft()
        if not box:
            del self._boxes[child]

        def done(is_delivered: bool) -> None:
            if is_delivered or waiting.has_expired:
                waiting.end(is_delivered)
            else:
                self._boxes.setdefault(child, deque()).appendleft(waiting)

        self._mac.send(replace(waiting.make(), pending=bool(box)), done)

    def forget(self, child: Address) -> None:
        for waiting in self._boxes.pop(child, ()):
            waiting.end(False)

    def clear(self) -> None:
        """The parent has been switched off: nobody is told."""
        for box in self._boxes.values():
            for waiting in box:
                if waiting.expiry is not None:
                    waiting.expiry.cancel()
        self._boxes.clear()

    def _expire(self, child: Address, waiting: _Waiting) -> None:
        waiting.has_expired = True
        box = self._boxes.get(child)
        if box is None or waiting not in box:
            return  # on the air just now
        box.remove(waiting)
        if not box:
            del self._boxes[child]
        waiting.end(False)
