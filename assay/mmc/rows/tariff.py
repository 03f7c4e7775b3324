"""Electricity tariffs: prices, thresholds, switching tables (4.11.1, 4.11.2).

Script numbers say what a switching table switches to: 1 to 48 a time of use, 101 to 108 a
block tariff, 201 to 204 a time of use of the second element. Charge table indexes: 01 to 30
hex a time of use, A1 to D8 block A to D with time of use 1 to 8 (all verified by commands).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assay.gbcs.dlms.data import Data
from assay.mmc.nodes import Node
from assay.mmc.rows.row import Row
from assay.mmc.templates import Reading, Source, Template, group, item, leaf, nodes, parts
from assay.mmc.values import date_nodes, flag, number, numbered, text, time_of_day

_BLOCK_SCRIPTS = range(101, 109)
_SECOND_SCRIPTS = range(201, 205)
_MATRIX_BLOCKS = {0xA0: 1, 0xB0: 2, 0xC0: 3, 0xD0: 4}
_TIMES_OF_USE = range(1, 49)
_CURRENCIES = {True: ("GBP", "Millipence"), False: ("ECB", "Millicent")}

Action = Callable[[int], Node]


def _primary_action(script: int) -> Node:
    if script in _BLOCK_SCRIPTS:
        return Node("BlockTariffAction", script - _BLOCK_SCRIPTS.start + 1)
    return Node("TOUTariffAction", script)


def _secondary_action(script: int) -> Node:
    return Node("TOUTariffAction", script - _SECOND_SCRIPTS.start + 1)


def _days(action: Action) -> Callable[[Data], Iterator[Node]]:
    def build(days: Data) -> Iterator[Node]:
        for day in parts(days):
            number_, schedule = day.value
            switches = tuple(
                Node(
                    "ProfileSchedule",
                    (Node("StartTime", time_of_day(start.value)), action(script.value)),
                    is_many=True,
                )
                for start, _, script in (entry.value for entry in parts(schedule))
            )
            yield Node("DayProfile", (Node("Day", number_.value), *switches), is_many=True)

    return build


def _name(octets: bytes) -> int:
    """Week names are numbers in an octet-string."""
    return int.from_bytes(octets, "big")


def _weeks(weeks: Data) -> Iterator[Node]:
    for week in parts(weeks):
        name, *days = week.value
        referenced = numbered("ReferencedElecDay", map(number, days))
        yield Node("WeekProfile", (Node("WeekName", _name(name.value)), *referenced), is_many=True)


def _seasons(seasons: Data) -> Iterator[Node]:
    for season in parts(seasons):
        name, start, week = season.value
        inside = (
            Node("SeasonName", text(name.value)),
            Node("SeasonStartDate", date_nodes(start.value)),
            Node("ReferencedWeekName", _name(week.value)),
        )
        yield Node("Season", inside, is_many=True)


def _special_days(days: Data) -> Iterator[Node]:
    for day in parts(days):
        _, when, profile = day.value
        inside = (Node("Date", date_nodes(when.value)), Node("ReferencedDay", profile.value))
        yield Node("SpecialDay", inside, is_many=True)


def _switching_table(obis: str, action: Action) -> Template:
    return group(
        "TariffSwitchingTable",
        group("DayProfiles", nodes(item(obis, 5), _days(action))),
        group("WeekProfiles", nodes(item(obis, 4), _weeks)),
        group("Seasons", nodes(item(obis, 3), _seasons)),
    )


def _special_day_table(obis: str) -> Template:
    return group("TariffSwitchingTableSpecialDays", nodes(item(obis), _special_days))


def _thresholds(reading: Reading) -> Iterator[Node]:
    for index in range(1, 9):
        found = reading.items.get((f"0-0:16.0.{10 + index}.255", 2))
        if found is not None:
            inside = tuple(numbered("BlockThreshold", map(number, parts(found))))
            yield Node("ElecTariffThresholds", inside, (("index", index),), is_many=True)


def _charges(data: Data) -> list[tuple[int, int]]:
    """(index, price) of a charge table."""
    return [(_name(index.value), price.value) for index, price in (e.value for e in parts(data))]


def _block_prices(table: Data) -> Iterator[Node]:
    prices: dict[int, dict[int, int]] = {}
    for index, price in _charges(table):
        block = _MATRIX_BLOCKS.get(index & 0xF0)
        if block is not None:
            prices.setdefault(index & 0x0F, {})[block] = price
    for time_of_use, blocks in sorted(prices.items()):
        inside = tuple(
            Node("BlockPrice", price, (("index", block),), is_many=True)
            for block, price in sorted(blocks.items())
        )
        yield Node("TariffBlockPrices", inside, (("index", time_of_use),), is_many=True)


def _time_of_use_prices(table: Data) -> list[Node]:
    return [
        Node("TariffTOUPrice", price, (("index", index),), is_many=True)
        for index, price in _charges(table)
        if index in _TIMES_OF_USE
    ]


_TABLE = (2,)
_PRICE_SCALE = (0, 1)


def price_scale(obis: str, name: str = "PriceScale", attribute: int = 5) -> Template:
    return leaf(name, item(obis, attribute, *_PRICE_SCALE), number)


def only_charge(obis: str, attribute: int = 5) -> Source:
    """The price of a charge table with one element."""
    return item(obis, attribute, 2, 0, 1)


def _currency(column: int) -> Callable[[Data], Any]:
    return lambda data: _CURRENCIES[flag(data)][column]


_MATRIX = "0-0:19.20.0.255"
_STANDING = "0-0:19.20.4.255"
_SECOND_MATRIX = "0-0:19.20.5.255"
_CURRENCY = "0-0:94.44.2.0"

ROWS: dict[int, Row] = {
    0x003A: (
        group(
            "Electricity",
            leaf("PrimaryActiveTariffPrice", item("0-0:94.44.1.7"), number),
            leaf("CurrencyUnitsLabel", item(_CURRENCY), _currency(0)),
            leaf("CurrencyUnitsName", item(_CURRENCY), _currency(1)),
            leaf("StandingCharge", only_charge(_STANDING), number),
            price_scale(_STANDING, "StandingChargeScale"),
            price_scale(_MATRIX),
            group("TariffBlockPriceMatrix", nodes(item(_MATRIX, 5, *_TABLE), _block_prices)),
            group("TariffTOUPriceMatrix", nodes(item(_MATRIX, 5, *_TABLE), _time_of_use_prices)),
            _switching_table("0-0:13.0.0.255", _primary_action),
            _special_day_table("0-0:11.0.0.255"),
            group("TariffThresholdMatrix", _thresholds),
            always=True,
        ),
    ),
    0x00BD: (
        leaf("SecondaryActiveTariffPrice", item("0-0:94.44.1.8"), number),
        price_scale(_SECOND_MATRIX),
        group("TariffTOUPriceMatrix", nodes(item(_SECOND_MATRIX, 5, *_TABLE), _time_of_use_prices)),
        _switching_table("0-0:13.0.1.255", _secondary_action),
        _special_day_table("0-0:11.0.1.255"),
    ),
}
