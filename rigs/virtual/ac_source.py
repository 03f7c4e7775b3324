"""A virtual AC source in the manner of the Agilent 6811B family, feeding the premises.

The sources of California Instruments speak the same language with a range to be chosen, and
end at the last point of a list (inferred) where the 6811B family returns to its immediate
levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.ac_source_settings import RATINGS, SourceSettings
from rigs.virtual.output_stage import (
    CURRENT_LIMITED,
    OVER_CURRENT,
    OVER_VOLTAGE,
    WHOLE_TURN,
    OutputChange,
    Protection,
)
from rigs.virtual.ranges import range_row
from rigs.virtual.scpi import (
    INFINITY,
    Choice,
    Instrument,
    RemoteProgramError,
    Row,
    Setting,
    action,
    command,
    question,
)
from rigs.virtual.source_rows import (
    SWEEPING,
    WAITING_FOR_TRIGGER,
    measure_rows,
)
from rigs.virtual.transient import Level, Levels, Phase, Point, duration
from rigs.virtual.virtual_source import PlayingSource

__all__ = [
    "CURRENT_LIMITED",
    "OVER_CURRENT",
    "OVER_VOLTAGE",
    "SWEEPING",
    "WAITING_FOR_TRIGGER",
    "OutputChange",
    "VirtualAcSource",
]


class VirtualAcSource(PlayingSource):
    """A source of the 6811B family, or of California Instruments."""

    def __init__(
        self,
        clock: Clock,
        supply: SupplyNode,
        load: LoadNode,
        *,
        model: str = "6843A",
        serial: str = "SIMULATED",
    ) -> None:
        self._rating = RATINGS[model]
        super().__init__(clock, supply, load, self._rating)
        self._supply = supply
        self._load = load
        self._settings = SourceSettings(self._rating)
        self._output = self._settings.output
        self._amps = self._settings.amps_limit
        self.instrument = Instrument(
            identity=Identity(
                maker=self._rating.maker, model=model, serial=serial, firmware="A.00.00"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        for setting in self._settings.each():
            yield setting.row(self._settle)
        if self._rating.ranges:
            yield range_row(self._settings.range, lambda: bool(self._settings.output.value))
        name = Choice(words=("TRANsient",))
        yield action("OUTPut:PROTection:CLEar", self._clear_protection)
        yield action("ABORt", self._transient.abort)
        yield action("INITiate[:IMMediate][:SEQuence1]", self._initiate)
        yield command("INITiate[:IMMediate]:NAME", name, lambda _: self._initiate())
        yield action("TRIGger[:SEQuence1][:IMMediate]", self._trigger)
        yield action("*TRG", self._bus_trigger)
        yield from self._length_rows()
        yield from measure_rows(self._supply, self._load)

    def _length_rows(self) -> Iterator[Row]:
        settings = self._settings
        for quantity, points in (
            ("VOLTage[:LEVel]", settings.list_volts),
            ("VOLTage:SLEW[:LEVel]", settings.list_volts_slew),
            ("FREQuency[:LEVel]", settings.list_hertz),
            ("FREQuency:SLEW[:LEVel]", settings.list_hertz_slew),
            ("DWELl", settings.list_dwell),
        ):
            yield question(f"[SOURce:]LIST:{quantity}:POINts", partial(_length, points))

    def _reset(self) -> None:
        # The output goes first: an aborted wave would let the immediate level out.
        for setting in self._settings.each():
            setting.restore()
        self._transient.abort()
        self._clear_protection()

    def _immediate(self) -> Levels:
        return Levels(self._settings.volts.value, self._settings.hertz.value)

    def _initiate(self) -> None:
        settings = self._settings
        self._transient.initiate(
            self._points(),
            rounds=settings.list_rounds.value,
            stepped=settings.list_step.value == "ONCE",
        )
        if settings.trigger_source.value == "IMM":
            self._trigger()

    def _trigger(self) -> None:
        settings = self._settings
        if settings.start_source.value == "PHAS":
            degrees = (settings.start_degrees.value + WHOLE_TURN) % WHOLE_TURN
            self._transient.trigger(self._stage.time_to(degrees))
        else:
            self._transient.trigger()

    def _points(self) -> Sequence[Point]:
        settings = self._settings
        has_volts = settings.volts_mode.value == "LIST"
        has_hertz = settings.hertz_mode.value == "LIST"
        if not has_volts and not has_hertz:
            raise RemoteProgramError(-221)
        dwell = settings.list_dwell.value
        volts = settings.list_volts.value if has_volts else (None,)
        hertz = settings.list_hertz.value if has_hertz else (None,)
        volts_slew = _slews(settings.volts_slew_mode, settings.list_volts_slew)
        hertz_slew = _slews(settings.hertz_slew_mode, settings.list_hertz_slew)
        lists = (dwell, volts, hertz, volts_slew, hertz_slew)
        length = max(len(one) for one in lists)
        # A list of one point stands for as many as the others have (rigs.md 2.3).
        if any(len(one) not in (1, length) for one in lists):
            raise RemoteProgramError(-226)
        return [
            Point(
                volts=_level(volts, volts_slew, index),
                hertz=_level(hertz, hertz_slew, index),
                dwell=duration(dwell[index % len(dwell)]),
            )
            for index in range(length)
        ]

    def _bus_trigger(self) -> None:
        if self._settings.trigger_source.value != "BUS":
            raise RemoteProgramError(-211)
        self._trigger()

    def _entered(self, phase: Phase) -> None:
        if phase is Phase.IDLE and self._rating.ends_at_last_point and self._transient.last:
            self._settings.volts.value = self._transient.last.volts
            self._settings.hertz.value = self._transient.last.hertz

    def _protection(self) -> Protection:
        return Protection(
            amps_limit=self._amps.value,
            trips_on_amps=self._settings.amps_protection.value,
            peak_volts=self._settings.peak_protection.value,
        )


def _length(points: Setting[tuple[Decimal, ...]]) -> str:
    return str(len(points.value))


def _slews(mode: Setting[str], points: Setting[tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
    return points.value if mode.value == "LIST" else (INFINITY,)


def _level(levels: Sequence[Decimal | None], slews: Sequence[Decimal], index: int) -> Level | None:
    to = levels[index % len(levels)]
    slew = slews[index % len(slews)]
    return None if to is None else Level(to=to, slew=None if slew >= INFINITY else slew)
