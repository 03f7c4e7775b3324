"""What every virtual server has: an address, faults to inject, and an orderly end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault, FaultSchedule
from rigs.virtual.output_stage import OutputChange
from rigs.virtual.sessions import Speaker

HOST = "127.0.0.1"


class VirtualServer(ABC):
    """Something at an address of this machine; it lives on the bench's loop thread."""

    def __init__(self, clock: Clock, loop_thread: LoopThread, faults: Iterable[Fault] = ()) -> None:
        self._clock = clock
        self._loop_thread = loop_thread
        self._faults = FaultSchedule(faults)

    @property
    @abstractmethod
    def resource(self) -> str:
        """Where it is, as its driver writes it."""

    @abstractmethod
    async def stop(self) -> None:
        """Let go of clients and of the address; a second time there is nothing left to do."""

    def inject(self, fault: Fault) -> None:
        self._loop_thread.run(lambda: self._faults.add(fault))

    def clear_faults(self) -> None:
        self._loop_thread.run(self._faults.clear)

    def close(self) -> None:
        self._loop_thread(self.stop())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class InstrumentServer(VirtualServer):
    """An instrument whose messages and answers are lines of text."""

    def __init__(
        self,
        speaker: Speaker,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        end: bytes = b"\n",
    ) -> None:
        """`end` closes every message and every answer of the instrument's language."""
        super().__init__(clock, loop_thread, faults)
        self._speaker = speaker
        self._end = end
        self.output_log: Sequence[OutputChange] = ()
        """What a source of mains behind it has put out; empty for everything else."""
