"""One client of a virtual instrument that speaks octets, not lines of text.

A peer cuts its requests out of what has come and answers each; the conversation stands between it
and the wire with the declared faults. It lives on the bench's loop thread, and simulated time
stands still while an answer is on its way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Protocol

from assay.clock import Clock
from rigs.virtual.faults import (
    DroppedConnection,
    FaultSchedule,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
)


class OctetPeer(Protocol):
    """A virtual instrument without a transport. `end` closes a garbled answer, if anything does."""

    @property
    def end(self) -> bytes: ...

    def requests(self, unread: bytearray) -> Iterator[bytes]:
        """Take complete requests from the front of what has come, and what can be none."""

    def name_of(self, request: bytes) -> str:
        """A text for people, which a fault may ask for."""

    def answer(self, request: bytes) -> bytes:
        """Execute it; empty where there is no answer."""


Write = Callable[[bytes], None]


class Conversation:
    """One client of a peer: requests in, answers out, faults between."""

    def __init__(
        self, peer: OctetPeer, clock: Clock, faults: FaultSchedule, hang_up: Callable[[], None]
    ) -> None:
        self._peer = peer
        self._clock = clock
        self._faults = faults
        self._hang_up = hang_up
        self._unread = bytearray()
        self._late: set[tuple[asyncio.TimerHandle, ExitStack]] = set()
        self._is_over = False

    def take(self, octets: bytes, write: Write) -> None:
        with self._clock.exchange():
            self._unread += octets
            for request in self._peer.requests(self._unread):
                self._execute(request, write)
                if self._is_over:
                    return

    def end(self) -> None:
        self._is_over = True
        late, self._late = self._late, set()
        for handle, held in late:
            handle.cancel()
            held.close()

    def _execute(self, request: bytes, write: Write) -> None:
        effect = self._faults.effect_on(self._peer.name_of(request))
        if isinstance(effect, DroppedConnection):
            self._hang_up()
            return
        answer = self._peer.answer(request)
        if not answer or isinstance(effect, NoAnswer):
            return
        if isinstance(effect, GarbledAnswer):
            answer = effect.octets + self._peer.end
        if isinstance(effect, LateAnswer):
            self._send_later(answer, effect.delay_s, write)
            return
        write(answer)

    def _send_later(self, answer: bytes, delay_s: float, write: Write) -> None:
        held = ExitStack()
        held.enter_context(self._clock.exchange())

        def send() -> None:
            self._late.discard(pending)
            held.close()
            write(answer)

        handle = asyncio.get_running_loop().call_later(delay_s, send)
        pending = (handle, held)
        self._late.add(pending)


def lines_of(unread: bytearray, end: bytes, most: int = 256) -> Iterator[bytes]:
    """Lines without their end, for peers that speak text; noise without an end is dropped."""
    while (at := unread.find(end)) >= 0:
        line = bytes(unread[:at])
        del unread[: at + len(end)]
        yield line
    if len(unread) > most:
        unread.clear()
