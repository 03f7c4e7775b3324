"""An antenna in the ether, what it hears, and what disturbs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rigs.capabilities.radio import Channel
from rigs.virtual.ether.bands import PLANS, BandPlan
from rigs.virtual.ether.duty import DutyAccount
from rigs.virtual.ether.paths import ORIGIN, Position

if TYPE_CHECKING:
    from rigs.virtual.ether.ether import Ether


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One frame as one antenna heard it; `at` is the end of its last octet."""

    at: datetime
    octets: bytes
    channel: Channel
    sender: str
    strength_dbm: float
    link_quality: int


class Node:
    """Made by `Ether.node`. It hears on its channel while `is_listening`; `power_dbm` and
    `sensitivity_dbm` are the band's where none are given. `duty` counts what it sends on 868 MHz.
    """

    def __init__(self, ether: Ether, name: str, position: Position) -> None:
        self._ether = ether
        self.name = name
        self.position = position
        self.channel: Channel | None = None
        self.is_listening = True
        self.power_dbm: float | None = None
        self.sensitivity_dbm: float | None = None
        self.duty = DutyAccount()
        self.on_heard: Callable[[Heard], None] = lambda _: None

    @property
    def plan(self) -> BandPlan:
        """Of the channel it is on; ValueError for a node without one."""
        if self.channel is None:
            raise ValueError(f"{self.name} is on no channel")
        return PLANS[self.channel.band]

    def transmit(self, octets: bytes, after: timedelta = timedelta(0)) -> timedelta:
        """Put a frame on the air after a while; the time until it has ended."""
        return self._ether.transmit(self, octets, after)

    def is_channel_busy(self) -> bool:
        """What a clear channel assessment says."""
        return self._ether.is_busy(self)


@dataclass(slots=True, kw_only=True)
class Interference:
    """A source of noise, on one channel or on its whole band."""

    name: str
    channel: Channel
    whole_band: bool = False
    power_dbm: float
    position: Position = ORIGIN
    is_on: bool = True

    def reaches(self, channel: Channel) -> bool:
        if not self.is_on or self.channel.band is not channel.band:
            return False
        return self.whole_band or self.channel == channel
