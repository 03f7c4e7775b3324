"""An uncertainty budget after the GUM (JCGM 100): components, their sum, the coverage factor.

Everything is in the unit of the result, through the sensitivity of each component. The coverage
is 95.45 %: k = 2 with enough degrees of freedom, else the t factor of Welch and Satterthwaite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from statistics import stdev

ENOUGH_DEGREES = Decimal(10)
T_FACTORS: tuple[Decimal, ...] = tuple(
    map(Decimal, ("13.97", "4.53", "3.31", "2.87", "2.65", "2.52", "2.43", "2.37", "2.32", "2.28"))
)
"""Of 95.45 %, for 1 to 10 degrees of freedom (GUM table G.2; a test computes them)."""


class Distribution(Enum):
    """What a stated value is the half-width of, and what it is divided by to be a standard one."""

    NORMAL = Decimal(1)  # a standard uncertainty already
    EXPANDED = Decimal(2)  # normal, stated with k = 2, as certificates are
    RECTANGULAR = Decimal(3).sqrt()
    RESOLUTION = Decimal(12).sqrt()  # the whole step of a counter or display


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One source of doubt. No `degrees` means that there are so many that they do not count."""

    source: str
    value: Decimal
    distribution: Distribution
    sensitivity: Decimal = Decimal(1)
    degrees: Decimal | None = None

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"{self.source}: expected no negative uncertainty, got {self.value}")
        if self.degrees is not None and self.degrees <= 0:
            raise ValueError(f"{self.source}: expected degrees of freedom, got {self.degrees}")

    @property
    def standard(self) -> Decimal:
        """In the unit of the result."""
        return abs(self.sensitivity) * self.value / self.distribution.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The components of one result, taken to be independent."""

    components: tuple[Component, ...]

    def __post_init__(self) -> None:
        if not self.components:
            raise ValueError("a budget has at least one component")

    @property
    def combined(self) -> Decimal:
        return sum((each.standard**2 for each in self.components), Decimal(0)).sqrt()

    @property
    def degrees(self) -> Decimal | None:
        """Effective degrees of freedom (Welch-Satterthwaite); None where they do not count."""
        spread = sum(
            (each.standard**4 / each.degrees for each in self.components if each.degrees),
            Decimal(0),
        )
        return self.combined**4 / spread if spread else None

    @property
    def coverage(self) -> Decimal:
        degrees = self.degrees
        if degrees is None or degrees >= ENOUGH_DEGREES:
            return Decimal(2)
        # Fewer degrees than one are treated as one; else the next lower whole number (GUM G.4.1).
        return T_FACTORS[max(int(degrees), 1) - 1]

    @property
    def expanded(self) -> Decimal:
        return self.coverage * self.combined

    def with_component(self, component: Component) -> Budget:
        return Budget(components=(*self.components, component))

    def rows(self) -> list[dict[str, str]]:
        """For the evidence: one row for each component, then the sum."""
        rows = [
            {
                "source": each.source,
                "value": f"{each.value:f}",
                "distribution": each.distribution.name.lower(),
                "sensitivity": f"{each.sensitivity:f}",
                "standard": f"{each.standard:.5f}",
            }
            for each in self.components
        ]
        total = f"U {self.expanded:.5f}, k {self.coverage:f}"
        return [*rows, {"source": "combined", "value": total, "standard": f"{self.combined:.5f}"}]


def repeatability(values: Sequence[Decimal], source: str = "repeatability") -> Component:
    """Of the mean of repeated measurements; ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError(f"repeatability needs two measurements or more, got {len(values)}")
    spread = stdev(values) / Decimal(len(values)).sqrt()
    return Component(
        source=source,
        value=spread,
        distribution=Distribution.NORMAL,
        degrees=Decimal(len(values) - 1),
    )
