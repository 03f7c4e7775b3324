"""A virtual energy reference standard: the exact integral of the power behind the meter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode
from rigs.virtual.scpi import Instrument, Row, action, number_answer, question

_MICROSECONDS_PER_HOUR = 3_600_000_000
_MICROSECOND = timedelta(microseconds=1)
_MILLIWATT_HOUR = Decimal("0.001")


class VirtualReferenceMeter:
    """Power is constant between two events of the load node, so the sum is exact."""

    def __init__(self, clock: Clock, load: LoadNode, *, serial: str = "SIMULATED") -> None:
        self._clock = clock
        self._load = load
        self._since = clock.now()
        self._watts = load.watts
        self._watt_microseconds = Decimal(0)
        load.listen(self._power_changed)
        self.instrument = Instrument(
            identity=Identity(
                maker="Assay", model="Virtual reference meter", serial=serial, firmware="1"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        yield action("[SENSe:]ENERgy:RESet", self._reset)
        for verb in ("MEASure", "FETCh"):
            yield question(
                f"{verb}[:SCALar]:ENERgy[:ACTive]", lambda: number_answer(self._watt_hours())
            )

    def _power_changed(self, at: datetime, watts: Decimal) -> None:
        self._settle(at)
        self._watts = watts

    def _settle(self, at: datetime) -> None:
        self._watt_microseconds += self._watts * ((at - self._since) // _MICROSECOND)
        self._since = at

    def _watt_hours(self) -> Decimal:
        self._settle(self._clock.now())
        return (self._watt_microseconds / _MICROSECONDS_PER_HOUR).quantize(_MILLIWATT_HOUR)

    def _reset(self) -> None:
        self._settle(self._clock.now())
        self._watt_microseconds = Decimal(0)
