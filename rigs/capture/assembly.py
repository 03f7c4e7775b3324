"""Joins fragments as a listener does: it cannot ask again, and must say what it missed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from rigs.zigbee.aps import ApsFrame, FragmentKind
from rigs.zigbee.errors import RemoteRadioError

PATIENCE = timedelta(seconds=30)
"""Longer than any sender tries (a window, its retries, a sleepy receiver's next poll)."""


class Route(NamedTuple):
    """Between whom a fragmented message goes, and which one it is."""

    source: int
    destination: int
    counter: int
    cluster: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """A message of which blocks were not heard. `total` is None where the first is missing."""

    route: Route
    began: datetime
    heard: tuple[int, ...]
    total: int | None

    @property
    def missing(self) -> str:
        if self.total is None:
            return "the first block, and with it the number of blocks"
        gone = sorted(set(range(self.total)) - set(self.heard))
        return f"block {', '.join(map(str, gone))} of {self.total}"


@dataclass(slots=True)
class _Pile:
    began: datetime
    last: datetime
    total: int | None = None
    blocks: dict[int, ApsFrame] = field(default_factory=dict)


class Assembly:
    """Blocks go in, in any order and as often as they were sent; whole messages come out once."""

    def __init__(self) -> None:
        self._piles: dict[Route, _Pile] = {}
        self._done: OrderedDict[Route, _Pile] = OrderedDict()
        self._given_up: list[Incomplete] = []

    def add(self, route: Route, frame: ApsFrame, at: datetime) -> ApsFrame | None:
        """The joined message where this block was the last one missing.

        An APS counter comes round after 256 messages, so a block that differs from the one of
        its number belongs to a new message.

        Raises:
            RemoteRadioError: a number of blocks that contradicts itself.
        """
        fragment = frame.extended
        if fragment is None or fragment.kind is FragmentKind.NONE:
            return frame
        self._forget(at)
        is_first = fragment.kind is FragmentKind.FIRST
        number = 0 if is_first else fragment.block
        if is_first and fragment.block < 1:
            raise RemoteRadioError("blocks", "1 or more", fragment.block)
        done = self._done.get(route)
        if done is not None and _holds(done, number, frame):
            return None
        pile = self._pile(route, number, frame, at)
        pile.last = at
        if is_first:
            pile.total = fragment.block
        pile.blocks.setdefault(number, frame)
        if pile.total is None or len(pile.blocks) < pile.total:
            return None
        del self._piles[route]
        if max(pile.blocks) >= pile.total:
            raise RemoteRadioError("block", f"below {pile.total}", max(pile.blocks))
        self._done[route] = pile
        self._done.move_to_end(route)
        payload = b"".join([pile.blocks[number].payload for number in range(pile.total)])
        return replace(pile.blocks[0], payload=payload, extended=None)

    def overdue(self, at: datetime | None = None) -> list[Incomplete]:
        """Give up and name the messages that cannot become whole any more; all, without a time."""
        if not self._piles and not self._given_up:
            return []
        late = [
            route for route, pile in self._piles.items() if at is None or at - pile.last > PATIENCE
        ]
        found, self._given_up = self._given_up, []
        return found + [_incomplete(route, self._piles.pop(route)) for route in late]

    def _pile(self, route: Route, number: int, frame: ApsFrame, at: datetime) -> _Pile:
        pile = self._piles.get(route)
        if pile is not None and number in pile.blocks and not _holds(pile, number, frame):
            self._given_up.append(_incomplete(route, pile))
            pile = None
        if pile is None:
            pile = self._piles[route] = _Pile(at, at)
        return pile

    def _forget(self, at: datetime) -> None:
        while self._done:
            oldest = next(iter(self._done))
            if at - self._done[oldest].last <= PATIENCE:
                return
            del self._done[oldest]


def _holds(pile: _Pile, number: int, frame: ApsFrame) -> bool:
    known = pile.blocks.get(number)
    return known is not None and known.payload == frame.payload and known.extended == frame.extended


def _incomplete(route: Route, pile: _Pile) -> Incomplete:
    return Incomplete(
        route=route, began=pile.began, heard=tuple(sorted(pile.blocks)), total=pile.total
    )
