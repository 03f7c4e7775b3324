"""What every driver of a SCPI instrument does: connect, ask, set and check, recover.

* A set and the check of its error queue are one message, so that an error belongs to its
  command (rigs.md 2.2).
* After a time-out the late answer is still in the stream and would be taken for the next
  one, so the link is closed; the next message opens a new one.
* Calls block: they belong to the thread of the caller, never to the bench's loop thread,
  where a virtual instrument would wait for itself.
"""

from __future__ import annotations

import asyncio
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from decimal import Decimal, InvalidOperation
from types import TracebackType
from typing import Self

import pyvisa
from pyvisa.resources import MessageBasedResource

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import Identity, Reading
from rigs.drivers.visa import LINK_ERRORS, open_link

ERROR_QUERY = "SYST:ERR?"
MAX_ERRORS = 64  # more entries than any queue of the models we know holds
NOT_A_NUMBER = Decimal("9.9E37")  # SCPI-99 volume 1, 7.2.1.4: infinity, and NaN above it

_ANSWER = re.compile(r'(?:[^;"]|"[^"]*")+')
_ERROR = re.compile(r'([+-]?\d+)\s*(?:,\s*"(.*)")?')

_log = logging.getLogger(__name__)


class RemoteInstrumentError(BenchFault):
    """The instrument refused a command, or what it answered cannot be read."""


class ScpiDriver(ABC):
    """One instrument at one VISA address. Connects at the first message, or by `open`."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        *,
        models: Collection[str] | None = None,
        serial: str | None = None,
        timeout_s: float = 2.0,
    ) -> None:
        """`models` and `serial` say which instrument is expected there; None takes any."""
        self._resources = resources
        self._address = address
        self._clock = clock
        self._models = models
        self._serial = serial
        self._timeout_s = timeout_s
        self._link: MessageBasedResource | None = None
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

    def identify(self) -> Identity:
        """What the instrument says now, not what it said when it was opened."""
        return self._read_identity(self._exchange("*IDN?"))

    def command(self, *units: str) -> None:
        """Send headers from the root, with parameters; RemoteInstrumentError if one fails."""
        self._checked(units, answers=0)

    def query(self, *units: str) -> tuple[str, ...]:
        """Ask from the root, in one message; one answer for each query."""
        return self._checked(units, answers=len(units))

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

    def _checked(self, units: tuple[str, ...], answers: int) -> tuple[str, ...]:
        message = ";:".join((*units, ERROR_QUERY))
        answer = self._exchange(message)
        *parts, error = _ANSWER.findall(answer) or [""]
        if self._error_number(error):
            errors = [error, *self._drain_errors()]
            raise RemoteInstrumentError(
                f"{self._address} answered {message!r} with error {', then '.join(errors)}"
            )
        if len(parts) != answers:
            raise self._unreadable(f"{answers} answer(s) and an error entry", answer)
        return tuple(parts)

    def _error_number(self, entry: str) -> int:
        match = _ERROR.fullmatch(entry.strip())
        if match is None:
            raise self._unreadable('an error entry such as 0,"No error"', entry)
        return int(match[1])

    def _drain_errors(self) -> list[str]:
        """Empty the queue; whatever is in it belongs to what has been sent."""
        entries: list[str] = []
        while len(entries) < MAX_ERRORS:
            entry = self._exchange(ERROR_QUERY)
            if not self._error_number(entry):
                return entries
            entries.append(entry)
        raise RemoteInstrumentError(f"{self._address}: the error queue does not become empty")

    def _exchange(self, message: str) -> str:
        with self._clock.exchange():
            return self._talk(self._connected(), message)

    def _talk(self, link: MessageBasedResource, message: str) -> str:
        try:
            return link.query(message)
        except LINK_ERRORS as error:
            self.close()
            raise BenchLost(
                f"{self._address}: expected an answer to {message!r} "
                f"within {self._timeout_s} s, got {error}"
            ) from error
        except UnicodeDecodeError as error:
            raise self._unreadable("ASCII text", error.object) from error

    def _connected(self) -> MessageBasedResource:
        if self._link is not None:
            return self._link
        _refuse_loop_thread()
        link = open_link(self._resources, self._address, self._timeout_s)
        self._link = link
        try:
            self._check_identity(self._read_identity(self._talk(link, "*IDN?")))
        except BenchFault:
            self.close()
            raise
        left_over = self._drain_errors()
        if left_over:
            _log.warning("%s: errors from before this connection: %s", self._address, left_over)
        return link

    def _check_identity(self, identity: Identity) -> None:
        expected = self._serial if self._identity is None else self._identity.serial
        if expected is not None and identity.serial != expected:
            raise BenchFault(
                f"{self._address}: expected serial number {expected}, found {identity}"
            )
        if self._models is not None and identity.model not in self._models:
            raise BenchFault(
                f"{self._address}: expected one of {', '.join(self._models)}, found {identity}"
            )
        self._identity = identity

    def _read_identity(self, answer: str) -> Identity:
        fields = [field.strip() for field in answer.split(",", 3)]
        if len(fields) != 4:
            raise self._unreadable("maker, model, serial number, firmware", answer)
        maker, model, serial, firmware = fields
        return Identity(maker=maker, model=model, serial=serial, firmware=firmware)

    def _unreadable(self, expected: str, seen: object) -> RemoteInstrumentError:
        """Close the link as well: nobody knows where the next answer begins."""
        self.close()
        return RemoteInstrumentError(f"{self._address}: expected {expected}, got {seen!r}")


def _refuse_loop_thread() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ValueError("a driver blocks, so it must not be called on an event-loop thread")
