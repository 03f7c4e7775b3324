"""Thresholds, currency and prices of an electricity meter's elements (ECS01a to ECS01d).

Inferred, since the national samples are alike there: where a request states some prices of a
matrix only, the others are zero; a block without its threshold is refused, since an array has
no gaps.
"""

from __future__ import annotations

from collections.abc import Iterable

from assay.dcc.transform.calendar_values import (
    by_index,
    content,
    elements_at,
    number_of,
    repeated,
)
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.values import Source
from assay.duis.values import Content, field
from assay.gbcs.dlms.access import Obis
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    boolean,
    double_long_unsigned,
    integer,
    long_unsigned,
    octet_string,
    structure,
)

_RATES = range(1, 49)
_BLOCKS = range(1, 5)
_BLOCK_RATES = range(1, 9)
_SECONDARY_RATES = range(1, 5)
_FIRST_BLOCK_DIGIT = 0xA
"""Blocks 1 to 4 are A to D in a price's index, before the rate: A1 is block 1, rate 1."""
_PRIMARY_ENERGY = Obis.from_text("1-0:1.8.0.255")
_SECONDARY_ENERGY = Obis.from_text("1-20:1.8.0.255")

_TARIFF = "ElecTariffElements"
_PRICES = elements_at("PriceElements/ElectricityPriceElements")
_SECONDARY_PRICES = elements_at("PriceElements")


def _long(value: int) -> Data:
    return Data(Tag.LONG, value)


def thresholds(rate: int) -> Source:
    """Of the blocks of one time-of-use rate, 1 to 8."""
    outer = elements_at(f"{_TARIFF}/ThresholdMatrix")

    def source(frame: Frame) -> Data:
        of_rate = by_index(outer(frame), "Thresholds", _BLOCK_RATES)[rate]
        size = len(repeated(of_rate, "BlockThreshold"))
        blocks = by_index(of_rate, "BlockThreshold", range(1, size + 1))
        return array(*(double_long_unsigned(number_of(block)) for block in blocks.values()))

    return source


def is_pounds(frame: Frame) -> Data:
    """True for GBP, false for ECB; the national samples have GBP only, the rest is inferred."""
    return boolean(field(frame.body, f"{_TARIFF}/CurrencyUnits", str) == "GBP")


# Prices


def standing_charge(frame: Frame) -> Data:
    """It goes with no quantity, so its commodity is no object at all."""
    prices = _PRICES(frame)
    return structure(
        _scaling(0, field(prices, "StandingChargeScale", int)),
        _commodity(0, bytes(6), 0),
        array(_price(b"", field(prices, "StandingCharge", int))),
    )


def price_matrix(frame: Frame) -> Data:
    """All 48 time-of-use prices and 4 blocks of 8, zero where the tariff states none."""
    prices = _PRICES(frame)
    (kind,) = (name for name in ("BlockTariff", "TOUTariff", "HybridTariff") if name in prices)
    stated = content(prices[kind])
    rates = _rates(stated, "TOUPrice")
    blocks = _block_prices(stated)
    table = {rate: rates.get(rate, 0) for rate in _RATES}
    for block in _BLOCKS:
        for rate in _BLOCK_RATES:
            index = (_FIRST_BLOCK_DIGIT + block - 1) << 4 | rate
            table[index] = blocks.get((block, rate), 0)
    return _active_import(_PRIMARY_ENERGY, field(prices, "PriceScale", int), table.items())


def _rates(stated: Content, name: str) -> dict[int, int]:
    return {rate: number_of(price) for rate, price in by_index(stated, name).items()}


def _block_prices(stated: Content) -> dict[tuple[int, int], int]:
    return {
        (block, rate): price
        for rate, of_rate in by_index(stated, "BlockPrices").items()
        for block, price in _rates(of_rate, "BlockPrice").items()
    }


def secondary_prices(frame: Frame) -> Data:
    prices = _SECONDARY_PRICES(frame)
    stated = _rates(prices, "ElectricityPriceElement")
    table = ((rate, stated.get(rate, 0)) for rate in _SECONDARY_RATES)
    return _active_import(_SECONDARY_ENERGY, field(prices, "PriceScale", int), table)


def _active_import(register: Obis, scale: int, table: Iterable[tuple[int, int]]) -> Data:
    """Prices of a kWh (10 to the power of 3 Wh), as a register of active energy counts it."""
    return structure(
        _scaling(3, scale),
        _commodity(3, register, 2),
        array(*(_price(bytes((index,)), price) for index, price in table)),
    )


def _scaling(commodity: int, price: int) -> Data:
    return structure(integer(commodity), integer(price))


def _commodity(class_id: int, obis: bytes, attribute: int) -> Data:
    return structure(long_unsigned(class_id), octet_string(obis), integer(attribute))


def _price(index: bytes, price: int) -> Data:
    return structure(octet_string(index), _long(price))
