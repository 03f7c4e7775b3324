"""Tariff, conversion and billing calendar of a gas meter (cluster 0700)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from assay.gbcs.date_time import EPOCH, seconds_since_2000
from assay.gbcs.gbz.fields import time_seconds
from assay.gbcs.gbz.tables import Direction
from rigs.devices.gbz_objects import (
    INVALID_VALUE,
    NOT_FOUND,
    Attribute,
    CommandRow,
    GbzCall,
    GbzError,
    Reply,
)
from rigs.devices.gsme.billing import BillingPeriod
from rigs.devices.gsme.settings import Scaled
from rigs.devices.gsme.tariff import (
    BLOCK_SCHEME,
    BLOCKS,
    CURRENCIES,
    THRESHOLDS,
    TIMES_OF_USE,
    TOU_SCHEME,
    GasTariff,
)
from rigs.devices.gsme.use_cases import PRICE

if TYPE_CHECKING:
    from rigs.devices.gsme.meter import GasMeter

Json = Any
_FROM_SERVER, _TO_SERVER = Direction.SERVER_TO_CLIENT, Direction.CLIENT_TO_SERVER
_TOU_PRICES = 0x01
_SCHEMES = frozenset((TOU_SCHEME, BLOCK_SCHEME))
_TIERS = 4
_UNTIL_CHANGED = 0xFFFF
_CUBIC_METRES = 1


def attributes(tariff: GasTariff) -> Iterator[Attribute]:
    prices = tariff.prices
    for number in range(THRESHOLDS):
        yield PRICE, 0x0100 + number, "uint48", _item(prices.thresholds, number)
    for number in range(BLOCKS):
        yield PRICE, 0x0400 + number, "uint32", _item(prices.blocks, number)
    for number in range(TIMES_OF_USE):
        yield PRICE, 0x0410 + 0x10 * number, "uint32", _item(prices.tiers, number)
    yield PRICE, 0x0202, "uint24", lambda: prices.threshold_multiplier
    yield PRICE, 0x0203, "uint24", lambda: prices.threshold_divisor
    yield PRICE, 0x0301, "uint32", lambda: prices.standing_charge
    yield PRICE, 0x0615, "enum8", lambda: prices.unit
    yield PRICE, 0x0616, "uint16", lambda: prices.currency
    yield PRICE, 0x0617, "bitmap8", lambda: prices.trailing_digit


def conversion(meter: GasMeter) -> Iterator[Attribute]:
    settings = meter.settings
    yield PRICE, 0x0302, "uint32", lambda: settings.conversion_factor.raw
    yield PRICE, 0x0303, "bitmap8", lambda: settings.conversion_factor.trailing_digit
    yield PRICE, 0x0304, "uint32", lambda: settings.calorific_value.raw
    yield PRICE, 0x0305, "enum8", lambda: settings.calorific_value_unit
    yield PRICE, 0x0306, "bitmap8", lambda: settings.calorific_value.trailing_digit


def _item(values: list[int], number: int) -> Callable[[], int]:
    return lambda: values[number]


def current_price(tariff: GasTariff, now: int) -> Json:
    """PublishPrice: the price in force, of a time of use or of a block."""
    prices, rate = tariff.prices, tariff.attribution.rate
    tier = 0 if rate.is_block else rate.time_of_use
    tiers = 0 if prices.is_block_tariff else TIMES_OF_USE
    return {
        "provider_id": 0,
        "rate_label": "",
        "issuer_event_id": tariff.issuer_event_id,
        "current_time": now,
        "unit": _CUBIC_METRES,
        "currency": prices.currency,
        "price_trailing_digit_tier": prices.trailing_digit & 0xF0 | tier,
        "tiers_register_tier": tiers << 4 | tier,
        "start_time": 0,
        "duration_min": _UNTIL_CHANGED,
        "price": tariff.active_price(),
    }


def billing_period(period: BillingPeriod | None, issuer_event_id: int) -> Json:
    """PublishBillingPeriod; GbzError where none was set."""
    if period is None:
        raise GbzError(NOT_FOUND)
    return {
        "provider_id": 0,
        "issuer_event_id": issuer_event_id,
        "start_time": seconds_since_2000(period.start),
        "duration": period.duration,
        "duration_type": period.duration_type,
        "tariff_type": 0,
    }


def commands(meter: GasMeter) -> Iterator[CommandRow]:
    tariff, prices = meter.tariff, meter.tariff.prices

    def publish_conversion_factor(call: GbzCall) -> None:
        value = Scaled(call.fields["conversion_factor"], call.fields["trailing_digit"])
        _check_positive(value)

        def activate() -> None:
            meter.account_volume()
            meter.settings.conversion_factor = value

        meter.dated.date(call, call.fields["start_time"], activate)

    def publish_calorific_value(call: GbzCall) -> None:
        value = Scaled(call.fields["calorific_value"], call.fields["trailing_digit"])
        _check_positive(value)
        unit = call.fields["unit"]

        def activate() -> None:
            meter.account_volume()
            meter.settings.calorific_value = value
            meter.settings.calorific_value_unit = unit

        meter.dated.date(call, call.fields["start_time"], activate)

    def publish_tariff_information(call: GbzCall) -> None:
        fields = call.fields
        scheme = fields["tariff_type_charging_scheme"] & 0xF0
        if scheme not in _SCHEMES or fields["currency"] not in CURRENCIES:
            raise GbzError(INVALID_VALUE)
        if fields["price_tiers"] > _TIERS or fields["block_thresholds"] > THRESHOLDS:
            raise GbzError(INVALID_VALUE)
        if not fields["threshold_multiplier"] or not fields["threshold_divisor"]:
            raise GbzError(INVALID_VALUE)

        def activate() -> None:
            meter.before_tariff_changes()
            prices.scheme, prices.currency = scheme, fields["currency"]
            prices.trailing_digit = fields["price_trailing_digit"]
            prices.standing_charge = fields["standing_charge"]
            prices.unit = fields["unit"]
            prices.threshold_multiplier = fields["threshold_multiplier"]
            prices.threshold_divisor = fields["threshold_divisor"]
            tariff.issuer_event_id = time_seconds(fields["issuer_event_id"])
            tariff.is_published = True
            tariff.apply_prices()

        meter.dated.date(call, fields["start_time"], activate)

    def publish_price_matrix(call: GbzCall) -> None:
        fields = call.fields
        is_tou = bool(fields["subpayload_control"] & _TOU_PRICES)
        first = 1 if is_tou else 0
        values = {one["tier_block_id"] - first: one["price"] for one in fields["prices"]}
        if not values or not set(values) <= set(range(TIMES_OF_USE)):
            raise GbzError(INVALID_VALUE)

        def activate() -> None:
            meter.before_tariff_changes()
            target = prices.tiers if is_tou else prices.blocks
            for place, price in values.items():
                target[place] = price
            tariff.apply_prices()

        kind = "times of use" if is_tou else "blocks"
        meter.dated.date(call, fields["start_time"], activate, kind)

    def publish_block_thresholds(call: GbzCall) -> None:
        fields = call.fields
        wanted = fields["thresholds"]
        if len(wanted) > THRESHOLDS or sorted(wanted) != list(wanted):
            raise GbzError(INVALID_VALUE)

        def activate() -> None:
            meter.before_tariff_changes()
            prices.thresholds[:] = [*wanted, *[0] * (THRESHOLDS - len(wanted))]
            tariff.apply_prices()

        meter.dated.date(call, fields["start_time"], activate)

    def publish_billing_period(call: GbzCall) -> None:
        fields = call.fields
        meter.set_billing_period(_period(fields), time_seconds(fields["issuer_event_id"]))

    def publish_block_period(call: GbzCall) -> None:
        meter.set_block_period(_period(call.fields))

    def get_current_price(_call: GbzCall) -> list[Reply]:
        return [Reply(0x00, current_price(tariff, seconds_since_2000(meter.now())))]

    def get_billing_period(_call: GbzCall) -> list[Reply]:
        return [Reply(0x09, billing_period(meter.billing_period, meter.billing_event_id))]

    yield PRICE, _FROM_SERVER, 0x01, publish_block_period
    yield PRICE, _FROM_SERVER, 0x02, publish_conversion_factor
    yield PRICE, _FROM_SERVER, 0x03, publish_calorific_value
    yield PRICE, _FROM_SERVER, 0x04, publish_tariff_information
    yield PRICE, _FROM_SERVER, 0x05, publish_price_matrix
    yield PRICE, _FROM_SERVER, 0x06, publish_block_thresholds
    yield PRICE, _FROM_SERVER, 0x09, publish_billing_period
    yield PRICE, _TO_SERVER, 0x00, get_current_price
    yield PRICE, _TO_SERVER, 0x0B, get_billing_period


def _check_positive(value: Scaled) -> None:
    if not value.raw:
        raise GbzError(INVALID_VALUE)


def _period(fields: dict[str, Json]) -> BillingPeriod:
    try:
        return BillingPeriod(
            start=EPOCH + timedelta(seconds=time_seconds(fields["start_time"])),
            duration=fields["duration"],
            duration_type=fields["duration_type"],
        )
    except ValueError:
        raise GbzError(INVALID_VALUE) from None
