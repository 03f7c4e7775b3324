"""Where consumption goes: the registers and counters of a tariff, split at block thresholds.

Quantities are exact and of one unit that the meter chooses (watt-microseconds, cubic metres).
A time of use without blocks has one register; with blocks it has, for each block, a register
that never goes back and a counter that is set to zero at the end of each billing period.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Context, Decimal, Inexact

from rigs.devices.tariff.prices import PriceMatrix, ThresholdMatrix
from rigs.devices.tariff.sizes import TariffSizes
from rigs.devices.tariff.switching_table import Rate

EXACT = Context(prec=400, traps=[Inexact])
"""Price scales reach from -128 to 127, and sums of such prices are exact too."""
_NOTHING = Decimal(0)
_MICROSECOND = timedelta(microseconds=1)
_FOREVER = timedelta(days=100 * 365)

Place = tuple[int, int]
"""Block and time of use, both from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A piece of consumption that went to one place at one price."""

    rate: Rate
    block: int | None
    quantity: Decimal
    price: Decimal

    @property
    def value(self) -> Decimal:
        """Quantity times price: exact, in currency x unit of quantity / priced unit."""
        return EXACT.multiply(self.quantity, self.price)


class Attribution:
    """`threshold_unit` is one unit of a threshold in units of quantity.

    Hooks for planted faults: `register_of` chooses the register, `block_at` the block for a
    consumption since the last reset, `price_of` the price, `is_reset` the counters
    that a reset sets to zero. `on_reset` is called after the block counters were set to zero,
    which may change the price.
    """

    def __init__(self, sizes: TariffSizes, *, threshold_unit: Decimal = Decimal(1)) -> None:
        self._sizes = sizes
        self._threshold_unit = threshold_unit
        self.prices = PriceMatrix()
        self.thresholds = ThresholdMatrix()
        self.rate = Rate(1)
        """In force now. A meter without a tariff counts in its first register (inferred)."""
        self.times_of_use = dict.fromkeys(range(1, sizes.times_of_use + 1), _NOTHING)
        places = [
            (block, number)
            for block in range(1, sizes.blocks + 1)
            for number in range(1, sizes.block_times_of_use + 1)
        ]
        self.block_registers: dict[Place, Decimal] = dict.fromkeys(places, _NOTHING)
        self.block_counters: dict[Place, Decimal] = dict.fromkeys(places, _NOTHING)
        self.on_reset: list[Callable[[], None]] = []
        self.register_of: Callable[[Rate], Rate] = lambda rate: rate
        self.block_at: Callable[[Rate, Decimal], int] = self._block_at
        self.price_of: Callable[[Rate, int | None], Decimal] = self._price_of
        self.is_reset: Callable[[Place], bool] = lambda _place: True

    def take(self, quantity: Decimal) -> tuple[Share, ...]:
        """Credit consumption at the rate in force; shares in order of their blocks."""
        rate = self.register_of(self.rate)
        if not rate.is_block:
            before = self.times_of_use[rate.time_of_use]
            self.times_of_use[rate.time_of_use] = EXACT.add(before, quantity)
            return (self._share(rate, None, quantity),) if quantity else ()
        shares = []
        while quantity:
            block = self.block_at(rate, self.since_reset(rate))
            room = self._room(rate, block)
            piece = quantity if room is None else min(quantity, room)
            place = block, rate.time_of_use
            for kept in (self.block_registers, self.block_counters):
                kept[place] = EXACT.add(kept[place], piece)
            shares.append(self._share(rate, block, piece))
            quantity = EXACT.subtract(quantity, piece)
        return tuple(shares)

    @property
    def active_block(self) -> int | None:
        """The block that consumption goes to now, or None at a rate without blocks."""
        rate = self.rate
        return self.block_at(rate, self.since_reset(rate)) if rate.is_block else None

    @property
    def active_price(self) -> Decimal:
        """Pounds or euros for one priced unit."""
        return self.price_of(self.rate, self.active_block)

    def since_reset(self, rate: Rate) -> Decimal:
        """All that the block counters of this time of use hold."""
        total = _NOTHING
        for block in range(1, self._sizes.blocks + 1):
            total = EXACT.add(total, self.block_counters[block, rate.time_of_use])
        return total

    def to_threshold(self) -> Decimal | None:
        """The quantity that may still pass before the block changes, if one may be reached."""
        block = self.active_block
        return None if block is None else self._room(self.rate, block)

    def time_to_threshold(
        self, quantity: Decimal, per: timedelta = _MICROSECOND
    ) -> timedelta | None:
        """How long until the block changes if `quantity` passes `per` this time; rounded up.

        None also where no device would live to see it.
        """
        room = self.to_threshold()
        if room is None or quantity <= 0:
            return None
        span = EXACT.multiply(room, Decimal(per // _MICROSECOND))
        whole, rest = EXACT.divmod(span, quantity)
        microseconds = int(whole) + (rest > 0)
        return None if microseconds > _FOREVER // _MICROSECOND else _MICROSECOND * microseconds

    def reset_block_counters(self) -> None:
        """At the end of a billing period, daily (6.26) or commanded (1.7). Registers stay."""
        self.block_counters = {
            place: _NOTHING if self.is_reset(place) else counted
            for place, counted in self.block_counters.items()
        }
        for tell in self.on_reset:
            tell()

    def _share(self, rate: Rate, block: int | None, quantity: Decimal) -> Share:
        return Share(
            rate=rate, block=block, quantity=quantity, price=self.price_of(self.rate, block)
        )

    def _price_of(self, rate: Rate, block: int | None) -> Decimal:
        return self.prices.price(rate, block)

    def _block_at(self, rate: Rate, consumed: Decimal) -> int:
        """The first that has no threshold or has not reached it; at a threshold the next one
        begins (inferred)."""
        for block in range(1, self._sizes.blocks):
            limit = self._limit(rate, block)
            if limit is None or consumed < limit:
                return block
        return self._sizes.blocks

    def _room(self, rate: Rate, block: int) -> Decimal | None:
        """None for a block without end, and for one that a fault chose past its end."""
        limit = self._limit(rate, block)
        if limit is None:
            return None
        room = EXACT.subtract(limit, self.since_reset(rate))
        return room if room > 0 else None

    def _limit(self, rate: Rate, block: int) -> Decimal | None:
        thresholds = self.thresholds.for_time_of_use(rate.time_of_use)
        threshold = thresholds[block - 1] if block <= len(thresholds) else None
        return None if threshold is None else EXACT.multiply(threshold, self._threshold_unit)
