"""The calendar of the auxiliary controllers: entries, special days, offset, dates (A-003)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from assay.gbcs.date_time import NEVER, DateTime
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import NULL, Data, array, long_unsigned, octet_string
from rigs.devices.esme.auxiliary.actions import Action
from rigs.devices.esme.auxiliary.calendar import (
    MOST_ENTRIES,
    MOST_SPECIAL_DAYS,
    AuxiliaryCalendar,
    Entry,
    is_in_period,
)
from rigs.devices.tariff import DatePattern
from tests.rigs.devices.premises_kit import SUPPLIER, Premises
from tests.rigs.esme.auxiliary.auxiliary_kit import (
    day,
    entry,
    is_on,
    read,
    scripts,
    set_calendar,
    special_day,
    switch,
)

TICK = timedelta(microseconds=1)
ON, OFF = 0x0101, 0x0102
SUNDAY = date(2026, 3, 1)
"""The premises begin on this day at noon."""
EVENING, MORNING = time(20), time(6)
NIGHT = (entry(1, ON, EVENING), entry(2, OFF, MORNING))
OFFSET_LIMIT = 0x004B


def go_to(premises: Premises, moment: datetime) -> None:
    premises.clock.advance(moment - premises.meter.now())


def at(day_of: date, when: time) -> datetime:
    return datetime.combine(day_of, when, UTC)


def test_an_entry_switches_at_its_time_to_the_microsecond(premises: Premises) -> None:
    assert set_calendar(premises, NIGHT) == [Result.SUCCESS] * 4
    go_to(premises, at(SUNDAY, EVENING) - TICK)
    assert not is_on(premises, 1)
    go_to(premises, at(SUNDAY, EVENING))
    assert is_on(premises, 1)
    go_to(premises, at(SUNDAY + timedelta(days=1), MORNING))
    assert not is_on(premises, 1)


def test_a_new_calendar_holds_at_once(premises: Premises) -> None:
    set_calendar(premises, (entry(1, ON, time(8)), entry(2, OFF, time(22))))
    assert is_on(premises, 1)


def test_only_the_weekdays_of_an_entry_count(premises: Premises) -> None:
    set_calendar(premises, (entry(1, ON, EVENING, weekdays="1000000"), entry(2, OFF, MORNING)))
    go_to(premises, at(SUNDAY, time(23)))
    assert not is_on(premises, 1)
    go_to(premises, at(SUNDAY + timedelta(days=1), time(23)))
    assert is_on(premises, 1)


def test_on_a_special_day_only_its_own_entries_count(premises: Premises) -> None:
    monday = SUNDAY + timedelta(days=1)
    entries = (
        entry(1, ON, EVENING, days="0"),
        entry(2, OFF, MORNING, days="1"),
        entry(3, 0x0201, EVENING, weekdays="0000000", days="1"),
    )
    set_calendar(premises, entries, (special_day(1, monday),))
    go_to(premises, at(monday, time(23)))
    assert not is_on(premises, 1)
    assert is_on(premises, 2)
    go_to(premises, at(monday + timedelta(days=1), time(23)))
    assert is_on(premises, 1)


def test_an_entry_counts_from_its_first_to_its_last_day(premises: Premises) -> None:
    first, last = SUNDAY + timedelta(days=2), SUNDAY + timedelta(days=3)
    entries = (
        entry(1, ON, EVENING, begin=day(first), end=day(last)),
        entry(2, OFF, MORNING),
    )
    set_calendar(premises, entries)
    nights = []
    for number in range(6):
        go_to(premises, at(SUNDAY + timedelta(days=number), time(23)))
        nights.append(is_on(premises, 1))
    assert nights == [False, False, True, True, False, False]


def test_the_offset_delays_switching(premises: Premises) -> None:
    premises.ask(OFFSET_LIMIT, SUPPLIER, (long_unsigned(1799),))
    offset = premises.meter.randomised_offset.value
    assert timedelta(0) < offset < timedelta(seconds=1799)
    set_calendar(premises, NIGHT)
    go_to(premises, at(SUNDAY, EVENING) + offset - TICK)
    assert not is_on(premises, 1)
    go_to(premises, at(SUNDAY, EVENING) + offset)
    assert is_on(premises, 1)


def test_an_offset_may_carry_a_switch_over_midnight(premises: Premises) -> None:
    premises.ask(OFFSET_LIMIT, SUPPLIER, (long_unsigned(1799),))
    offset = premises.meter.randomised_offset.value
    set_calendar(premises, (entry(1, ON, time(23, 59, 59)), entry(2, OFF, time(12))))
    go_to(premises, at(SUNDAY, time(23, 59, 59)) + offset)
    assert is_on(premises, 1)


def test_what_came_due_without_power_is_made_up_for_with_its_time(premises: Premises) -> None:
    set_calendar(premises, NIGHT)
    premises.interrupt(10 * 3600)
    premises.pass_time(10)
    assert is_on(premises, 1)
    (event,) = premises.meter.auxiliary.log.events
    assert event.at == at(SUNDAY, EVENING)


def test_a_command_holds_over_the_calendar_and_ends_where_it_is_by_then(premises: Premises) -> None:
    set_calendar(premises, NIGHT)
    go_to(premises, at(SUNDAY, time(19)))
    switch(premises, 1, 120, on=False)
    go_to(premises, at(SUNDAY, time(20, 30)))
    assert not is_on(premises, 1)
    go_to(premises, at(SUNDAY, time(21, 30)))
    assert is_on(premises, 1)
    assert scripts(premises) == [0x0112, 0x0120]


def test_a_dated_calendar_waits_and_is_reported_part_by_part(premises: Premises) -> None:
    premises.set_clock()
    when = premises.meter.now() + timedelta(hours=2)
    set_calendar(premises, NIGHT, when=DateTime.at(when).octets)
    assert premises.meter.auxiliary.calendar.entries == ()
    premises.pass_time(2 * 3600 + 5)
    assert len(premises.meter.auxiliary.calendar.entries) == 2
    assert premises.alert_codes().count(0x8F66) == 2


def test_a_cancelled_calendar_leaves_the_old_one(premises: Premises) -> None:
    premises.set_clock()
    set_calendar(premises, NIGHT)
    when = premises.meter.now() + timedelta(hours=2)
    set_calendar(premises, (), when=DateTime.at(when).octets)
    set_calendar(premises, (), when=NEVER)
    premises.pass_time(3 * 3600)
    assert len(premises.meter.auxiliary.calendar.entries) == 2


def test_entries_and_special_days_read_back(premises: Premises) -> None:
    days = tuple(special_day(n, date(2026, 12, 20 + n)) for n in range(1, 4))
    entries = (
        entry(1, 0x2380, time(9), weekdays="1111100", days="111", begin=day(date(2026, 6, 21))),
        entry(2, 0x15E4, time(9, 30), days="101"),
    )
    assert set_calendar(premises, entries, days) == [Result.SUCCESS] * 4
    answer = read(premises, 0x011C)
    assert answer[5:] == [array(*days), array(*entries)]


@pytest.mark.parametrize(
    "entries",
    [
        tuple(entry(n, ON, EVENING) for n in range(1, MOST_ENTRIES + 2)),
        (entry(1, 0x0601, EVENING),),
        (entry(1, 0x0111, EVENING),),
        (entry(1, 0x1565, EVENING),),
        (entry(1, 0x15E5, EVENING),),
    ],
    ids=["121 entries", "no such controller", "no script", "for no calendar", "level of 101 %"],
)
def test_a_calendar_that_the_meter_cannot_act_on_is_refused(
    premises: Premises, entries: tuple[Data, ...]
) -> None:
    assert set_calendar(premises, entries) == [0, *[Result.OTHER_REASON] * 3]


def test_a_hundred_and_twenty_entries_and_twenty_days_fit(premises: Premises) -> None:
    entries = tuple(entry(n, ON, EVENING, days="1" * 20) for n in range(1, MOST_ENTRIES + 1))
    days = [special_day(n, date(2027, 1, n)) for n in range(1, MOST_SPECIAL_DAYS + 1)]
    assert set_calendar(premises, entries, days) == [Result.SUCCESS] * 4
    days.append(special_day(21, date(2027, 1, 21)))
    assert set_calendar(premises, entries, days) == [Result.OTHER_REASON] * 4


def test_another_type_is_refused(premises: Premises) -> None:
    data = (NULL, array(), octet_string(NEVER), octet_string(NEVER))
    answer = premises.ask(0x011A, SUPPLIER, data)
    assert answer.items[0].result == Result.TYPE_UNMATCHED


@pytest.mark.parametrize(
    ("on", "inside"),
    [
        (date(2026, 11, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
        (date(2026, 10, 31), False),
    ],
)
def test_a_period_without_years_may_run_over_new_year(on: date, inside: bool) -> None:
    begin, end = DatePattern(month=11, day=1), DatePattern(month=2, day=28)
    assert is_in_period(on, begin, end) is inside


def test_a_calendar_whose_days_are_over_has_nothing_to_come() -> None:
    over = Entry(
        index=1,
        script=ON,
        action=Action(1, 100),
        at=EVENING,
        weekdays=(True,) * 7,
        special_days=frozenset(),
        begin=DatePattern(year=2015, month=6, day=21),
        end=DatePattern(year=2015, month=12, day=21),
    )
    calendar = AuxiliaryCalendar((over,))
    assert calendar.next_due(datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert calendar.next_due(datetime(2012, 1, 1, tzinfo=UTC)) == at(date(2015, 6, 21), EVENING)
