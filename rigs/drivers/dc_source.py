"""Drives a DC supply: the capability `DcSupply` over SCPI, for the models of the table."""

from __future__ import annotations

from decimal import Decimal

import pyvisa

from assay.clock import Clock
from assay.verdicts import BenchFault, LimitExceeded
from rigs.capabilities import DcLimits, Reading
from rigs.drivers.dc_models import DC_MODELS, DcModel
from rigs.drivers.scpi import ScpiDriver
from rigs.drivers.visa import LineSettings
from rigs.drivers.visa_settings import serial_line
from rigs.drivers.waveforms import plain
from rigs.safety.dialogue import SafeDialogue, scpi_dialogue
from rigs.safety.wire import is_reachable


class DcSource(ScpiDriver):
    """One channel. Checks every stimulus against the ceilings before anything is sent."""

    def __init__(
        self,
        resources: pyvisa.ResourceManager,
        address: str,
        clock: Clock,
        ceilings: DcLimits,
        *,
        channel: int = 1,
        serial: str | None = None,
        timeout_s: float = 2.0,
        settings: LineSettings | None = None,
    ) -> None:
        super().__init__(
            resources,
            address,
            clock,
            models=DC_MODELS,
            serial=serial,
            timeout_s=timeout_s,
            settings=settings,
        )
        self._ceilings = ceilings
        self._channel = channel

    def limits(self) -> DcLimits:
        channels = self._model().channels
        if self._channel not in channels:
            raise BenchFault(
                f"{self._address}: expected a channel of {sorted(channels)}, got {self._channel}"
            )
        return lesser(channels[self._channel], self._ceilings)

    def set_level(self, volts: Decimal, amps: Decimal) -> None:
        check_level(self._address, volts, amps, self.limits())
        self.command(*(self._filled(unit, volts, amps) for unit in self._model().commands.level))

    def output(self, on: bool) -> None:
        commands = self._model().commands
        self.command(self._filled(commands.output_on if on else commands.output_off))

    def is_on(self) -> bool:
        (answer,) = self.query(self._filled(self._model().commands.output_query))
        return self.switch(answer)

    def measure_volts(self) -> Reading:
        return self.reading("voltage", "V", self._measured()[0])

    def measure_amps(self) -> Reading:
        return self.reading("current", "A", self._measured()[1])

    def safe(self) -> None:
        self.make_safe(lambda: self.output(on=False))

    def safe_dialogue(self) -> SafeDialogue | None:
        """What makes it safe without this driver; asks who it is if that is not known yet."""
        if not is_reachable(self._address):
            return None
        commands = self._model().commands
        return scpi_dialogue(
            self._address,
            (self._filled(commands.output_off),),
            self._filled(commands.output_query),
            r"\+?0|OFF",
            end=self.settings.end,
            **serial_line(self.settings),
        )

    def _model(self) -> DcModel:
        return DC_MODELS[self.opened().model]

    def _measured(self) -> list[str]:
        (answer,) = self.query(self._filled(self._model().commands.measure_query))
        values = answer.split(",")
        if len(values) < 2:
            raise self._unreadable("volts and amperes", answer)
        return values

    def _filled(self, unit: str, volts: Decimal = Decimal(0), amps: Decimal = Decimal(0)) -> str:
        return unit.format(channel=self._channel, volts=plain(volts), amps=plain(amps))


def lesser(able: DcLimits, allowed: DcLimits) -> DcLimits:
    """What the supply can give and the bench lets it give."""
    return DcLimits(
        max_volts=min(able.max_volts, allowed.max_volts),
        max_amps=min(able.max_amps, allowed.max_amps),
    )


def check_level(address: str, volts: Decimal, amps: Decimal, limits: DcLimits) -> None:
    """ValueError for what means nothing; LimitExceeded above a ceiling."""
    if volts < 0 or amps <= 0:
        raise ValueError(f"expected volts from 0 and amperes above 0, got {volts} V, {amps} A")
    if volts > limits.max_volts or amps > limits.max_amps:
        raise LimitExceeded(
            f"{address}: {volts} V, {amps} A exceeds the ceiling of "
            f"{limits.max_volts} V, {limits.max_amps} A"
        )
