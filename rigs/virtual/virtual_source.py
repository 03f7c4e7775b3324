"""What the virtual AC sources of every family are: settings in front of one power stage."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal

from assay.clock import Clock
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.output_stage import OutputChange, OutputStage, Protection, Rating
from rigs.virtual.scpi import Instrument, Setting
from rigs.virtual.source_rows import complete, show_conditions, show_phase
from rigs.virtual.transient import Levels, Phase, Transient


class VirtualSource(ABC):
    """The model behind a command table; `log` holds every change of its output."""

    instrument: Instrument
    _output: Setting[bool]
    _amps: Setting[Decimal]

    def __init__(self, clock: Clock, supply: SupplyNode, load: LoadNode, rating: Rating) -> None:
        self._stage = OutputStage(clock, supply, load, rating)
        self.log: list[OutputChange] = self._stage.log
        load.listen_demand(lambda _at, _watts: self._settle())

    @abstractmethod
    def _levels(self) -> Levels:
        """What its generator makes, whether or not the output is on."""

    def _protection(self) -> Protection:
        return Protection(amps_limit=self._amps.value)

    def _settle(self) -> None:
        levels = self._levels()
        bits = self._stage.settle(
            levels if self._output.value else None, self._protection(), levels.hertz
        )
        show_conditions(self.instrument, bits)

    def _clear_protection(self) -> None:
        self._stage.clear_protection()
        self._settle()


class PlayingSource(VirtualSource):
    """A source that plays transients by itself."""

    def __init__(self, clock: Clock, supply: SupplyNode, load: LoadNode, rating: Rating) -> None:
        super().__init__(clock, supply, load, rating)
        self._transient = Transient(clock, self._immediate, self._transient_changed)

    @abstractmethod
    def _immediate(self) -> Levels:
        """What it goes back to when no transient is playing."""

    @abstractmethod
    def _entered(self, phase: Phase) -> None:
        """What the family keeps of a transient that has ended."""

    def _levels(self) -> Levels:
        return self._transient.levels

    def _transient_changed(self) -> None:
        phase = self._transient.phase
        self._entered(phase)
        show_phase(self.instrument, phase)
        self._settle()
        complete(self.instrument, phase)
