"""What every driver of an instrument behind VISA does: connect, check who it is, recover.

* After a time-out the late answer is still in the stream and would be taken for the next
  one, so the link is closed; the next message opens a new one.
* Calls block: they belong to the thread of the caller, never to the bench's loop thread,
  where a virtual instrument would wait for itself.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from decimal import Decimal, InvalidOperation
from types import TracebackType
from typing import ClassVar, Self

import pyvisa

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Identity, Reading
from rigs.drivers.errors import RemoteInstrumentError
from rigs.drivers.link import Link
from rigs.drivers.visa import LineSettings

NOT_A_NUMBER = Decimal("9.9E37")  # SCPI-99 volume 1, 7.2.1.4: infinity, and NaN above it

_log = logging.getLogger(__name__)


class VisaDriver(ABC):
    """One instrument at one VISA address. Connects at the first message, or by `open`."""

    line: ClassVar[LineSettings] = LineSettings()
    """How the language of this driver ends its messages, and its usual baud rate."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        *,
        models: Collection[str] | None = None,
        serial: str | None = None,
        timeout_s: float = 2.0,
        settings: LineSettings | None = None,
    ) -> None:
        """`models` and `serial` say which instrument is expected there; None takes any.

        `settings` take the place of those of the language, `line`.
        """
        self._resources = resources
        self._address = address
        self._clock = clock
        self._models = models
        self._serial = serial
        self._timeout_s = timeout_s
        self.settings = self.line if settings is None else settings
        self._link: Link | None = None
        self._is_answer_late = False
        self._identity: Identity | None = None

    def open(self) -> Identity:
        """Connect; BenchLost if nobody answers, BenchFault if it is not the one expected."""
        with self._clock.exchange():
            self._connected()
        return self.opened()

    def opened(self) -> Identity:
        """The instrument as it presented itself when it was last connected."""
        if self._identity is None:
            return self.open()
        return self._identity

    def close(self) -> None:
        """Leave the instrument as it is; a later message connects again."""
        link, self._link = self._link, None
        if link is not None:
            link.close()

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

    @abstractmethod
    def safe(self) -> None:
        """Nothing dangerous at the terminals; never raises."""

    @abstractmethod
    def _introduce(self) -> Identity:
        """Who is there, on a link that has just been opened."""

    def number(self, answer: str) -> Decimal:
        try:
            value = Decimal(answer.strip())
        except InvalidOperation:
            value = NOT_A_NUMBER
        if not value.is_finite() or abs(value) >= NOT_A_NUMBER:
            raise self._unreadable("a number", answer)
        return value

    def reading(self, quantity: str, unit: str, answer: str) -> Reading:
        return Reading(
            quantity=quantity,
            value=self.number(answer),
            unit=unit,
            at=self._clock.now(),
            instrument=self.opened(),
        )

    def make_safe(self, switch_off: Callable[[], None]) -> None:
        """For `safe`: a lost link gets one new try; in the end only the log can be told."""
        for attempt in (1, 2):
            try:
                switch_off()
            except BenchFault as fault:
                _log.error("%s: not known to be safe, try %d: %s", self._address, attempt, fault)
            else:
                return

    def tell(self, message: str) -> None:
        """Send what gets no answer, or none for long; whoever does that has to ask later."""
        with self._clock.exchange():
            self._connected()
            assert self._link is not None
            try:
                self._link.tell(message)
            except BenchFault:
                self.close()
                raise

    def _exchange(self, message: str) -> str:
        with self._clock.exchange():
            self._connected()
            return self._talk(message)

    def _talk(self, message: str) -> str:
        assert self._link is not None
        try:
            return self._link.ask(message)
        except BenchFault:
            self._is_answer_late = True
            self.close()
            raise

    def _connected(self) -> None:
        if self._link is not None:
            return
        _refuse_loop_thread()
        link = self._link = Link(self._resources, self._address, self._timeout_s, self.settings)
        try:
            if self._is_answer_late:
                link.await_silence()
            self._check_identity(self._introduce())
        except BenchFault:
            self.close()
            raise
        self._is_answer_late = False

    def _check_identity(self, identity: Identity) -> None:
        if self._serial is not None and identity.serial != self._serial:
            raise BenchFault(
                f"{self._address}: expected serial number {self._serial}, found {identity}"
            )
        if self._identity is not None and identity != self._identity:
            raise BenchFault(f"{self._address}: expected {self._identity}, found {identity}")
        if self._models is not None and identity.model not in self._models:
            raise BenchFault(
                f"{self._address}: expected one of {', '.join(self._models)}, found {identity}"
            )
        self._identity = identity

    def _unreadable(self, expected: str, seen: object) -> RemoteInstrumentError:
        """Close the link as well: nobody knows where the next answer begins."""
        self._is_answer_late = True
        self.close()
        return RemoteInstrumentError(f"{self._address}: expected {expected}, got {seen!r}")


def _refuse_loop_thread() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ValueError("a driver blocks, so it must not be called on an event-loop thread")
