"""The boost button: steps of a quarter of an hour, up to an hour (A-005, A-006, A-011)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import boolean, unsigned
from rigs.devices.esme.auxiliary.log import BOOST_CAPACITY, BoostLog
from rigs.devices.esme.display import Indicator
from rigs.devices.esme.user_interface import Button
from tests.rigs.devices.premises_kit import SUPPLIER, Premises
from tests.rigs.esme.auxiliary.auxiliary_kit import entry, is_on, set_calendar, switch

ASSOCIATE = 0x005F
TICK = timedelta(microseconds=1)
QUARTER = timedelta(minutes=15)


def associate(premises: Premises, *flags: bool) -> list[int]:
    answer = premises.ask(ASSOCIATE, SUPPLIER, tuple(map(boolean, flags)))
    return [item.result for item in answer.items]


@pytest.fixture
def boosted(premises: Premises) -> Premises:
    results = associate(premises, True, False, True, False, False)
    assert results == [Result.SUCCESS] * 5
    return premises


def press(premises: Premises, times: int = 1) -> None:
    for _ in range(times):
        premises.meter.user_interface.press(Button.BOOST)


def test_only_associated_switches_close(boosted: Premises) -> None:
    press(boosted)
    assert [is_on(boosted, n) for n in range(1, 5)] == [True, False, True, False]
    assert Indicator.BOOST in boosted.meter.user_interface.display_state.indicators


@pytest.mark.parametrize("presses", [1, 2, 3, 4])
def test_each_press_adds_a_quarter_of_an_hour(boosted: Premises, presses: int) -> None:
    press(boosted, presses)
    boosted.clock.advance(presses * QUARTER - TICK)
    assert is_on(boosted, 1)
    boosted.clock.advance(TICK)
    assert not is_on(boosted, 1)


def test_a_press_at_the_longest_cancels(boosted: Premises) -> None:
    press(boosted, 4)
    boosted.pass_time(60)
    press(boosted)
    assert not is_on(boosted, 1)
    ((start, end),) = boosted.meter.auxiliary.boost_log.boosts
    assert end - start == timedelta(seconds=60)


def test_without_an_associated_switch_it_is_not_offered(premises: Premises) -> None:
    press(premises)
    assert premises.meter.auxiliary.boost.started is None


def test_it_is_not_offered_while_the_calendar_has_all_of_them_closed(boosted: Premises) -> None:
    entries = (entry(1, 0x0101, time(8)), entry(2, 0x0301, time(8)))
    set_calendar(boosted, entries)
    press(boosted)
    assert boosted.meter.auxiliary.boost.started is None


def test_afterwards_the_calendar_counts_again(boosted: Premises) -> None:
    press(boosted)
    set_calendar(boosted, (entry(1, 0x0101, time(8)),))
    boosted.clock.advance(QUARTER + TICK)
    assert is_on(boosted, 1)
    assert not is_on(boosted, 3)


def test_a_later_command_stands_above_a_boost(boosted: Premises) -> None:
    press(boosted)
    boosted.pass_time(5)
    switch(boosted, 1, 5, on=False)
    assert not is_on(boosted, 1)


def test_taking_a_switch_out_ends_its_boost(boosted: Premises) -> None:
    press(boosted)
    associate(boosted, False, False, True, False, False)
    assert not is_on(boosted, 1)
    assert is_on(boosted, 3)


def test_a_boost_goes_on_after_an_outage_and_ends_on_time(boosted: Premises) -> None:
    press(boosted, 2)
    boosted.interrupt(600)
    boosted.pass_time(10)
    assert is_on(boosted, 1)
    boosted.pass_time(1200)
    assert not is_on(boosted, 1)


def test_another_type_is_refused(premises: Premises) -> None:
    answer = premises.ask(ASSOCIATE, SUPPLIER, (unsigned(1), *[boolean(True)] * 4))
    assert [item.result for item in answer.items] == [
        Result.TYPE_UNMATCHED,
        *[Result.OTHER_REASON] * 4,
    ]


def test_the_log_keeps_the_last_twenty_five(premises: Premises) -> None:
    log, now = BoostLog(), premises.meter.now()
    for number in range(BOOST_CAPACITY + 1):
        log.write(now + number * QUARTER, now + (number + 1) * QUARTER)
    assert len(log.boosts) == BOOST_CAPACITY
    assert log.boosts[0][0] == now + QUARTER
