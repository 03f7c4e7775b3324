"""Long application messages in blocks: a sender and a receiver that survive loss and copies.

ZigBee numbers the blocks of one APS counter, sends a window of them and waits for an
acknowledgement that has a bit for each. No input or output happens here; times are given.
Frames leave and enter in clear: whoever puts them on the air protects each with a frame counter
of its own, as an outside reader can put them together only so (rigs digest 4.1).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rigs.zigbee.aps import ApsFrame, ApsKind, Fragment, FragmentKind, acknowledge
from rigs.zigbee.errors import RemoteRadioError

LARGEST_BLOCK = 63
"""What a frame of 127 octets leaves beside 11 of MAC, 26 of NWK and 27 of APS with both extended
nonces and the extended header."""

MAX_WINDOW = 8
MAX_BLOCKS = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many blocks go out before an answer is awaited, and how long silence is borne.

    Recalled values: a window of one block, 1.6 s and three repetitions.
    """

    window: int = 1
    ack_wait: timedelta = timedelta(seconds=1.6)
    retries: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.window <= MAX_WINDOW or self.retries < 0:
            raise ValueError(f"a window of 1 to {MAX_WINDOW} blocks and no fewer retries than 0")

    @property
    def patience(self) -> timedelta:
        """After that much silence the other side has given up."""
        return self.ack_wait * (self.retries + 1)


class Progress(StrEnum):
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


def split(frame: ApsFrame, block_size: int = LARGEST_BLOCK) -> tuple[ApsFrame, ...]:
    """The blocks of one data frame; the frame itself where it fits. ValueError where none do."""
    if block_size < 1:
        raise ValueError(f"block size: expected 1 or more, given {block_size}")
    if len(frame.payload) <= block_size:
        return (frame,)
    pieces = [
        frame.payload[start : start + block_size]
        for start in range(0, len(frame.payload), block_size)
    ]
    if len(pieces) > MAX_BLOCKS:
        raise ValueError(f"{len(pieces)} blocks of {block_size}: a message has {MAX_BLOCKS}")
    return tuple(
        replace(
            frame,
            payload=piece,
            ack_request=True,
            extended=Fragment(
                kind=FragmentKind.REST if number else FragmentKind.FIRST,
                block=number or len(pieces),
            ),
        )
        for number, piece in enumerate(pieces)
    )


class Sender:
    """Delivers one data frame, whole or in blocks. `start` it, feed it acknowledgements, poll it.

    A frame that asks for no acknowledgement and fits is delivered when it has been sent.
    """

    def __init__(
        self, frame: ApsFrame, *, block_size: int = LARGEST_BLOCK, pace: Pace | None = None
    ) -> None:
        self._frame = frame
        self._blocks = split(frame, block_size)
        self._pace = pace or Pace()
        self._missing = set(range(len(self._blocks)))
        self._attempts = 0
        self.progress = Progress.SENDING
        self.deadline: datetime | None = None

    @property
    def _is_whole(self) -> bool:
        return self._blocks[0].extended is None

    def start(self, now: datetime) -> list[ApsFrame]:
        burst = self._burst(now)
        if self._is_whole and not self._frame.ack_request:
            self._end(Progress.DELIVERED)
        return burst

    def receive(self, ack: ApsFrame, now: datetime) -> list[ApsFrame]:
        """What to send after an acknowledgement; nothing after one that is late or not ours."""
        if self.progress is not Progress.SENDING or not self._answers(ack):
            return []
        came = self._acknowledged(ack)
        fresh = came & self._missing
        self._missing -= came
        if not self._missing:
            self._end(Progress.DELIVERED)
            return []
        if fresh:
            self._attempts = 0
        elif self._attempts > self._pace.retries:
            self._end(Progress.FAILED)
            return []
        return self._burst(now)

    def poll(self, now: datetime) -> list[ApsFrame]:
        """What to send where the deadline has passed: nothing was heard, so once more."""
        if self.deadline is None or now < self.deadline:
            return []
        if self._attempts > self._pace.retries:
            self._end(Progress.FAILED)
            return []
        return self._burst(now)

    def _answers(self, ack: ApsFrame) -> bool:
        frame = self._frame
        return (
            ack.kind is ApsKind.ACK
            and ack.counter == frame.counter
            and not ack.is_short_ack
            and (ack.cluster, ack.profile) == (frame.cluster, frame.profile)
            and ack.source_endpoint == frame.destination_endpoint
            and ack.destination_endpoint == frame.source_endpoint
            and (ack.extended is None) == self._is_whole
        )

    def _acknowledged(self, ack: ApsFrame) -> set[int]:
        if ack.extended is None:
            return {0}
        bits = ack.extended.acknowledged or 0
        return {
            ack.extended.block + bit
            for bit in range(self._pace.window)
            if bits >> bit & 1 and ack.extended.block + bit < len(self._blocks)
        }

    def _burst(self, now: datetime) -> list[ApsFrame]:
        self._attempts += 1
        self.deadline = now + self._pace.ack_wait
        start = min(self._missing) // self._pace.window * self._pace.window
        window = range(start, start + self._pace.window)
        return [self._blocks[number] for number in window if number in self._missing]

    def _end(self, progress: Progress) -> None:
        self.progress = progress
        self.deadline = None


@dataclass(frozen=True, slots=True)
class Reception:
    """What came of a frame: the message if it is whole now, the acknowledgement to send if any."""

    message: ApsFrame | None = None
    ack: ApsFrame | None = None


@dataclass(slots=True)
class _Assembly:
    blocks: dict[int, ApsFrame] = field(default_factory=dict)
    total: int | None = None
    last_heard: datetime | None = None

    @property
    def is_complete(self) -> bool:
        return self.total is not None and len(self.blocks) == self.total


_Key = tuple[Hashable, int, int, int, int]


class Receiver:
    """Joins the blocks of many senders, and gives each message once however often it comes."""

    def __init__(self, pace: Pace | None = None, *, max_assemblies: int = 16) -> None:
        self._pace = pace or Pace()
        self._max_assemblies = max_assemblies
        self._assemblies: dict[_Key, _Assembly] = {}
        self._delivered: dict[_Key, datetime] = {}

    def receive(self, peer: Hashable, frame: ApsFrame, now: datetime) -> Reception:
        """Take one data frame in clear. `peer` is whatever names the sender.

        Raises:
            RemoteRadioError: a block that contradicts those before it.
        """
        self.poll(now)
        key = (
            peer,
            frame.counter,
            frame.cluster,
            frame.source_endpoint,
            frame.destination_endpoint,
        )
        if frame.extended is None or frame.extended.kind is FragmentKind.NONE:
            return self._receive_whole(key, frame, now)
        if key in self._delivered:
            return Reception(ack=self._ack(frame, None))
        assembly = self._assembly(key)
        number = self._enter(assembly, frame)
        assembly.last_heard = now
        if assembly.is_complete:
            del self._assemblies[key]
            self._delivered[key] = now
            whole = b"".join(
                assembly.blocks[index].payload for index in range(len(assembly.blocks))
            )
            message = replace(assembly.blocks[0], payload=whole, extended=None)
            return Reception(message=message, ack=self._ack(frame, None))
        is_last = number % self._pace.window == self._pace.window - 1 or (
            assembly.total is not None and number == assembly.total - 1
        )
        return Reception(ack=self._ack(frame, assembly) if is_last else None)

    def poll(self, now: datetime) -> int:
        """Forget what is older than the sender's patience; the number of incomplete messages."""
        patience = self._pace.patience
        late = [
            key
            for key, assembly in self._assemblies.items()
            if assembly.last_heard is not None and now - assembly.last_heard > patience
        ]
        for key in late:
            del self._assemblies[key]
        for key in [key for key, at in self._delivered.items() if now - at > patience]:
            del self._delivered[key]
        return len(late)

    def _receive_whole(self, key: _Key, frame: ApsFrame, now: datetime) -> Reception:
        ack = acknowledge(frame) if frame.ack_request else None
        if key in self._delivered:
            return Reception(ack=ack)
        self._delivered[key] = now
        return Reception(message=frame, ack=ack)

    def _assembly(self, key: _Key) -> _Assembly:
        found = self._assemblies.get(key)
        if found is not None:
            return found
        if len(self._assemblies) >= self._max_assemblies:
            del self._assemblies[next(iter(self._assemblies))]
        return self._assemblies.setdefault(key, _Assembly())

    def _enter(self, assembly: _Assembly, frame: ApsFrame) -> int:
        assert frame.extended is not None
        is_first = frame.extended.kind is FragmentKind.FIRST
        number = 0 if is_first else frame.extended.block
        if is_first:
            if assembly.total not in (None, frame.extended.block):
                raise RemoteRadioError("blocks", assembly.total, frame.extended.block)
            if frame.extended.block < 1:
                raise RemoteRadioError("blocks", "1 or more", 0)
            assembly.total = frame.extended.block
        highest = max((number, *assembly.blocks))
        if (number == 0) != is_first or (assembly.total or MAX_BLOCKS + 1) <= highest:
            raise RemoteRadioError("block", f"below {assembly.total}", number)
        assembly.blocks.setdefault(number, frame)
        return number

    def _ack(self, frame: ApsFrame, assembly: _Assembly | None) -> ApsFrame:
        """Unused bits are set (recalled), so everything is acknowledged of a complete message."""
        assert frame.extended is not None
        window = self._pace.window
        number = 0 if frame.extended.kind is FragmentKind.FIRST else frame.extended.block
        start = number // window * window
        bits = 0xFF
        if assembly is not None:
            total = assembly.total or MAX_BLOCKS + 1
            for bit in range(window):
                if start + bit < total and start + bit not in assembly.blocks:
                    bits &= ~(1 << bit)
        kind = FragmentKind.REST if start else FragmentKind.FIRST
        return acknowledge(frame, Fragment(kind=kind, block=start, acknowledged=bits))
