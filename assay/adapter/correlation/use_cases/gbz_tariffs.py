"""GCS01a and GCS01b: tariff and prices of a GSME."""

from __future__ import annotations

from collections.abc import Mapping

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.expected import ComponentRow, Listed, Node, Want, parts
from assay.adapter.correlation.gbz_values import (
    PRICE,
    always,
    coded,
    component,
    components,
    number,
)
from assay.adapter.correlation.known import Known
from assay.adapter.correlation.times import ZCL_CANCEL, ZCL_CANCEL_CALENDAR, zcl_activation
from assay.adapter.correlation.use_cases.gbz_calendars import DELIVERED, calendar

_ELEMENTS = "PriceElements/GasPriceElements"
_TARIFF = "GasTariffElements"
_THRESHOLDS = f"{_TARIFF}/ThresholdMatrix"
_CURRENCIES = {"GBP": 826, "ECB": 978}
_TARIFF_ID = {"issuer_tariff_id": always(1)}
_ONE_COMMAND = {"command_index": always(0), "total_commands": always(1)}
_FIVE_DECIMALS = 0x50
_BLOCK_SCHEME, _TOU_SCHEME = 0x10, 0x00
_FOR_ALL_TIERS, _TIERS = 0x01, 0x01
_BLOCK = f"{_ELEMENTS}/BlockTariff"
_TOU = f"{_ELEMENTS}/TOUTariff"


def _day_entries(day: Asked) -> tuple[Node, ...]:
    """One entry from midnight: a price tier, or 0 for block prices."""
    if day.has("BlockTariff"):
        tier = Want(0, f"{day.path}BlockTariff", "block tariff")
    else:
        tier = number(day, "TOUTariffAction")
    return (parts(start_min=always(0), tier_or_flag=tier),)


def _is_block(asked: Asked) -> bool:
    return asked.has(_BLOCK)


def _thresholds_in_matrix(asked: Asked) -> Want:
    """Of a block tariff the number of thresholds in the matrix; NumberOfThresholds counts for
    nothing where there is a matrix (vectors: it says 2 with a matrix of 3)."""
    count = len(asked.by_index(f"{_THRESHOLDS}/BlockThreshold"))
    return Want(count, f"{_THRESHOLDS}/BlockThreshold", f"{count} of them")


def _tariff_information(asked: Asked, block_thresholds: Want) -> Mapping[str, Node]:
    tiers = len(asked.by_index(f"{_TOU}/TOUPrice"))
    scheme = _BLOCK_SCHEME if _is_block(asked) else _TOU_SCHEME
    return {
        **_TARIFF_ID,
        "start_time": zcl_activation(asked, ZCL_CANCEL),
        "tariff_type_charging_scheme": Want(scheme, _ELEMENTS, "block" if scheme else "TOU"),
        "tariff_label": always(""),
        "price_tiers": Want(tiers, f"{_TOU}/TOUPrice", f"{tiers} of them"),
        "block_thresholds": block_thresholds,
        "unit": always(0),
        "currency": coded(asked, f"{_ELEMENTS}/CurrencyUnits", _CURRENCIES),
        "price_trailing_digit": always(_FIVE_DECIMALS),
        "standing_charge": number(asked, f"{_ELEMENTS}/StandingCharge"),
        "tier_block_mode": always(0xFF),
        "threshold_multiplier": always(1),
        "threshold_divisor": always(1000),
    }


def _information_of_a_tariff(asked: Asked) -> Mapping[str, Node]:
    thresholds = _thresholds_in_matrix(asked) if _is_block(asked) else Want(0, _TOU, "TOU")
    return _tariff_information(asked, thresholds)


def _information_of_prices(asked: Asked) -> Mapping[str, Node]:
    path = f"{_BLOCK}/NumberOfThresholds"
    thresholds = number(asked, path) if _is_block(asked) else Want(0, _TOU, "TOU")
    return _tariff_information(asked, thresholds)


def _block_thresholds(asked: Asked) -> Mapping[str, Node]:
    blocks = asked.at(_THRESHOLDS).without_gaps("BlockThreshold")
    return {
        "start_time": zcl_activation(asked, ZCL_CANCEL_CALENDAR),
        **_TARIFF_ID,
        **_ONE_COMMAND,
        "subpayload_control": always(_FOR_ALL_TIERS),
        "tier_thresholds": Want(len(blocks), _THRESHOLDS, f"{len(blocks)} of them"),
        "thresholds": Listed(tuple(number(block, "#text") for block in blocks), _THRESHOLDS),
    }


_BLOCK_THRESHOLDS = component("block thresholds", PRICE, 0x06, _block_thresholds)


def _thresholds_of_blocks(asked: Asked, known: Known) -> tuple[ComponentRow, ...]:
    """Only for a block tariff: with TOU prices the schema asks for a matrix that nothing
    carries (a comment in the public request calls it a mock)."""
    return _BLOCK_THRESHOLDS(asked, known) if _is_block(asked) else ()


def _price_matrix(asked: Asked) -> Mapping[str, Node]:
    is_block = _is_block(asked)
    path = f"{_BLOCK}/BlockPrice" if is_block else f"{_TOU}/TOUPrice"
    prices = asked.by_index(path)
    control = 0 if is_block else _TIERS
    return {
        "start_time": zcl_activation(asked, ZCL_CANCEL_CALENDAR),
        **_TARIFF_ID,
        **_ONE_COMMAND,
        "subpayload_control": Want(control, path, "block" if is_block else "TOU"),
        "prices": Listed(
            tuple(
                parts(
                    tier_block_id=Want(index - is_block, f"{price.path}@index", index),
                    price=number(price, "#text"),
                )
                for index, price in prices.items()
            ),
            path,
        ),
    }


_PRICE_MATRIX = component("price matrix", PRICE, 0x05, _price_matrix)

GCS01A = components(
    *calendar(
        DELIVERED,
        days=f"{_TARIFF}/SwitchingTable/DayProfiles/DayProfile",
        day_name="DayName",
        entries=_day_entries,
        weeks=f"{_TARIFF}/SwitchingTable/WeekProfiles/WeekProfile",
        seasons=f"{_TARIFF}/SwitchingTable/Seasons/Season",
        special_days=f"{_TARIFF}/SpecialDays/SpecialDay",
    ),
    component("tariff information", PRICE, 0x04, _information_of_a_tariff),
    _thresholds_of_blocks,
    _PRICE_MATRIX,
)
GCS01B = components(
    component("tariff information", PRICE, 0x04, _information_of_prices), _PRICE_MATRIX
)
