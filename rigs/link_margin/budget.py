"""What lies in the path beside the attenuator, and how well the whole path loss is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rigs.metrology.uncertainty import Budget, Component, Distribution

CABLE_UNCERTAINTY = Decimal("0.5")
"""Expanded, in decibels, of a loss that was measured once (metrology.md 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedLosses:
    """Decibels that are always in the path, and the components of doubt about them."""

    decibels: Decimal = Decimal(0)
    components: tuple[Component, ...] = ()

    def with_component(self, component: Component) -> FixedLosses:
        return FixedLosses(decibels=self.decibels, components=(*self.components, component))

    def budget(self, counted: Decimal) -> Budget:
        """With the standard uncertainty (dB) of what was counted."""
        delivery = Component(
            source="counted deliveries", value=counted, distribution=Distribution.NORMAL
        )
        return Budget(components=(*self.components, delivery))


def cables(decibels: Decimal, expanded: Decimal = CABLE_UNCERTAINTY) -> FixedLosses:
    """Cables and pads together, as they were measured."""
    return FixedLosses(
        decibels=decibels,
        components=(
            Component(source="cables and pads", value=expanded, distribution=Distribution.EXPANDED),
        ),
    )


def resolution(step: Decimal) -> Component:
    """A level is read back, yet the true one lies anywhere within a step of it."""
    return Component(
        source="step of the attenuator", value=step, distribution=Distribution.RESOLUTION
    )
