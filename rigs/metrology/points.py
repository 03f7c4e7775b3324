"""At which currents, power factors and voltages a meter is measured, and how far it may be out.

The limits are the maximum permissible errors of 2014/32/EU, Annex V (MI-003; SI 2016/1153), between
+5 and +30 degrees Celsius, which is where a laboratory stands. The points are the usual ones of a
type test and are recalled, not read: they choose where is looked, never what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AccuracyClass(StrEnum):
    """MID classes; domestic meters are normally class B."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumPermissibleError:
    """In per cent of the energy: from Imin to below Itr, and from Itr to Imax."""

    low: Decimal
    full: Decimal


LIMITS: dict[AccuracyClass, MaximumPermissibleError] = {
    AccuracyClass.A: MaximumPermissibleError(low=Decimal("3.5"), full=Decimal("3.5")),
    AccuracyClass.B: MaximumPermissibleError(low=Decimal(2), full=Decimal(2)),
    AccuracyClass.C: MaximumPermissibleError(low=Decimal(1), full=Decimal("0.7")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Of a directly connected meter, as its maker declares it. Amperes and volts."""

    accuracy_class: AccuracyClass = AccuracyClass.B
    volts: Decimal = Decimal(230)
    hertz: Decimal = Decimal(50)
    minimum: Decimal = Decimal("0.25")
    transitional: Decimal = Decimal("0.5")
    maximum: Decimal = Decimal(100)
    pulses_per_kilowatt_hour: int = 1000

    def limit(self, amps: Decimal) -> Decimal:
        """The maximum permissible error at this current, in per cent; ValueError out of range."""
        if not self.minimum <= amps <= self.maximum:
            raise ValueError(f"expected {self.minimum} to {self.maximum} A, got {amps} A")
        limits = LIMITS[self.accuracy_class]
        return limits.low if amps < self.transitional else limits.full


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPoint:
    """A negative power factor is capacitive. `limit` is in per cent."""

    name: str
    group: str
    volts: Decimal
    hertz: Decimal
    amps: Decimal
    power_factor: Decimal
    limit: Decimal

    @property
    def watts(self) -> Decimal:
        return self.volts * self.amps * abs(self.power_factor)

    @property
    def tangent(self) -> Decimal:
        """Of the phase angle: by how much an error of the angle counts."""
        cosine = abs(self.power_factor)
        return (1 - cosine**2).sqrt() / cosine


_UNITY, _INDUCTIVE, _CAPACITIVE = Decimal(1), Decimal("0.5"), Decimal("-0.8")
_REACTIVE = frozenset({"Itr", "10 Itr", "Imax"})
_NAMES = {_UNITY: "pf 1", _INDUCTIVE: "pf 0.5 inductive", _CAPACITIVE: "pf 0.8 capacitive"}


ENDS = "the ends of voltage and frequency"


def currents(rating: Rating) -> dict[str, Decimal]:
    """The currents of the test points by name, up to the meter's maximum."""
    named = {
        "Imin": rating.minimum,
        "Itr": rating.transitional,
        "10 Itr": 10 * rating.transitional,
        "20 A": Decimal(20),
        "50 A": Decimal(50),
        "Imax": rating.maximum,
    }
    return {name: amps for name, amps in named.items() if amps <= rating.maximum}


def accuracy_points(rating: Rating, group: str) -> Iterator[LoadPoint]:
    """Active energy, all elements: at one current (by its name) with power factor 1, at three of
    them with reactive loads too; or at the ends of the rated voltage and frequency.

    ValueError for a group that this meter does not have.
    """

    def point(
        amps: Decimal,
        power_factor: Decimal,
        volts: Decimal = Decimal(1),
        hertz: Decimal = Decimal(1),
    ) -> LoadPoint:
        at = f" at {volts} Un" if volts != 1 else f" at {hertz} fn" if hertz != 1 else ""
        return LoadPoint(
            name=f"{amps.normalize():f} A, {_NAMES[power_factor]}{at}",
            group=group,
            volts=rating.volts * volts,
            hertz=rating.hertz * hertz,
            amps=amps,
            power_factor=power_factor,
            limit=rating.limit(amps),
        )

    if group == ENDS:
        middle = 10 * rating.transitional
        for part in ("0.9", "1.1"):
            yield point(middle, _UNITY, volts=Decimal(part))
        for part in ("0.98", "1.02"):
            yield point(middle, _UNITY, hertz=Decimal(part))
        return
    amps = currents(rating).get(group)
    if amps is None:
        raise ValueError(f"expected one of {', '.join((*currents(rating), ENDS))}, got {group!r}")
    yield point(amps, _UNITY)
    if group in _REACTIVE:
        yield point(amps, _INDUCTIVE)
        yield point(amps, _CAPACITIVE)
