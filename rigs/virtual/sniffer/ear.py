"""What every virtual sniffer does with a frame: hears it, or suffers a declared fault."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assay.clock import Clock, LoopThread
from rigs.capabilities.radio import CapturedFrame, Channel
from rigs.virtual.faults import (
    DroppedConnection,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
)
from rigs.virtual.server import VirtualServer

FRAME = "frame"
"""What a fault may name; nothing else passes here."""


class OnAir(Protocol):
    """A frame as an antenna of the virtual ether hears it."""

    @property
    def at(self) -> datetime: ...

    @property
    def octets(self) -> bytes: ...

    @property
    def channel(self) -> Channel: ...

    @property
    def strength_dbm(self) -> float: ...

    @property
    def link_quality(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A frame to be told, and how many were lost before it."""

    frame: CapturedFrame
    lost_before: int


class Ear(VirtualServer):
    """Give its `hear` to an ether. Lives on the bench's loop thread.

    It hears everything, or one `channel` alone where that is set.
    """

    def __init__(self, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()) -> None:
        super().__init__(clock, loop_thread, faults)
        self._lost = 0
        self.channel: Channel | None = None

    def hear(self, heard: OnAir) -> None:
        """On the loop thread."""
        if self.channel not in (None, heard.channel):
            return
        frame = CapturedFrame(
            at=heard.at,
            octets=heard.octets,
            channel=heard.channel,
            strength_dbm=round(heard.strength_dbm),
            link_quality=heard.link_quality,
        )
        effect = self._faults.effect_on(FRAME)
        if isinstance(effect, NoAnswer):
            self._lost += 1
        elif isinstance(effect, DroppedConnection):
            self._hang_up()
        elif isinstance(effect, GarbledAnswer):
            self._garble(effect.octets)
        elif isinstance(effect, LateAnswer):
            # the stamp stays, the frame comes late: what a busy host does
            told = self._told(frame)
            self._loop_thread.loop.call_later(effect.delay_s, lambda: self._tell(told))
        else:
            self._tell(self._told(frame))

    def _told(self, frame: CapturedFrame) -> Told:
        lost, self._lost = self._lost, 0
        return Told(frame=frame, lost_before=lost)

    @abstractmethod
    def _tell(self, told: Told) -> None: ...

    @abstractmethod
    def _garble(self, octets: bytes) -> None: ...

    @abstractmethod
    def _hang_up(self) -> None: ...
