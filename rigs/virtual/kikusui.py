"""A virtual AC source in the manner of the Kikusui PCR series, feeding the premises.

The LE models play a program of steps (PROG); the others have no sequence of their own. The
order of PROG:EDIT as far as rigs.md 2.3 has it: step, ramp, hertz, ramp, volts, then the time
further on. Inferred are: that a ramp and volts of the DC part stand between volts and time,
the words of the trigger and of the state, that a program stays at its last step, and that
nothing is edited while it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.output_stage import ZERO, Rating
from rigs.virtual.scpi import (
    Choice,
    Instrument,
    Integer,
    Number,
    RemoteProgramError,
    Row,
    Setting,
    Switch,
    action,
    command,
    question,
)
from rigs.virtual.source_rows import measure_rows
from rigs.virtual.transient import Level, Levels, Phase, Point, duration
from rigs.virtual.virtual_source import PlayingSource

MAX_STEPS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class PcrRating(Rating):
    """`has_program`: rigs.md 2.3, PROG on LE only; `max_line`: characters of a line (MA)."""

    min_hertz: Decimal = Decimal(1)
    max_hertz: Decimal = Decimal(500)
    has_program: bool = False
    max_line: int | None = None


# Recalled from the data sheets, but for the length of a line.
PCR_RATINGS: Mapping[str, PcrRating] = {
    "PCR1000LE": PcrRating(max_amps=Decimal(10), max_volt_amperes=Decimal(1000), has_program=True),
    "PCR4000LE": PcrRating(max_amps=Decimal(40), max_volt_amperes=Decimal(4000), has_program=True),
    "PCR1000MA": PcrRating(max_amps=Decimal(10), max_volt_amperes=Decimal(1000), max_line=128),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramStep:
    """One PROG:EDIT without its number and its DC part."""

    hertz_ramp: bool
    hertz: Decimal
    volts_ramp: bool
    volts: Decimal
    dwell: timedelta

    def point(self) -> Point:
        return Point(
            volts=Level(to=self.volts, over=self.dwell if self.volts_ramp else timedelta(0)),
            hertz=Level(to=self.hertz, over=self.dwell if self.hertz_ramp else timedelta(0)),
            dwell=self.dwell,
        )


class StepParameter:
    """The eight parameters of PROG:EDIT."""

    least = 8
    most: int | None = 8

    def __init__(self, volts: Number, hertz: Number) -> None:
        self._volts = volts
        self._hertz = hertz
        self._number = Integer(minimum=1, maximum=MAX_STEPS)
        self._direct = Number(unit="V", minimum=ZERO, maximum=ZERO, default=ZERO)
        self._seconds = Number(
            unit="S",
            minimum=Decimal("0.0001"),
            maximum=Decimal(3_596_400),
            default=Decimal(1),
        )

    def read(self, elements: Sequence[str]) -> tuple[int, ProgramStep]:
        number, hertz_ramp, hertz, volts_ramp, volts, direct_ramp, direct, seconds = elements
        switch = Switch()
        switch.read((direct_ramp,))
        self._direct.read((direct,))
        return self._number.read((number,)), ProgramStep(
            hertz_ramp=switch.read((hertz_ramp,)),
            hertz=self._hertz.read_one(hertz),
            volts_ramp=switch.read((volts_ramp,)),
            volts=self._volts.read_one(volts),
            dwell=duration(self._seconds.read_one(seconds)),
        )

    def write(self, value: tuple[int, ProgramStep]) -> str:
        raise ValueError(f"PROG:EDIT is not asked for, got {value!r}")


class VirtualKikusui(PlayingSource):
    """After a program its last step is the immediate level."""

    def __init__(
        self,
        clock: Clock,
        supply: SupplyNode,
        load: LoadNode,
        *,
        model: str = "PCR4000LE",
        serial: str = "SIMULATED",
    ) -> None:
        rating = PCR_RATINGS[model]
        super().__init__(clock, supply, load, rating)
        self._steps: dict[int, ProgramStep] = {}
        volts = Number(unit="V", minimum=ZERO, maximum=rating.max_volts, default=ZERO)
        hertz = Number(
            unit="HZ", minimum=rating.min_hertz, maximum=rating.max_hertz, default=Decimal(50)
        )
        amps = Number(unit="A", minimum=ZERO, maximum=rating.max_amps, default=rating.max_amps)
        step = Number(minimum=Decimal(1), maximum=Decimal(MAX_STEPS), default=Decimal(1))
        rounds = Number(minimum=Decimal(1), maximum=Decimal(9998), default=Decimal(1))
        self._volts = Setting(
            "[SOURce:]VOLTage[:LEVel][:IMMediate][:AMPLitude]", volts, volts.default
        )
        self._hertz = Setting("[SOURce:]FREQuency[:CW][:IMMediate]", hertz, hertz.default)
        self._amps = Setting("[SOURce:]CURRent[:LEVel][:IMMediate][:AMPLitude]", amps, amps.default)
        self._output = Setting("OUTPut[:STATe]", Switch(), False)
        self._first = Setting("[SOURce:]PROGram:STEP:STARt", step, step.default)
        self._last = Setting("[SOURce:]PROGram:STEP:END", step, step.default)
        self._loop = Setting("[SOURce:]PROGram:LOOP", rounds, rounds.default)
        self._trigger_source = Setting(
            "TRIGger:SEQuence5:SOURce", Choice(words=("IMMediate", "BUS")), "IMM"
        )
        self._settings: tuple[Setting[Any], ...] = tuple(
            each for each in vars(self).values() if isinstance(each, Setting)
        )
        rows = [*self._steady_rows(), *measure_rows(supply, load)]
        if rating.has_program:
            rows += self._program_rows(StepParameter(volts, hertz))
        self.instrument = Instrument(
            identity=Identity(maker="KIKUSUI", model=model, serial=serial, firmware="4.22"),
            rows=rows,
            reset=self._reset,
            max_line=rating.max_line,
        )

    def _steady_rows(self) -> Iterator[Row]:
        for setting in (self._volts, self._hertz, self._amps, self._output):
            yield setting.row(self._settle)
        yield action("OUTPut:PROTection:CLEar", self._clear_protection)
        yield action("ABORt", self._transient.abort)

    def _program_rows(self, step: StepParameter) -> Iterator[Row]:
        settings: tuple[Setting[Any], ...] = (
            self._first,
            self._last,
            self._loop,
            self._trigger_source,
        )
        for setting in settings:
            yield setting.row(self._refuse_while_running)
        yield command("[SOURce:]PROGram:EDIT", step, self._edit)
        yield question("[SOURce:]PROGram:EXECute", self._state)
        yield action("INITiate[:IMMediate]:SEQuence5", self._initiate)
        name = Choice(words=("PROGram",))
        yield command("INITiate[:IMMediate]:NAME", name, lambda _: self._initiate())
        yield action("TRIGger:SEQuence5[:IMMediate]", self._transient.trigger)

    def _refuse_while_running(self) -> None:
        if self._transient.phase is not Phase.IDLE:
            raise RemoteProgramError(-221)

    def _edit(self, edited: tuple[int, ProgramStep]) -> None:
        self._refuse_while_running()
        number, step = edited
        self._steps[number] = step

    def _state(self) -> str:
        return "STOP" if self._transient.phase is Phase.IDLE else "RUN"

    def _initiate(self) -> None:
        numbers = range(int(self._first.value), int(self._last.value) + 1)
        if not numbers or not all(number in self._steps for number in numbers):
            raise RemoteProgramError(-221)
        points = [self._steps[number].point() for number in numbers]
        self._transient.initiate(points, rounds=self._loop.value)
        if self._trigger_source.value == "IMM":
            self._transient.trigger()

    def _immediate(self) -> Levels:
        return Levels(self._volts.value, self._hertz.value)

    def _entered(self, phase: Phase) -> None:
        if phase is Phase.IDLE and self._transient.last is not None:
            self._volts.value = self._transient.last.volts
            self._hertz.value = self._transient.last.hertz

    def _reset(self) -> None:
        # The output goes first: an aborted program would let the immediate level out.
        for setting in self._settings:
            setting.restore()
        self._steps.clear()
        self._transient.abort()
        self._clear_protection()
