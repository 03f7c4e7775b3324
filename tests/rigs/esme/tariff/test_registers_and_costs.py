"""Energy lands in the register of its time of use or block, at its price, to the microsecond."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import array, double_long_unsigned, long_unsigned, octet_string, structure
from rigs.devices.esme.configuration import MeterConfiguration
from rigs.devices.esme.registers import WATT_MICROSECONDS_PER_WATT_HOUR
from rigs.devices.tariff import Calendar, Rate
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises
from tests.rigs.esme.tariff.tariff_kit import (
    BLOCKS,
    DAY_AND_NIGHT,
    READ_OFFSET,
    READ_TARIFF,
    RESET_BLOCKS,
    RESET_BLOCKS_DAILY,
    SET_OFFSET_LIMIT,
    SET_SECONDARY_TARIFF,
    TWIN,
    blocks,
    day,
    read,
    results,
    secondary_items,
    send,
    special_day,
    times_of_use,
)

KILOWATT = Decimal(1000)
HOUR = timedelta(hours=1)
TOMORROW = datetime(2026, 3, 2, tzinfo=UTC)
MIDNIGHT_EVERY_DAY = array(structure(octet_string(bytes(4)), octet_string(b"\xff" * 5)))


def commissioned(configuration: MeterConfiguration | None = None) -> Premises:
    premises = Premises.joined(configuration) if configuration else Premises.joined()
    premises.set_clock()
    premises.dsp.arrived.clear()
    return premises


@pytest.fixture
def premises() -> Premises:
    return commissioned()


def costs_of(premises: Premises) -> list[Decimal]:
    costs: list[Decimal] = []
    premises.meter.tariffs.on_cost.append(costs.append)
    return costs


def until(premises: Premises, when: datetime) -> None:
    premises.clock.advance(when - premises.clock.now())


def energy(premises: Premises) -> dict[int, Decimal]:
    """Exact watt-hours by time of use, where there are any."""
    premises.meter.tariffs.primary.account()
    kept = premises.meter.tariffs.primary.operation.attribution.times_of_use
    return {
        number: passed / WATT_MICROSECONDS_PER_WATT_HOUR
        for number, passed in kept.items()
        if passed
    }


def test_energy_is_split_at_the_very_moment_of_a_switch(premises: Premises) -> None:
    send(premises, DAY_AND_NIGHT)
    costs = costs_of(premises)
    until(premises, TOMORROW + 6 * HOUR)
    premises.load.request(KILOWATT)
    until(premises, TOMORROW + 9 * HOUR)
    premises.load.request(Decimal(0))
    assert energy(premises) == {2: Decimal(1000), 1: Decimal(2000)}
    assert sum(costs) == Decimal("0.07") + 2 * Decimal("0.2")
    assert times_of_use(premises) == [[2000, 1000, *[0] * 46]]


def test_a_meter_without_a_tariff_counts_in_its_first_register(premises: Premises) -> None:
    premises.load.request(KILOWATT)
    premises.clock.advance(HOUR)
    premises.load.request(Decimal(0))
    assert times_of_use(premises) == [[1000, *[0] * 47]]


def test_nothing_is_lost_or_credited_wrongly_over_an_outage_across_switches(
    premises: Premises,
) -> None:
    send(premises, DAY_AND_NIGHT)
    until(premises, TOMORROW + 6 * HOUR)
    premises.load.request(KILOWATT)
    until(premises, TOMORROW + 8 * HOUR)
    premises.interrupt(16 * 3600)
    premises.clock.advance(HOUR)
    assert energy(premises) == {2: Decimal(2000), 1: Decimal(1000)}


def test_a_dated_tariff_charges_from_its_date_on(premises: Premises) -> None:
    send(premises, DAY_AND_NIGHT)
    send(premises, replace(DAY_AND_NIGHT, prices={1: 30_000, 2: 30_000}), TOMORROW + 12 * HOUR)
    costs = costs_of(premises)
    until(premises, TOMORROW + 11 * HOUR)
    premises.load.request(KILOWATT)
    until(premises, TOMORROW + 14 * HOUR)
    premises.load.request(Decimal(0))
    assert sum(costs) == Decimal("0.2") + 2 * Decimal("0.3")


def test_a_special_day_switches_otherwise(premises: Premises) -> None:
    tariff = replace(
        DAY_AND_NIGHT,
        days=(*DAY_AND_NIGHT.days, day(2, {"0000": 48})),
        special_days=(special_day(1, "07ea0302ff", 2),),
    )
    send(premises, tariff)
    premises.load.request(KILOWATT)
    until(premises, TOMORROW)
    before = energy(premises)
    until(premises, TOMORROW + 25 * HOUR)
    assert energy(premises) == {**before, 48: Decimal(24_000), 2: Decimal(1000)}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals(min_value=0, max_value=20_000, places=3), st.integers(1, 20_000_000_000)
        ),
        max_size=12,
    )
)
def test_the_times_of_use_add_up_to_the_import_register(
    steps: list[tuple[Decimal, int]],
) -> None:
    premises = commissioned()
    send(premises, DAY_AND_NIGHT)
    for watts, microseconds in steps:
        premises.load.request(watts)
        premises.clock.advance(timedelta(microseconds=microseconds))
    meter = premises.meter
    whole = meter.register.energy(premises.clock.now())
    assert sum(meter.tariffs.primary.operation.attribution.times_of_use.values()) == whole


# Blocks.


def test_blocks_fill_one_after_the_other(premises: Premises) -> None:
    send(premises, BLOCKS)
    costs = costs_of(premises)
    premises.load.request(KILOWATT)
    premises.clock.advance(5 * HOUR)
    premises.load.request(Decimal(0))
    assert sum(costs) == Decimal("0.3") + 2 * Decimal("0.2") + 2 * Decimal("0.1")
    values = blocks(premises)
    assert [values[at] for at in (0, 16, 32, 48)] == [1000, 2000, 2000, 0]
    assert [values[at] for at in (8, 24, 40, 56)] == [1000, 2000, 2000, 0]
    assert (len(values), sum(values)) == (64, 10_000)
    assert read(premises, READ_TARIFF, 17)[0] == double_long_unsigned(10_000)


def test_the_moment_at_which_the_price_changes_can_be_told(premises: Premises) -> None:
    send(premises, BLOCKS)
    primary = premises.meter.tariffs.primary
    assert primary.time_to_price_change(KILOWATT) == HOUR
    premises.load.request(KILOWATT)
    premises.clock.advance(HOUR / 4)
    assert primary.time_to_price_change(KILOWATT) == HOUR * 3 / 4
    premises.clock.advance(HOUR * 3 / 4)
    assert primary.active_price == Decimal("0.2")


def test_a_reset_starts_the_counters_again_and_leaves_the_registers(premises: Premises) -> None:
    send(premises, BLOCKS)
    premises.load.request(KILOWATT)
    premises.clock.advance(2 * HOUR)
    premises.load.request(Decimal(0))
    assert results(premises.ask(RESET_BLOCKS, SUPPLIER, (long_unsigned(0x63),))) == [0]
    values = blocks(premises)
    assert [values[at] for at in (0, 16)] == [1000, 1000]
    assert [values[at] for at in (8, 24)] == [0, 0]


def test_another_script_is_no_reset(premises: Premises) -> None:
    answers = results(premises.ask(RESET_BLOCKS, SUPPLIER, (long_unsigned(101),)))
    assert answers == [Result.OTHER_REASON]


def test_the_counters_start_again_each_midnight_where_that_is_wanted(premises: Premises) -> None:
    send(premises, BLOCKS)
    premises.load.request(KILOWATT)
    answers = results(premises.ask(RESET_BLOCKS_DAILY, SUPPLIER, (MIDNIGHT_EVERY_DAY,)))
    assert answers == [0]
    until(premises, TOMORROW + HOUR / 2)
    premises.load.request(Decimal(0))
    values = blocks(premises)
    assert [values[at] for at in (8, 24, 40, 56)] == [500, 0, 0, 0]
    premises.ask(RESET_BLOCKS_DAILY, SUPPLIER, (array(),))
    until(premises, TOMORROW + 25 * HOUR)
    assert blocks(premises)[8] == 500


def test_no_other_time_can_be_set_for_the_daily_reset(premises: Premises) -> None:
    noon = array(structure(octet_string(bytes((12, 0, 0, 0))), octet_string(b"\xff" * 5)))
    answers = results(premises.ask(RESET_BLOCKS_DAILY, SUPPLIER, (noon,)))
    assert answers == [Result.OTHER_REASON]


def test_the_counters_start_again_with_a_billing_period(premises: Premises) -> None:
    send(premises, BLOCKS)
    premises.load.request(KILOWATT)
    premises.clock.advance(HOUR)
    for tell in premises.meter.metering.billing.on_period_end:
        tell(premises.clock.now())
    assert premises.meter.tariffs.primary.blocks()[8] == 0
    assert premises.meter.tariffs.primary.blocks()[0] == 1000


# A change of tariff, and the clock.


def test_a_change_of_tariff_is_taken_down_once(premises: Premises) -> None:
    taken: list[datetime] = []
    premises.meter.tariffs.on_tariff_change.append(taken.append)
    send(premises, DAY_AND_NIGHT)
    send(premises, BLOCKS, TOMORROW)
    until(premises, TOMORROW + HOUR)
    assert len(taken) == 2
    assert taken[1] == TOMORROW


def test_a_clock_that_is_first_set_puts_the_right_rate_in_force() -> None:
    premises = Premises.joined()
    premises.meter.clock.set(datetime(2026, 1, 1, 3, 0, tzinfo=UTC))
    send(premises, DAY_AND_NIGHT)
    assert premises.meter.tariffs.primary.operation.rate == Rate(2)
    premises.set_clock()
    assert premises.meter.tariffs.primary.operation.rate == Rate(1)


# The secondary element.


def test_each_element_counts_and_charges_for_itself() -> None:
    premises = commissioned(TWIN)
    send(premises, DAY_AND_NIGHT)
    premises.ask(SET_SECONDARY_TARIFF, SUPPLIER, secondary_items())
    costs = costs_of(premises)
    assert premises.secondary is not None
    until(premises, TOMORROW + 6 * HOUR)
    premises.load.request(KILOWATT)
    premises.secondary.request(3 * KILOWATT)
    until(premises, TOMORROW + 8 * HOUR)
    premises.load.request(Decimal(0))
    premises.secondary.request(Decimal(0))
    assert times_of_use(premises) == [[1000, 1000, *[0] * 46], [0, 0, 3000, 3000]]
    expected = sum(map(Decimal, ("0.07", "0.2"))) + 3 * sum(map(Decimal, ("0.05", "0.09")))
    assert sum(costs) == expected


# The randomised offset.


def test_the_offset_is_number_times_limit_in_ten_thousandths() -> None:
    premises = commissioned(MeterConfiguration(device_id=METER, randomised_offset_number=2501))
    assert results(premises.ask(SET_OFFSET_LIMIT, SUPPLIER, (long_unsigned(1799),))) == [0]
    assert read(premises, READ_OFFSET, 3) == [
        long_unsigned(450),  # 449.93 s
        long_unsigned(2501),
        long_unsigned(1799),
    ]


def test_an_offset_limit_of_half_an_hour_is_refused(premises: Premises) -> None:
    answers = results(premises.ask(SET_OFFSET_LIMIT, SUPPLIER, (long_unsigned(1800),)))
    assert answers == [Result.OTHER_REASON]
    assert read(premises, READ_OFFSET, 3)[2] == long_unsigned(0)


@pytest.mark.parametrize(("is_applied", "delay"), [(False, 0), (True, 900)])
def test_whether_the_offset_moves_tariff_switching_is_a_setting(
    is_applied: bool, delay: int
) -> None:
    premises = commissioned(
        MeterConfiguration(
            device_id=METER, randomised_offset_number=5000, is_offset_applied_to_tariff=is_applied
        )
    )
    send(premises, DAY_AND_NIGHT)
    premises.ask(SET_OFFSET_LIMIT, SUPPLIER, (long_unsigned(1799),))
    until(premises, TOMORROW + 6 * HOUR)
    premises.load.request(KILOWATT)
    until(premises, TOMORROW + 8 * HOUR)
    night = 1000 + Decimal(1000) * delay / 3600
    assert energy(premises)[2] == night


def test_the_number_of_a_device_is_always_the_same_and_differs_between_devices() -> None:
    first, again = Premises().meter.tariffs.offset, Premises().meter.tariffs.offset
    other = type(METER)(bytes(METER[:-1]) + b"\x01")
    second = Premises(configuration=MeterConfiguration(device_id=other)).meter.tariffs.offset
    assert first.number == again.number
    assert first.number != second.number


# Faults that can be planted.


def test_a_calendar_kept_in_local_time_is_a_fault_of_one_line(premises: Premises) -> None:
    premises.meter.tariffs.comes_due = lambda at: at - HOUR
    send(premises, DAY_AND_NIGHT)
    until(premises, TOMORROW + 5 * HOUR)
    premises.load.request(KILOWATT)
    until(premises, TOMORROW + 7 * HOUR)
    assert energy(premises) == {2: Decimal(1000), 1: Decimal(1000)}


def test_a_calendar_a_day_late_is_a_fault_of_two_lines(premises: Premises) -> None:
    def one_day_late(calendar: Calendar[Rate]) -> None:
        calendar.special_day = lambda day: 2 if (day.month, day.day) == (3, 3) else None

    premises.meter.tariffs.primary.operation.equip = one_day_late
    days = (*DAY_AND_NIGHT.days, day(2, {"0000": 48}))
    send(
        premises, replace(DAY_AND_NIGHT, days=days, special_days=(special_day(1, "07ea0302ff", 2),))
    )
    premises.load.request(KILOWATT)
    until(premises, TOMORROW + 24 * HOUR)
    assert 48 not in energy(premises)
    until(premises, TOMORROW + 48 * HOUR)
    assert energy(premises)[48] == 24_000
