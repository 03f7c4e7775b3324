"""What a supplier sets becomes the tariff: at once, at a date, part by part, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import Data, Tag, array, boolean, double_long_unsigned, octet_string
from rigs.devices.tariff import Rate
from tests.rigs.devices.premises_kit import SUPPLIER, Premises
from tests.rigs.esme.tariff.tariff_kit import (
    BLOCKS,
    CANCEL,
    DAY_AND_NIGHT,
    READ_SECONDARY_TARIFF,
    READ_TARIFF,
    SECONDARY_REGISTER,
    SET_PRICE,
    SET_SECONDARY_PRICE,
    SET_SECONDARY_TARIFF,
    SET_TARIFF,
    TWIN,
    Tariff,
    charge,
    date,
    day,
    price_matrix,
    read,
    results,
    season,
    secondary_items,
    secondary_prices,
    send,
    special_day,
    standing_charge,
    week,
)

OK, REFUSED, NOT_DONE = Result.SUCCESS, Result.OTHER_REASON, Result.OTHER_REASON
LATER = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ACTIVATIONS = (
    (20, "00000d0000ff", 10),
    (9000, "00005e2c801d", 6),
    (9000, "00005e2c0200", 6),
    (113, "0000131404ff", 7),
    (113, "0000131400ff", 7),
    (9000, "00003f0101ff", 6),
)
"""Of ECS01a, in the order of its items: switching table, special days, currency, standing
charge, prices, thresholds."""


@pytest.fixture
def premises() -> Premises:
    premises = Premises.joined()
    premises.set_clock()
    premises.dsp.arrived.clear()
    return premises


@pytest.fixture
def twin() -> Premises:
    premises = Premises.joined(TWIN)
    premises.set_clock()
    premises.dsp.arrived.clear()
    return premises


def test_a_tariff_set_now_is_read_back_whole(premises: Premises) -> None:
    tariff = replace(BLOCKS, special_days=(special_day(1, "ffff0c19ff", 1),), is_pounds=False)
    assert set(send(premises, tariff)) == {OK}
    values = read(premises, READ_TARIFF, 17)
    assert values[2:6] == [
        array(*tariff.seasons),
        array(*tariff.weeks),
        array(*tariff.days),
        array(*tariff.special_days),
    ]
    unused = double_long_unsigned(0xFFFFFFFF)
    limits = map(double_long_unsigned, (1000, 3000, 0xFFFFFFFF))
    assert values[6:14] == [array(*limits), *[array(unused, unused, unused)] * 7]
    assert values[14] == boolean(False)
    assert values[15:] == [standing_charge(20_000), price_matrix(tariff.prices)]


def test_before_any_tariff_everything_is_empty_and_free(premises: Premises) -> None:
    values = read(premises, READ_TARIFF, 17)
    assert values[2:6] == [array()] * 4
    assert values[16] == price_matrix({})
    assert values[0] == double_long_unsigned(0)


def test_a_dated_tariff_waits_and_reports_each_of_its_parts(premises: Premises) -> None:
    assert set(send(premises, DAY_AND_NIGHT, LATER)) == {OK}
    assert read(premises, READ_TARIFF, 17)[16] == price_matrix({})
    premises.clock.advance(LATER - premises.clock.now() + timedelta(seconds=20))
    told = [parts[2].value for _, parts in premises.alerts(0x8F66)]
    assert [(int.from_bytes(one[10:12], "big"), one[12:18].hex(), one[18]) for one in told] == list(
        ACTIVATIONS
    )
    assert {one[:2].hex() for one in told} == {"0019"}
    assert read(premises, READ_TARIFF, 17)[16] == price_matrix(DAY_AND_NIGHT.prices)


def test_a_cancelled_tariff_leaves_the_old_one_in_force(premises: Premises) -> None:
    send(premises, DAY_AND_NIGHT)
    send(premises, BLOCKS, LATER)
    assert set(send(premises, BLOCKS, CANCEL)) == {OK}
    premises.clock.advance(timedelta(days=3))
    assert premises.alerts(0x8F66) == []
    assert read(premises, READ_TARIFF, 17)[16] == price_matrix(DAY_AND_NIGHT.prices)


def test_a_second_dated_tariff_takes_the_place_of_the_first(premises: Premises) -> None:
    send(premises, DAY_AND_NIGHT, LATER)
    send(premises, BLOCKS, LATER + timedelta(days=1))
    premises.clock.advance(LATER - premises.clock.now() + timedelta(seconds=20))
    assert premises.alerts(0x8F66) == []
    premises.clock.advance(timedelta(days=1))
    assert len(premises.alerts(0x8F66)) == 6
    assert read(premises, READ_TARIFF, 17)[16] == price_matrix(BLOCKS.prices)


def test_dates_of_one_command_must_be_equal(premises: Premises) -> None:
    items = list(DAY_AND_NIGHT.items(LATER))
    items[-1] = date(LATER + timedelta(minutes=1))
    answers = results(premises.ask(SET_TARIFF, SUPPLIER, items))
    assert answers == [OK] * 20 + [REFUSED]


def test_prices_alone_leave_the_calendar(premises: Premises) -> None:
    send(premises, DAY_AND_NIGHT)
    items = (standing_charge(30_000), price_matrix({1: 21_000, 2: 8_000}), date(None), date(None))
    assert results(premises.ask(SET_PRICE, SUPPLIER, items)) == [OK] * 4
    values = read(premises, READ_TARIFF, 17)
    assert values[4] == array(*DAY_AND_NIGHT.days)
    assert values[15:] == [standing_charge(30_000), price_matrix({1: 21_000, 2: 8_000})]


def test_dated_prices_report_both_of_their_parts(premises: Premises) -> None:
    dates = (date(LATER), date(LATER))
    premises.ask(SET_PRICE, SUPPLIER, (standing_charge(1), price_matrix({1: 1}), *dates))
    premises.clock.advance(LATER - premises.clock.now() + timedelta(seconds=20))
    told = [parts[2].value for _, parts in premises.alerts(0x8F66)]
    assert [one[12:18].hex() for one in told] == ["0000131404ff", "0000131400ff"]


def many(item: Data, number: int) -> Data:
    return array(*[item] * number)


_DAY = day(1, {"0000": 1})
_WEEK = week(1, 1, 1, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("at", "value", "result"),
    [
        (0, many(season(1), 5), REFUSED),
        (0, array(season(1, bytes.fromhex("07ea021eff"))), REFUSED),  # 30 February
        (0, array(season(1, name=b"autumnal!")), REFUSED),
        (0, boolean(True), Result.TYPE_UNMATCHED),
        (0, array(octet_string(b"all")), Result.TYPE_UNMATCHED),
        (1, array(*(week(n, 1, 1, 1, 1, 1, 1, 1) for n in range(1, 6))), REFUSED),
        (1, many(_WEEK, 2), REFUSED),
        (1, array(week(1, 1, 1)), Result.TYPE_UNMATCHED),
        (2, array(*(day(n, {"0000": 1}) for n in range(1, 18))), REFUSED),
        (2, array(day(1, {f"{n // 60:02}{n % 60:02}": 1 for n in range(49)})), REFUSED),
        (2, array(day(1, {"0000": 49})), REFUSED),
        (2, array(day(1, {"0000": 0})), REFUSED),
        (2, array(day(1, {"0000": 109})), REFUSED),
        (2, array(day(1, {"0000": 201})), REFUSED),
        (2, array(day(1, {"2400": 1})), REFUSED),
        (3, many(special_day(1, "ffff0c19ff", 1), 51), REFUSED),
        (4, many(double_long_unsigned(1), 4), REFUSED),
        (4, array(), REFUSED),
        (4, array(boolean(True)), Result.TYPE_UNMATCHED),
        (12, double_long_unsigned(1), Result.TYPE_UNMATCHED),
        (13, charge((0, -5), (0, bytes(6), 0), []), REFUSED),
        (13, charge((3, -5), (0, bytes(6), 0), [(b"", 1)]), REFUSED),
        (14, charge((3, -5), (3, SECONDARY_REGISTER, 2), [(b"\x01", 1)]), REFUSED),
        (14, secondary_prices(1), REFUSED),
        (14, price_matrix({}).value[2], Result.TYPE_UNMATCHED),
    ],
)
def test_what_the_meter_cannot_hold_is_refused_and_changes_nothing(
    premises: Premises, at: int, value: Data, result: Result
) -> None:
    send(premises, DAY_AND_NIGHT)
    before = read(premises, READ_TARIFF, 17)
    items = list(BLOCKS.items())
    items[at] = value
    answers = results(premises.ask(SET_TARIFF, SUPPLIER, items))
    assert answers == [OK] * at + [result] + [NOT_DONE] * (20 - at)
    assert read(premises, READ_TARIFF, 17) == before


def test_the_largest_tariff_is_taken(premises: Premises) -> None:
    half_hours = {f"{n // 2:02}{n % 2 * 30:02}": n + 1 for n in range(48)}
    largest = Tariff(
        seasons=tuple(season(n) for n in range(1, 5)),
        weeks=tuple(week(n, *range(1, 8)) for n in range(1, 5)),
        days=tuple(day(n, half_hours) for n in range(1, 17)),
        special_days=tuple(special_day(n, "ffff0c19ff", 16) for n in range(50)),
        thresholds=dict.fromkeys(range(1, 9), (1, 2, 3)),
    )
    assert set(send(premises, largest)) == {OK}
    values = read(premises, READ_TARIFF, 17)
    assert values[4] == array(*largest.days)
    assert values[5] == array(*largest.special_days)


def test_wildcards_of_a_calendar_are_read_back_as_they_were_set(premises: Premises) -> None:
    dates = ("ffff03fe07", "fffffdffff", "fffffeffff", "ffff02fdff", "07ea0501ff")
    days = tuple(special_day(n, date, 1) for n, date in enumerate(dates))
    send(premises, replace(DAY_AND_NIGHT, special_days=days))
    assert read(premises, READ_TARIFF, 17)[5] == array(*days)


# The secondary element.


def test_the_secondary_element_has_a_tariff_of_its_own(twin: Premises) -> None:
    assert results(twin.ask(SET_SECONDARY_TARIFF, SUPPLIER, secondary_items())) == [OK] * 8
    values = read(twin, READ_SECONDARY_TARIFF, 7)
    assert values[0] == secondary_prices(0, 0, 5_000, 9_000)
    assert values[1] == double_long_unsigned(9_000)
    assert values[4:] == list(secondary_items()[1:4])
    assert read(twin, READ_TARIFF, 17)[4] == array()


def test_secondary_prices_alone_leave_the_calendar(twin: Premises) -> None:
    twin.ask(SET_SECONDARY_TARIFF, SUPPLIER, secondary_items())
    items = (secondary_prices(1, 2, 3, 4), date(None))
    assert results(twin.ask(SET_SECONDARY_PRICE, SUPPLIER, items)) == [OK] * 2
    values = read(twin, READ_SECONDARY_TARIFF, 7)
    assert values[0] == secondary_prices(1, 2, 3, 4)
    assert values[6] == secondary_items()[3]


def test_a_dated_secondary_tariff_reports_three_parts(twin: Premises) -> None:
    twin.ask(SET_SECONDARY_TARIFF, SUPPLIER, secondary_items(LATER))
    twin.clock.advance(LATER - twin.clock.now() + timedelta(seconds=20))
    told = [parts[2].value[12:18].hex() for _, parts in twin.alerts(0x8F66)]
    assert told == ["00000d0001ff", "0000131405ff", "00005e2c801e"]
    secondary = twin.meter.tariffs.secondary
    assert secondary is not None
    assert secondary.operation.rate == Rate(4)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, secondary_prices(1, 2, 3, 4, 5)),
        (0, price_matrix({1: 1})),
        (3, array(day(1, {"0000": 1}))),
        (3, array(day(1, {"0000": 205}))),
    ],
)
def test_the_secondary_element_refuses_what_is_the_primary_ones(
    twin: Premises, at: int, value: Data
) -> None:
    items = list(secondary_items())
    items[at] = value
    answers = results(twin.ask(SET_SECONDARY_TARIFF, SUPPLIER, items))
    assert answers == [OK] * at + [REFUSED] * (8 - at)


def test_a_meter_with_one_element_has_no_secondary_tariff(premises: Premises) -> None:
    answers = results(premises.ask(SET_SECONDARY_TARIFF, SUPPLIER, secondary_items()))
    assert answers == [Result.OBJECT_UNDEFINED] + [NOT_DONE] * 7
    answers = results(premises.ask(READ_SECONDARY_TARIFF, SUPPLIER))
    assert answers == [Result.OBJECT_UNDEFINED] + [NOT_DONE] * 6


def test_prices_are_signed_numbers_of_16_bits(premises: Premises) -> None:
    assert set(send(premises, replace(DAY_AND_NIGHT, prices={1: -20_000}))) == {OK}
    matrix = read(premises, READ_TARIFF, 17)[16]
    assert matrix.value[2].value[0].value[1] == Data(Tag.LONG, -20_000)
    assert read(premises, READ_TARIFF, 17)[0] == double_long_unsigned(0)
