"""The load switch: it does what its meter says, and is safe when it hears nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs.asn1 import codec
from assay.gbcs.trust_anchors import Role
from rigs.devices.esme.auxiliary import Outcome
from rigs.devices.han_requests import REFUSED, GetScheduledEvents, LoadControlEvent
from rigs.devices.hcalcs import LoadControlSwitch
from rigs.devices.hcalcs.hcalcs import ASK_EVERY, PATIENCE
from tests.rigs.devices.premises_kit import BROKER, METER
from tests.rigs.esme.auxiliary.auxiliary_kit import switch as command_switch
from tests.rigs.home.home_kit import PPMID, SWITCH, Home

NUMBER = 1


@pytest.fixture
def switch(home: Home) -> LoadControlSwitch:
    """Joined with the meter, and its controller 1."""
    device = home.switch()
    home.join_pair(device)
    home.meter.auxiliary.set_type(NUMBER, bytes(SWITCH))
    home.premises.pass_time(5)
    return device


def outcomes(home: Home) -> list[Outcome]:
    return [event.outcome for event in home.meter.auxiliary.log.events]


def test_a_switch_follows_the_command_of_its_meter(home: Home, switch: LoadControlSwitch) -> None:
    assert command_switch(home.premises, NUMBER, 60) == [0, 0]
    home.premises.pass_time(5)
    assert switch.contactor.closed
    assert outcomes(home)[-2:] == [Outcome.NOT_KNOWN, Outcome.SUCCESS]


def test_it_opens_again_when_the_time_is_over(home: Home, switch: LoadControlSwitch) -> None:
    command_switch(home.premises, NUMBER, 60)
    home.premises.pass_time(3600 + 2000)
    assert not switch.contactor.closed


def test_a_switch_that_does_not_move_is_a_failure(home: Home, switch: LoadControlSwitch) -> None:
    switch.actuate = lambda _: None
    command_switch(home.premises, NUMBER, 60)
    home.premises.pass_time(5)
    assert outcomes(home)[-1] is Outcome.FAILURE
    assert 0x811A in home.premises.alert_codes()


def test_a_switch_that_is_silent_is_a_failure(home: Home, switch: LoadControlSwitch) -> None:
    switch.power.is_ready = False
    command_switch(home.premises, NUMBER, 60)
    home.premises.pass_time(90)
    assert outcomes(home)[-1] is Outcome.FAILURE
    assert 0x811A in home.premises.alert_codes()


def test_a_contactor_that_leaves_its_state_is_told(home: Home, switch: LoadControlSwitch) -> None:
    command_switch(home.premises, NUMBER, 60)
    home.premises.pass_time(5)
    before = home.premises.alert_codes().count(0x811A)
    switch.contactor.open()
    home.premises.pass_time(5)
    assert outcomes(home)[-1] is Outcome.FAILURE
    assert home.premises.alert_codes().count(0x811A) == before + 1


def test_it_asks_for_its_state_when_it_has_booted(home: Home, switch: LoadControlSwitch) -> None:
    command_switch(home.premises, NUMBER, 600)
    home.premises.pass_time(5)
    home.premises.interrupt(60)
    switch.contactor.open()
    home.premises.pass_time(60)
    assert switch.contactor.closed


def test_each_question_is_in_the_meters_event_log(home: Home, switch: LoadControlSwitch) -> None:
    def asked() -> int:
        entries = home.meter.event_log.entries
        return sum((one.code, one.other) == (0x8154, b"\x01\x19") for one in entries)

    before = asked()
    home.premises.clock.advance(ASK_EVERY + timedelta(seconds=2))
    assert asked() > before
    assert switch.meter == METER


def test_a_switch_opens_when_it_has_not_heard_its_meter(
    home: Home, switch: LoadControlSwitch
) -> None:
    command_switch(home.premises, NUMBER, 1000)
    home.premises.pass_time(5)
    home.meter.power.is_ready = False
    home.premises.clock.advance(PATIENCE - timedelta(minutes=1))
    assert switch.contactor.closed
    home.premises.clock.advance(timedelta(minutes=2))
    assert not switch.contactor.closed


def test_it_takes_up_its_state_when_it_hears_its_meter_again(
    home: Home, switch: LoadControlSwitch
) -> None:
    command_switch(home.premises, NUMBER, 1000)
    home.premises.pass_time(5)
    home.meter.power.is_ready = False
    home.premises.clock.advance(PATIENCE + timedelta(minutes=1))
    home.meter.power.is_ready = True
    home.premises.clock.advance(timedelta(minutes=2))
    assert switch.contactor.closed


def test_a_switch_obeys_nobody_but_its_meter(switch: LoadControlSwitch) -> None:
    event = LoadControlEvent(event_id=7, is_closed=True)
    assert switch.answer(PPMID, event) == REFUSED
    assert not switch.contactor.closed


def test_a_meter_answers_no_switch_that_it_is_not_joined_with(home: Home) -> None:
    device = home.switch()
    assert home.requests.answer(device.device_id, GetScheduledEvents()) == REFUSED


def test_its_firmware_version_is_read(home: Home) -> None:
    home.switch()
    answer = home.ask(SWITCH, 0x0129, BROKER, None)
    assert answer is not None
    assert codec.decode_message(answer).value == {
        "firmware_version": "00000001",
        "result": "success",
    }


def test_it_is_joined_with_its_meter_by_the_supplier(home: Home) -> None:
    device = home.switch()
    value = {
        "method_and_role": "methodAResponder",
        "device_id": METER.hyphenated,
        "device_type": "ESME",
    }
    answer = home.ask(SWITCH, 0x00AB, Role.SUPPLIER, value)
    assert answer is not None and codec.decode_message(answer).value == "success"
    assert device.meter == METER


def test_a_method_that_is_none_of_its_own_is_refused(home: Home) -> None:
    home.switch()
    value = {"method_and_role": "methodB", "device_id": METER.hyphenated, "device_type": "ESME"}
    answer = home.ask(SWITCH, 0x00AB, Role.SUPPLIER, value)
    assert answer is not None
    assert codec.decode_message(answer).value == "invalidMessageCodeForJoinMethodAndRole"
