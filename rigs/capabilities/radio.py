"""The radio side of a bench: coordinator, path loss between two antennas, ears on the air."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Protocol, runtime_checkable

from assay.gbcs.identifiers import Eui64
from rigs.capabilities.measurement import Identity


class Band(Enum):
    """The two bands of a home area network (CHTS; GBCS digest 10)."""

    GHZ_2_4 = "2.4 GHz"
    SUB_GHZ = "868 MHz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Page 0 is 2.4 GHz (channels 11 to 26); pages 28 to 31 are the sub-GHz ones."""

    page: int = 0
    number: int

    @property
    def band(self) -> Band:
        return Band.GHZ_2_4 if self.page == 0 else Band.SUB_GHZ


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkParameters:
    """With what a network is formed. Keys are 16 octets, in the order in which they are sent."""

    extended_pan_id: Eui64
    pan_id: int
    channel: Channel
    network_key: bytes = field(repr=False)
    key_sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApsMessage:
    """One application message, whole: fragments have been joined, or are yet to be made."""

    peer: Eui64
    profile: int
    cluster: int
    source_endpoint: int
    destination_endpoint: int
    payload: bytes
    is_encrypted: bool
    at: datetime | None = None


class Delivery(Enum):
    """What became of a message: the APS acknowledgement came, or it did not."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not delivered"


@runtime_checkable
class Coordinator(Protocol):
    """A ZigBee coordinator and trust centre, without a word of Smart Energy.

    Calls block and belong to the caller's thread; what is heard comes on the bench's loop thread.
    BenchLost where the radio does not answer.
    """

    def identify(self) -> Identity: ...

    def form(self, parameters: NetworkParameters) -> None: ...

    def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        """Let this device join with the link key of its install code, and no other."""

    def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        """What a key establishment agreed on, from the next message on."""

    def send(self, message: ApsMessage) -> Delivery: ...

    def on_message(self, callback: Callable[[ApsMessage], None]) -> None: ...

    def on_joined(self, callback: Callable[[Eui64], None]) -> None: ...

    def dismiss(self, device: Eui64) -> None:
        """Remove it from the network and forget its key."""

    def network(self) -> NetworkParameters:
        """What a sniffer needs, with the network key."""

    def link_keys(self) -> dict[Eui64, bytes]: ...

    def safe(self) -> None:
        """Radio silent; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttenuatorRange:
    """In decibels; `step` is the smallest change."""

    minimum: Decimal
    maximum: Decimal
    step: Decimal
    channels: int


@runtime_checkable
class Attenuator(Protocol):
    """Decibels between two antennas. Channels count from 1."""

    def identify(self) -> Identity: ...

    def range(self) -> AttenuatorRange: ...

    def set_attenuation(self, decibels: Decimal, channel: int = 1) -> Decimal:
        """Rounded down to a step; gives what the instrument read back. LimitExceeded outside."""

    def attenuation(self, channel: int = 1) -> Decimal: ...

    def ramp(
        self, start: Decimal, stop: Decimal, step: Decimal, dwell: timedelta, channel: int = 1
    ) -> None:
        """Inside the instrument where it can; returns at once."""

    def stop(self) -> None: ...

    def safe(self) -> None:
        """Greatest attenuation; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedFrame:
    """One frame as it was heard, without its frame check sequence; `at` is the sniffer's clock.

    `lost_before` frames are known to be missing between this one and the last.
    """

    at: datetime
    octets: bytes
    channel: Channel
    is_intact: bool = True
    strength_dbm: int | None = None
    link_quality: int | None = None
    lost_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFile:
    """A stored capture: frames (pcapng), keys beside it, and what was lost on the way."""

    frames: Path
    keys: Path
    count: int
    gaps: int
    clock_offset: timedelta


@runtime_checkable
class Sniffer(Protocol):
    """Hears one channel."""

    def identify(self) -> Identity: ...

    def start(self, channel: Channel) -> None: ...

    def frames(self) -> Iterator[CapturedFrame]:
        """Those that have come since the last call; does not wait."""

    def stop(self) -> CaptureFile: ...

    def safe(self) -> None:
        """Stopped; never raises."""
