"""Joins fragments as a listener does: it cannot ask again, and must say what it missed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rigs.zigbee.aps import ApsFrame, FragmentKind
from rigs.zigbee.errors import RemoteRadioError

PATIENCE = timedelta(seconds=30)
"""Longer than any sender tries (a window, its retries, a sleepy receiver's next poll)."""


@dataclass(frozen=True, slots=True)
class Route:
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
        self._done: dict[Route, datetime] = {}

    def add(self, route: Route, frame: ApsFrame, at: datetime) -> ApsFrame | None:
        """The joined message where this block was the last one missing.

        Raises:
            RemoteRadioError: a number of blocks that contradicts itself.
        """
        fragment = frame.extended
        if fragment is None or fragment.kind is FragmentKind.NONE:
            return frame
        done = self._done.get(route)
        if done is not None and at - done <= PATIENCE:
            return None
        pile = self._piles.setdefault(route, _Pile(at, at))
        pile.last = at
        is_first = fragment.kind is FragmentKind.FIRST
        if is_first:
            if fragment.block < 1 or pile.total not in (None, fragment.block):
                raise RemoteRadioError("blocks", pile.total or "1 or more", fragment.block)
            pile.total = fragment.block
        pile.blocks.setdefault(0 if is_first else fragment.block, frame)
        if pile.total is None or len(pile.blocks) < pile.total:
            return None
        del self._piles[route]
        if max(pile.blocks) >= pile.total:
            raise RemoteRadioError("block", f"below {pile.total}", max(pile.blocks))
        self._done[route] = at
        payload = b"".join(pile.blocks[number].payload for number in range(pile.total))
        return replace(pile.blocks[0], payload=payload, extended=None)

    def overdue(self, at: datetime | None = None) -> list[Incomplete]:
        """Give up and name the messages that cannot become whole any more; all, without a time."""
        late = [
            route for route, pile in self._piles.items() if at is None or at - pile.last > PATIENCE
        ]
        if at is not None and self._done:
            self._done = {r: done for r, done in self._done.items() if at - done <= PATIENCE}
        return [self._incomplete(route, self._piles.pop(route)) for route in late]

    def _incomplete(self, route: Route, pile: _Pile) -> Incomplete:
        return Incomplete(
            route=route, began=pile.began, heard=tuple(sorted(pile.blocks)), total=pile.total
        )
