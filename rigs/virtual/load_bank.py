"""A virtual electronic load in constant-power mode, on the outgoing side of the meter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rigs.capabilities import Identity
from rigs.premises import LoadNode, reactive_power
from rigs.virtual.scpi import (
    Instrument,
    Number,
    Row,
    Setting,
    Switch,
    measured_answer,
    question,
)

ZERO, UNITY = Decimal(0), Decimal(1)


class VirtualLoadBank:
    """Asks for its set power while its input is on; sees what the contactor lets through."""

    def __init__(
        self,
        load: LoadNode,
        *,
        max_watts: Decimal = Decimal(25_000),
        serial: str = "SIMULATED",
    ) -> None:
        self._load = load
        power = Number(unit="W", minimum=ZERO, maximum=max_watts, default=ZERO)
        self._watts = Setting("[SOURce:]POWer[:LEVel][:IMMediate][:AMPLitude]", power, ZERO)
        factor = Number(unit="", minimum=-UNITY, maximum=UNITY, default=UNITY)
        self._power_factor = Setting("[SOURce:]POWer:PFACtor", factor, UNITY)
        self._input = Setting("INPut[:STATe]", Switch(), False)
        self.instrument = Instrument(
            identity=Identity(
                maker="Assay", model="Virtual load bank", serial=serial, firmware="1"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        load = self._load
        yield self._watts.row(self._settle)
        yield self._power_factor.row(self._settle)
        yield self._input.row(self._settle)
        for verb in ("MEASure", "FETCh"):
            yield question(f"{verb}[:SCALar]:VOLTage:AC", lambda: measured_answer(load.volts))
            yield question(f"{verb}[:SCALar]:CURRent:AC", lambda: measured_answer(load.rms_amps))
            yield question(
                f"{verb}[:SCALar]:POWer[:AC][:REAL]", lambda: measured_answer(load.watts)
            )

    def _reset(self) -> None:
        self._watts.restore()
        self._power_factor.restore()
        self._input.restore()
        self._settle()

    def _settle(self) -> None:
        watts = self._watts.value if self._input.value else ZERO
        self._load.request(watts, reactive_power(watts, self._power_factor.value))
