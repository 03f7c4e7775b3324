"""Large messages in segments: a sender and a receiver that survive loss, copies and disorder.

Both are handed octets and the time, and hand back octets to send; `deadline` says when they
want to be polled. An answer acknowledges all blocks up to a number and asks for the next
`window` of them, so a gap is asked for by its own length. That the receiver asks for lost
blocks is published (v0.8.1, release note); how the answer is numbered, its window over a
gap, and all times are inferred. Nothing here is authentic: only the joined message has a MAC.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assay.gbcs.envelope import Cra, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.segments import MAX_DATA_SIZE, MAX_SEGMENTS, Routing, Segment, split


class RemoteTransferError(RemoteGbcsError):
    """A well-formed segment that contradicts its transfer."""

    def __init__(self, field: str, expected: object, seen: object) -> None:
        super().__init__(0, field, expected, seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When to act on silence, and how often. Inferred values: GBCS leaves them to the parties."""

    ask_again_after: timedelta = timedelta(seconds=30)
    attempts: int = 10
    """Bursts or requests in a row that bring nothing new, before the transfer is given up."""

    def __post_init__(self) -> None:
        if self.ask_again_after <= timedelta() or self.attempts < 1:
            seen = f"{self.ask_again_after} and {self.attempts}"
            raise EncodeError("pace", "a time above zero and one attempt or more", seen)


class Progress(StrEnum):
    """Where a sender stands."""

    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"


class Sender:
    """Sends one message; `start` it, feed it acknowledgements, poll it at its deadline."""

    def __init__(
        self,
        message: bytes,
        *,
        data_size: int = MAX_DATA_SIZE,
        window: int = MAX_SEGMENTS,
        pace: Pace | None = None,
    ) -> None:
        """`window`: blocks sent before an answer is awaited, until the receiver names its own.

        Raises:
            EncodeError: a message that 63 segments cannot carry, or a window out of range.
            RemoteGbcsError: octets that are no GBCS message.
        """
        if not 1 <= window <= MAX_SEGMENTS:
            raise EncodeError("window", f"1 to {MAX_SEGMENTS}", window)
        self.progress = Progress.SENDING
        self.deadline: datetime | None = None
        self._segments = split(message, data_size=data_size)
        self._answers_from = self._segments[0].routing.back()
        self._window = window
        self._pace = pace or Pace()
        self._acknowledged = 0
        self._last_answer = 0
        self._idle_bursts = 0

    @property
    def acknowledged(self) -> int:
        """Blocks that the receiver has without a gap."""
        return self._acknowledged

    def start(self, now: datetime) -> list[bytes]:
        return self._burst(now)

    def receive(self, answer: Segment, now: datetime) -> list[bytes]:
        """What to send after an answer. Late, repeated and foreign ones change nothing.

        Raises:
            RemoteTransferError: an answer that acknowledges a block never sent.
        """
        is_ours = answer.is_acknowledgement and answer.routing == self._answers_from
        if not is_ours or self.progress is not Progress.SENDING:
            return []
        if answer.number <= self._last_answer or answer.acknowledged < self._acknowledged:
            return []
        if answer.acknowledged > len(self._segments):
            raise RemoteTransferError(
                "acknowledged block", f"at most {len(self._segments)}", answer.acknowledged
            )
        self._last_answer = answer.number
        if answer.acknowledged > self._acknowledged:
            self._acknowledged = answer.acknowledged
            self._idle_bursts = 0
        if self._acknowledged == len(self._segments):
            self._end(Progress.DONE)
            return []
        self._window = max(1, answer.window)
        return self._burst(now)

    def poll(self, now: datetime) -> list[bytes]:
        """What to send at the deadline: nothing was heard, so the burst goes out again."""
        if self.deadline is None or now < self.deadline:
            return []
        return self._burst(now)

    def _burst(self, now: datetime) -> list[bytes]:
        if self._idle_bursts == self._pace.attempts:
            self._end(Progress.FAILED)
            return []
        self._idle_bursts += 1
        self.deadline = now + self._pace.ask_again_after
        burst = self._segments[self._acknowledged : self._acknowledged + self._window]
        *streamed, final = burst
        return [s.to_octets() for s in (*streamed, replace(final, is_streaming=False))]

    def _end(self, progress: Progress) -> None:
        self.progress = progress
        self.deadline = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What came of a segment or a poll: at most one whole message, and what to send."""

    message: bytes | None = None
    answers: tuple[bytes, ...] = ()
    abandoned: tuple[Routing, ...] = ()


_Key = tuple[Cra, Eui64, int]


@dataclass(slots=True)
class _Transfer:
    routing: Routing
    deadline: datetime
    blocks: dict[int, bytes] = field(default_factory=dict)
    last: int | None = None
    answered: int = 0
    idle_requests: int = 0

    def contiguous(self) -> int:
        number = 0
        while number + 1 in self.blocks:
            number += 1
        return number

    def add(self, segment: Segment) -> bool:
        """Whether the block is new."""
        held = self.blocks.get(segment.number)
        if held is not None and held != segment.data:
            raise RemoteTransferError(f"block {segment.number}", "the same data again", "others")
        self.blocks[segment.number] = segment.data
        if segment.is_last:
            self.last = segment.number
        return held is None

    def check(self, segment: Segment) -> None:
        """Raises RemoteTransferError for a segment that cannot belong to the blocks before."""
        if segment.routing != self.routing:
            raise RemoteTransferError("routing header", self.routing, segment.routing)
        highest = MAX_SEGMENTS if self.last is None else self.last
        if not 1 <= segment.number <= highest:
            raise RemoteTransferError("block number", f"1 to {highest}", segment.number)
        beyond = max(self.blocks, default=0)
        if segment.is_last and segment.number < max(beyond, self.last or 0):
            raise RemoteTransferError(
                "last block", f"{self.last or beyond} or more", segment.number
            )
        if self.last == segment.number and not segment.is_last:
            raise RemoteTransferError(f"block {segment.number}", "the last, as before", "not last")


class Receiver:
    """Joins the segments of several transfers at once, in bounded memory."""

    def __init__(
        self,
        *,
        window: int = MAX_SEGMENTS,
        max_transfers: int = 8,
        max_remembered: int = 64,
        pace: Pace | None = None,
    ) -> None:
        """`max_transfers`: of 63 blocks each at most; one more pushes out the one that has
        waited longest. `max_remembered`: finished transfers whose late copies are answered."""
        if not 1 <= window <= MAX_SEGMENTS:
            raise EncodeError("window", f"1 to {MAX_SEGMENTS}", window)
        if max_transfers < 1:
            raise EncodeError("transfers at once", "1 or more", max_transfers)
        self._window = window
        self._max_transfers = max_transfers
        self._max_remembered = max_remembered
        self._pace = pace or Pace()
        self._transfers: OrderedDict[_Key, _Transfer] = OrderedDict()
        self._finished: OrderedDict[_Key, Callable[[], bytes]] = OrderedDict()

    @property
    def deadline(self) -> datetime | None:
        return min((transfer.deadline for transfer in self._transfers.values()), default=None)

    @property
    def octets_held(self) -> int:
        transfers = self._transfers.values()
        return sum(len(block) for transfer in transfers for block in transfer.blocks.values())

    def receive(self, segment: Segment, now: datetime) -> Reception:
        """Take one segment with data.

        Raises:
            EncodeError: an acknowledgement, which belongs to a `Sender`.
            RemoteTransferError: a segment that contradicts the transfer so far; what had
                arrived before stays. A joined message with other parties than its segments.
            RemoteGbcsError: joined octets that are no GBCS message.
        """
        if segment.is_acknowledgement:
            raise EncodeError("segment", "one with data", "an acknowledgement")
        key = (segment.routing.cra, segment.routing.originator, segment.routing.counter)
        finished = self._finished.get(key)
        if finished is not None:
            return Reception(answers=(finished(),))
        transfer = self._transfers.get(key) or self._opened(segment, now)
        transfer.check(segment)
        abandoned = self._make_room(key, transfer)
        if not transfer.add(segment):
            return Reception(abandoned=abandoned)
        transfer.idle_requests = 0
        transfer.deadline = now + self._pace.ask_again_after
        self._transfers.move_to_end(key)
        if len(transfer.blocks) == transfer.last:
            return replace(self._finish(key, transfer), abandoned=abandoned)
        answers = () if segment.is_streaming else (self._request(transfer),)
        return Reception(answers=answers, abandoned=abandoned)

    def poll(self, now: datetime) -> Reception:
        """Ask again where the deadline has passed; give up what has brought nothing new."""
        answers: list[bytes] = []
        abandoned: list[Routing] = []
        for key, transfer in list(self._transfers.items()):
            if now < transfer.deadline:
                continue
            if transfer.idle_requests == self._pace.attempts:
                abandoned.append(self._transfers.pop(key).routing)
                continue
            transfer.idle_requests += 1
            transfer.deadline = now + self._pace.ask_again_after
            answers.append(self._request(transfer))
        return Reception(answers=tuple(answers), abandoned=tuple(abandoned))

    def _opened(self, segment: Segment, now: datetime) -> _Transfer:
        return _Transfer(segment.routing, now + self._pace.ask_again_after)

    def _make_room(self, key: _Key, transfer: _Transfer) -> tuple[Routing, ...]:
        """Enter a new transfer once its first segment has passed the checks."""
        if key in self._transfers:
            return ()
        pushed_out: tuple[Routing, ...] = ()
        if len(self._transfers) == self._max_transfers:
            _, waiting_longest = self._transfers.popitem(last=False)
            pushed_out = (waiting_longest.routing,)
        self._transfers[key] = transfer
        return pushed_out

    def _request(self, transfer: _Transfer) -> bytes:
        """Acknowledge what is there without a gap, ask for the gap or for the next window."""
        acknowledged = transfer.contiguous()
        beyond = min((n for n in transfer.blocks if n > acknowledged), default=MAX_SEGMENTS + 1)
        window = min(self._window, beyond - acknowledged - 1)
        return self._answer(transfer, acknowledged, window)

    def _answer(self, transfer: _Transfer, acknowledged: int, window: int) -> bytes:
        transfer.answered = min(transfer.answered + 1, 0xFFFF)
        return Segment(
            routing=transfer.routing.back(),
            number=transfer.answered,
            acknowledged=acknowledged,
            is_last=acknowledged == transfer.last,
            window=window,
        ).to_octets()

    def _finish(self, key: _Key, transfer: _Transfer) -> Reception:
        del self._transfers[key]
        octets = b"".join(transfer.blocks[number] for number in sorted(transfer.blocks))
        transfer.blocks.clear()
        routing = Routing.of(parse(octets))
        if routing != transfer.routing:
            raise RemoteTransferError("parties of the message", transfer.routing, routing)
        last = transfer.last or 0

        def final() -> bytes:
            return self._answer(transfer, last, self._window)

        self._finished[key] = final
        while len(self._finished) > self._max_remembered:
            self._finished.popitem(last=False)
        return Reception(message=octets, answers=(final(),))
