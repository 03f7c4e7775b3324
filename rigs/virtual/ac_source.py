"""A virtual AC source in the manner of the Agilent 6811B family, feeding the premises.

It settles its output anew at every setting, trigger, point of a list and change of load.
Phase angle, distortion, rise time and resolution are not modelled: a virtual source proves
protocol and sequencing, never electrical timing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.ac_source_settings import RATINGS, ZERO, SourceSettings
from rigs.virtual.scpi import (
    Choice,
    Instrument,
    RemoteProgramError,
    Row,
    Setting,
    action,
    command,
    measured_answer,
    question,
)
from rigs.virtual.transient import ListTransient, Phase, Point

SQUARE_ROOT_OF_TWO = Decimal(2).sqrt()

# Bits of the QUEStionable condition; recalled, the guide was not read.
OVER_VOLTAGE = 1 << 0
OVER_CURRENT = 1 << 1
CURRENT_LIMITED = 1 << 12

# Bits of the OPERation condition (SCPI-99 volume 1, 20.3).
SWEEPING = 1 << 3
WAITING_FOR_TRIGGER = 1 << 5

MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputChange:
    """What the output terminals carry from this time on."""

    at: datetime
    volts: Decimal
    hertz: Decimal


class VirtualAcSource:
    """The model behind the command table; `log` holds every change of its output."""

    def __init__(
        self,
        clock: Clock,
        supply: SupplyNode,
        load: LoadNode,
        *,
        model: str = "6843A",
        serial: str = "SIMULATED",
    ) -> None:
        self._clock = clock
        self._supply = supply
        self._load = load
        self._rating = RATINGS[model]
        self._settings = SourceSettings(self._rating)
        self._tripped = 0
        self._transient = ListTransient(clock, self._transient_changed)
        self.log: list[OutputChange] = []
        self.instrument = Instrument(
            identity=Identity(
                maker="Agilent Technologies", model=model, serial=serial, firmware="A.00.00"
            ),
            rows=self._rows(),
            reset=self._reset,
        )
        load.listen_demand(lambda _at, _watts: self._settle())

    def _rows(self) -> Iterator[Row]:
        for setting in self._settings.each():
            yield setting.row(self._settle)
        name = Choice(words=("TRANsient",))
        yield action("OUTPut:PROTection:CLEar", self._clear_protection)
        yield action("ABORt", self._transient.abort)
        yield action("INITiate[:IMMediate][:SEQuence1]", self._initiate)
        yield command("INITiate[:IMMediate]:NAME", name, lambda _: self._initiate())
        yield action("TRIGger[:SEQuence1][:IMMediate]", self._transient.trigger)
        yield action("*TRG", self._bus_trigger)
        yield from self._length_rows()
        for verb in ("MEASure", "FETCh"):
            yield from self._measure_rows(f"{verb}[:SCALar]")

    def _length_rows(self) -> Iterator[Row]:
        settings = self._settings
        for quantity, points in (
            ("VOLTage[:LEVel]", settings.list_volts),
            ("FREQuency[:LEVel]", settings.list_hertz),
            ("DWELl", settings.list_dwell),
        ):
            yield question(f"[SOURce:]LIST:{quantity}:POINts", partial(_length, points))

    def _measure_rows(self, root: str) -> Iterator[Row]:
        supply, load = self._supply, self._load
        yield question(f"{root}:VOLTage:AC", lambda: measured_answer(supply.volts))
        yield question(f"{root}:CURRent:AC", lambda: measured_answer(load.amps))
        yield question(f"{root}:FREQuency", lambda: measured_answer(supply.hertz))
        yield question(f"{root}:POWer:AC[:REAL]", lambda: measured_answer(load.watts))

    def _reset(self) -> None:
        # The output goes first: an aborted wave would let the immediate level out.
        for setting in self._settings.each():
            setting.restore()
        self._transient.abort()
        self._clear_protection()

    def _clear_protection(self) -> None:
        self._tripped = 0
        self._settle()

    def _initiate(self) -> None:
        points = self._points()
        self._transient.initiate(
            points,
            rounds=self._settings.list_rounds.value,
            stepped=self._settings.list_step.value == "ONCE",
        )
        if self._settings.trigger_source.value == "IMM":
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
        length = max(len(dwell), len(volts), len(hertz))
        # A list of one point stands for as many as the others have (rigs.md 2.3).
        if any(len(one) not in (1, length) for one in (dwell, volts, hertz)):
            raise RemoteProgramError(-226)
        return [
            Point(
                volts=volts[index % len(volts)],
                hertz=hertz[index % len(hertz)],
                dwell=_duration(dwell[index % len(dwell)]),
            )
            for index in range(length)
        ]

    def _bus_trigger(self) -> None:
        if self._settings.trigger_source.value != "BUS":
            raise RemoteProgramError(-211)
        self._transient.trigger()

    def _transient_changed(self) -> None:
        phase = self._transient.phase
        operation = self.instrument.operation
        operation.set_condition(WAITING_FOR_TRIGGER, phase is Phase.WAITING_FOR_TRIGGER)
        operation.set_condition(SWEEPING, phase is Phase.PLAYING)
        self._settle()
        if phase is Phase.IDLE:
            self.instrument.end_operation()
        else:
            self.instrument.begin_operation()

    def _settle(self) -> None:
        volts, hertz = self._wanted()
        self._protect(volts)
        is_limited = not self._tripped and self._is_overloaded(volts)
        questionable = self.instrument.questionable
        questionable.set_condition(OVER_VOLTAGE, bool(self._tripped & OVER_VOLTAGE))
        questionable.set_condition(OVER_CURRENT, bool(self._tripped & OVER_CURRENT))
        questionable.set_condition(CURRENT_LIMITED, is_limited)
        if self._tripped:
            volts = hertz = ZERO
        if is_limited:
            # In current limit a constant-power load has no stable point: the voltage
            # collapses until the load lets go.
            volts = ZERO
        self._put_out(volts, hertz)

    def _wanted(self) -> tuple[Decimal, Decimal]:
        settings, point = self._settings, self._transient.point
        if not settings.output.value:
            return ZERO, ZERO
        if point is None:
            return settings.volts.value, settings.hertz.value
        return (
            settings.volts.value if point.volts is None else point.volts,
            settings.hertz.value if point.hertz is None else point.hertz,
        )

    def _protect(self, volts: Decimal) -> None:
        """Protections latch until OUTPut:PROTection:CLEar."""
        if volts * SQUARE_ROOT_OF_TWO > self._settings.peak_protection.value:
            self._tripped |= OVER_VOLTAGE
        if self._settings.amps_protection.value and self._is_overloaded(volts):
            self._tripped |= OVER_CURRENT

    def _is_overloaded(self, volts: Decimal) -> bool:
        watts = min(self._settings.amps_limit.value * volts, self._rating.max_volt_amperes)
        return bool(volts) and self._load.demand_watts > watts

    def _put_out(self, volts: Decimal, hertz: Decimal) -> None:
        if (volts, hertz) == (self._supply.volts, self._supply.hertz):
            return
        self.log.append(OutputChange(at=self._clock.now(), volts=volts, hertz=hertz))
        self._supply.feed(volts, hertz)


def _length(points: Setting[tuple[Decimal, ...]]) -> str:
    return str(len(points.value))


def _duration(seconds: Decimal) -> timedelta:
    return int(seconds * 1_000_000) * MICROSECOND
