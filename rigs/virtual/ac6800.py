"""A virtual AC source in the manner of the Keysight AC6800B series, feeding the premises.

It has no list subsystem, so it plays nothing by itself. What it measures is what stood in
its buffer last (rigs.md 2.3): a value from before a change is answered for a while after it.
Ranges and the age of a value are inferred.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.output_stage import ZERO, Rating
from rigs.virtual.ranges import RangedNumber, VoltageRange, range_row
from rigs.virtual.scpi import Choice, Instrument, Number, Row, Setting, Switch, action
from rigs.virtual.source_rows import quantity_rows
from rigs.virtual.transient import Levels
from rigs.virtual.virtual_source import VirtualSource

RANGES = (Decimal(155), Decimal(310))
BUFFER_AGE = timedelta(milliseconds=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ac6800Rating(Rating):
    max_volts: Decimal = RANGES[-1]
    min_hertz: Decimal = Decimal(40)
    max_hertz: Decimal = Decimal(500)


# Recalled from the data sheets.
AC6800_RATINGS: Mapping[str, Ac6800Rating] = {
    "AC6801B": Ac6800Rating(max_amps=Decimal(5), max_volt_amperes=Decimal(500)),
    "AC6804B": Ac6800Rating(max_amps=Decimal(40), max_volt_amperes=Decimal(4000)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the terminals carried from this time on."""

    at: datetime
    volts: Decimal
    hertz: Decimal
    amps: Decimal
    watts: Decimal


class MeasurementBuffer:
    """What was there a moment ago."""

    def __init__(self, clock: Clock, supply: SupplyNode, load: LoadNode) -> None:
        self._clock = clock
        self._supply = supply
        self._load = load
        self._samples = deque([self._sample()])
        supply.listen(lambda _at, _volts: self._note())
        load.listen(lambda _at, _watts: self._note())

    def read(self) -> Sample:
        at = self._clock.now() - BUFFER_AGE
        while len(self._samples) > 1 and self._samples[1].at <= at:
            self._samples.popleft()
        return self._samples[0]

    def _note(self) -> None:
        self.read()
        self._samples.append(self._sample())

    def _sample(self) -> Sample:
        supply, load = self._supply, self._load
        return Sample(
            at=self._clock.now(),
            volts=supply.volts,
            hertz=supply.hertz,
            amps=load.rms_amps,
            watts=load.watts,
        )


class VirtualAc6800(VirtualSource):
    """It plays nothing, and measures with delay."""

    def __init__(
        self,
        clock: Clock,
        supply: SupplyNode,
        load: LoadNode,
        *,
        model: str = "AC6804B",
        serial: str = "SIMULATED",
    ) -> None:
        rating = AC6800_RATINGS[model]
        super().__init__(clock, supply, load, rating)
        self._buffer = MeasurementBuffer(clock, supply, load)
        self._range = VoltageRange(RANGES)
        volts = RangedNumber(
            unit="V",
            minimum=ZERO,
            maximum=rating.max_volts,
            default=ZERO,
            ceiling=lambda: self._range.value,
        )
        hertz = Number(
            unit="HZ", minimum=rating.min_hertz, maximum=rating.max_hertz, default=Decimal(50)
        )
        amps = Number(unit="A", minimum=ZERO, maximum=rating.max_amps, default=rating.max_amps)
        self._volts = Setting("[SOURce:]VOLTage[:LEVel][:IMMediate][:AMPLitude]", volts, ZERO)
        self._hertz = Setting("[SOURce:]FREQuency[:CW][:IMMediate]", hertz, hertz.default)
        self._hertz_mode = Setting("[SOURce:]FREQuency:MODE", Choice(words=("FIXed",)), "FIX")
        self._amps = Setting("[SOURce:]CURRent[:LEVel][:IMMediate][:AMPLitude]", amps, amps.default)
        self._output = Setting("OUTPut[:STATe]", Switch(), False)
        self._coupling = Setting("OUTPut:COUPling", Choice(words=("AC", "DC", "ACDC")), "AC")
        self._settings: tuple[Setting[Any], ...] = tuple(
            each for each in vars(self).values() if isinstance(each, Setting)
        )
        self.instrument = Instrument(
            identity=Identity(
                maker="Keysight Technologies", model=model, serial=serial, firmware="A.01.00"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        for setting in self._settings:
            yield setting.row(self._settle)
        yield range_row(self._range, lambda: bool(self._output.value))
        yield action("ABORt", self._settle)
        yield action("OUTPut:PROTection:CLEar", self._clear_protection)
        read = self._buffer.read
        yield from quantity_rows(
            {
                "VOLTage:AC": lambda: read().volts,
                "CURRent:AC": lambda: read().amps,
                "FREQuency": lambda: read().hertz,
                "POWer:AC[:REAL]": lambda: read().watts,
            }
        )

    def _levels(self) -> Levels:
        return Levels(self._volts.value, self._hertz.value)

    def _reset(self) -> None:
        for setting in self._settings:
            setting.restore()
        self._range.restore()
        self._clear_protection()
