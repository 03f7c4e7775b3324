"""What every driver of an instrument behind VISA does: one message, one answer, in text."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from typing import ClassVar

import pyvisa

from assay.clock import Clock
from assay.verdicts import BenchFault
from rigs.capabilities import Identity, Reading
from rigs.drivers.connection import LinkedDriver
from rigs.drivers.link import Link
from rigs.drivers.visa import LineSettings

NOT_A_NUMBER = Decimal("9.9E37")  # SCPI-99 volume 1, 7.2.1.4: infinity, and NaN above it


class VisaDriver(LinkedDriver):
    """One instrument at one VISA address."""

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
        super().__init__(address, clock, serial=serial, timeout_s=timeout_s)
        self._resources = resources
        self._models = models
        self.settings = self.line if settings is None else settings
        self._link: Link | None = None

    def close(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()

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
            self._abandon()
            raise

    def _is_linked(self) -> bool:
        return self._link is not None

    def _link_up(self) -> None:
        self._link = Link(self._resources, self._address, self._timeout_s, self.settings)

    def _await_silence(self) -> None:
        assert self._link is not None
        self._link.await_silence()

    def _check_identity(self, identity: Identity) -> None:
        super()._check_identity(identity)
        if self._models is not None and identity.model not in self._models:
            raise BenchFault(
                f"{self._address}: expected one of {', '.join(self._models)}, found {identity}"
            )
