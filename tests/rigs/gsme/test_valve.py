"""The valve of a gas meter: who moves it, and what is checked after."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rigs.devices.gsme.codes import ARMED, UNCONTROLLED_FLOW
from rigs.devices.gsme.settings import LOCKED, UNCHANGED
from rigs.devices.gsme.valve import GasSupply
from tests.rigs.gsme.gas_kit import GasPremises, statuses
from tests.rigs.gsme.supply_kit import arm, close, flow_check, states, supply


def test_the_network_closes_and_arms_and_only_a_press_opens(premises: GasPremises) -> None:
    assert close(premises) == "0"
    assert arm(premises) == "1"
    assert premises.alerts(ARMED)
    assert premises.meter.valve.state is GasSupply.ARMED
    assert not premises.valve.closed
    premises.meter.press_button()
    assert premises.valve.closed
    assert premises.meter.event_log.codes()[-1] == 0x8161
    assert premises.read(0x0082, (0x0702, (0x0014,)))[0x0014] == GasSupply.ENABLED


@pytest.mark.parametrize(("code", "status"), [(0x0081, 2), (0x0085, 2), (0x0081, 1), (0x0085, 0)])
def test_no_command_opens_the_valve_nor_does_what_another_may(
    premises: GasPremises, code: int, status: int
) -> None:
    before = premises.meter.valve.state
    assert statuses(premises.ask(code, supply(status))) == ["invalidValue"]
    assert premises.meter.valve.state is before


def test_a_press_opens_nothing_that_is_disabled(premises: GasPremises) -> None:
    close(premises)
    premises.meter.press_button()
    assert premises.meter.valve.state is GasSupply.DISABLED


def test_a_valve_that_sticks_is_a_failed_command_and_an_event(premises: GasPremises) -> None:
    premises.meter.valve.actuate = lambda _passes: None
    assert close(premises) == "hardwareFailure"
    assert premises.meter.valve.state is GasSupply.ENABLED
    assert premises.alerts(0x81C0)


@pytest.mark.parametrize(("flow", "is_closed_again"), [("0.05", False), ("0.0501", True)])
def test_flow_above_the_threshold_after_opening_closes_and_arms(
    premises: GasPremises, flow: str, is_closed_again: bool
) -> None:
    assert statuses(premises.ask(0x00FC, flow_check(), states())) == ["success", "success"]
    arm(premises)
    premises.flow.request(Decimal(flow))
    premises.meter.press_button()
    premises.pass_time(31.9)
    assert premises.valve.closed
    premises.pass_time(0.2)
    assert premises.valve.closed is not is_closed_again
    premises.to_next_wake()
    assert bool(premises.alerts(UNCONTROLLED_FLOW)) is is_closed_again


@pytest.mark.parametrize(("state", "is_locked"), [(LOCKED, True), (UNCHANGED, False)])
def test_tamper_locks_the_supply_only_where_the_supplier_wants_it(
    premises: GasPremises, state: int, is_locked: bool
) -> None:
    premises.ask(0x00FC, flow_check(), states(tamper=state))
    premises.covers.open("meter cover")
    premises.to_next_wake()
    assert premises.meter.valve.is_locked is is_locked
    assert premises.valve.closed is not is_locked
    assert bool(premises.alerts(0x81BE)) is is_locked
    assert premises.alerts(0x8F74)


def test_a_lock_is_taken_off_by_arming_and_by_nothing_at_the_meter(premises: GasPremises) -> None:
    premises.ask(0x00FC, flow_check(), states(tamper=LOCKED))
    premises.covers.open("magnet")
    premises.meter.press_button()
    assert not premises.valve.closed
    arm(premises)
    premises.meter.press_button()
    assert premises.valve.closed
