"""Commands to auxiliary controllers: for a time, a level, a limit, back (A-001 to A-013)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import Data, Tag, octet_string
from rigs.devices.esme.auxiliary.loads import Outcome, Relay
from tests.rigs.devices.premises_kit import SUPPLIER, Premises, profile_items
from tests.rigs.esme.auxiliary.auxiliary_kit import (
    LoadController,
    execute,
    is_on,
    put,
    read,
    reset,
    run,
    scripts,
    set_level,
    switch,
)

TICK = timedelta(microseconds=1)
WHOLE = (0, 0xFFFFFFFF)
APC = 5
READ_STATE, READ_STATE_AND_TYPES, SET_DESCRIPTIONS = 0x00BB, 0x011D, 0x0053
HCALCS = bytes.fromhex("00DB123456789097")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_switch_closes_for_its_time_to_the_microsecond(premises: Premises, number: int) -> None:
    before = premises.clock.now()
    assert switch(premises, number, 30) == [Result.SUCCESS] * 2
    assert is_on(premises, number)
    began = premises.meter.auxiliary.controllers[number].settings
    (end,) = (one.end for one in began.values())
    assert before < end - timedelta(minutes=30) <= premises.clock.now()
    premises.clock.advance(end - premises.meter.now() - TICK)
    assert is_on(premises, number)
    premises.clock.advance(TICK)
    assert not is_on(premises, number)


def test_each_switch_moves_alone(premises: Premises) -> None:
    switch(premises, 2, 30)
    assert [is_on(premises, n) for n in range(1, 5)] == [False, True, False, False]
    states = read(premises, READ_STATE)[-5:]
    assert [state.value for state in states] == [0, 0xFF, 0, 0, 0]


def test_it_opens_for_a_time_and_goes_back(premises: Premises) -> None:
    switch(premises, 1, 60)
    switch(premises, 1, 30, on=False)
    assert not is_on(premises, 1)
    premises.pass_time(1801)
    assert not is_on(premises, 1)
    assert scripts(premises) == [0x0111, 0x0112, 0x0120]


def test_reset_goes_back_to_the_calendar_at_once(premises: Premises) -> None:
    switch(premises, 1, 60)
    assert reset(premises, 1) == [Result.SUCCESS]
    assert not is_on(premises, 1)
    premises.pass_time(3700)
    assert scripts(premises) == [0x0111, 0x0120]


@pytest.mark.parametrize(
    ("script", "result"),
    [
        (0x0611, Result.OTHER_REASON),
        (0x0011, Result.OTHER_REASON),
        (0x0113, Result.OTHER_REASON),
        (APC << 8 | 0x11, Result.OTHER_REASON),
    ],
)
def test_scripts_that_name_no_switch_are_refused(
    premises: Premises, script: int, result: Result
) -> None:
    assert run(premises, 0x0055, (execute(script),)) == [result]
    assert scripts(premises) == []


def test_a_level_holds_from_its_start_to_before_its_end(premises: Premises) -> None:
    load = premises.meter.auxiliary.load(APC)
    assert load is not None
    start = premises.clock.now() + timedelta(minutes=10)
    end = start + timedelta(hours=1)
    assert set_level(premises, APC, 40, start, end) == [Result.SUCCESS] * 3
    premises.clock.advance(start - premises.clock.now() - TICK)
    assert load.levels == (0, 0)
    premises.clock.advance(TICK)
    assert load.levels == (40, 0)
    premises.clock.advance(end - premises.clock.now() - TICK)
    assert load.levels == (40, 0)
    premises.clock.advance(TICK)
    assert load.levels == (0, 0)


def test_a_later_command_overrides_an_earlier_one(premises: Premises) -> None:
    now = premises.clock.now()
    set_level(premises, APC, 40, now, now + timedelta(hours=2))
    set_level(premises, APC, 70, now, now + timedelta(hours=1))
    load = premises.meter.auxiliary.load(APC)
    assert load is not None
    assert load.levels.output == 70


@pytest.fixture
def controller(premises: Premises) -> LoadController:
    return LoadController(premises)


def test_a_limit_takes_off_what_is_above_it_and_is_told(
    premises: Premises, controller: LoadController
) -> None:
    load = premises.meter.auxiliary.load(APC)
    assert load is not None
    now = premises.meter.now()
    set_level(premises, APC, 80, now, now + timedelta(hours=5))
    results = controller.limit(APC, 50, now, now + timedelta(hours=1))
    assert results == [Result.SUCCESS] * 3
    assert load.levels.output == 50
    premises.pass_time(3601)
    assert load.levels.output == 80
    assert premises.alert_codes() == [0x8F86, 0x8F87]
    (processed, parts), (ended, other) = premises.alerts()
    assert (processed.message_code, ended.message_code) == (0x0121, 0x0122)
    assert [part.tag for part in parts[2:]] == [
        Tag.UNSIGNED,
        Tag.OCTET_STRING,
        Tag.OCTET_STRING,
        Tag.UNSIGNED,
    ]
    assert [part.value for part in (parts[2], parts[5])] == [0x10 | APC, 50]
    assert [part.value for part in other[2:]] == [0x10 | APC, 80]


def test_what_is_below_a_limit_is_left_alone(
    premises: Premises, controller: LoadController
) -> None:
    now = premises.meter.now()
    set_level(premises, APC, 20, now, now + timedelta(hours=5))
    controller.limit(APC, 50, now, now + timedelta(hours=1))
    load = premises.meter.auxiliary.load(APC)
    assert load is not None
    assert load.levels.output == 20


@pytest.mark.parametrize(
    ("lasts", "results"),
    [
        (timedelta(hours=24), [Result.SUCCESS] * 3),
        (timedelta(hours=24, seconds=1), [Result.SUCCESS, *[Result.OTHER_REASON] * 2]),
        (timedelta(0), [Result.SUCCESS, *[Result.OTHER_REASON] * 2]),
        (-timedelta(seconds=1), [Result.SUCCESS, *[Result.OTHER_REASON] * 2]),
    ],
)
def test_a_limit_ends_after_its_start_and_within_a_day(
    premises: Premises, controller: LoadController, lasts: timedelta, results: list[Result]
) -> None:
    start = premises.meter.now().replace(microsecond=0)
    assert controller.limit(APC, 50, start, start + lasts) == results


def test_another_limit_ends_the_one_before(premises: Premises, controller: LoadController) -> None:
    now = premises.meter.now()
    controller.limit(APC, 50, now, now + timedelta(hours=1))
    controller.limit(APC, 30, now, now + timedelta(hours=1))
    premises.pass_time(5)
    assert premises.alert_codes() == [0x8F86, 0x8F87, 0x8F86]


def test_only_a_proportional_controller_is_limited(
    premises: Premises, controller: LoadController
) -> None:
    now = premises.meter.now()
    results = controller.limit(1, 50, now, now + timedelta(hours=1))
    assert results == [Result.SUCCESS, Result.SUCCESS, Result.OTHER_REASON]
    assert premises.alert_codes() == []


def test_descriptions_and_types_read_back(premises: Premises) -> None:
    texts = tuple(Data(Tag.VISIBLE_STRING, f"switch {n}".encode()) for n in range(1, 6))
    premises.ask(SET_DESCRIPTIONS, SUPPLIER, texts)
    answer = read(premises, READ_STATE)
    assert answer[:5] == list(texts)
    assert [data.value for data in answer[5:10]] == [bytes(8)] * 4 + [b"\xff"]


def test_a_description_has_at_most_22_characters(premises: Premises) -> None:
    long = Data(Tag.VISIBLE_STRING, b"x" * 23)
    short = Data(Tag.VISIBLE_STRING, b"x" * 22)
    answer = premises.ask(SET_DESCRIPTIONS, SUPPLIER, (short, long, short, short, short))
    assert [item.result for item in answer.items] == [0, *[Result.OTHER_REASON] * 4]


def test_states_are_read_as_levels(premises: Premises) -> None:
    switch(premises, 1, 30)
    now = premises.meter.now()
    set_level(premises, APC, 40, now, now + timedelta(hours=1))
    states = [data.value for data in read(premises, READ_STATE_AND_TYPES)[5:]]
    assert states[0] == b'{"outputState": 100, "inputState": 0}'
    assert states[4] == b'{"outputState": 40, "inputState": 0}'


def test_a_switch_that_does_not_move_is_a_failure_in_the_log_and_an_alert(
    premises: Premises,
) -> None:
    relay = premises.meter.auxiliary.load(1)
    assert isinstance(relay, Relay)
    relay.actuate = lambda _closed: None
    switch(premises, 1, 30)
    assert [event.outcome for event in premises.meter.auxiliary.log.events] == [Outcome.FAILURE]
    assert premises.alert_codes() == [0x811A]


def test_a_switch_that_does_not_stay_is_an_alert(premises: Premises) -> None:
    switch(premises, 1, 30)
    relay = premises.meter.auxiliary.load(1)
    assert isinstance(relay, Relay)
    relay.actuate(False)
    premises.pass_time(5)
    assert premises.alert_codes() == [0x811A]


def test_the_log_is_read_and_cleared(premises: Premises) -> None:
    switch(premises, 1, 30)
    answer = run(premises, 0x00FD, profile_items(0x00FD, *WHOLE))
    assert answer == [Result.SUCCESS]
    premises.ask(0x00C1, SUPPLIER, (Data(Tag.INTEGER, 0),))
    assert scripts(premises) == []
    assert premises.meter.security_log.codes() == (0x8F52,)


def test_a_remote_switch_that_says_nothing_counts_as_failed(premises: Premises) -> None:
    premises.meter.auxiliary.set_type(2, HCALCS)
    switch(premises, 2, 30)
    (event,) = premises.meter.auxiliary.log.events
    assert (event.outcome, event.command_id) == (Outcome.NOT_KNOWN, int(event.at.timestamp()))
    premises.pass_time(61)
    assert [e.script for e in premises.meter.auxiliary.log.events] == [0x0211, 0x0200]
    assert premises.meter.auxiliary.log.events[-1].outcome is Outcome.FAILURE
    assert premises.alert_codes() == [0x811A]


def test_a_remote_switch_that_answers_is_in_the_log_with_its_command(premises: Premises) -> None:
    premises.meter.auxiliary.set_type(2, HCALCS)
    switch(premises, 2, 30)
    (event,) = premises.meter.auxiliary.log.events
    premises.meter.auxiliary.answered(2, event.command_id, is_success=True)
    premises.pass_time(120)
    last = premises.meter.auxiliary.log.events[-1]
    assert (last.script, last.outcome, last.command_id) == (
        0x0200,
        Outcome.SUCCESS,
        event.command_id,
    )
    assert premises.alert_codes() == []


@pytest.mark.parametrize("octets", [b"\xff", b"\x01", bytes(7)])
def test_a_type_that_the_meter_does_not_have_there_is_refused(
    premises: Premises, octets: bytes
) -> None:
    item = put("0-0:94.44.0.21", octet_string(octets))
    assert run(premises, 0x0054, (item,)) == [Result.OTHER_REASON]


def test_a_setting_survives_an_outage_and_ends_on_time(premises: Premises) -> None:
    switch(premises, 1, 30)
    premises.interrupt(600)
    premises.pass_time(10)
    assert is_on(premises, 1)
    premises.pass_time(1300)
    assert not is_on(premises, 1)


def test_a_setting_that_ended_without_power_is_over_when_it_is_back(premises: Premises) -> None:
    switch(premises, 1, 30)
    premises.interrupt(3600)
    assert not is_on(premises, 1)


def test_dates_of_a_level_must_be_in_order(premises: Premises) -> None:
    now = premises.meter.now()
    results = set_level(premises, APC, 40, now + timedelta(hours=1), now)
    assert results == [Result.SUCCESS, Result.OTHER_REASON, Result.OTHER_REASON]
