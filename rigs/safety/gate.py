"""Stands before a driver: every call of a capability passes here, whoever wrote the driver.

* A stimulus is checked against the ceilings of the bench file before the driver hears of it.
* A stimulus is refused while the bench may not be live.
* A reading that leaves says what it can be traced to, or does not leave.
* One call at a time: what watches the bench shares instruments with what drives it.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any, Generic, TypeVar, cast

from assay.declarations.bench import Calibration, Ceilings
from assay.verdicts import InstrumentOutOfCalibration, LimitExceeded
from rigs.capabilities import Reading, Step, Traceability
from rigs.safety.permission import Permission

T = TypeVar("T")

# Parameters of capabilities are named for their quantity, so that they can be checked by name.
CEILING_OF: Mapping[str, str] = {
    "volts": "max_volts",
    "hertz": "max_hertz",
    "amps": "max_amps",
    "watts": "max_watts",
    "temperature": "max_celsius",
    "decibels": "max_decibels",
    "start": "max_decibels",  # of a ramp
    "stop": "max_decibels",
}
FLOOR_OF: Mapping[str, str] = {"temperature": "min_celsius"}
UNIT_OF: Mapping[str, str] = {
    "max_volts": "V",
    "max_hertz": "Hz",
    "max_amps": "A",
    "max_watts": "W",
    "max_celsius": "°C",
    "min_celsius": "°C",
    "max_decibels": "dB",
}

# What makes nothing live: questions, and what takes energy away.
_HARMLESS = frozenset(
    {"identify", "opened", "open", "close", "safe", "limits", "range", "count", "is_closed"}
    | {"stop", "read", "timestamps", "attenuation", "frames", "network", "link_keys"}
    | {"reset_energy", "reset_volume", "arm", "safe_dialogue"}
)
_HARMLESS_BEGINNINGS = ("measure_", "on_", "wait_", "read_")


class Gate(Generic[T]):
    """`through` is the driver's capability, with everything that passes checked."""

    def __init__(
        self,
        name: str,
        driver: T,
        *,
        ceilings: Ceilings,
        record: Calibration | None,
        today: Callable[[], date],
        permission: Permission,
    ) -> None:
        self._name = name
        self._driver = driver
        self._ceilings = ceilings
        self._record = record
        self._today = today
        self._permission = permission
        self._one_at_a_time = threading.RLock()

    @property
    def through(self) -> T:
        return cast(T, _Through(self))

    def call(self, method: str, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """What the driver gives. LimitExceeded, BenchFault or InstrumentOutOfCalibration."""
        function = getattr(self._driver, method)
        if not is_harmless(method, arguments):
            bound = inspect.signature(function).bind(*arguments, **named)
            self._check_ceilings(bound.arguments)
            self._permission.check(f"{self._name}: {method}")
        with self._one_at_a_time:
            result = function(*arguments, **named)
        return self._traced(result) if isinstance(result, Reading) else result

    def _check_ceilings(self, arguments: Mapping[str, Any]) -> None:
        for parameter, value in _levels(arguments):
            for table, is_beyond in ((CEILING_OF, value.__gt__), (FLOOR_OF, value.__lt__)):
                key = table.get(parameter)
                limit = None if key is None else getattr(self._ceilings, key)
                if key is not None and limit is not None and is_beyond(limit):
                    unit = UNIT_OF[key]
                    raise LimitExceeded(
                        f"{self._name}: {value} {unit} exceeds {key} = {limit} of the bench file"
                    )

    def _traced(self, reading: Reading) -> Reading:
        self._check_overload(reading)
        record = self._record
        if record is None or not record.ranges:
            return reading
        parts = [
            part
            for part in record.ranges
            if part.covers(reading.quantity, reading.unit, reading.value)
        ]
        seen = f"{self._name}: {reading.quantity} {reading.value} {reading.unit}"
        if not parts:
            raise InstrumentOutOfCalibration(f"{seen} lies in no calibrated range")
        part = min(parts, key=lambda each: each.expanded_uncertainty(reading.value))
        if record.due_of(part) < self._today():
            raise InstrumentOutOfCalibration(
                f"{seen}: calibration of this range was due {record.due_of(part)}"
            )
        return replace(
            reading,
            traceability=Traceability(
                range=part.words,
                uncertainty=part.expanded_uncertainty(reading.value),
                certificate=record.certificate_of(part),
                due=record.due_of(part),
            ),
        )

    def _check_overload(self, reading: Reading) -> None:
        """A current cannot be refused before it flows, only as soon as it is seen."""
        limit = self._ceilings.max_amps
        if reading.unit == "A" and limit is not None and reading.value > limit:
            raise LimitExceeded(
                f"{self._name}: measured {reading.value} A, "
                f"which exceeds max_amps = {limit} of the bench file"
            )


class _Through:
    """Looks like the driver."""

    def __init__(self, gate: Gate[Any]) -> None:
        self._gate = gate

    def __getattr__(self, name: str) -> Any:
        target = getattr(self._gate._driver, name)
        if not callable(target):
            return target

        @wraps(target)
        def passing(*arguments: Any, **named: Any) -> Any:
            return self._gate.call(name, arguments, named)

        return passing


def is_harmless(method: str, arguments: Sequence[Any]) -> bool:
    """Whether a call can make nothing live: it asks, or it switches off."""
    if method in _HARMLESS or method.startswith(_HARMLESS_BEGINNINGS):
        return True
    return method == "output" and tuple(arguments) == (False,)


def _levels(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    for name, value in arguments.items():
        if isinstance(value, Decimal):
            yield name, value
        elif name == "steps":
            for step in value:
                if isinstance(step, Step):
                    yield "volts", step.volts
                    yield "hertz", step.hertz
