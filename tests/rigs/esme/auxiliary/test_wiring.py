"""What hangs on auxiliary controllers is metered while they supply it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from assay.clock import SimulatedClock
from rigs.devices import ElectricityMeter, MeterConfiguration
from rigs.devices.esme.auxiliary.actions import Action
from rigs.devices.esme.auxiliary.wiring import AuxiliaryWiring, wire_auxiliary
from rigs.devices.esme.configuration import MeterVariant
from rigs.devices.esme.wiring import wire
from rigs.premises import SupplyNode
from tests.rigs.devices.premises_kit import HERTZ, METER, START, VOLTS

HOUR = timedelta(hours=1)


def home() -> tuple[SimulatedClock, ElectricityMeter, AuxiliaryWiring]:
    clock = SimulatedClock(START)
    source = SupplyNode(clock)
    source.feed(VOLTS, HERTZ)
    wiring = wire(clock, MeterVariant.SINGLE_ELEMENT, source)
    auxiliary = wire_auxiliary(clock, wiring.circuits, wiring.contactor)
    meter = ElectricityMeter(
        clock,
        MeterConfiguration(device_id=METER),
        supply=wiring.supply,
        contactor=wiring.contactor,
        load=wiring.load,
        circuits=auxiliary.circuits,
        auxiliary=auxiliary.ports,
    )
    return clock, meter, auxiliary


def test_a_load_behind_a_switch_counts_while_the_switch_is_closed() -> None:
    clock, meter, auxiliary = home()
    auxiliary.loads[2].request(Decimal(3000))
    clock.advance(HOUR)
    assert meter.import_watt_hours() == 0
    meter.auxiliary.switch(Action(2, 100), 0x0211, meter.now() + HOUR)
    clock.advance(2 * HOUR)
    assert meter.import_watt_hours() == 3000


def test_the_load_switch_of_the_meter_is_in_front_of_them() -> None:
    clock, meter, auxiliary = home()
    auxiliary.loads[2].request(Decimal(3000))
    meter.auxiliary.switch(Action(2, 100), 0x0211, meter.now() + 4 * HOUR)
    meter.supply.disable()
    clock.advance(HOUR)
    assert meter.import_watt_hours() == 0


def test_a_proportional_load_draws_its_part() -> None:
    clock, meter, _ = home()
    meter.auxiliary.set_level(Action(5, 50), 0x1532, meter.now(), meter.now() + HOUR)
    clock.advance(2 * HOUR)
    assert meter.import_watt_hours() == 3500
