"""The installer's terminal: in for an hour after power-on, a way for Commands without the WAN."""

from __future__ import annotations

import pytest

from assay.gbcs.envelope import Cra, parse
from rigs.devices.hand_held import HandHeldTerminal
from tests.rigs.devices.premises_kit import BROKER, HUB, METER, SUPPLIER
from tests.rigs.home.home_kit import TERMINAL, Home

INSTALL_CODE = bytes(16)


@pytest.fixture
def terminal(home: Home) -> HandHeldTerminal:
    device = HandHeldTerminal(TERMINAL, INSTALL_CODE)
    assert device.connect(home.premises.hub)
    home.premises.pass_time(2)
    home.premises.dsp.arrived.clear()
    return device


def test_a_terminal_is_taken_into_the_device_log(home: Home, terminal: HandHeldTerminal) -> None:
    assert home.premises.hub.device_log.find(TERMINAL) is not None
    assert terminal.is_joined


@pytest.mark.parametrize("code", [0x0052, 0x0059])
def test_a_response_goes_to_the_terminal_and_not_over_the_wan(
    home: Home, terminal: HandHeldTerminal, code: int
) -> None:
    home.premises.wan.out_of_coverage.add(HUB)
    command = home.premises.command(code, SUPPLIER)
    assert terminal.hand_over(command)
    home.premises.pass_time(2)
    response = terminal.response_to(command)
    assert response is not None
    answer = parse(response)
    assert (answer.originator, answer.message_code) == (METER, code)
    assert home.premises.arrived(Cra.RESPONSE) == []


def test_a_command_for_the_hub_itself_is_answered(home: Home, terminal: HandHeldTerminal) -> None:
    command = home.premises.command(0x010F, BROKER, recipient=HUB)
    terminal.hand_over(command)
    home.premises.pass_time(2)
    response = terminal.response_to(command)
    assert response is not None and parse(response).originator == HUB


def test_commands_of_the_wan_are_answered_over_the_wan(
    home: Home, terminal: HandHeldTerminal
) -> None:
    assert home.premises.answer(home.premises.command(0x0052, SUPPLIER)) is not None
    assert terminal.responses == []


def test_what_a_device_refuses_brings_no_response(home: Home, terminal: HandHeldTerminal) -> None:
    command = home.premises.command(0x0052, SUPPLIER)
    terminal.hand_over(command[:-1] + bytes((command[-1] ^ 1,)))
    home.premises.pass_time(2)
    assert terminal.responses == []


@pytest.mark.parametrize(("minutes", "is_admitted"), [(59, True), (61, False)])
def test_a_hub_admits_terminals_for_an_hour_after_power_on(
    home: Home, minutes: int, is_admitted: bool
) -> None:
    home.premises.interrupt(60)
    home.premises.pass_time(minutes * 60)
    assert HandHeldTerminal(TERMINAL, INSTALL_CODE).connect(home.premises.hub) is is_admitted


def test_power_on_opens_the_window_again(home: Home) -> None:
    home.premises.pass_time(2 * 3600)
    terminal = HandHeldTerminal(TERMINAL, INSTALL_CODE)
    assert not terminal.connect(home.premises.hub)
    home.premises.interrupt(60)
    home.premises.pass_time(20)
    assert terminal.connect(home.premises.hub)


def test_nothing_of_a_terminal_stays_when_it_leaves(home: Home, terminal: HandHeldTerminal) -> None:
    terminal.leave()
    assert home.premises.hub.device_log.find(TERMINAL) is None
    assert home.premises.hub.historic_log.find(TERMINAL) is None
    assert not terminal.hand_over(home.premises.command(0x0052, SUPPLIER))


def test_a_full_log_has_no_place_for_a_terminal(home: Home) -> None:
    home.premises.hub.device_log.capacity = 1
    assert not HandHeldTerminal(TERMINAL, INSTALL_CODE).connect(home.premises.hub)
