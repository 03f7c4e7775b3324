"""A polyphase meter: voltages, events and outages phase by phase (P-001, E-092, E-107)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assay.gbcs import catalogue
from assay.gbcs.dlms.access import Result
from assay.gbcs.dlms.data import Data, Tag, double_long_unsigned, integer
from assay.gbcs.trust_anchors import Role
from rigs.devices import MeterConfiguration
from rigs.devices.esme.configuration import MeterVariant
from rigs.devices.esme.voltage_settings import Level, VoltageSettings
from rigs.devices.power import RESOLUTION
from rigs.premises import SupplyNode
from tests.rigs.devices.premises_kit import HERTZ, METER, NETWORK, VOLTS, Premises
from tests.rigs.devices.test_structure_of_messages import message, replay, response_shape

POLYPHASE = MeterConfiguration(device_id=METER, variant=MeterVariant.POLYPHASE)
READ_SETTINGS, SET_AND_RESET, SET, RESET = 0x00C6, 0x00AE, 0x00D2, 0x00D4
NATIONAL = (
    "4.10_ECS23b/ECS23b_4.10",
    "6.5_ECS29b/ECS29b_6.5",
)
PHASES = (1, 2, 3)
QUIET = VoltageSettings(
    average_period_s=0,
    extreme_over=Level(276, 30),
    extreme_under=Level(184, 0),
    sag=Level(207, 0),
    swell=Level(265, 0),
)


@pytest.fixture
def polyphase() -> Premises:
    return Premises.joined(POLYPHASE)


def phase(premises: Premises, number: int) -> SupplyNode:
    return premises.meter.circuits.phases[number - 1]


def feed(premises: Premises, number: int, volts: int) -> None:
    phase(premises, number).feed(Decimal(volts), HERTZ if volts else Decimal(0))


def quiet(premises: Premises) -> None:
    for monitor in premises.meter.phases.monitors:
        monitor.configure(QUIET)


@pytest.mark.parametrize("name", NATIONAL)
def test_answers_have_the_structure_of_the_national_ones(
    polyphase: Premises, shared: Path, name: str
) -> None:
    for monitor in polyphase.meter.phases.monitors:
        monitor.set_average_period(1)
    polyphase.pass_time(5)
    answer = replay(polyphase, message(shared, f"{name}_SUCCESS_COMMAND"), NETWORK)
    expected = message(shared, f"{name}_SUCCESS_RESPONSE")
    assert response_shape(answer) == response_shape(expected)


def settings(premises: Premises, role: Role = NETWORK) -> list[int]:
    return [item.data.value for item in premises.ask(READ_SETTINGS, role).items]


def test_averages_are_each_phases_own_and_the_levels_are_one_for_all(polyphase: Premises) -> None:
    numbers = [double_long_unsigned(200 + n) for n in range(17)]
    answer = polyphase.ask(SET, NETWORK, numbers)
    assert [item.result for item in answer.items] == [Result.SUCCESS] * 17
    names = [row.name for row in catalogue.dlms_command(READ_SETTINGS)]
    given = {
        (str(row.obis), row.attribute): 200 + n for n, row in enumerate(catalogue.dlms_command(SET))
    }
    expected = [
        given[str(row.obis), row.attribute] for row in catalogue.dlms_command(READ_SETTINGS)
    ]
    assert dict(zip(names, settings(polyphase), strict=True)) == dict(
        zip(names, expected, strict=True)
    )
    monitors = polyphase.meter.phases.monitors
    assert len({monitor.average_over.volts for monitor in monitors}) == 3
    assert len({monitor.extreme_over.setting for monitor in monitors}) == 1


def test_a_single_phase_meter_has_no_objects_of_other_phases(premises: Premises) -> None:
    results = [item.result for item in premises.ask(READ_SETTINGS, NETWORK).items]
    assert results[:10] == [Result.SUCCESS] * 10
    assert results[10:] == [Result.OBJECT_UNDEFINED, *[Result.OTHER_REASON] * 3]


@pytest.mark.parametrize("number", PHASES)
def test_a_lasting_over_voltage_has_the_codes_of_its_phase(
    polyphase: Premises, number: int
) -> None:
    quiet(polyphase)
    feed(polyphase, number, 280)
    polyphase.clock.advance(timedelta(seconds=30))
    assert polyphase.meter.power_event_log.codes() == ()
    polyphase.clock.advance(RESOLUTION)
    assert polyphase.meter.power_event_log.codes() == (0x8020 + number,)
    feed(polyphase, number, 230)
    polyphase.pass_time(31)
    assert polyphase.meter.power_event_log.codes() == (0x8020 + number, 0x808D + number)
    polyphase.pass_time(5)
    assert polyphase.alert_codes() == [0x8020 + number, 0x808D + number]


@pytest.mark.parametrize("number", PHASES)
def test_an_average_beyond_its_threshold_is_counted_on_its_phase(
    polyphase: Premises, number: int
) -> None:
    quiet(polyphase)
    for monitor in polyphase.meter.phases.monitors:
        monitor.set_average_period(60)
    feed(polyphase, number, 260)
    polyphase.pass_time(60)
    feed(polyphase, number, 230)
    polyphase.pass_time(60)
    counters = [monitor.average_over.counter for monitor in polyphase.meter.phases.monitors]
    assert counters == [int(number == each) for each in PHASES]
    assert polyphase.meter.power_event_log.codes() == (0x8002 + number, 0x8085 + number)
    polyphase.ask(RESET, NETWORK, [integer(0)] * 6)
    assert not any(monitor.average_over.counter for monitor in polyphase.meter.phases.monitors)


def test_another_parameter_resets_nothing(polyphase: Premises) -> None:
    data: list[Data] = [integer(0)] * 6
    data[2] = integer(1)
    results = [item.result for item in polyphase.ask(RESET, NETWORK, data).items]
    assert results == [0, 0, *[Result.OTHER_REASON] * 4]


@pytest.mark.parametrize("lost", [(1,), (2, 3)])
def test_the_meter_lives_on_what_is_left(polyphase: Premises, lost: tuple[int, ...]) -> None:
    for number in lost:
        feed(polyphase, number, 0)
    polyphase.pass_time(60)
    assert polyphase.meter.power.is_ready
    assert settings(polyphase)


@pytest.mark.parametrize("number", PHASES)
@pytest.mark.parametrize(("seconds", "is_long"), [(179, False), (180, True), (181, True)])
def test_an_outage_of_a_phase_is_reported_apart(
    polyphase: Premises, number: int, seconds: int, is_long: bool
) -> None:
    quiet(polyphase)
    lost = polyphase.meter.now()
    feed(polyphase, number, 0)
    polyphase.pass_time(1)
    (interrupted,) = polyphase.meter.power_event_log.entries
    assert (interrupted.code, interrupted.at) == (0x8F57 + number, lost)
    polyphase.pass_time(seconds - 1)
    feed(polyphase, number, 230)
    restored = polyphase.meter.now()
    polyphase.pass_time(5)
    code = 0x8F35 + 2 * number + is_long
    assert polyphase.meter.power_event_log.codes() == (0x8F57 + number, code)
    ((alert, parts),) = polyphase.alerts()
    assert alert.message_code == 0x0067
    assert parts[0].value == code
    assert [part.tag for part in parts[1:]] == [Tag.OCTET_STRING] * 3
    assert polyphase.meter.power_event_log.entries[-1].at == restored


def test_a_cut_within_the_bridging_time_is_nothing(polyphase: Premises) -> None:
    quiet(polyphase)
    feed(polyphase, 2, 0)
    polyphase.pass_time(0.4)
    feed(polyphase, 2, 230)
    polyphase.pass_time(10)
    assert polyphase.meter.power_event_log.codes() == ()
    assert polyphase.alert_codes() == []


def all_phases(premises: Premises, volts: Decimal) -> None:
    """At one instant; the hub keeps its own supply."""
    for node in premises.meter.circuits.phases:
        node.feed(volts, HERTZ if volts else Decimal(0))


def test_an_outage_of_all_phases_together_is_that_of_the_meter_alone(polyphase: Premises) -> None:
    quiet(polyphase)
    all_phases(polyphase, Decimal(0))
    polyphase.pass_time(200)
    all_phases(polyphase, VOLTS)
    polyphase.pass_time(30)
    assert polyphase.meter.power_event_log.codes() == (0x8F57, 0x8F36)
    assert polyphase.alert_codes() == [0x8F36]


def test_a_phase_that_comes_back_later_is_reported_with_its_whole_outage(
    polyphase: Premises,
) -> None:
    quiet(polyphase)
    lost = polyphase.meter.now()
    all_phases(polyphase, Decimal(0))
    polyphase.pass_time(100)
    feed(polyphase, 1, 230)
    feed(polyphase, 2, 230)
    polyphase.pass_time(100)
    feed(polyphase, 3, 230)
    polyphase.pass_time(30)
    entries = {entry.code: entry.at for entry in polyphase.meter.power_event_log.entries}
    assert set(entries) == {0x8F57, 0x8F35, 0x8F5A, 0x8F3C}
    assert entries[0x8F5A] == lost
    assert entries[0x8F3C] == lost + timedelta(seconds=200)
    assert sorted(polyphase.alert_codes()) == [0x8F35, 0x8F3C]


def test_an_outage_of_a_phase_is_no_under_voltage_and_no_part_of_its_average(
    polyphase: Premises,
) -> None:
    monitor = polyphase.meter.phases.monitors[1]
    monitor.configure(VoltageSettings(average_period_s=600, extreme_under=Level(184, 30)))
    feed(polyphase, 2, 0)
    polyphase.pass_time(300)
    feed(polyphase, 2, 230)
    polyphase.pass_time(301)
    assert not {0x802A, 0x802E} & set(polyphase.meter.power_event_log.codes())
    assert monitor.log[-1].volts == 230
