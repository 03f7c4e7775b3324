"""Onto the network by install code and key establishment, and not otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rigs.capabilities.radio import Channel
from rigs.virtual.ether import Interference
from rigs.virtual.radio_device import Phase
from rigs.virtual.stack.layers import Dropped
from rigs.zigbee.implicit_certificates import TestAuthority
from rigs.zigbee.smart_energy.key_establishment import TerminateStatus
from tests.rigs.radio.radio_kit import CODE, GAS, METER, OTHER_CODE, START, WINDOW, RadioHub


@pytest.mark.parametrize("sleeps", [False, True])
def test_a_device_with_the_right_install_code_agrees_on_a_link_key(sleeps: bool) -> None:
    home = RadioHub()
    device = home.joined(sleeps=sleeps)
    assert device.keys.link_key(home.coordinator.eui) == home.link_keys[METER]
    assert home.link_keys[METER] != CODE.link_key()
    assert home.coordinator.link_keys()[METER] == home.link_keys[METER]


def test_a_device_waits_until_joining_is_permitted() -> None:
    home = RadioHub()
    device = home.device()
    device.join(CODE.link_key())
    home.pass_time(60)
    assert device.phase is Phase.SEEKING
    home.hub.permit(METER, CODE.link_key(), WINDOW)
    home.pass_time(120)
    assert device.is_joined


def test_a_device_with_the_wrong_install_code_cannot_read_the_network_key() -> None:
    home = RadioHub()
    device = home.device()
    home.hub.permit(METER, CODE.link_key(), WINDOW)
    device.join(OTHER_CODE.link_key())
    home.pass_time(300)
    assert device.keys.network_key is None
    assert device.counts.missing_keys > 1
    assert device.layers.dropped[Dropped.NOT_AUTHENTIC] > 1
    assert METER not in home.link_keys


def test_a_device_that_nobody_permitted_gets_no_key_while_another_may_join() -> None:
    home = RadioHub()
    home.hub.permit(METER, CODE.link_key(), WINDOW)
    stranger = home.device(GAS)
    stranger.join(CODE.link_key())
    home.pass_time(120)
    assert stranger.counts.associations > 0
    assert stranger.keys.network_key is None


def test_after_the_window_nobody_gets_in() -> None:
    home = RadioHub()
    home.hub.permit(METER, CODE.link_key(), timedelta(minutes=1))
    home.pass_time(61)
    device = home.device()
    device.join(CODE.link_key())
    home.pass_time(300)
    assert device.counts.scans > 2
    assert device.counts.associations == 0


def test_a_beacon_that_promises_too_much_ends_in_a_denial() -> None:
    home = RadioHub()
    device = home.device()
    device.seeking.chooses = lambda _: True
    device.join(CODE.link_key())
    home.pass_time(30)
    assert device.counts.denials > 0
    assert not home.coordinator.children.find(METER)


def test_a_certificate_of_another_authority_ends_the_agreement() -> None:
    home = RadioHub()
    device = home.device()
    device.identity = TestAuthority(GAS).issue(METER, valid_from=START)
    home.hub.permit(METER, CODE.link_key(), WINDOW)
    device.join(CODE.link_key())
    home.pass_time(60)
    assert not device.is_joined
    assert device.counts.faults[0].status == TerminateStatus.UNKNOWN_ISSUER
    assert METER not in home.link_keys


def test_a_device_that_shows_no_certificate_is_sent_away() -> None:
    home = RadioHub()
    device = home.device()
    device.agrees = lambda: False
    home.hub.permit(METER, CODE.link_key(), WINDOW)
    device.join(CODE.link_key())
    home.pass_time(10)
    assert device.keys.network_key is not None
    home.pass_time(180)
    assert home.coordinator.children.find(METER) is None
    assert METER not in home.coordinator.link_keys()


def test_a_device_that_the_hub_dismisses_leaves_and_forgets_the_network() -> None:
    home = RadioHub()
    device = home.joined()
    home.hub.dismiss(METER)
    home.pass_time(5)
    assert device.phase is Phase.IDLE
    assert device.keys.network_key is None
    assert METER not in home.coordinator.link_keys()


def test_a_device_learns_the_hubs_time_when_it_has_joined() -> None:
    home = RadioHub()
    home.hub.time = lambda: home.clock.now() + timedelta(hours=5)
    device = home.joined()
    heard = device.hub_time()
    assert heard is not None
    assert abs(heard - home.hub.time()) <= timedelta(seconds=1)


def test_a_time_that_the_hub_does_not_stand_for_is_not_taken() -> None:
    home = RadioHub()
    home.hub.is_time_reliable = lambda: False
    assert home.joined().hub_time() is None


def test_at_868_mhz_a_device_joins_as_well_and_its_airtime_is_counted() -> None:
    home = RadioHub(channel=Channel(page=28, number=3))
    device = home.joined()
    used = device.node.duty.used(home.clock.now())
    device.send(bytes(1200))
    home.pass_time(10)
    assert [len(data) for _, data in home.received] == [1200]
    grown = device.node.duty.used(home.clock.now()) - used
    # 20 blocks of up to 63 octets with some 60 around each, and their acknowledgements.
    assert timedelta(milliseconds=150) < grown < timedelta(milliseconds=400)


def test_a_jammer_on_the_channel_keeps_a_device_out() -> None:
    home = RadioHub()
    jammer = Interference(name="jammer", channel=home.channel, power_dbm=20.0)
    home.ether.interference.append(jammer)
    home.hub.permit(METER, CODE.link_key(), WINDOW)
    device = home.device()
    device.join(CODE.link_key())
    home.pass_time(60)
    assert device.phase is Phase.SEEKING
    jammer.is_on = False
    home.pass_time(120)
    assert device.is_joined
