"""Displays and access devices of the household: they read what they may, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rigs.devices import han_electricity as electricity
from rigs.devices.device_type import DeviceType
from rigs.devices.han_attributes import (
    AttributeName,
    AttributeReport,
    AttributeTable,
    Status,
    ValueType,
)
from rigs.devices.han_requests import (
    ActivateEmergencyCredit,
    EnableSupply,
    EnterTopUp,
    GetScheduledEvents,
    Request,
)
from rigs.devices.peers import Peer
from rigs.devices.type2 import ConsumerAccessDevice, InHomeDisplay, TypeTwoDevice
from rigs.devices.type2.reader import PowerBand, power_band
from tests.rigs.devices.premises_kit import INSTALL_CODE, METER
from tests.rigs.home.home_kit import IHD, Home

POWER, IMPORT = electricity.POWER, electricity.IMPORT


def put_in(home: Home, device: TypeTwoDevice, *, is_joined_with_meter: bool = True) -> None:
    device.join(home.premises.hub, INSTALL_CODE)
    home.admit(device.device_id)
    home.premises.pass_time(20)
    if is_joined_with_meter:
        home.meter.security.device_log.enter(
            Peer(device_id=device.device_id, device_type=DeviceType.TYPE_2)
        )


@pytest.fixture
def display(home: Home) -> InHomeDisplay:
    device = InHomeDisplay(home.premises.clock, IHD, home.premises.supply)
    put_in(home, device)
    return device


@pytest.fixture
def access(home: Home) -> ConsumerAccessDevice:
    device = ConsumerAccessDevice(home.premises.clock, IHD, home.premises.supply)
    put_in(home, device)
    return device


def test_a_display_follows_a_change_of_load_within_ten_seconds(
    home: Home, display: InHomeDisplay
) -> None:
    display.follow(METER, {POWER.cluster: (POWER.attribute, IMPORT.attribute)})
    home.premises.pass_time(2)
    assert display.value(METER, POWER.cluster, POWER.attribute) == 0
    home.premises.load.request(home.premises.supply.volts * 10)
    home.premises.pass_time(10.2)
    assert display.value(METER, POWER.cluster, POWER.attribute) == 2300


def test_a_display_shows_the_register(home: Home, display: InHomeDisplay) -> None:
    display.follow(METER, {IMPORT.cluster: (IMPORT.attribute,)})
    home.premises.load.request(home.premises.supply.volts * 10)
    home.premises.pass_time(3600)
    shown = display.value(METER, IMPORT.cluster, IMPORT.attribute)
    assert isinstance(shown, int) and abs(shown - home.premises.watt_hours()) <= 10


def test_a_display_without_power_asks_nothing_and_goes_on_after_it(
    home: Home, display: InHomeDisplay
) -> None:
    display.follow(METER, {POWER.cluster: (POWER.attribute,)})
    home.premises.feed(0)
    home.premises.pass_time(5)
    before = display.replies
    home.premises.pass_time(60)
    assert display.replies == before
    home.premises.feed(230)
    home.premises.pass_time(60)
    assert display.replies > before


def test_an_access_device_hands_on_what_it_reads(home: Home, access: ConsumerAccessDevice) -> None:
    readings: list[AttributeReport] = []
    access.on_reading.append(lambda _meter, report: readings.append(report))
    access.read(METER, IMPORT.cluster, IMPORT.attribute, 0x7777)
    home.premises.pass_time(2)
    assert [report.status for report in readings] == [
        Status.SUCCESS,
        Status.UNSUPPORTED_ATTRIBUTE,
    ]


@pytest.mark.parametrize("attribute", [IMPORT.attribute, 0x7777])
def test_nothing_can_be_written(home: Home, access: ConsumerAccessDevice, attribute: int) -> None:
    access.write(METER, IMPORT.cluster, attribute, 0)
    home.premises.pass_time(2)
    reply = access.last_reply
    assert reply is not None and not reply.is_granted
    assert isinstance(reply.content, AttributeReport)
    expected = Status.READ_ONLY if attribute == IMPORT.attribute else Status.UNSUPPORTED_ATTRIBUTE
    assert reply.content.status is expected


@pytest.mark.parametrize(
    "request_",
    [EnterTopUp(digits="0" * 20), ActivateEmergencyCredit(), EnableSupply(), GetScheduledEvents()],
)
def test_it_may_do_nothing_that_a_ppmid_or_a_switch_may(
    home: Home, access: ConsumerAccessDevice, request_: Request
) -> None:
    access.ask(METER, request_)
    home.premises.pass_time(2)
    assert access.last_reply is not None and not access.last_reply.is_granted


def test_a_device_that_the_meter_does_not_know_reads_nothing(home: Home) -> None:
    device = ConsumerAccessDevice(home.premises.clock, IHD, home.premises.supply)
    put_in(home, device, is_joined_with_meter=False)
    device.read(METER, IMPORT.cluster, IMPORT.attribute)
    home.premises.pass_time(2)
    assert device.last_reply is not None and not device.last_reply.is_granted
    assert device.shown == {}


def test_a_device_that_left_the_network_hears_nothing(
    home: Home, access: ConsumerAccessDevice
) -> None:
    home.premises.hub.device_log.remove(IHD)
    access.read(METER, IMPORT.cluster, IMPORT.attribute)
    home.premises.pass_time(10)
    assert access.last_reply is None and access.shown == {}


def test_no_day_before_the_change_of_tenancy_is_shown(
    home: Home, access: ConsumerAccessDevice
) -> None:
    home.premises.load.request(home.premises.supply.volts)
    home.premises.clock.advance(timedelta(days=4))
    name = electricity.DAILY_CONSUMPTION
    access.read(METER, name.cluster, name.attribute)
    home.premises.pass_time(2)
    days = access.shown[METER, name.cluster, name.attribute].value
    assert isinstance(days, tuple) and len(days) >= 3
    since = days[1][0]
    home.meter.metering.tenancy.restrict(since)
    access.read(METER, name.cluster, name.attribute)
    home.premises.pass_time(2)
    shown = access.shown[METER, name.cluster, name.attribute].value
    assert shown == days[:2]


@pytest.mark.parametrize(
    ("watts", "band"),
    [(0, "low"), (499, "low"), (500, "medium"), (1999, "medium"), (2000, "high")],
)
def test_the_ambient_indication_changes_at_its_thresholds(watts: int, band: str) -> None:
    assert power_band(watts, 500, 2000) == band


def test_there_is_no_indication_while_a_threshold_is_unset() -> None:
    assert power_band(100, None, 2000) is PowerBand.UNSET


def test_a_provider_that_gives_another_type_is_our_fault() -> None:
    table = AttributeTable()
    name = AttributeName(0x0702, 0)
    table.provide(name, ValueType.NUMBER, lambda: "text")
    with pytest.raises(TypeError, match=r"0702\.0000"):
        table.read(name)


def test_a_history_is_read_from_a_time_on() -> None:
    table = AttributeTable()
    name, start = AttributeName(0x0702, 1), datetime(2026, 1, 1, tzinfo=UTC)
    entries = [(start + timedelta(days=day), day) for day in range(5)]
    table.provide_history(name, lambda: entries)
    report = table.read(name, start + timedelta(days=3))
    assert report.value == tuple(entries[3:])
