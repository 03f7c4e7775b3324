"""ECS01a to ECS01d: tariffs and prices of an ESME, primary and secondary element."""

from __future__ import annotations

from collections.abc import Callable

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.dlms_values import (
    FALSE,
    TRUE,
    Rows,
    Value,
    activation,
    coded,
    constant,
    date,
    items,
    listed,
    midnight_of,
    number,
    octet,
    passive,
    put,
    text,
)
from assay.adapter.correlation.expected import ItemRow, Listed, Node, Parts, Want, parts
from assay.adapter.correlation.times import dlms_time
from assay.gbcs.dlms.access import Obis, Op
from assay.gbcs.dlms.data import Data, Tag

CALENDAR, SPECIAL_DAYS, REGISTER_MONITOR, CHARGE = 20, 11, 21, 113
_TARIFF_SCRIPTS = bytes(Obis.from_text("0-0:10.0.100.255"))
_UNIT_CHARGE_PASSIVE, _UNIT_CHARGE_ACTIVATION = 6, 7
_STANDING_CHARGE = "0-0:19.20.4.255"
_PRIMARY_PRICES = "0-0:19.20.0.255"
_SECONDARY_PRICES = "0-0:19.20.5.255"
TOU_PRICES, BLOCKS, TOUS_WITH_BLOCKS, SECONDARY_PRICES = 48, 4, 8, 4

_BLOCK_SCRIPTS = 100
"""Scripts 1 to 48 are the TOU rates, 101 to 108 the block rates of TOU 1 to 8."""
_SECONDARY_SCRIPTS = 200
"""Scripts 201 to 204 are the rates of the secondary element."""


def _season(asked: Asked) -> Parts:
    week, where = asked.leaf("ReferencedWeekName", int)
    return parts(
        name=text(Tag.OCTET_STRING, "SeasonName")(asked),
        start=midnight_of(asked.at("SeasonStartDate")),
        week=octet(week, where, week),
    )


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _week(asked: Asked) -> Parts:
    name, where = asked.leaf("WeekName", int)
    days = asked.without_gaps("ReferencedDayName", len(_WEEKDAYS))
    named = tuple(
        (weekday, number(Tag.UNSIGNED, "#text")(day))
        for weekday, day in zip(_WEEKDAYS, days, strict=True)
    )
    return Parts((("week", octet(name, where, name)), *named))


def _primary_script(asked: Asked) -> Want:
    is_block = asked.has("BlockTariffAction")
    value, where = asked.leaf("BlockTariffAction" if is_block else "TOUTariffAction", int)
    return Want(Data(Tag.LONG_UNSIGNED, value + _BLOCK_SCRIPTS * is_block), where, value)


def _secondary_script(asked: Asked) -> Want:
    value, where = asked.leaf("TOUTariffAction", int)
    return Want(Data(Tag.LONG_UNSIGNED, value + _SECONDARY_SCRIPTS), where, value)


def _day(script: Callable[[Asked], Want]) -> Callable[[Asked], Parts]:
    def action(asked: Asked) -> Parts:
        return parts(
            start=dlms_time(asked, "StartTime"),
            scripts=constant(Tag.OCTET_STRING, _TARIFF_SCRIPTS),
            script=script(asked),
        )

    def day(asked: Asked) -> Parts:
        return parts(
            day=number(Tag.UNSIGNED, "DayName")(asked),
            schedule=listed("ProfileSchedule", action)(asked),
        )

    return day


def _special_days(path: str) -> Value:
    """The index is the place in the list: the request has none of its own."""

    def build(asked: Asked) -> Listed:
        return Listed(
            tuple(
                parts(
                    index=constant(Tag.LONG_UNSIGNED, at),
                    date=date(day.at("Date")),
                    day=number(Tag.UNSIGNED, "ReferencedDayName")(day),
                )
                for at, day in enumerate(asked.each(path), 1)
            ),
            path,
        )

    return build


def _calendar(obis: str, table: str, script: Callable[[Asked], Want]) -> tuple[Rows, ...]:
    return (
        put("seasons", CALENDAR, obis, 7, listed(f"{table}/Seasons/Season", _season)),
        put("weeks", CALENDAR, obis, 8, listed(f"{table}/WeekProfiles/WeekProfile", _week)),
        put("days", CALENDAR, obis, 9, listed(f"{table}/DayProfiles/DayProfile", _day(script))),
    )


def _thresholds(asked: Asked) -> tuple[ItemRow, ...]:
    matrix = asked.at("ElecTariffElements/ThresholdMatrix")
    return tuple(
        ItemRow(
            f"block thresholds of TOU {tou}",
            Op.SET,
            REGISTER_MONITOR,
            Obis.from_text(f"0-0:16.1.{10 + tou}.255"),
            2,
            Listed(
                tuple(
                    number(Tag.DOUBLE_LONG_UNSIGNED, "#text")(block)
                    for block in thresholds.without_gaps("BlockThreshold")
                ),
                thresholds.path,
            ),
        )
        for tou, thresholds in enumerate(matrix.without_gaps("Thresholds", 8), 1)
    )


def charge(
    price_scale: Node, entries: Node, *, commodity: int = 0, register: bytes = bytes(6)
) -> Parts:
    """unit_charge_passive. Without a commodity reference: class 0, no register, attribute 0."""
    has_register = any(register)
    return parts(
        scaling=parts(commodity_scale=constant(Tag.INTEGER, commodity), price_scale=price_scale),
        commodity=parts(
            class_id=constant(Tag.LONG_UNSIGNED, 3 if has_register else 0),
            register=constant(Tag.OCTET_STRING, register),
            attribute=constant(Tag.INTEGER, 2 if has_register else 0),
        ),
        charges=entries,
    )


def single_charge(scale_path: str, price_path: str) -> Value:
    """A charge table of one entry, whose index is empty."""

    def build(asked: Asked) -> Parts:
        entry = parts(
            index=constant(Tag.OCTET_STRING, b""), charge=number(Tag.LONG, price_path)(asked)
        )
        return charge(number(Tag.INTEGER, scale_path)(asked), Listed((entry,)))

    return build


def _price_entry(index: int, price: Asked | None, path: str) -> Parts:
    """A price that is not asked for is 0: vectors hold all entries of the table."""
    none = Want(Data(Tag.LONG, 0), path, "no such price")
    value = none if price is None else number(Tag.LONG, "#text")(price)
    return parts(index=constant(Tag.OCTET_STRING, bytes((index,))), charge=value)


_ACTIVE_IMPORT = bytes(Obis.from_text("1-0:1.8.0.255"))
_SECONDARY_IMPORT = bytes(Obis.from_text("1-20:1.8.0.255"))
_BLOCK_INDEX = 0xA0
"""A1 to A8: block 1 of TOU 1 to 8; B1 to B8: block 2; up to D8."""


def _primary_prices(asked: Asked) -> Parts:
    tariff = next(
        (name for name in ("BlockTariff", "TOUTariff", "HybridTariff") if asked.has(name)), ""
    )
    chosen = asked.at(tariff or "BlockTariff, TOUTariff or HybridTariff")
    tous = chosen.by_index("TOUPrice")
    blocks = {
        (block, tou): price
        for tou, prices in chosen.by_index("BlockPrices").items()
        for block, price in prices.by_index("BlockPrice").items()
    }
    where = chosen.path.rstrip("/")
    entries = [_price_entry(tou, tous.get(tou), where) for tou in range(1, TOU_PRICES + 1)]
    entries += [
        _price_entry(_BLOCK_INDEX + 16 * (block - 1) + tou, blocks.get((block, tou)), where)
        for block in range(1, BLOCKS + 1)
        for tou in range(1, TOUS_WITH_BLOCKS + 1)
    ]
    return charge(
        number(Tag.INTEGER, "PriceScale")(asked),
        Listed(tuple(entries), chosen.path),
        commodity=3,
        register=_ACTIVE_IMPORT,
    )


def _secondary_prices(asked: Asked) -> Parts:
    """All four entries, as the tables print [1..4] (inferred from the primary element, whose
    table is always whole)."""
    prices = asked.by_index("PriceElements/ElectricityPriceElement")
    path = "PriceElements"
    entries = [_price_entry(tou, prices.get(tou), path) for tou in range(1, SECONDARY_PRICES + 1)]
    return charge(
        number(Tag.INTEGER, "PriceElements/PriceScale")(asked),
        Listed(tuple(entries), "PriceElements"),
        commodity=3,
        register=_SECONDARY_IMPORT,
    )


_ELEMENTS = "PriceElements/ElectricityPriceElements"
_PRICES: tuple[Rows, ...] = (
    put(
        "standing charge",
        CHARGE,
        _STANDING_CHARGE,
        _UNIT_CHARGE_PASSIVE,
        single_charge(f"{_ELEMENTS}/StandingChargeScale", f"{_ELEMENTS}/StandingCharge"),
    ),
    put(
        "prices",
        CHARGE,
        _PRIMARY_PRICES,
        _UNIT_CHARGE_PASSIVE,
        lambda asked: _primary_prices(asked.at(_ELEMENTS)),
    ),
)
_PRICES_ACTIVATION: tuple[Rows, ...] = (
    activation("standing charge", _STANDING_CHARGE, CHARGE, _UNIT_CHARGE_ACTIVATION),
    activation("prices", _PRIMARY_PRICES, CHARGE, _UNIT_CHARGE_ACTIVATION),
)
_SECONDARY_PRICE = put(
    "prices of the secondary element",
    CHARGE,
    _SECONDARY_PRICES,
    _UNIT_CHARGE_PASSIVE,
    _secondary_prices,
)
_SECONDARY_PRICE_ACTIVATION = activation(
    "prices of the secondary element", _SECONDARY_PRICES, CHARGE, _UNIT_CHARGE_ACTIVATION
)
_TARIFF = "ElecTariffElements"

ECS01A = items(
    *_calendar("0-0:13.0.0.255", f"{_TARIFF}/SwitchingTable", _primary_script),
    put(
        "special days",
        SPECIAL_DAYS,
        "0-1:11.0.0.255",
        2,
        _special_days(f"{_TARIFF}/SpecialDays/SpecialDay"),
    ),
    _thresholds,
    passive(
        "currency",
        "0-0:94.44.2.0",
        # ECB is inferred: the object is a boolean, and GBP is true in every vector
        coded(Tag.BOOLEAN, f"{_TARIFF}/CurrencyUnits", {"GBP": TRUE, "ECB": FALSE}),
    ),
    *_PRICES,
    activation("calendar", "0-0:13.0.0.255", CALENDAR, 10),
    activation("special days", "0-0:94.44.128.29"),
    activation("currency", "0-0:94.44.2.0"),
    *_PRICES_ACTIVATION,
    activation("block thresholds", "0-0:63.1.1.255"),
)
ECS01B = items(*_PRICES, *_PRICES_ACTIVATION)
ECS01C = items(
    _SECONDARY_PRICE,
    *_calendar("0-0:13.0.1.255", "SwitchingTable", _secondary_script),
    put(
        "special days",
        SPECIAL_DAYS,
        "0-1:11.0.1.255",
        2,
        _special_days("SpecialDays/SpecialDay"),
    ),
    activation("calendar", "0-0:13.0.1.255", CALENDAR, 10),
    _SECONDARY_PRICE_ACTIVATION,
    activation("special days", "0-0:94.44.128.30"),
)
ECS01D = items(_SECONDARY_PRICE, _SECONDARY_PRICE_ACTIVATION)
