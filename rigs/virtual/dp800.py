"""A virtual DC supply in the manner of the Rigol DP800 series.

Channels are parameters (CH1), switches are answered with ON and OFF, and a measurement comes
as volts, amperes and watts in one answer. Timer and delayer are not here: they step in whole
seconds, which the bench can pace itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.virtual.dc_stage import ZERO, DcStage, Feed, feed_nothing
from rigs.virtual.scpi import Instrument, Number, RemoteProgramError, Row, Switch

_FIGURES = Decimal("0.001")

# Volts and amperes of each channel; recalled from the data sheets.
DP800_RATINGS: Mapping[str, tuple[tuple[Decimal, Decimal], ...]] = {
    "DP811A": ((Decimal(40), Decimal(5)),),
    "DP832A": (
        (Decimal(30), Decimal(3)),
        (Decimal(30), Decimal(3)),
        (Decimal(5), Decimal(3)),
    ),
}


class _Channel:
    """One output with what it is set to."""

    def __init__(self, stage: DcStage, max_volts: Decimal, max_amps: Decimal) -> None:
        self.stage = stage
        self.volts_parameter = Number(unit="V", minimum=ZERO, maximum=max_volts, default=ZERO)
        self.amps_parameter = Number(unit="A", minimum=ZERO, maximum=max_amps, default=max_amps)
        self.name = f"{max_volts}V/{max_amps}A"
        self.restore()

    def restore(self) -> None:
        self.volts = self.volts_parameter.default
        self.amps = self.amps_parameter.default
        self.is_on = False
        self.settle()

    def settle(self) -> None:
        self.stage.settle(self.is_on, self.volts, self.amps)


class VirtualDp800:
    """The model behind the command table; `stages` are its outputs, channel 1 first."""

    def __init__(
        self,
        clock: Clock,
        *,
        model: str = "DP832A",
        serial: str = "SIMULATED",
        feed: Feed = feed_nothing,
        ohms: Decimal | None = None,
    ) -> None:
        """`feed` and `ohms` belong to channel 1; the others are left open."""
        ratings = DP800_RATINGS[model]
        self.stages = [DcStage(clock, feed, ohms), *(DcStage(clock) for _ in ratings[1:])]
        self._channels = {
            f"CH{number}": _Channel(stage, *rating)
            for number, (stage, rating) in enumerate(
                zip(self.stages, ratings, strict=True), start=1
            )
        }
        self.instrument = Instrument(
            identity=Identity(
                maker="RIGOL TECHNOLOGIES", model=model, serial=serial, firmware="00.01.16"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        yield Row(header="APPLy", run=self._apply, answer=self._of_channel(_applied))
        yield Row(
            header="OUTPut[:STATe]",
            run=self._switch,
            answer=self._of_channel(lambda channel: "ON" if channel.is_on else "OFF"),
        )
        for quantity, value in _MEASURED.items():
            yield Row(header=f"MEASure[:SCALar]{quantity}", answer=self._of_channel(value))

    def _of_channel(self, value: Callable[[_Channel], str]) -> Callable[[Sequence[str]], str]:
        def answer(elements: Sequence[str]) -> str:
            if len(elements) > 1:
                raise RemoteProgramError(-108)
            return value(self._channel(elements[0] if elements else "CH1"))

        return answer

    def _channel(self, name: str) -> _Channel:
        channel = self._channels.get(name.upper())
        if channel is None:
            raise RemoteProgramError(-224)
        return channel

    def _apply(self, elements: Sequence[str]) -> None:
        name, volts, amps = _exactly(3, elements)
        channel = self._channel(name)
        # Both are read before either is set: a refused command changes nothing.
        new_volts = channel.volts_parameter.read_one(volts)
        channel.amps = channel.amps_parameter.read_one(amps)
        channel.volts = new_volts
        channel.settle()

    def _switch(self, elements: Sequence[str]) -> None:
        name, state = _exactly(2, elements)
        channel = self._channel(name)
        channel.is_on = Switch().read((state,))
        channel.settle()

    def _reset(self) -> None:
        for channel in self._channels.values():
            channel.restore()


def _exactly(count: int, elements: Sequence[str]) -> Sequence[str]:
    if len(elements) != count:
        raise RemoteProgramError(-109 if len(elements) < count else -108)
    return elements


def _applied(channel: _Channel) -> str:
    return f"{channel.name},{_figures(channel.volts)},{_figures(channel.amps)}"


def _all(channel: _Channel) -> str:
    stage = channel.stage
    return ",".join(_figures(one) for one in (stage.volts, stage.amps, stage.volts * stage.amps))


_MEASURED: Mapping[str, Callable[[_Channel], str]] = {
    ":ALL[:DC]": _all,
    "[:VOLTage][:DC]": lambda channel: _figures(channel.stage.volts),
    ":CURRent[:DC]": lambda channel: _figures(channel.stage.amps),
}


def _figures(value: Decimal) -> str:
    return f"{value.quantize(_FIGURES):f}"
