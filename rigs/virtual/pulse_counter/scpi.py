"""A virtual bench counter that totalises: what its photo head sees of a meter's light."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rigs.capabilities import Identity
from rigs.premises_pulses import PulseEye, PulseOutput
from rigs.virtual.scpi import Instrument, RemoteProgramError, Row, action, question

_CHANNEL = "(@1)"


class VirtualScpiCounter:
    """Counts from INITiate to ABORt; what it counted stays readable."""

    def __init__(self, pulses: PulseOutput, *, serial: str = "SIMULATED") -> None:
        self._pulses = pulses
        self._eye: PulseEye | None = None
        self._count = 0
        self._is_configured = False
        self.instrument = Instrument(
            identity=Identity(maker="Assay", model="Virtual counter", serial=serial, firmware="1"),
            rows=self._rows(),
            reset=self._reset,
        )

    def _rows(self) -> Iterator[Row]:
        yield Row(header="CONFigure:TOTalize[:CONTinuous]", run=self._configure)
        yield action("INITiate[:IMMediate]", self._initiate)
        yield action("ABORt", self._abort)
        yield question("[SENSe:]TOTalize:DATA", lambda: str(self._total()))

    def _configure(self, elements: Sequence[str]) -> None:
        if list(elements) != [_CHANNEL]:
            raise RemoteProgramError(-224)
        self._abort()
        self._is_configured = True

    def _initiate(self) -> None:
        if not self._is_configured:
            raise RemoteProgramError(-221)
        if self._eye is not None:
            raise RemoteProgramError(-213)
        self._count = 0
        self._eye = self._pulses.eye()

    def _abort(self) -> None:
        eye, self._eye = self._eye, None
        if eye is not None:
            self._count = len(eye.pulses())
            eye.close()

    def _total(self) -> int:
        return self._count if self._eye is None else len(self._eye.pulses())

    def _reset(self) -> None:
        self._abort()
        self._count = 0
        self._is_configured = False
