"""The battery of a gas meter: what it has left, and what happens at its end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rigs.devices.gsme.battery import Use
from rigs.devices.gsme.codes import LOW_BATTERY, POWER_LOSS
from rigs.devices.gsme.settings import LOCKED, UNCHANGED
from tests.rigs.gsme.gas_kit import GasPremises
from tests.rigs.gsme.supply_kit import flow_check, states, status_read


def test_remaining_days_fall_as_charge_is_used_and_rise_with_a_new_battery(
    premises: GasPremises,
) -> None:
    premises.pass_time(10 * 86400)
    before = premises.meter.remaining_battery_days()
    premises.meter.battery.spend(Use.VALVE_MOVE, 1000)
    after = premises.meter.remaining_battery_days()
    assert after < before
    premises.battery.remove()
    premises.battery.fit(Decimal(19000))
    assert premises.meter.remaining_battery_days() > after
    premises.to_next_wake()
    assert premises.alerts(0x8F82)


def test_a_low_battery_is_told_once(premises: GasPremises) -> None:
    premises.battery.remove()
    premises.battery.fit(Decimal(700))
    premises.pass_time(3 * 86400)
    assert len(premises.alerts(LOW_BATTERY)) == 1


@pytest.mark.parametrize(("state", "passes"), [(LOCKED, False), (UNCHANGED, True)])
def test_a_spent_battery_shuts_the_supply_where_the_supplier_wants_it(
    premises: GasPremises, state: int, passes: bool
) -> None:
    premises.ask(0x00FC, flow_check(), states(depletion=state))
    premises.battery.remove()
    premises.battery.fit(Decimal(9))
    premises.pass_time(4 * 86400)
    assert len(premises.alerts(POWER_LOSS)) == 1
    assert premises.valve.closed is passes


def test_a_meter_without_battery_is_silent_and_keeps_its_register(premises: GasPremises) -> None:
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    before = premises.meter.litres()
    premises.battery.remove()
    premises.pass_time(7200)
    assert premises.meter.litres() == before
    assert premises.answer(premises.command(0x0082, status_read()), wait_s=4000) is None
