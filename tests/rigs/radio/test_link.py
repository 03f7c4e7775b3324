"""The same hub and the same devices, with the radio between them instead of a call."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assay.clock import Clock
from assay.gbcs.envelope import Cra, parse
from rigs.devices.han import HanLink
from rigs.devices.hub.mailbox import NOT_RETRIEVED
from rigs.radio_home import RadioHome
from rigs.radio_link import first_key
from rigs.virtual.ether import Heard
from rigs.virtual.radio_device import Phase, RadioDevice
from tests.rigs.devices.premises_kit import HUB, INSTALL_CODE, METER, SUPPLIER, Premises
from tests.rigs.gsme.gas_kit import GAS_METER, GasPremises, gas_meter_entry, gbz, reading
from tests.rigs.radio.radio_kit import dissect, needs_tshark, write_capture

OTHER_CODE = bytes(range(16))
READ_REGISTERS = 0x0027


class Radio:
    """Makes the link of one bench, and keeps what it is made of."""

    def __init__(self) -> None:
        self.frames: list[Heard] = []

    def __call__(self, clock: Clock) -> HanLink:
        self.home = RadioHome(clock, HUB)
        self.home.ether.taps.append(self.frames.append)
        return self.home.link

    def of(self, device_id: bytes) -> RadioDevice:
        radio = self.home.link.radio_of(device_id)  # type: ignore[arg-type]
        assert radio is not None
        return radio


@pytest.fixture
def radio() -> Radio:
    return Radio()


def test_a_meter_is_installed_by_radio_and_answers_over_it(radio: Radio) -> None:
    premises = Premises.joined(link=radio)
    assert radio.of(METER).is_joined
    (entry,) = premises.hub.device_log.entries
    assert entry.link_key == radio.of(METER).keys.link_key(HUB)
    assert entry.link_key != first_key(INSTALL_CODE)
    answer = premises.read_registers()
    assert answer is not None and answer.cra is Cra.RESPONSE


def test_a_meter_with_another_install_code_stays_outside(radio: Radio) -> None:
    premises = Premises(link=radio)
    premises.meter.join(premises.hub, OTHER_CODE)
    premises.add_meter()
    premises.pass_time(80)
    assert not premises.meter.network.is_joined
    assert radio.of(METER).counts.missing_keys > 0
    assert premises.hub.device_log.entries[0].link_key is None


def test_messages_are_lost_out_of_range_and_the_meter_comes_back(radio: Radio) -> None:
    premises = Premises.joined(link=radio)
    premises.pass_time(60)
    path = radio.home.path(METER)
    path.attenuation = Decimal(100)
    assert premises.answer(premises.command(READ_REGISTERS, SUPPLIER)) is None
    premises.pass_time(20 * 60)
    assert radio.of(METER).phase is Phase.LOST
    path.attenuation = Decimal(0)
    premises.pass_time(30 * 60)
    assert radio.of(METER).is_joined
    assert premises.read_registers() is not None


def test_what_a_meter_says_while_it_is_lost_is_said_when_it_is_back(radio: Radio) -> None:
    premises = Premises.joined(link=radio)
    path = radio.home.path(METER)
    path.attenuation = Decimal(100)
    premises.tamper.begin("terminal cover removed")
    premises.pass_time(60)
    assert premises.dsp.arrived == []
    path.attenuation = Decimal(0)
    premises.pass_time(30 * 60)
    assert {parse(octets).cra for _, octets in premises.dsp.arrived} == {Cra.ALERT}


def test_after_a_loss_of_supply_hub_and_meter_find_each_other_again(radio: Radio) -> None:
    premises = Premises.joined(link=radio)
    before = premises.hub.device_log.entries[0].link_key
    premises.interrupt(600)
    premises.pass_time(300)
    assert radio.of(METER).is_joined
    assert premises.hub.device_log.entries[0].link_key == before
    assert premises.read_registers() is not None


def test_a_meter_that_has_closed_its_tunnel_is_asked_for_another(radio: Radio) -> None:
    premises = Premises.joined(link=radio)
    radio.of(METER).tunnel.server.life = timedelta(hours=1)
    premises.pass_time(2 * 3600)
    radio.of(METER).tunnel._expire()
    premises.pass_time(1)
    assert not radio.of(METER).is_tunnel_open
    assert premises.read_registers() is not None


def test_a_gas_meter_finds_its_hub_again_after_days(radio: Radio) -> None:
    premises = GasPremises.joined(link=radio)
    premises.supply.feed(Decimal(0), Decimal(0))
    premises.covers.open("tilt")
    premises.clock.advance(timedelta(days=3))
    premises.supply.feed(Decimal(230), Decimal(50))
    premises.pass_time(2000)
    assert len(premises.alerts(0x81C3)) == 1


def test_a_command_to_a_meter_that_knows_nothing_of_the_tunnel_is_carried_again(
    radio: Radio,
) -> None:
    premises = Premises.joined(link=radio)
    radio.of(METER).tunnel.server.close_all()
    assert premises.read_registers() is not None


def test_a_gas_meter_that_was_taken_out_of_the_log_comes_back_with_its_key(radio: Radio) -> None:
    premises = GasPremises.joined(link=radio)
    (before,) = (entry.link_key for entry in premises.hub.device_log.entries)
    premises.hub.device_log.remove(GAS_METER)
    premises.to_next_wake()
    assert not premises.meter.network.is_joined
    premises.hub.device_log.add(gas_meter_entry())
    premises.hub.joining.timeout = timedelta(hours=1)
    premises.hub.joining.allow(True)
    premises.to_next_wake()
    assert premises.meter.network.is_joined
    assert [entry.link_key for entry in premises.hub.device_log.entries] == [before]


def test_mail_for_a_gas_meter_waits_until_it_wakes(radio: Radio) -> None:
    premises = GasPremises.joined(link=radio)
    tunnel = premises.hub.mailboxes.find(GAS_METER)
    assert tunnel is not None
    assert not radio.of(GAS_METER).node.is_listening
    sent = premises.clock.now()
    premises.send(premises.command(0x0074, gbz(reading(0x0702, 0x0000))))
    premises.pass_time(5)
    assert tunnel.waiting == 1
    premises.pass_time(1800)
    responses = [
        (at, message)
        for at, octets in premises.dsp.arrived
        if (message := parse(octets)).cra is Cra.RESPONSE
    ]
    assert [message.originator for _, message in responses] == [GAS_METER]
    assert timedelta(seconds=5) < responses[0][0] - sent <= timedelta(minutes=30, seconds=10)
    assert tunnel.waiting == 0


def test_a_gas_meter_out_of_range_never_gets_its_mail(radio: Radio) -> None:
    premises = GasPremises.joined(link=radio)
    radio.home.path(GAS_METER).attenuation = Decimal(100)
    premises.send(premises.command(0x0074, gbz(reading(0x0702, 0x0000))))
    premises.clock.advance(timedelta(hours=25))
    assert NOT_RETRIEVED in [entry.code for entry in premises.hub.event_log.entries]
    assert premises.dsp.arrived == []


@needs_tshark
def test_an_outside_dissector_names_the_use_case(radio: Radio, tmp_path: Path) -> None:
    premises = Premises.joined(link=radio)
    assert premises.read_registers() is not None
    premises.pass_time(5)
    capture = tmp_path / "premises.pcap"
    write_capture(capture, radio.frames)
    home = radio.home
    keys = [home.parameters.network_key, first_key(INSTALL_CODE)]
    keys += home.port.link_keys().values()  # type: ignore[attr-defined]
    assert dissect(capture, keys, "-Y", "_ws.malformed") == []
    names = dissect(
        capture,
        keys,
        *("-Y", "gbcs_message", "-T", "fields"),
        *("-e", "gbcs_tunnel.command", "-e", "gbcs_message.grouping_header.message_code"),
    )
    wanted = f"{READ_REGISTERS:04x}"
    assert len([line for line in names if line.lower().endswith(wanted)]) == 2
