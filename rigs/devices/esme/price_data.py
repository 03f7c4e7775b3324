"""Prices, thresholds and standing charge in DLMS: charge (class 113), monitor (class 21).

A charge table's index is the time of use (01 to 30 hex), or block and time of use (A1 to D8).
What a table leaves out costs nothing (inferred).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from assay.gbcs.dlms.access import Obis, Result
from assay.gbcs.dlms.data import (
    Data,
    Tag,
    array,
    double_long_unsigned,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from rigs.devices.dlms_objects import ItemError
from rigs.devices.esme.calendar_data import elements, parts
from rigs.devices.tariff import Amount, PriceMatrix, Rate, TariffSizes

ACTIVE_PRICE_SCALE = -5
ACTIVE_PRICE_UNIT = structure(integer(ACTIVE_PRICE_SCALE), enum(254))
"""Millipence or millicent; 254 is currency."""
_ACTIVE_PRICES = range(1 << 32)
NO_THRESHOLD = 0xFFFFFFFF
_KILO = 3
_FIRST_BLOCK = 0xA0

Index = tuple[int | None, int]
"""Block, where there is one, and time of use; both from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeForm:
    """What the parts of a charge are that never change: how the quantity counts, and where."""

    commodity_scale: int
    class_id: int
    register: bytes
    attribute: int

    def read(self, data: Data) -> tuple[int, tuple[Data, ...]]:
        """The price scale and the entries of the table.

        Raises:
            ItemError: the charge is not of this form.
        """
        scaling, commodity, table = parts(data, Tag.STRUCTURE, Tag.STRUCTURE, Tag.ARRAY)
        commodity_scale, price_scale = parts(scaling, Tag.INTEGER, Tag.INTEGER)
        reference = parts(commodity, Tag.LONG_UNSIGNED, Tag.OCTET_STRING, Tag.INTEGER)
        seen = (commodity_scale.value, *(part.value for part in reference))
        if seen != (self.commodity_scale, self.class_id, self.register, self.attribute):
            raise ItemError(Result.OTHER_REASON)
        return price_scale.value, elements(table)

    def write(self, scale: int, table: Iterator[tuple[bytes, int]]) -> Data:
        return structure(
            structure(integer(self.commodity_scale), integer(scale)),
            structure(
                long_unsigned(self.class_id),
                octet_string(self.register),
                integer(self.attribute),
            ),
            array(*(structure(octet_string(index), _long(price)) for index, price in table)),
        )


_STANDING = ChargeForm(commodity_scale=0, class_id=0, register=bytes(6), attribute=0)


def energy_prices(register: str) -> ChargeForm:
    """Prices of a kilowatt-hour that this register counts."""
    return ChargeForm(
        commodity_scale=_KILO, class_id=3, register=bytes(Obis.from_text(register)), attribute=2
    )


def read_standing_charge(data: Data) -> Amount:
    scale, table = _STANDING.read(data)
    if len(table) != 1:
        raise ItemError(Result.OTHER_REASON)
    index, charge = parts(table[0], Tag.OCTET_STRING, Tag.LONG)
    if index.value:
        raise ItemError(Result.OTHER_REASON)
    return Amount(value=charge.value, scale=scale)


def write_standing_charge(amount: Amount) -> Data:
    return _STANDING.write(amount.scale, iter([(b"", amount.value)]))


def read_prices(data: Data, form: ChargeForm, sizes: TariffSizes) -> PriceMatrix:
    """
    Raises:
        ItemError: an index that the meter has no price for, or one twice.
    """
    scale, table = form.read(data)
    places = {_index(place): place for place in _places(sizes)}
    prices: dict[Index, int] = {}
    for entry in table:
        index, price = parts(entry, Tag.OCTET_STRING, Tag.LONG)
        place = places.get(index.value)
        if place is None or place in prices:
            raise ItemError(Result.OTHER_REASON)
        prices[place] = price.value
    return _matrix(scale, prices, sizes)


def _matrix(scale: int, prices: Mapping[Index, int], sizes: TariffSizes) -> PriceMatrix:
    blocks = range(1, sizes.blocks + 1) if sizes.block_times_of_use else ()
    return PriceMatrix(
        scale=scale,
        times_of_use=tuple(prices.get((None, n), 0) for n in range(1, sizes.times_of_use + 1)),
        blocks=tuple(
            tuple(prices.get((b, n), 0) for n in range(1, sizes.block_times_of_use + 1))
            for b in blocks
        ),
    )


def write_prices(prices: PriceMatrix, form: ChargeForm, sizes: TariffSizes) -> Data:
    def table() -> Iterator[tuple[bytes, int]]:
        for place in _places(sizes):
            block, number = place
            rate = Rate(number, is_block=block is not None)
            yield _index(place), prices.stated(rate, block)

    return form.write(prices.scale, table())


def read_thresholds(data: Data, sizes: TariffSizes) -> tuple[int | None, ...]:
    """Those that are left out, and all ones, are not in use.

    Raises:
        ItemError: none, or more than there are.
    """
    found = elements(data)
    if not 1 <= len(found) <= sizes.thresholds:
        raise ItemError(Result.OTHER_REASON)
    if any(one.tag != Tag.DOUBLE_LONG_UNSIGNED for one in found):
        raise ItemError(Result.TYPE_UNMATCHED)
    values = [None if one.value == NO_THRESHOLD else one.value for one in found]
    return (*values, *[None] * (sizes.thresholds - len(values)))


def write_thresholds(thresholds: tuple[int | None, ...], sizes: TariffSizes) -> Data:
    padded = (*thresholds, *[None] * (sizes.thresholds - len(thresholds)))
    return array(*(double_long_unsigned(NO_THRESHOLD if one is None else one) for one in padded))


def active_price(price: Decimal) -> Data:
    """In millipence, rounded down; it has no sign, so a negative price shows as zero (inferred)."""
    whole = int(price.scaleb(-ACTIVE_PRICE_SCALE).to_integral_value(ROUND_FLOOR))
    return double_long_unsigned(min(max(whole, _ACTIVE_PRICES.start), _ACTIVE_PRICES[-1]))


def _places(sizes: TariffSizes) -> Iterator[Index]:
    """In the order of a charge table: times of use, then block by block."""
    yield from ((None, number) for number in range(1, sizes.times_of_use + 1))
    for block in range(1, sizes.blocks + 1):
        yield from ((block, number) for number in range(1, sizes.block_times_of_use + 1))


def _index(place: Index) -> bytes:
    block, number = place
    return bytes((number if block is None else _FIRST_BLOCK + 0x10 * (block - 1) + number,))


def _long(value: int) -> Data:
    return Data(Tag.LONG, value)
