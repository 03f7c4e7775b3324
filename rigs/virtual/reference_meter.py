"""A virtual energy reference standard that speaks SCPI; its words are this project's own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import Identity
from rigs.premises import LoadNode
from rigs.premises_circuits import Circuits
from rigs.premises_pulses import PulseOutput
from rigs.virtual.reference.standard import Standard
from rigs.virtual.scpi import (
    Instrument,
    Number,
    RemoteProgramError,
    Row,
    Setting,
    action,
    measured_answer,
    number_answer,
    question,
)

_MILLIWATT_HOUR = Decimal("0.001")
_NOT_A_NUMBER = "9.91E37"  # SCPI-99 volume 1, 7.2.1.5
_COUNTS = Number(minimum=Decimal(1), maximum=Decimal(10_000_000), default=Decimal(1))


class VirtualReferenceMeter:
    """Counts from its start, exactly."""

    def __init__(
        self,
        clock: Clock,
        load: LoadNode,
        *,
        circuits: Circuits | None = None,
        pulses: PulseOutput | None = None,
        gain: Decimal = Decimal(1),
        serial: str = "SIMULATED",
    ) -> None:
        """`circuits` and `pulses` as `Standard` has them: every phase, and the meter's light."""
        self.standard = Standard(clock, load, circuits=circuits, pulses=pulses, gain=gain)
        self._constant = Setting("ERRor:CONStant", _COUNTS, Decimal(1000))
        self._wanted = Setting("ERRor:PULSes", _COUNTS, Decimal(1))
        self.instrument = Instrument(
            identity=Identity(
                maker="Assay", model="Virtual reference meter", serial=serial, firmware="1"
            ),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        standard = self.standard
        yield action("[SENSe:]ENERgy:RESet", standard.zero)
        yield action("[SENSe:]ENERgy:STARt", lambda: standard.count(True))
        yield action("[SENSe:]ENERgy:STOP", lambda: standard.count(False))
        yield question("SYSTem:PHASes", lambda: str(len(standard.phases())))
        for verb in ("MEASure", "FETCh"):
            yield question(
                f"{verb}[:SCALar]:ENERgy[:ACTive]", lambda: _energy(standard.watt_hours())
            )
            yield question(
                f"{verb}[:SCALar]:ENERgy:REACtive", lambda: _energy(standard.var_hours())
            )
        for number in range(1, len(standard.phases()) + 1):
            yield from self._phase_rows(number)
        yield self._constant.row(_nothing)
        yield self._wanted.row(_nothing)
        yield action("ERRor:INITiate", self._begin_error_test)
        yield action("ERRor:ABORt", standard.end_error_test)
        yield question("ERRor:COUNt", lambda: str(standard.pulses_seen()))
        yield question("ERRor:DATA", self._error)

    def _phase_rows(self, number: int) -> Iterator[Row]:
        words = {"VOLTage": "volts", "CURRent": "amps", "PFACtor": "power_factor"}
        for word, value in words.items():

            def answer(value: str = value) -> str:
                return measured_answer(getattr(self.standard.phases()[number - 1], value))

            yield question(f"MEASure:PHASe{number}:{word}", answer)

    def _begin_error_test(self) -> None:
        if not self.standard.has_eye:
            raise RemoteProgramError(-240)
        self.standard.begin_error_test(int(self._wanted.value), int(self._constant.value))

    def _error(self) -> str:
        error = self.standard.error_percent()
        return _NOT_A_NUMBER if error is None else measured_answer(error)

    def _reset(self) -> None:
        self._constant.restore()
        self._wanted.restore()
        self.standard.end_error_test()
        self.standard.count(True)
        self.standard.zero()


def _energy(value: Decimal) -> str:
    return number_answer(value.quantize(_MILLIWATT_HOUR))


def _nothing() -> None:
    """A setting that acts when the test begins."""
