"""One client of a virtual instrument: messages in, answers out, declared faults between.

It knows no transport: TCP, a pseudo-terminal and HiSLIP each hand in whole messages and a
way to reply. Simulated time stands still while an answer is on its way.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

from assay.clock import Clock
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    FaultSchedule,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)

Reply = Callable[[bytes], None]


class Pending(Protocol):
    """A message that the instrument is executing."""

    @property
    def expects_answer(self) -> bool: ...

    def cancel(self) -> None: ...


class Speaker(Protocol):
    """What an instrument is to a transport, whatever its language."""

    def handle(self, message: str, respond: Callable[[str], None]) -> Pending:
        """Execute a message; `respond` is called once, with "" where there is no answer."""

    def report(self, number: int) -> None:
        """Note an error of the link (numbers of SCPI-99); ignored where there is no queue."""

    def status_byte(self) -> int:
        """As a serial poll reads it."""


class _Awaited:
    """A message that has been taken and whose answer has not left yet."""

    def __init__(self) -> None:
        self.execution: Pending | None = None
        self.late: asyncio.TimerHandle | None = None
        self.held_time = ExitStack()

    @property
    def has_answer_to_come(self) -> bool:
        return self.late is not None or (
            self.execution is not None and self.execution.expects_answer
        )

    def abandon(self) -> None:
        if self.execution is not None:
            self.execution.cancel()
        if self.late is not None:
            self.late.cancel()
        self.held_time.close()


class Session:
    """Messages are executed one after the other, each answer before the next.

    A message that comes while the answer to the one before is still awaited interrupts it
    (IEEE 488.2, 6.3.2.3): the old answer is dropped and -410 is reported. One that comes
    while a message without answer is held back by *WAI waits for its turn.
    """

    def __init__(
        self,
        speaker: Speaker,
        clock: Clock,
        faults: FaultSchedule,
        *,
        hang_up: Callable[[], None],
        end: bytes = b"\n",
    ) -> None:
        self._speaker = speaker
        self._clock = clock
        self._faults = faults
        self._hang_up = hang_up
        self._end = end
        self._backlog: deque[tuple[str, Reply]] = deque()
        self._awaited: _Awaited | None = None
        self._is_working = False

    def take(self, line: bytes | None, reply: Reply) -> None:
        """One message without its end; None for one that was too long to be kept."""
        if line is None:
            self._speaker.report(-363)
            return
        if not line.isascii():
            self._speaker.report(-101)
            return
        if self._awaited is not None and self._awaited.has_answer_to_come:
            self._abandon_answer()
            self._speaker.report(-410)
        self._backlog.append((line.decode("ascii"), reply))
        self._work()

    def abandon(self) -> None:
        """Forget what has not been executed and what has not been answered."""
        self._backlog.clear()
        self._abandon_answer()

    def _work(self) -> None:
        if self._is_working:
            return
        self._is_working = True
        try:
            while self._backlog and self._awaited is None:
                self._execute(*self._backlog.popleft())
        finally:
            self._is_working = False

    def _execute(self, message: str, reply: Reply) -> None:
        effect = self._faults.effect_on(message)
        if isinstance(effect, DroppedConnection):
            self._hang_up()
            return
        if isinstance(effect, QueuedError):
            self._speaker.report(effect.number)
        awaited = self._awaited = _Awaited()
        awaited.execution = self._speaker.handle(
            message, lambda answer: self._answer(awaited, answer, effect, reply)
        )

    def _answer(self, awaited: _Awaited, answer: str, effect: Effect | None, reply: Reply) -> None:
        octets = answer.encode("ascii") + self._end if answer else b""
        if isinstance(effect, NoAnswer):
            octets = b""
        if isinstance(effect, GarbledAnswer) and octets:
            octets = effect.octets + self._end
        if isinstance(effect, LateAnswer) and octets:
            awaited.held_time.enter_context(self._clock.exchange())
            awaited.late = asyncio.get_running_loop().call_later(
                effect.delay_s, self._send, awaited, octets, reply
            )
            return
        self._send(awaited, octets, reply)

    def _send(self, awaited: _Awaited, octets: bytes, reply: Reply) -> None:
        awaited.held_time.close()
        if self._awaited is awaited:
            self._awaited = None
        if octets:
            reply(octets)
        self._work()

    def _abandon_answer(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            awaited.abandon()
