"""Gas meters and gas proxies that lose, hold back or miscount a part of what they record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from rigs.devices.gpf import GasProxy as Proxy
from rigs.devices.gpf.mirror import MirroredMeter
from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.gsme import codes
from rigs.devices.gsme.profile import Interval
from rigs.devices.tariff.attribution import EXACT, Share
from rigs.rogues.row import Severity, Subject, planter

meter_rogue, proxy_rogue = planter(Subject.GAS_METER), planter(Subject.GAS_PROXY)


@meter_rogue(
    "gas-meter-half-hour-missing",
    "Leaves out a half hour of each night",
    requirement="SMETS-G-006",
    severity=Severity.CRITICAL,
    deviation="The profile has no entry that starts at 03:00.",
)
def half_hour_missing(meter: Meter) -> None:
    meter.profile.is_kept = lambda start: (start.hour, start.minute) != (3, 0)


@meter_rogue(
    "gas-meter-whole-megajoules",
    "Charges by whole megajoules",
    requirement="SMETS-G-003",
    severity=Severity.CRITICAL,
    deviation="The calorific value is used without its decimals.",
)
def whole_megajoules(meter: Meter) -> None:
    settings = meter.settings

    def cost_of(share: Share) -> Decimal:
        whole = settings.calorific_value.value // 1
        return EXACT.multiply(share.value, EXACT.multiply(settings.conversion_factor.value, whole))

    meter.tariff.cost_of = cost_of


@meter_rogue(
    "gas-meter-one-price",
    "Charges all times of use alike",
    requirement="SMETS-G-004",
    severity=Severity.CRITICAL,
    deviation="The price of each time of use is that of the first.",
)
def one_price(meter: Meter) -> None:
    tariff = meter.tariff
    sound = tariff.apply_prices

    def apply() -> None:
        sound()
        prices = tariff.attribution.prices
        same = prices.times_of_use[:1] * len(prices.times_of_use)
        tariff.attribution.prices = replace(prices, times_of_use=same)

    tariff.apply_prices = apply  # type: ignore[method-assign]


@meter_rogue(
    "gas-meter-credit-limit-excluded",
    "Refuses the largest credit that it may take",
    requirement="SMETS-G-015",
    severity=Severity.MAJOR,
    deviation="A code that equals the largest credit counts as one above it.",
)
def credit_limit_excluded(meter: Meter) -> None:
    top_ups = meter.payment.top_ups
    sound = top_ups.refusal_of
    top_ups.refusal_of = lambda amount, at: sound(amount + 1, at)


@proxy_rogue(
    "gas-proxy-refreshes-every-three-hours",
    "Takes new data every three hours",
    requirement="SMETS-P-102",
    severity=Severity.MAJOR,
    deviation="A push of the meter is ignored until the data held are three hours old.",
)
def refreshes_every_three_hours(proxy: Proxy) -> None:
    sound = proxy.store.take

    def take(meter: MirroredMeter) -> None:
        before = proxy.store.taken_at
        if before is None or meter.now() - before >= timedelta(hours=3):
            sound(meter)

    proxy.store.take = take  # type: ignore[method-assign]


@proxy_rogue(
    "gas-proxy-old-half-hours-missing",
    "Takes the newest half hours alone",
    requirement="SMETS-P-109",
    severity=Severity.MAJOR,
    deviation="Half hours that ended more than two hours ago are not fetched from the meter.",
)
def old_half_hours_missing(proxy: Proxy) -> None:
    profile = proxy.store.profile
    sound = profile.append

    def append(entry: Interval) -> None:
        if entry.start > proxy.now() - timedelta(hours=2):
            sound(entry)

    profile.append = append  # type: ignore[method-assign]


@proxy_rogue(
    "gas-proxy-commands-unlogged",
    "Keeps no record of commands",
    requirement="SMETS-P-111",
    severity=Severity.MINOR,
    deviation="The event log gets no entry for a command, carried out or not.",
)
def commands_unlogged(proxy: Proxy) -> None:
    proxy.event_log.is_recorded = lambda code: (
        code
        not in (
            codes.CARRIED_OUT,
            codes.NOT_CARRIED_OUT,
        )
    )
