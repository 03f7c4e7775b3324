"""What a display reads of gas: the proxy's values, at most half an hour old, and nothing hidden."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rigs.devices import han_gas
from rigs.devices.device_type import DeviceType
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.joining import Peer
from rigs.devices.type2 import InHomeDisplay
from tests.rigs.gsme.gas_kit import INSTALL_CODE, PROXY, GasPremises
from tests.rigs.home.home_kit import IHD


@pytest.fixture
def premises() -> GasPremises:
    found = GasPremises.joined()
    hub = found.hub
    table = han_gas.requests_of(found.proxy, lambda: hub.power.is_ready)
    hub.link.requests.offer(PROXY, table)
    return found


def display_in(premises: GasPremises, *, is_known: bool = True) -> InHomeDisplay:
    device = InHomeDisplay(premises.clock, IHD, premises.supply)
    premises.hub.device_log.add(LogEntry(device_id=IHD, install_code=INSTALL_CODE, device_type=0))
    premises.hub.joining.allow(True)
    device.join(premises.hub, INSTALL_CODE)
    premises.pass_time(20)
    if is_known:
        premises.proxy.security.device_log.enter(Peer(device_id=IHD, device_type=DeviceType.TYPE_2))
    return device


def test_a_display_shows_gas_within_half_an_hour(premises: GasPremises) -> None:
    display = display_in(premises)
    name = han_gas.IMPORT
    display.follow(PROXY, {name.cluster: (name.attribute,)})
    premises.flow.request(Decimal(1))
    premises.pass_time(3600)
    shown = display.value(PROXY, name.cluster, name.attribute)
    litres = premises.meter.litres()
    assert isinstance(shown, int) and 0 < shown <= litres
    assert litres - shown <= 1000 * 31 // 60


def test_a_display_that_the_proxy_does_not_know_is_refused(premises: GasPremises) -> None:
    display = display_in(premises, is_known=False)
    name = han_gas.IMPORT
    display.read(PROXY, name.cluster, name.attribute)
    premises.pass_time(2)
    assert display.last_reply is not None and not display.last_reply.is_granted


def test_no_day_before_the_restriction_is_shown(premises: GasPremises) -> None:
    display = display_in(premises)
    premises.flow.request(Decimal(1))
    premises.clock.advance(timedelta(days=4))
    name = han_gas.DAILY_CONSUMPTION
    display.read(PROXY, name.cluster, name.attribute)
    premises.pass_time(2)
    days = display.value(PROXY, name.cluster, name.attribute)
    assert isinstance(days, tuple) and len(days) >= 3
    premises.proxy.restrict(days[-1][0])
    display.read(PROXY, name.cluster, name.attribute)
    premises.pass_time(2)
    assert display.value(PROXY, name.cluster, name.attribute) == days[-1:]
