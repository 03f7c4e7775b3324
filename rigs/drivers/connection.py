"""The life of a driver: it connects, checks who is there, recovers, and leaves the bench safe.

* Calls block: they belong to the thread of the caller, never to the bench's loop thread,
  where a virtual instrument would wait for itself.
* After a time-out the late answer is still in the stream and would be taken for the next
  one, so the link is closed; the next message opens a new one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Self

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Identity
from rigs.drivers.errors import RemoteInstrumentError

_log = logging.getLogger(__name__)


class InstrumentDriver(ABC):
    """One instrument at one address. Connects at the first message, or by `open`."""

    def __init__(self, address: str, clock: Clock, *, serial: str | None = None) -> None:
        """`serial` says which instrument is expected there; None takes any."""
        self._address = address
        self._clock = clock
        self._serial = serial
        self._identity: Identity | None = None

    @abstractmethod
    def open(self) -> Identity:
        """Connect; BenchLost if nobody answers, BenchFault if it is not the one expected."""

    def opened(self) -> Identity:
        """The instrument as it presented itself when it was last connected."""
        return self.open() if self._identity is None else self._identity

    @abstractmethod
    def identify(self) -> Identity:
        """What the instrument says now, not what it said when it was opened."""

    @abstractmethod
    def close(self) -> None:
        """Leave the instrument as it is; a later message connects again."""

    @abstractmethod
    def safe(self) -> None:
        """Nothing dangerous at the terminals; never raises."""

    def make_safe(self, switch_off: Callable[[], None], *, pause_s: float = 0.0) -> None:
        """For `safe`: a lost link gets one new try; in the end only the log can be told."""
        for attempt in (1, 2):
            try:
                switch_off()
            except BenchFault as fault:
                _log.error("%s: not known to be safe, try %d: %s", self._address, attempt, fault)
            else:
                return
            time.sleep(pause_s)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.safe()
        finally:
            self.close()


class LinkedDriver(InstrumentDriver):
    """A driver that holds one link, and knows by whom it is answered before it uses it."""

    def __init__(
        self, address: str, clock: Clock, *, serial: str | None = None, timeout_s: float = 2.0
    ) -> None:
        super().__init__(address, clock, serial=serial)
        self._timeout_s = timeout_s
        self._is_answer_late = False

    def open(self) -> Identity:
        with self._clock.exchange():
            self._connected()
        return self.opened()

    @abstractmethod
    def _is_linked(self) -> bool: ...

    @abstractmethod
    def _link_up(self) -> None:
        """Open the link; BenchLost where nothing is there."""

    @abstractmethod
    def _await_silence(self) -> None:
        """Let a late answer pass; BenchLost where the line does not fall silent."""

    @abstractmethod
    def _introduce(self) -> Identity:
        """Who is there, on a link that has just been opened."""

    def _connected(self) -> None:
        if self._is_linked():
            return
        refuse_loop_thread()
        self._link_up()
        try:
            if self._is_answer_late:
                self._await_silence()
            identity = self._introduce()
            self._check_identity(identity)
        except BenchFault:
            self.close()
            raise
        self._identity = identity
        self._is_answer_late = False

    def _check_identity(self, identity: Identity) -> None:
        if self._serial is not None and identity.serial != self._serial:
            raise BenchFault(
                f"{self._address}: expected serial number {self._serial}, found {identity}"
            )
        if self._identity is not None and identity != self._identity:
            raise BenchFault(f"{self._address}: expected {self._identity}, found {identity}")

    def _abandon(self) -> None:
        """Nobody knows any more where the next answer begins."""
        self._is_answer_late = True
        self.close()

    def _unreadable(self, expected: str, seen: object) -> RemoteInstrumentError:
        """Closes the link as well."""
        self._abandon()
        return RemoteInstrumentError(f"{self._address}: expected {expected}, got {seen!r}")


def refuse_loop_thread() -> None:
    """ValueError where a virtual instrument would wait for itself."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ValueError("a driver blocks, so it must not be called on an event-loop thread")
