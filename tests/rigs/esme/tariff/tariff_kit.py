"""Tariffs as a supplier sends them, and a meter to send them to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assay.gbcs.date_time import NEVER, NOW, DateTime
from assay.gbcs.dlms.access import Response
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    Tag,
    array,
    boolean,
    double_long_unsigned,
    integer,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from assay.gbcs.trust_anchors import Role
from rigs.devices.esme.configuration import MeterConfiguration, MeterVariant
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises

SET_TARIFF, SET_PRICE = 0x0019, 0x00A2
SET_SECONDARY_TARIFF, SET_SECONDARY_PRICE = 0x00B7, 0x00C7
RESET_BLOCKS, RESET_BLOCKS_DAILY = 0x001D, 0x00DB
READ_TIMES_OF_USE, READ_BLOCKS = 0x0029, 0x002A
READ_TARIFF, READ_SECONDARY_TARIFF = 0x003A, 0x00BD
SET_OFFSET_LIMIT, READ_OFFSET = 0x004B, 0x003D
TWIN = MeterConfiguration(device_id=METER, variant=MeterVariant.TWIN_ELEMENT)

SCRIPTS = bytes.fromhex("00000A0064FF")
PRIMARY_REGISTER = bytes.fromhex("0100010800FF")
SECONDARY_REGISTER = bytes.fromhex("0114010800FF")
BLOCK_LETTERS = (0xA0, 0xB0, 0xC0, 0xD0)
ALL_YEAR = bytes.fromhex("FFFFFFFFFF")

Switches = Mapping[str, int]
"""From a time as "0700" to the selector of a script."""


def season(week: int, on: bytes = ALL_YEAR, name: bytes = b"all") -> Data:
    start = on + bytes(4) + b"\x80\x00\xff"
    return structure(octet_string(name), octet_string(start), octet_string(bytes([week])))


def week(name: int, *days: int) -> Data:
    return structure(octet_string(bytes([name])), *map(unsigned, days))


def day(number: int, switches: Switches) -> Data:
    return structure(
        unsigned(number),
        array(
            *(
                structure(
                    octet_string(bytes((int(at[:2]), int(at[2:]), 0, 0))),
                    octet_string(SCRIPTS),
                    long_unsigned(selector),
                )
                for at, selector in switches.items()
            )
        ),
    )


def special_day(index: int, date: str, number: int) -> Data:
    """`date` as hex: year, month, day, weekday."""
    return structure(long_unsigned(index), octet_string(bytes.fromhex(date)), unsigned(number))


def charge(
    scaling: tuple[int, int], reference: tuple[int, bytes, int], table: Sequence[tuple[bytes, int]]
) -> Data:
    class_id, register, attribute = reference
    return structure(
        structure(integer(scaling[0]), integer(scaling[1])),
        structure(long_unsigned(class_id), octet_string(register), integer(attribute)),
        array(*(structure(octet_string(index), Data(Tag.LONG, price)) for index, price in table)),
    )


def standing_charge(value: int, scale: int = -5) -> Data:
    return charge((0, scale), (0, bytes(6), 0), [(b"", value)])


def price_matrix(prices: Mapping[int, int], scale: int = -5) -> Data:
    """All 80 prices; those that are not given are zero."""
    places = (*range(1, 49), *(letter + n for letter in BLOCK_LETTERS for n in range(1, 9)))
    table = [(bytes([place]), prices.get(place, 0)) for place in places]
    return charge((3, scale), (3, PRIMARY_REGISTER, 2), table)


def secondary_prices(*prices: int, scale: int = -5) -> Data:
    table = [(bytes([place]), price) for place, price in enumerate(prices, 1)]
    return charge((3, scale), (3, SECONDARY_REGISTER, 2), table)


def date(when: datetime | bytes | None) -> Data:
    if isinstance(when, bytes):
        return octet_string(when)
    return octet_string(NOW if when is None else DateTime.at(when).octets)


CANCEL = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """By default day and night: night is time of use 2 from midnight, day 1 from 07:00."""

    seasons: Sequence[Data] = (season(1),)
    weeks: Sequence[Data] = (week(1, 1, 1, 1, 1, 1, 1, 1),)
    days: Sequence[Data] = (day(1, {"0000": 2, "0700": 1}),)
    special_days: Sequence[Data] = ()
    thresholds: Mapping[int, Sequence[int]] = field(default_factory=dict)
    is_pounds: bool = True
    standing_charge: int = 20_000
    prices: Mapping[int, int] = field(default_factory=lambda: {1: 20_000, 2: 7_000})

    def items(self, when: datetime | bytes | None = None) -> tuple[Data, ...]:
        """The items of ECS01a, active from `when`; None is now."""
        thresholds = [self.thresholds.get(n, (0xFFFFFFFF,)) for n in range(1, 9)]
        return (
            array(*self.seasons),
            array(*self.weeks),
            array(*self.days),
            array(*self.special_days),
            *(array(*map(double_long_unsigned, limits)) for limits in thresholds),
            boolean(self.is_pounds),
            standing_charge(self.standing_charge),
            price_matrix(self.prices),
            *[date(when)] * 6,
        )


DAY_AND_NIGHT = Tariff()
BLOCKS = Tariff(
    days=(day(1, {"0000": 101}),),
    thresholds={1: (1000, 3000)},
    prices={0xA1: 30_000, 0xB1: 20_000, 0xC1: 10_000},
)


def secondary_items(when: datetime | bytes | None = None, *prices: int) -> tuple[Data, ...]:
    """The items of ECS01c: secondary time of use 3 by night, 4 by day."""
    return (
        secondary_prices(*(prices or (0, 0, 5_000, 9_000))),
        array(season(1)),
        array(week(1, 1, 1, 1, 1, 1, 1, 1)),
        array(day(1, {"0000": 203, "0700": 204})),
        array(),
        *[date(when)] * 3,
    )


def send(premises: Premises, tariff: Tariff, when: datetime | bytes | None = None) -> list[int]:
    return results(premises.ask(SET_TARIFF, SUPPLIER, tariff.items(when)))


def results(response: Response) -> list[int]:
    return [item.result for item in response.items]


def read(premises: Premises, code: int, count: int, role: Role = SUPPLIER) -> list[Data]:
    """What a read of this many plain attributes gives."""
    return [item.data for item in premises.ask(code, role, (NULL,) * count).items]


def read_protected(premises: Premises, code: int, obis: str) -> list[list[int]]:
    """The arrays of numbers of a sensitive attribute, as the supplier decrypts them."""
    answer = premises.read_protected(code, obis)
    assert answer is not None
    (value,) = premises.open_registers(answer).value
    return [[number.value for number in numbers.value] for numbers in value.value]


def times_of_use(premises: Premises) -> list[list[int]]:
    return read_protected(premises, READ_TIMES_OF_USE, "0-0:94.44.34.1")


def blocks(premises: Premises) -> list[int]:
    (values,) = read_protected(premises, READ_BLOCKS, "0-0:94.44.34.2")
    return values
