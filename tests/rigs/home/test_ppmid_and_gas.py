"""A display and a gas meter: GBCS messages between the two, answered at the next wake."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.gbcs.envelope import Cra, parse
from assay.gbcs.gbz.components import Component, components_of, decode_message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyUsage
from rigs.devices.device_type import DeviceType
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.payment import Mode
from rigs.devices.peers import Peer
from rigs.devices.ppmid import PrepaymentDisplay, PrepaymentDisplayConfiguration, Result
from rigs.premises import SupplyNode
from tests.rigs.devices.premises_kit import certify, parties
from tests.rigs.devices.test_structure_of_messages import header_shape, message
from tests.rigs.gsme.gas_kit import GAS_METER, INSTALL_CODE, GasPremises

PPMID = Eui64.from_text("00-DB-12-34-56-78-90-A4")


class GasHome:
    """Display and gas meter with each other's key, as CS03C leaves them; the meter is asleep."""

    def __init__(self) -> None:
        self.premises = GasPremises.joined()
        self.supply: SupplyNode = self.premises.supply
        hub, clock = self.premises.hub, self.premises.clock
        configuration = PrepaymentDisplayConfiguration(device_id=PPMID)
        self.display = PrepaymentDisplay(clock, configuration, self.supply)
        self.display.install(certify(self.display), parties().anchors)
        hub.device_log.add(LogEntry(device_id=PPMID, install_code=INSTALL_CODE, device_type=0))
        hub.joining.allow(True)
        self.display.join(hub, INSTALL_CODE)
        self.premises.pass_time(20)
        assert self.display.network.is_joined

    def join_pair(self) -> None:
        display, meter = self.display, self.premises.meter
        display.security.device_log.enter(Peer(device_id=GAS_METER, device_type=DeviceType.GSME))
        meter.security.device_log.enter(Peer(device_id=PPMID, device_type=DeviceType.PPMID))
        for device, other in ((display, meter), (meter, display)):
            certificate = other.credentials.certificates[KeyUsage.KEY_AGREEMENT]
            device.credentials.know_peer(other.device_id, certificate.public_key)

    def prepay(self) -> None:
        meter = self.premises.meter
        meter.payment.account.set_mode(Mode.PREPAYMENT, meter.now())

    def results(self) -> list[Result]:
        return [outcome.result for outcome in self.display.outcomes]

    def wait_for_a_wake(self) -> None:
        self.premises.pass_time(1860)


@pytest.fixture
def gas_home() -> GasHome:
    home = GasHome()
    home.join_pair()
    return home


def test_a_gas_meter_answers_when_it_wakes(gas_home: GasHome) -> None:
    gas_home.prepay()
    gas_home.display.enter_top_up(GAS_METER, "0" * 20)
    gas_home.premises.pass_time(1)
    assert gas_home.results() == [Result.WAITING]
    gas_home.wait_for_a_wake()
    assert gas_home.results() == [Result.WAITING, Result.REFUSED]


def test_a_display_that_is_not_joined_with_the_meter_sends_nothing() -> None:
    home = GasHome()
    home.display.security.device_log.enter(Peer(device_id=GAS_METER, device_type=DeviceType.GSME))
    home.display.enter_top_up(GAS_METER, "0" * 20)
    assert home.results() == [Result.REFUSED]


def test_no_gas_valve_can_be_opened_from_a_display(gas_home: GasHome) -> None:
    gas_home.display.enable_supply(GAS_METER)
    gas_home.wait_for_a_wake()
    assert gas_home.results() == [Result.REFUSED]


@pytest.mark.parametrize("name", ["PCS01", "PCS02"])
def test_the_messages_have_the_structure_of_the_national_ones(
    gas_home: GasHome, shared: Path, name: str
) -> None:
    commands: list[bytes] = []
    put = gas_home.display.outbox.put
    gas_home.display.gas._send = lambda octets: (commands.append(octets), put(octets))[1]
    if name == "PCS01":
        gas_home.display.enter_top_up(GAS_METER, "73941656880950804485")
    else:
        gas_home.display.activate_emergency_credit(GAS_METER)
    ours = parse(commands[0])
    national = message(shared, f"NA_{name}/{name}_NA_SUCCESS_COMMAND")
    assert header_shape(ours) == header_shape(national)
    assert ours.cra is Cra.COMMAND
    assert [shape(one) for one in components_of(decode_message(ours))] == [
        shape(one) for one in components_of(decode_message(national))
    ]
    assert ours.payload == national.payload


def shape(component: Component) -> tuple[object, ...]:
    return component.cluster, component.frame_control, component.command, component.payload


def test_a_response_that_is_not_authentic_is_not_shown(gas_home: GasHome) -> None:
    gas_home.prepay()
    receive = gas_home.display.receive
    gas_home.display.receive = (  # type: ignore[method-assign]
        lambda octets: receive(octets[:-1] + bytes((octets[-1] ^ 1,)))
    )
    gas_home.display.enter_top_up(GAS_METER, "0" * 20)
    gas_home.wait_for_a_wake()
    assert gas_home.results() == [Result.WAITING]


def test_what_display_and_meter_say_to_each_other_does_not_go_over_the_wan(
    gas_home: GasHome,
) -> None:
    gas_home.premises.dsp.arrived.clear()
    gas_home.display.activate_emergency_credit(GAS_METER)
    gas_home.wait_for_a_wake()
    originators = {parse(octets).message_code for _, octets in gas_home.premises.dsp.arrived}
    assert not originators & {0x0090, 0x009B}
    assert gas_home.results()[-1] is not Result.WAITING


def test_the_counter_of_a_display_rises(gas_home: GasHome) -> None:
    for _ in range(3):
        gas_home.display.activate_emergency_credit(GAS_METER)
    gas_home.wait_for_a_wake()
    assert gas_home.display.gas.counter == 3
    assert gas_home.premises.meter.displays.counters[PPMID] == 3
