"""Meters that fill, price or reset the blocks of a tariff wrongly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.tariff import Tariff
from rigs.rogues.meter_tariff_settings import altered_when_active
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_BLOCKS = 4


@rogue(
    "meter-first-block-for-ever",
    "Never leaves the first block",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="Whatever was consumed, energy lands in the first block.",
)
def first_block_for_ever(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.block_at = lambda _rate, _consumed: 1


@rogue(
    "meter-blocks-from-the-second",
    "Counts its blocks from the second",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="Energy of each block lands in the next one.",
)
def blocks_from_the_second(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.block_at
    attribution.block_at = lambda rate, consumed: min(sound(rate, consumed) + 1, _BLOCKS)


@rogue(
    "meter-blocks-shared",
    "Fills the blocks of all times of use together",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="A threshold is compared with what was consumed at any time of use.",
)
def blocks_shared(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.block_at
    attribution.block_at = lambda rate, _: sound(
        rate, sum(attribution.block_counters.values(), Decimal(0))
    )


@rogue(
    "meter-first-block-price",
    "Charges every block at the price of the first",
    requirement="SMETS-E-051",
    severity=Severity.CRITICAL,
    deviation="The price of a kilowatt-hour does not follow the block.",
)
def first_block_price(meter: Meter) -> None:
    attribution = meter.tariffs.primary.operation.attribution
    sound = attribution.price_of
    attribution.price_of = lambda rate, block: sound(rate, 1 if block else None)


@rogue(
    "meter-states-first-block-prices",
    "States the first block's prices for every block",
    requirement="SMETS-E-051",
    severity=Severity.MAJOR,
    deviation="Read back, all blocks have the prices of the first.",
)
def states_first_block_prices(meter: Meter) -> None:
    def flattened(one: Tariff) -> Tariff:
        blocks = one.prices.blocks[:1] * len(one.prices.blocks)
        return replace(one, prices=replace(one.prices, blocks=blocks))

    altered_when_active(meter, flattened)


@rogue(
    "meter-blocks-not-reset",
    "Acknowledges a reset of block counters and does nothing",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="The block counters are never set to zero.",
)
def blocks_not_reset(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.is_reset = lambda _place: False


@rogue(
    "meter-resets-first-time-of-use",
    "Resets the block counters of one time of use",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="A reset zeroes the counters of the first time of use only.",
)
def resets_first_time_of_use(meter: Meter) -> None:
    meter.tariffs.primary.operation.attribution.is_reset = lambda place: place[1] == 1


@rogue(
    "meter-reset-clears-registers",
    "Resets block registers with their counters",
    requirement="SMETS-E-062",
    severity=Severity.CRITICAL,
    deviation="A reset of the counters zeroes the registers too.",
)
def reset_clears_registers(meter: Meter) -> None:
    operation = meter.tariffs.primary.operation
    registers = operation.attribution.block_registers
    operation.on_reset.append(lambda: registers.update(dict.fromkeys(registers, Decimal(0))))


@rogue(
    "meter-blocks-outlast-the-period",
    "Goes on with its blocks in the next billing period",
    requirement="SMETS-E-062",
    severity=Severity.CRITICAL,
    deviation="The end of a billing period leaves the block counters alone.",
)
def blocks_outlast_the_period(meter: Meter) -> None:
    meter.metering.billing.on_period_end.pop(0)


@rogue(
    "meter-no-daily-reset",
    "Never resets its blocks daily",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="Daily reset is acknowledged and not done.",
)
def no_daily_reset(meter: Meter) -> None:
    meter.tariffs.wants_reset = lambda: False


@rogue(
    "meter-daily-reset-for-ever",
    "Cannot stop resetting its blocks daily",
    requirement="SMETS-E-062",
    severity=Severity.MAJOR,
    deviation="Daily reset, once turned on, can not be turned off.",
)
def daily_reset_for_ever(meter: Meter) -> None:
    wanted: list[bool] = []

    def ever() -> bool:
        wanted.append(meter.tariffs.is_reset_daily)
        return any(wanted)

    meter.tariffs.wants_reset = ever
