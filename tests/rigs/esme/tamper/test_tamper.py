"""Interference is logged, alerted, and locks the supply if the supplier wants so (E-126, E-180)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.clock import SimulatedClock
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import boolean, integer, long_unsigned
from rigs.capabilities import Tamper
from rigs.devices.esme import SupplyState
from rigs.devices.esme.tamper import EVENTS
from rigs.premises_tamper import Interference, TamperNode
from tests.rigs.devices.premises_kit import SUPPLIER, Premises

SET_STATE, ENABLE, DISABLE, ARM = 0x0068, 0x004F, 0x0050, 0x0051
ACCESS = [one for one, event in EVENTS.items() if event.locks]


@pytest.fixture
def locking(premises: Premises) -> Premises:
    answer = premises.ask(SET_STATE, SUPPLIER, (boolean(True),))
    assert answer.items[0].result == Result.SUCCESS
    return premises


def logged(premises: Premises) -> set[int]:
    return {code for log in premises.meter.logs.values() for code in log.codes()}


@pytest.mark.parametrize("interference", Interference)
def test_each_interference_has_its_own_code_in_a_log_and_an_alert(
    premises: Premises, interference: Interference
) -> None:
    premises.tamper.begin(interference)
    premises.pass_time(5)
    assert EVENTS[interference].begin in logged(premises)
    assert EVENTS[interference].begin in premises.alert_codes()


@pytest.mark.parametrize("interference", [one for one in Interference if EVENTS[one].end])
def test_its_end_is_said_as_well(premises: Premises, interference: Interference) -> None:
    premises.tamper.begin(interference)
    premises.tamper.end(interference)
    assert EVENTS[interference].end in logged(premises)


@pytest.mark.parametrize("interference", ACCESS)
def test_unchanged_leaves_the_supply_alone(premises: Premises, interference: Interference) -> None:
    premises.ask(SET_STATE, SUPPLIER, (boolean(False),))
    premises.tamper.begin(interference)
    assert premises.contactor.closed
    assert 0x81BE not in logged(premises)


@pytest.mark.parametrize("interference", ACCESS)
def test_locked_opens_the_supply_and_says_so(locking: Premises, interference: Interference) -> None:
    locking.tamper.begin(interference)
    locking.pass_time(5)
    assert not locking.contactor.closed
    assert locking.meter.supply.state is SupplyState.DISABLED
    assert locking.alert_codes()[-1] == 0x81BE


def test_nothing_at_the_meter_frees_a_locked_supply(locking: Premises) -> None:
    locking.tamper.begin(Interference.METER_COVER)
    locking.tamper.end(Interference.METER_COVER)
    supply = locking.meter.supply
    locking.meter.press_button()
    assert not supply.arm()
    assert not supply.enable()
    assert not supply.disable_then_arm()
    assert not locking.contactor.closed


def test_disabling_it_again_does_not_free_it(locking: Premises) -> None:
    locking.tamper.begin(Interference.METER_COVER)
    locking.ask(DISABLE, SUPPLIER, (long_unsigned(52),))
    assert not locking.meter.supply.arm()


@pytest.mark.parametrize(
    ("code", "script", "state"),
    [(ENABLE, 51, SupplyState.ENABLED), (ARM, 54, SupplyState.ARMED)],
)
def test_the_supplier_frees_it(
    locking: Premises, code: int, script: int, state: SupplyState
) -> None:
    locking.tamper.begin(Interference.METER_COVER)
    answer = locking.ask(code, SUPPLIER, (long_unsigned(script),))
    assert answer.items[0].result == Result.SUCCESS
    assert locking.meter.supply.state is state


def test_what_happened_without_power_is_reported_with_its_time_once_it_is_back(
    locking: Premises,
) -> None:
    locking.feed(0)
    locking.pass_time(60)
    locking.tamper.begin(Interference.TERMINAL_COVER)
    seen = locking.meter.now()
    locking.pass_time(60)
    assert 0x8F76 not in locking.meter.security_log.codes()
    locking.feed(230)
    locking.pass_time(30)
    (entry,) = (e for e in locking.meter.security_log.entries if e.code == 0x8F76)
    assert entry.at == seen
    assert 0x8F76 in locking.alert_codes()
    assert not locking.contactor.closed


def test_another_type_is_refused(premises: Premises) -> None:
    answer = premises.ask(SET_STATE, SUPPLIER, (integer(1),))
    assert answer.items[0].result == Result.TYPE_UNMATCHED


def test_the_node_has_the_capability_and_knows_its_actuators() -> None:
    node = TamperNode(SimulatedClock(Premises().clock.now() + timedelta(days=1)))
    assert isinstance(node, Tamper)
    with pytest.raises(ValueError, match="hammer"):
        node.begin("hammer")
