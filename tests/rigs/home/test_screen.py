"""What an in-home display makes of the meter's numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rigs.devices import han_electricity as electricity
from rigs.devices.device_type import DeviceType
from rigs.devices.peers import Peer
from rigs.devices.type2 import InHomeDisplay
from rigs.devices.type2.reader import PowerBand, power_band
from rigs.devices.type2.screen import ITEMS, NOTHING, followed, kilo, pounds
from tests.rigs.devices.premises_kit import INSTALL_CODE, METER
from tests.rigs.home.home_kit import IHD, Home


@pytest.fixture
def display(home: Home) -> InHomeDisplay:
    device = InHomeDisplay(home.premises.clock, IHD, home.premises.supply)
    device.join(home.premises.hub, INSTALL_CODE)
    home.admit(device.device_id)
    home.premises.pass_time(20)
    home.meter.security.device_log.enter(Peer(device_id=IHD, device_type=DeviceType.TYPE_2))
    return device


def follow(home: Home, display: InHomeDisplay) -> None:
    display.follow(METER, followed())
    home.premises.pass_time(2)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0.000"), (7, "0.007"), (999, "0.999"), (2300, "2.300")]
)
def test_thousands_have_three_decimals(number: int, text: str) -> None:
    assert kilo(number) == text


@pytest.mark.parametrize(
    ("millipence", "text"),
    [
        (0, "0.00"),
        (499, "0.00"),
        (500, "0.01"),
        (24_500, "0.25"),
        (-24_500, "-0.25"),
        (-499, "0.00"),
        (1_234_567, "12.35"),
    ],
)
def test_pounds_are_rounded_to_the_penny_half_upwards(millipence: int, text: str) -> None:
    assert pounds(millipence) == text


@pytest.mark.parametrize(
    ("watts", "band"),
    [
        (999, PowerBand.LOW),
        (1000, PowerBand.MEDIUM),
        (2999, PowerBand.MEDIUM),
        (3000, PowerBand.HIGH),
    ],
)
def test_a_power_at_a_threshold_is_of_the_upper_band(watts: int, band: PowerBand) -> None:
    assert power_band(watts, 1000, 3000) is band
    assert power_band(watts, None, 3000) is PowerBand.UNSET


def test_before_it_has_read_anything_items_are_dashes(display: InHomeDisplay) -> None:
    assert {display.screen.text(METER, item) for item in ITEMS} == {NOTHING}
    assert display.screen.text(METER, "cost of an hour") == NOTHING
    assert display.screen.text(METER, "low credit") == NOTHING
    assert display.screen.text(METER, "consumption 1 day ago") == NOTHING


def test_power_is_shown_in_kilowatts(home: Home, display: InHomeDisplay) -> None:
    home.premises.load.request(home.premises.supply.volts * 10)
    follow(home, display)
    assert display.screen.text(METER, "active power") == "2.300"


def test_each_day_has_its_own_consumption(home: Home, display: InHomeDisplay) -> None:
    now = home.premises.clock.now()
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    home.premises.clock.advance(midnight - now)
    home.premises.load.request(home.premises.supply.volts * 10)
    home.premises.clock.advance(timedelta(hours=1))
    home.premises.load.request(home.premises.supply.volts * 0)
    home.premises.clock.advance(timedelta(days=2))
    follow(home, display)
    days = [display.screen.text(METER, f"consumption {n} days ago") for n in (1, 2, 3)]
    assert days[:2] == ["0.000", "2.300"]


def test_the_signal_is_lost_with_the_hub(home: Home, display: InHomeDisplay) -> None:
    assert display.screen.text(METER, "signal") == "connected"
    home.premises.hub.link.set_up(False)
    assert display.screen.text(METER, "signal") == "lost"


def test_without_mains_it_is_dark(home: Home, display: InHomeDisplay) -> None:
    follow(home, display)
    home.premises.feed(0)
    home.premises.pass_time(5)
    assert display.screen.text(METER, "active power") == ""
    assert display.screen.text(METER, "identifier") == ""


def test_an_item_that_it_does_not_have_is_our_mistake(display: InHomeDisplay) -> None:
    with pytest.raises(KeyError):
        display.screen.text(METER, "temperature")


def test_what_it_follows_holds_all_that_it_shows() -> None:
    names = {(cluster, one) for cluster, several in followed().items() for one in several}
    wanted = {(name.cluster, name.attribute) for name, _ in ITEMS.values()}
    past = {(name.cluster, name.attribute) for name in electricity.PAST_COSTS}
    assert wanted | past <= names
