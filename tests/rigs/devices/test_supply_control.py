"""Supply state and load switch: enable, disable, arm, and the button at the meter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assay.gbcs import messages
from assay.gbcs.dlms.access import Response, Result
from assay.gbcs.dlms.data import long_unsigned
from rigs.devices.esme import SupplyState
from tests.rigs.devices.premises_kit import SUPPLIER, Premises

ORDERS = {"enable": (0x004F, 51), "disable": (0x0050, 52), "arm": (0x0051, 54)}
READ_STATE = 0x0052


@pytest.fixture
def loaded(premises: Premises) -> Premises:
    premises.load.request(Decimal(2000))
    return premises


def order(premises: Premises, what: str) -> Response:
    code, script = ORDERS[what]
    return premises.ask(code, SUPPLIER, (long_unsigned(script),))


def read_state(premises: Premises) -> SupplyState:
    return SupplyState(premises.ask(READ_STATE, SUPPLIER).items[0].data.value)


@pytest.mark.parametrize(
    ("orders", "state", "watts"),
    [
        ((), SupplyState.ENABLED, 2000),
        (("disable",), SupplyState.DISABLED, 0),
        (("disable", "enable"), SupplyState.ENABLED, 2000),
        (("disable", "arm"), SupplyState.ARMED, 0),
        (("arm",), SupplyState.ARMED, 0),
        (("arm", "disable"), SupplyState.DISABLED, 0),
        (("arm", "enable"), SupplyState.ENABLED, 2000),
    ],
)
def test_the_state_read_back_and_the_load_follow_the_orders(
    loaded: Premises, orders: tuple[str, ...], state: SupplyState, watts: int
) -> None:
    for what in orders:
        assert order(loaded, what).items[0].result == Result.SUCCESS
    assert read_state(loaded) is state
    assert loaded.load.watts == watts


@pytest.mark.parametrize(
    ("orders", "state"),
    [
        ((), SupplyState.ENABLED),
        (("disable",), SupplyState.DISABLED),
        (("disable", "arm"), SupplyState.ENABLED),
    ],
)
def test_the_button_closes_an_armed_supply_and_no_other(
    loaded: Premises, orders: tuple[str, ...], state: SupplyState
) -> None:
    for what in orders:
        order(loaded, what)
    loaded.meter.press_button()
    assert loaded.meter.supply.state is state
    assert loaded.contactor.closed is (state is SupplyState.ENABLED)


def test_the_button_of_a_dead_meter_does_nothing(loaded: Premises) -> None:
    order(loaded, "arm")
    loaded.feed(0)
    loaded.pass_time(2)
    loaded.meter.press_button()
    assert loaded.meter.supply.state is SupplyState.ARMED


def test_arming_is_alerted_to_the_supplier_once_for_each_change(loaded: Premises) -> None:
    order(loaded, "arm")
    order(loaded, "arm")
    ((alert, _),) = loaded.alerts(0x8F32)
    assert alert.message_code == messages.GENERIC_CRITICAL_ALERT
    assert alert.signature


def test_a_disabled_supply_counts_no_energy(loaded: Premises) -> None:
    order(loaded, "disable")
    before = loaded.watt_hours()
    loaded.pass_time(3600)
    assert loaded.watt_hours() == before


@pytest.mark.parametrize("what", ORDERS)
def test_a_use_case_runs_its_own_script_alone(loaded: Premises, what: str) -> None:
    code, script = ORDERS[what]
    for _, other in ORDERS.values():
        if other != script:
            answer = loaded.ask(code, SUPPLIER, (long_unsigned(other),))
            assert answer.items[0].result == Result.OTHER_REASON
    assert loaded.meter.supply.state is SupplyState.ENABLED


@pytest.mark.parametrize(("what", "code"), [("disable", 0x81C0), ("enable", 0x81BD)])
def test_a_switch_that_does_not_move_is_a_failed_item_and_an_alert(
    loaded: Premises, what: str, code: int
) -> None:
    if what == "enable":
        order(loaded, "disable")
    was = loaded.meter.supply.state
    loaded.meter.supply.actuate = lambda _: None
    answer = order(loaded, what)
    assert answer.items[0].result == Result.HARDWARE_FAULT
    assert loaded.meter.supply.state is was
    assert loaded.alert_codes() == [code]
