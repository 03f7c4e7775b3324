"""The second radio of a hub: configuration, duty cycle, channel changes, capacity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.clock import SimulatedClock
from assay.gbcs.dlms.data import Data, Tag, structure, unsigned
from assay.gbcs.identifiers import Eui64
from rigs.devices.hub.sub_ghz import SubGhzBand, SubGhzSettings
from rigs.devices.hub.sub_ghz.duty_cycle import (
    REGULATED,
    WINDOW,
    DutyCycle,
    DutyState,
    airtime,
)
from rigs.devices.hub.sub_ghz.scans import Assessment, Trigger
from rigs.devices.hub.sub_ghz.settings import DEFAULT, PAGES, SubGhzValueError, mask
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises
from tests.rigs.hub.requests import OTHER, ask, ask_by_date, results

GSME = Eui64.from_text("00-DB-12-34-56-78-90-A1")


@pytest.fixture
def band(premises: Premises) -> SubGhzBand:
    assert premises.hub.sub_ghz is not None
    premises.pass_time(100)
    return premises.hub.sub_ghz


def alerts(premises: Premises) -> list[int]:
    premises.pass_time(2)
    return [code for code in premises.alert_codes() if code >> 4 == 0x8F2]


# Configuration.


def test_what_is_set_is_read_and_told(premises: Premises, band: SubGhzBand) -> None:
    wanted = replace(DEFAULT, changes_per_week=7, gsme_curfew=9)
    assert results(ask(premises, 0x010D, (wanted.to_data(),))) == [0]
    (item,) = ask(premises, 0x010C)
    assert SubGhzSettings.of(item.data) == wanted == band.settings
    ((_, parts),) = premises.alerts(0x8F2A)
    assert parts[2] == wanted.to_data()


BOUNDS = {
    "normal_limited": (50, 200),
    "limited_critical": (150, 250),
    "changes_per_week": (1, 7),
    "gsme_curfew": (2, 0xFFFF),
    "quieter_decibels": (1, 255),
    "noisier_decibels": (0, 20),
    "poor_communications": (100, 10_000),
    "measurement_periods": (50, 150),
    "noise_period": (61, 0xFFFF),
}


@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_a_value_is_taken_at_its_bounds_and_not_beyond(name: str, bounds: tuple[int, int]) -> None:
    base = replace(DEFAULT, normal_limited=60, limited_critical=240)
    least, most = bounds
    for value in (least, most) if name != "limited_critical" else bounds:
        if name == "normal_limited" and value >= base.limited_critical:
            continue
        assert getattr(replace(base, **{name: value}), name) == value
    for value in (least - 1, most + 1):
        with pytest.raises(SubGhzValueError, match=name):
            replace(base, **{name: value})


@pytest.mark.parametrize(
    "data",
    [
        structure(unsigned(1)),
        Data(Tag.UNSIGNED, 1),
        structure(*DEFAULT.to_data().value[:-1]),
    ],
)
def test_another_form_of_configuration_changes_nothing(premises: Premises, data: Data) -> None:
    assert results(ask(premises, 0x010D, (data,))) == [1]
    assert premises.hub.sub_ghz is not None and premises.hub.sub_ghz.settings == DEFAULT


def test_the_mask_of_another_page_is_refused() -> None:
    with pytest.raises(SubGhzValueError, match="page 28"):
        replace(DEFAULT, masks=(DEFAULT.masks[1], *DEFAULT.masks[1:]))


def test_without_channels_there_is_nothing_to_change_to(
    premises: Premises, band: SubGhzBand
) -> None:
    empty = [mask(page) for page in PAGES]
    band.configure(replace(DEFAULT, masks=(empty[0], empty[1], empty[2], empty[3])))
    before = band.channel
    assert band.request_scan(Trigger.REMOTE_COMMAND) is Assessment.ACCEPTED
    assert band.channel == before
    assert alerts(premises)[-1] == 0x8F2B


@given(
    channels=st.lists(
        st.sets(st.integers(0, 26), min_size=1), min_size=len(PAGES), max_size=len(PAGES)
    )
)
def test_every_configuration_comes_back_as_it_went(channels: list[set[int]]) -> None:
    masks = [mask(page, *chosen) for page, chosen in zip(PAGES, channels, strict=True)]
    settings = replace(DEFAULT, masks=(masks[0], masks[1], masks[2], masks[3]))
    assert SubGhzSettings.of(settings.to_data()) == settings
    assert len(settings.channels) == sum(map(len, channels))


# Duty cycle.


def transmit(band: SubGhzBand, hundredths: int) -> None:
    """Enough messages for so much of the last hour."""
    one = airtime(1000)
    while band.duty.hundredths < hundredths:
        band.duty.transmit(1000)
        assert one > timedelta(0)


def test_entering_limited_silences_the_device_that_took_most(
    premises: Premises, band: SubGhzBand
) -> None:
    band.attach(METER, is_gas_meter=False)
    band.attach(OTHER, is_gas_meter=False)
    assert band.carry_down(OTHER, bytes(10))
    while band.duty.state is DutyState.NORMAL:
        assert band.carry_down(METER, bytes(1000))
    assert band.is_suspended(METER) and not band.is_suspended(OTHER)
    premises.pass_time(2)
    ((alert, parts),) = premises.alerts(0x8F20)
    assert alert.message_code == 0x0110
    assert parts[2].value == METER


def test_what_comes_for_a_silenced_device_is_thrown_away_and_told(
    premises: Premises, band: SubGhzBand
) -> None:
    band.attach(METER, is_gas_meter=False)
    while band.duty.state is DutyState.NORMAL:
        band.carry_down(METER, bytes(1000))
    counter = premises.next_counter()
    assert premises.answer(premises.command(0x0052, SUPPLIER, counter=counter)) is None
    ((alert, parts),) = premises.alerts(0x8F2C)
    supplier = premises.meter.credentials.party(SUPPLIER)
    assert supplier is not None and alert.message_code == 0x0114
    assert parts[2].value == supplier + METER + b"\x01" + counter.to_bytes(8, "big")


def test_a_silenced_device_is_served_again_after_its_time(
    premises: Premises, band: SubGhzBand
) -> None:
    band.attach(METER, is_gas_meter=False)
    while band.duty.state is DutyState.NORMAL:
        band.carry_down(METER, bytes(1000))
    premises.clock.advance(band.suspension)
    assert premises.answer(premises.command(0x0052, SUPPLIER)) is not None


def test_each_state_is_told_on_the_way_up_and_down(premises: Premises, band: SubGhzBand) -> None:
    transmit(band, 300)
    assert band.duty.state is DutyState.REGULATED
    assert alerts(premises) == [0x8F22, 0x8F24]
    premises.clock.advance(WINDOW + timedelta(seconds=1))
    assert band.duty.state is DutyState.NORMAL
    assert alerts(premises)[2:] == [0x8F25, 0x8F23, 0x8F21]


@pytest.mark.parametrize(("hundredths", "state"), [(99, 0), (100, 1), (199, 1), (200, 2)])
def test_a_state_is_entered_at_its_threshold(
    premises: Premises, band: SubGhzBand, hundredths: int, state: int
) -> None:
    assert premises.clock.now()
    band.duty.airtime_of = lambda _: WINDOW * hundredths / 10_000
    band.duty.transmit(1)
    assert band.duty.state == state


@given(sent=st.lists(st.tuples(st.integers(0, 900), st.integers(1, 4000)), min_size=1, max_size=40))
def test_the_duty_cycle_is_the_share_of_the_last_hour(sent: list[tuple[int, int]]) -> None:
    """Pauses in seconds before messages, and their octets; summed anew after each."""
    clock = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))
    duty = DutyCycle(clock, lambda: (100, 200))
    history: list[tuple[datetime, timedelta]] = []
    for pause, octets in sent:
        clock.advance(timedelta(seconds=pause))
        now = clock.now()
        duty.transmit(octets)
        history.append((now, airtime(octets)))
        used = sum((span for at, span in history if at + WINDOW > now), timedelta(0))
        assert duty.hundredths == int(used * 10_000 / WINDOW)
        assert duty.state == sum(duty.hundredths >= limit for limit in (100, 200, REGULATED))


# Channel.


def quiet(band: SubGhzBand, at: int, decibels: int = 20) -> str:
    """All channels are noisy but this one."""
    chosen = band.settings.channels[at]
    band.noise_of = lambda channel: 0 if channel == chosen else decibels
    return chosen


def test_the_channel_of_formation_is_in_the_log_and_read(premises: Premises) -> None:
    (item,) = ask(premises, 0x010A)
    channel = item.data.value
    assert channel == mask(28, 0)
    (row,) = ask_by_date(premises, 0x010B).value.elements
    expected = int(channel, 2).to_bytes(4, "big") + bytes((9, 1, Trigger.FORMATION))
    assert row.value[2].value == expected


def test_a_command_starts_a_scan_that_changes_to_a_quieter_channel(
    premises: Premises, band: SubGhzBand
) -> None:
    chosen = quiet(band, 3)
    assert results(ask(premises, 0x010E, (unsigned(0),))) == [0]
    assert band.channel == chosen
    assert alerts(premises) == [0x8F28, 0x8F27, 0x8F26]
    ((_, parts),) = premises.alerts(0x8F26)
    assert [part.value for part in parts[2].value] == [chosen, b"\x00"]


def test_a_channel_that_is_hardly_quieter_is_not_worth_a_change(
    premises: Premises, band: SubGhzBand
) -> None:
    before = band.channel
    quiet(band, 3, band.settings.quieter_decibels - 1)
    ask(premises, 0x010E, (unsigned(0),))
    assert band.channel == before
    assert alerts(premises) == [0x8F28, 0x8F27, 0x8F2B]


def test_a_gas_meter_is_given_time_to_read_what_is_pending(
    premises: Premises, band: SubGhzBand
) -> None:
    band.attach(GSME, is_gas_meter=True)
    chosen = quiet(band, 2)
    band.request_scan(Trigger.GSME_REQUEST)
    assert band.is_scan_pending
    premises.clock.advance(timedelta(minutes=31))
    assert (band.is_scan_pending, band.pending_channel) == (False, chosen)
    premises.clock.advance(timedelta(minutes=58))
    assert band.channel != chosen
    premises.clock.advance(timedelta(minutes=2))
    assert (band.channel, band.pending_channel) == (chosen, None)


def test_a_second_command_on_one_day_is_one_too_many(premises: Premises, band: SubGhzBand) -> None:
    outcomes = [band.request_scan(Trigger.REMOTE_COMMAND) for _ in range(2)]
    assert outcomes == [Assessment.ACCEPTED, Assessment.TOO_MANY_COMMANDS_TODAY]
    premises.clock.advance(timedelta(days=1))
    assert band.request_scan(Trigger.REMOTE_COMMAND) is Assessment.ACCEPTED


def test_scans_are_counted_by_day_and_by_week(premises: Premises, band: SubGhzBand) -> None:
    band.scans.per_day = 2
    outcomes = [band.request_scan(Trigger.MESSAGE_RETRIES) for _ in range(3)]
    assert outcomes[2] is Assessment.TOO_MANY_SCANS_TODAY
    premises.clock.advance(timedelta(days=1))
    later = [band.request_scan(Trigger.MESSAGE_RETRIES) for _ in range(2)]
    assert later == [Assessment.ACCEPTED, Assessment.TOO_MANY_SCANS_THIS_WEEK]


def test_what_goes_on_forbids_a_scan(premises: Premises, band: SubGhzBand) -> None:
    premises.hub.joining.timeout = timedelta(minutes=5)
    premises.hub.joining.allow(True)
    assert band.request_scan(Trigger.GSME_REQUEST) is Assessment.JOINING_PERMITTED
    premises.hub.joining.allow(False)
    transmit(band, 120)
    assert band.request_scan(Trigger.GSME_REQUEST) is Assessment.DUTY_CYCLE_TOO_HIGH
    assert premises.hub.admit_hand_held(OTHER, bytes(16)) is not None
    assert band.request_scan(Trigger.GSME_REQUEST) is Assessment.HAND_HELD_CONNECTED


def test_one_device_too_many_is_told(premises: Premises, band: SubGhzBand) -> None:
    for number in range(band.capacity):
        device = Eui64(b"\x00\xdb" + bytes(5) + bytes((number,)))
        assert band.attach(device, is_gas_meter=False)
    assert not band.attach(OTHER, is_gas_meter=False)
    premises.pass_time(2)
    ((alert, parts),) = premises.alerts(0x8F2D)
    assert (alert.message_code, parts[2].value) == (0x0115, OTHER)


def test_a_scan_that_is_asked_for_in_another_way_is_refused(premises: Premises) -> None:
    assert results(ask(premises, 0x010E, (unsigned(1),))) == [250]
