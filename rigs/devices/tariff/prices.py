"""What a tariff charges: prices by time of use and block, thresholds, standing charge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from rigs.devices.tariff.sizes import TariffSizes
from rigs.devices.tariff.switching_table import Rate


class Currency(Enum):
    POUND = "GBP"
    EURO = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """`value` x 10^`scale` pounds or euros; scale -5 is millipence."""

    value: int = 0
    scale: int = -5

    @property
    def exact(self) -> Decimal:
        return Decimal(self.value).scaleb(self.scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceMatrix:
    """Prices x 10^`scale` pounds or euros for one priced unit (kWh).

    `blocks` has for each block the prices of its times of use. What is not there costs nothing.
    """

    scale: int = -5
    times_of_use: tuple[int, ...] = ()
    blocks: tuple[tuple[int, ...], ...] = ()

    def price(self, rate: Rate, block: int | None) -> Decimal:
        """Of one priced unit; `block` counts from 1 and matters for a rate with blocks."""
        return Decimal(self.stated(rate, block)).scaleb(self.scale)

    def stated(self, rate: Rate, block: int | None) -> int:
        """The price before it is scaled."""
        prices = self.times_of_use
        if rate.is_block:
            prices = self.blocks[block - 1] if block and block <= len(self.blocks) else ()
        at = rate.time_of_use - 1
        return prices[at] if at < len(prices) else 0

    def check(self, sizes: TariffSizes) -> None:
        """
        Raises:
            ValueError: more prices than the tariff has places for.
        """
        blocks = sizes.blocks if sizes.block_times_of_use else 0
        times_of_use = max((len(prices) for prices in self.blocks), default=0)
        for name, number, most in (
            ("prices by time of use", len(self.times_of_use), sizes.times_of_use),
            ("blocks with prices", len(self.blocks), blocks),
            ("prices in a block", times_of_use, sizes.block_times_of_use),
        ):
            if number > most:
                raise ValueError(f"{name}: expected at most {most}, got {number}")


Thresholds = tuple[int | None, ...]
"""Of one time of use with blocks, in order; None is not in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdMatrix:
    """`of` has the thresholds of each time of use with blocks.

    A block ends where the consumption of its time of use since the last reset of the counters,
    all blocks together, reaches its threshold (inferred: ZigBee counts so for gas).
    """

    of: tuple[Thresholds, ...] = ()

    def for_time_of_use(self, number: int) -> Thresholds:
        return self.of[number - 1] if number <= len(self.of) else ()

    def with_time_of_use(self, number: int, thresholds: Thresholds) -> ThresholdMatrix:
        """The same but for those of this time of use."""
        padded = (*self.of, *[()] * (number - len(self.of)))
        return ThresholdMatrix(of=(*padded[: number - 1], thresholds, *padded[number:]))

    def check(self, sizes: TariffSizes) -> None:
        """
        Raises:
            ValueError: more thresholds than the tariff has places for.
        """
        if len(self.of) > sizes.block_times_of_use:
            raise ValueError(
                f"thresholds: expected {sizes.block_times_of_use} times of use, got {len(self.of)}"
            )
        most = max((len(thresholds) for thresholds in self.of), default=0)
        if most > sizes.thresholds:
            raise ValueError(f"thresholds: expected at most {sizes.thresholds}, got {most}")
