"""Instantaneous power as a household sees it: low, medium or high (ECS34)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class PowerLevel(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class PowerThresholds:
    """Whole watts; a power above a threshold is on the level above it.

    The values that a meter is delivered with are this bench's choice. That the first may not
    exceed the second is inferred.
    """

    low_medium: int = 500
    medium_high: int = 2000

    def __post_init__(self) -> None:
        if self.low_medium > self.medium_high:
            raise ValueError(
                f"expected a low-medium threshold up to {self.medium_high} W, "
                f"got {self.low_medium} W"
            )

    def level(self, watts: Decimal) -> PowerLevel:
        if watts > self.medium_high:
            return PowerLevel.HIGH
        return PowerLevel.MEDIUM if watts > self.low_medium else PowerLevel.LOW
