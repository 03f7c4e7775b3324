"""A virtual AC source in the manner of the Chroma 61500 series, feeding the premises.

Command words are those of the user's manual as far as rigs.md 2.3 has them: modes, TRIG
ON/OFF, points with a start and an end, a *RST that takes seconds. Inferred are: the unit of
LIST:DWEL, that lists are of one length, that a list which has ended holds its last point
until the mode is FIXED again, and that nothing is edited while it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.output_stage import ZERO, Rating
from rigs.virtual.ranges import RangedNumber, VoltageRange, range_row
from rigs.virtual.scpi import (
    INFINITY,
    Choice,
    Instrument,
    Number,
    NumberList,
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

MAX_POINTS = 100
RANGES = (Decimal(150), Decimal(300))
RESET_TAKES = timedelta(seconds=7)  # rigs.md 2.3: up to about 7 s

# Recalled from the data sheets.
CHROMA_RATINGS: Mapping[str, Rating] = {
    "61501": Rating(min_hertz=Decimal(15), max_amps=Decimal(4), max_volt_amperes=Decimal(500)),
    "61504": Rating(min_hertz=Decimal(15), max_amps=Decimal(16), max_volt_amperes=Decimal(2000)),
    "61505": Rating(min_hertz=Decimal(15), max_amps=Decimal(32), max_volt_amperes=Decimal(4000)),
}


class VirtualChroma(PlayingSource):
    """After a list it holds the last point, until something else is wanted."""

    def __init__(
        self,
        clock: Clock,
        supply: SupplyNode,
        load: LoadNode,
        *,
        model: str = "61504",
        serial: str = "SIMULATED",
    ) -> None:
        rating = CHROMA_RATINGS[model]
        super().__init__(clock, supply, load, rating)
        self._clock = clock
        self._held: Levels | None = None
        self._range = VoltageRange(RANGES)
        self._settings: tuple[Setting[Any], ...] = ()
        self._define_settings(rating)
        self.instrument = Instrument(
            identity=Identity(maker="Chroma ATE", model=model, serial=serial, firmware="1.20"),
            rows=self._rows(supply, load),
            reset=self._reset,
        )

    def _define_settings(self, rating: Rating) -> None:
        volts = RangedNumber(
            unit="V", minimum=ZERO, maximum=RANGES[-1], default=ZERO, ceiling=self._ceiling
        )
        limit = Number(unit="V", minimum=ZERO, maximum=RANGES[-1], default=RANGES[-1])
        hertz = Number(
            unit="HZ", minimum=rating.min_hertz, maximum=rating.max_hertz, default=Decimal(60)
        )
        amps = Number(unit="A", minimum=ZERO, maximum=rating.max_amps, default=rating.max_amps)
        milliseconds = Number(minimum=ZERO, maximum=Decimal("99999999.9"), default=ZERO)
        rounds = Number(minimum=ZERO, maximum=Decimal(65_535), default=Decimal(1))
        modes = ("FIXED", "LIST", "PULSE", "STEP", "SYNTH", "INTERHAR")

        def list_of(number: Number) -> NumberList:
            return NumberList(number=number, max_length=MAX_POINTS)

        self._volts = Setting("[SOURce:]VOLTage[:LEVel][:IMMediate][:AMPLitude]:AC", volts, ZERO)
        self._limit = Setting("[SOURce:]VOLTage:LIMit:AC", limit, limit.default)
        self._hertz = Setting("[SOURce:]FREQuency[:CW][:IMMediate]", hertz, hertz.default)
        self._amps = Setting("[SOURce:]CURRent:LIMit", amps, amps.default)
        self._output = Setting("OUTPut[:STATe]", Switch(), False)
        self._mode = Setting("OUTPut:MODE", Choice(words=modes), "FIXED")
        self._base = Setting("[SOURce:]LIST:BASE", Choice(words=("TIME", "CYCLE")), "TIME")
        self._trigger = Setting("[SOURce:]LIST:TRIG", Choice(words=("AUTO", "MANUAL")), "AUTO")
        self._count = Setting("[SOURce:]LIST:COUNt", rounds, rounds.default)
        self._volts_start = Setting("[SOURce:]LIST:VOLTage:AC:STARt", list_of(volts), (ZERO,))
        self._volts_end = Setting("[SOURce:]LIST:VOLTage:AC:END", list_of(volts), (ZERO,))
        self._hertz_start = Setting(
            "[SOURce:]LIST:FREQuency:STARt", list_of(hertz), (hertz.default,)
        )
        self._hertz_end = Setting("[SOURce:]LIST:FREQuency:END", list_of(hertz), (hertz.default,))
        self._dwell = Setting("[SOURce:]LIST:DWELl", list_of(milliseconds), (ZERO,))
        self._settings = tuple(each for each in vars(self).values() if isinstance(each, Setting))

    def _rows(self, supply: SupplyNode, load: LoadNode) -> Iterator[Row]:
        while_playing = (self._volts, self._hertz, self._amps, self._output, self._limit)
        for setting in self._settings:
            row = setting.row(self._changed)
            yield row if setting in while_playing else self._while_idle(row)
        yield range_row(self._range, lambda: bool(self._output.value))
        yield command("TRIGger", Switch(), self._trigger_to)
        yield question("TRIGger:STATE", self._state)
        yield question("[SOURce:]LIST:POINts", lambda: str(len(self._dwell.value)))
        yield action("OUTPut:PROTection:CLEar", self._clear_protection)
        yield from measure_rows(supply, load)

    def _while_idle(self, row: Row) -> Row:
        run = row.run
        assert run is not None  # every setting can be set

        def run_if_idle(elements: Sequence[str]) -> None:
            if self._transient.phase is not Phase.IDLE:
                raise RemoteProgramError(-221)
            run(elements)

        return Row(header=row.header, run=run_if_idle, answer=row.answer)

    def _ceiling(self) -> Decimal:
        return min(self._range.value, self._limit.value)

    def _changed(self) -> None:
        if self._mode.value == "FIXED":
            self._held = None
        self._settle()

    def _trigger_to(self, on: bool) -> None:
        if not on:
            self._held = None
            self._transient.abort()
            self._settle()
            return
        if self._mode.value != "LIST":  # the waveforms of the other modes are not modelled
            raise RemoteProgramError(-221)
        rounds = self._count.value or INFINITY  # 0 is without end
        self._transient.initiate(self._points(), rounds=rounds)
        self._transient.trigger()

    def _state(self) -> str:
        return "OFF" if self._transient.phase is Phase.IDLE else "RUNNING"

    def _points(self) -> Sequence[Point]:
        columns: tuple[Setting[tuple[Decimal, ...]], ...] = (
            self._volts_start,
            self._volts_end,
            self._hertz_start,
            self._hertz_end,
            self._dwell,
        )
        lists = [column.value for column in columns]
        if len({len(one) for one in lists}) > 1:
            raise RemoteProgramError(-226)
        return [self._point(*values) for values in zip(*lists, strict=True)]

    def _point(
        self,
        volts_start: Decimal,
        volts_end: Decimal,
        hertz_start: Decimal,
        hertz_end: Decimal,
        dwell: Decimal,
    ) -> Point:
        if self._base.value == "CYCLE":
            span = duration(dwell / hertz_start)
        else:
            span = duration(dwell / 1000)
        return Point(
            volts=_from_to(volts_start, volts_end, span),
            hertz=_from_to(hertz_start, hertz_end, span),
            dwell=span,
        )

    def _immediate(self) -> Levels:
        if self._held is not None:
            return self._held
        return Levels(self._volts.value, self._hertz.value)

    def _entered(self, phase: Phase) -> None:
        self._held = self._transient.last if phase is Phase.IDLE else None

    def _reset(self) -> None:
        """The output goes first; then nothing is listened to until it has settled."""
        for setting in self._settings:
            setting.restore()
        self._range.restore()
        self._held = None
        self._transient.abort()
        self._held = None
        self._clear_protection()
        self.instrument.stop_listening()
        self._clock.call_later(RESET_TAKES, self.instrument.listen)


def _from_to(start: Decimal, end: Decimal, span: timedelta) -> Level:
    return Level(to=end) if start == end else Level(to=end, start=start, over=span)
