"""A virtual source of gas flow with a volume standard behind the meter; the sum is exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import ZERO
from rigs.premises_gas import GasFlow
from rigs.virtual.scpi import (
    Instrument,
    Number,
    Row,
    Setting,
    Switch,
    action,
    measured_answer,
    number_answer,
    question,
)

_MICROSECONDS_PER_HOUR = 3_600_000_000
_MICROSECOND = timedelta(microseconds=1)
_MILLILITRE = Decimal("0.000001")


class VirtualGasSource:
    """Asks for its flow while its output is on; what passes is what the valve lets through."""

    def __init__(
        self,
        clock: Clock,
        flow: GasFlow,
        *,
        most: Decimal = Decimal(16),
        serial: str = "SIMULATED",
    ) -> None:
        self._clock = clock
        self._flow = flow
        self._since = clock.now()
        self._passing = flow.cubic_metres_per_hour
        self._volume = ZERO  # in cubic metres per hour times microseconds
        size = Number(minimum=ZERO, maximum=most, default=ZERO)
        self._wanted = Setting("[SOURce:]FLOW", size, ZERO)
        self._output = Setting("OUTPut[:STATe]", Switch(), False)
        flow.listen(self._changed)
        self.instrument = Instrument(
            identity=Identity(
                maker="Assay", model="Virtual gas source", serial=serial, firmware="1"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        flow = self._flow
        yield self._wanted.row(self._apply)
        yield self._output.row(self._apply)
        yield action("[SENSe:]VOLume:RESet", self._reset_volume)
        for verb in ("MEASure", "FETCh"):
            yield question(
                f"{verb}[:SCALar]:FLOW", lambda: measured_answer(flow.cubic_metres_per_hour)
            )
            yield question(f"{verb}[:SCALar]:VOLume", lambda: number_answer(self._cubic_metres()))

    def _apply(self) -> None:
        self._flow.request(self._wanted.value if self._output.value else ZERO)

    def _changed(self, at: datetime, passing: Decimal) -> None:
        self._settle(at)
        self._passing = passing

    def _settle(self, at: datetime) -> None:
        self._volume += self._passing * ((at - self._since) // _MICROSECOND)
        self._since = at

    def _cubic_metres(self) -> Decimal:
        self._settle(self._clock.now())
        return (self._volume / _MICROSECONDS_PER_HOUR).quantize(_MILLILITRE)

    def _reset_volume(self) -> None:
        self._settle(self._clock.now())
        self._volume = ZERO

    def _reset(self) -> None:
        self._wanted.restore()
        self._output.restore()
        self._apply()
        self._reset_volume()
