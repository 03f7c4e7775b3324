"""How a device's radio behaves, how far it has come, and what it has been through.

Times and numbers of attempts are this bench's choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from rigs.capabilities.radio import Channel
from rigs.zigbee.key_exchange import Fault
from rigs.zigbee.mac_commands import IS_MAINS_POWERED, RECEIVES_WHEN_IDLE, WANTS_ADDRESS

PREFERRED_CHANNELS = tuple(Channel(number=number) for number in (11, 14, 15, 19, 20, 24, 25))
"""Of Smart Energy, recalled."""


class Phase(StrEnum):
    """How far it has come."""

    OFF = "off"
    IDLE = "without a network and without a key to join one"
    SEEKING = "seeking"
    ASSOCIATING = "associating"
    WAITING_FOR_KEY = "waiting for the network key"
    AGREEING = "agreeing on a link key"
    JOINED = "joined"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioSettings:
    """`keep_alive`: how often a device that listens always makes sure that the hub is there.

    `first_pause` doubles at each failure, up to `longest_pause`. `linger`: for how long a device
    that sleeps polls after something was said.
    """

    sleeps: bool = False
    channels: tuple[Channel, ...] = PREFERRED_CHANNELS
    endpoint: int = 1
    key_wait: timedelta = timedelta(seconds=5)
    agreement_wait: timedelta = timedelta(seconds=60)
    first_pause: timedelta = timedelta(seconds=10)
    longest_pause: timedelta = timedelta(minutes=30)
    failures_until_lost: int = 2
    keep_alive: timedelta | None = timedelta(minutes=10)
    keep_alive_in_doubt: timedelta = timedelta(seconds=30)
    linger: timedelta = timedelta(seconds=1)

    @property
    def capability(self) -> int:
        """As it says when it joins."""
        return WANTS_ADDRESS | (0 if self.sleeps else RECEIVES_WHEN_IDLE | IS_MAINS_POWERED)


@dataclass(slots=True)
class JoinCounts:
    """What it tried, and where it failed."""

    scans: int = 0
    associations: int = 0
    denials: int = 0
    missing_keys: int = 0
    agreements: int = 0
    losses: int = 0
    returns: int = 0
    faults: list[Fault] = field(default_factory=list)


class Pauses:
    """Between attempts: longer each time, and short again after `begin_anew`."""

    def __init__(self, settings: RadioSettings) -> None:
        self._settings = settings
        self.begin_anew()

    def begin_anew(self) -> None:
        self._next = self._settings.first_pause

    def take(self) -> timedelta:
        pause = self._next
        self._next = min(2 * pause, self._settings.longest_pause)
        return pause
