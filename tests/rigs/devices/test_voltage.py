"""Voltage monitors: averages, lasting levels, thresholds, hysteresis, counters, log."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.clock import SimulatedClock
from assay.gbcs import messages, protection
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.dlms.access import Response, decode_payload
from assay.gbcs.dlms.data import double_long_unsigned, integer
from rigs.devices.esme.voltage import LastingLevel
from rigs.devices.esme.voltage_monitor import LOG_CAPACITY, VoltageMonitor
from rigs.devices.esme.voltage_settings import Level, VoltageSettings
from tests.rigs.devices.premises_kit import (
    METER,
    NETWORK,
    START,
    SUPPLIER,
    Premises,
    profile_items,
)

SETTINGS = VoltageSettings(
    average_over_volts=253,
    average_under_volts=216,
    average_period_s=60,
    extreme_over=Level(262, 30),
    extreme_under=Level(200, 20),
    sag=Level(207, 7),
    swell=Level(256, 1),
)
OFF = None


@dataclass(slots=True)
class PerSecond:
    """The same rules, second by second, as a reader of the requirements would write them."""

    events: list[tuple[int, int]] = field(default_factory=list)
    averages: list[tuple[int, int]] = field(default_factory=list)
    counters: dict[int, int] = field(default_factory=dict)

    def run(self, volts: Sequence[int | None]) -> None:
        self._average(volts, 253, 216, 60)
        # What lasts for longer than a period is due one step after it: look that far.
        volts = [*volts, volts[-1]]
        self._level(volts, 262, 30, operator.gt, (0x8020, 0x808D))
        self._level(volts, 200, 20, operator.lt, (0x8028, 0x8095))
        self._level(volts, 207, 7, operator.lt, (0x802C, 0x8099))
        self._level(volts, 256, 1, operator.gt, (0x8024, 0x8091))

    def _average(self, volts: Sequence[int | None], over: int, under: int, period: int) -> None:
        was = {0x8002: False, 0x8006: False}
        self.counters = dict.fromkeys(was, 0)
        for end in range(period, len(volts) + 1, period):
            measured = [v for v in volts[end - period : end] if v is not None]
            if not measured:
                continue
            mean = Fraction(sum(measured), len(measured))
            self.averages.append((end, (mean + Fraction(1, 2)).__floor__()))
            found = {0x8002: mean > over, 0x8006: mean < under}
            for code, back in ((0x8002, 0x8085), (0x8006, 0x8089)):
                if found[code] and not was[code]:
                    self.events.append((end, code))
                    self.counters[code] += 1
                if was[code] and not found[code]:
                    self.events.append((end, back))
            was = found

    def _level(
        self,
        volts: Sequence[int | None],
        threshold: int,
        period: int,
        beyond: object,
        codes: tuple[int, int],
    ) -> None:
        assert callable(beyond)
        raised, lasted = False, 0
        for second, value in enumerate(volts):
            if value is None or bool(beyond(value, threshold)) is raised:
                lasted = 0
                continue
            lasted += 1
            if lasted > period:
                raised, lasted = not raised, 0
                self.events.append((second, codes[0] if raised else codes[1]))


pieces = st.lists(
    st.tuples(
        st.sampled_from(
            [OFF, 190, 200, 204, 207, 210, 216, 230, 253, 254, 256, 257, 262, 263, 280]
        ),
        st.sampled_from([1, 2, 6, 7, 8, 19, 20, 21, 29, 30, 31, 59, 60, 61, 90]),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(pieces)
def test_the_monitor_agrees_with_a_model_that_looks_every_second(
    profile: list[tuple[int | None, int]],
) -> None:
    clock = SimulatedClock(START)
    seen: list[tuple[int, int]] = []
    monitor = VoltageMonitor(clock, clock.now, SETTINGS, Decimal(230))

    def second(at: datetime) -> int:
        return (at - START) // timedelta(seconds=1)

    monitor.on_event.append(lambda code, _: seen.append((second(clock.now()), code)))
    for value, seconds in profile:
        volts = Decimal(value) if value is not None else None
        monitor.observe(clock.now(), volts)
        clock.advance(timedelta(seconds=seconds))
    clock.advance(timedelta(microseconds=1))

    model = PerSecond()
    by_second = [value for value, seconds in profile for _ in range(seconds)]
    model.run(by_second)
    assert sorted(seen) == sorted(model.events)
    assert [(second(entry.ended), entry.volts) for entry in monitor.log] == model.averages
    assert monitor.average_over.counter == model.counters[0x8002]
    assert monitor.average_under.counter == model.counters[0x8006]


@pytest.mark.parametrize(
    ("seconds", "raised"),
    [("29.999999", False), ("30", False), ("30.000001", False), ("30.000002", True), ("31", True)],
)
def test_a_level_must_last_for_longer_than_its_period(seconds: str, raised: bool) -> None:
    """The end of the level and the end of the period at one instant is no event."""
    clock = SimulatedClock(START)
    monitor = VoltageMonitor(clock, clock.now, SETTINGS, Decimal(230))
    seen: list[int] = []
    monitor.on_event.append(lambda code, _: seen.append(code))
    lasting = timedelta(microseconds=int(Decimal(seconds) * 1_000_000))
    clock.call_at(START + lasting, lambda: monitor.observe(clock.now(), Decimal(230)))
    monitor.observe(START, Decimal(263))
    clock.advance(timedelta(minutes=2))
    assert (0x8020 in seen) is raised


@pytest.mark.parametrize("volts", ["262", "261.999"])
def test_what_equals_the_threshold_is_not_beyond_it(volts: str) -> None:
    level = LastingLevel(
        START, Decimal(volts), Level(262, 30), operator.gt, begin=0x8020, end=0x808D
    )
    assert level.due is None


def test_a_dip_below_the_threshold_starts_the_period_again(premises: Premises) -> None:
    premises.meter.voltage.configure(SETTINGS)
    for _ in range(5):
        premises.feed(263)
        premises.pass_time(29)
        premises.feed(230)
        premises.pass_time(1)
    assert 0x8020 not in premises.alert_codes()


def test_an_event_is_reported_to_the_network_operator_and_logged(premises: Premises) -> None:
    premises.meter.voltage.configure(SETTINGS)
    premises.feed(263)
    premises.pass_time(35)
    ((alert, _),) = premises.alerts(0x8020)
    assert alert.message_code == messages.GENERIC_NON_CRITICAL_ALERT
    assert protection.is_mac_valid(alert, premises.secret(alert.recipient, METER))
    logged = premises.meter.power_event_log.entries
    assert (0x8020, 263) in [(entry.code, entry.other) for entry in logged]


def test_a_period_of_zero_disables_a_monitor(premises: Premises) -> None:
    quiet = VoltageSettings(
        average_period_s=0,
        extreme_over=Level(262, 0),
        extreme_under=Level(200, 0),
        sag=Level(207, 0),
        swell=Level(256, 0),
    )
    premises.meter.voltage.configure(quiet)
    for volts in (280, 150, 230):
        premises.feed(volts)
        premises.pass_time(3600)
    assert premises.alerts() == []
    assert len(premises.meter.voltage.log) == 0


def set_voltage(premises: Premises, code: int, volts: int = 250) -> Response:
    """ECS29a (0045) or ECS29c (00D1) with these average thresholds."""
    if code == 0x0045:
        levels = [double_long_unsigned(value) for value in (262, 30, 200, 30, 207, 30, 256, 30)]
        data = [double_long_unsigned(600), *levels]
        data += [double_long_unsigned(volts), double_long_unsigned(216), integer(0), integer(0)]
    else:
        data = [double_long_unsigned(216), double_long_unsigned(volts), double_long_unsigned(600)]
        data += [double_long_unsigned(value) for value in (262, 30, 200, 30, 207, 30, 256, 30)]
    return premises.ask(code, NETWORK, data)


@pytest.mark.parametrize(("code", "counter"), [(0x0045, 0), (0x00D1, 1)])
def test_the_counter_is_reset_by_the_use_case_that_says_so_alone(
    premises: Premises, code: int, counter: int
) -> None:
    premises.feed(255)
    premises.pass_time(1500)
    assert premises.meter.voltage.average_over.counter == 1
    set_voltage(premises, code)
    assert premises.meter.voltage.average_over.counter == counter


def test_what_was_set_reads_back(premises: Premises) -> None:
    set_voltage(premises, 0x00D1, volts=251)
    answer = premises.ask(0x003C, SUPPLIER)
    values = [item.data.value for item in answer.items]
    assert values == [262, 30, 200, 30, 207, 30, 256, 30, 251, 216]


def test_a_new_configuration_starts_the_period_anew(premises: Premises) -> None:
    premises.feed(255)
    premises.pass_time(500)
    set_voltage(premises, 0x0045)
    premises.pass_time(590)
    assert premises.alerts(0x8002) == []
    premises.pass_time(15)
    assert len(premises.alerts(0x8002)) == 1


def test_the_log_is_read_by_date_with_both_ends(premises: Premises) -> None:
    set_voltage(premises, 0x0045)
    premises.feed(238)
    premises.pass_time(3600)
    entries = list(premises.meter.voltage.log)
    first, last = (seconds_since_2000(entries[index].ended) for index in (1, 3))
    counter = premises.next_counter()
    payload = messages.dlms_command_payload(counter, profile_items(0x0039, first, last))
    answer = premises.answer(premises.command(0x0039, NETWORK, counter=counter, payload=payload))
    assert answer is not None
    response = decode_payload(answer.payload)
    assert isinstance(response, Response)
    rows = response.items[4].data.value.elements
    stamps = [row.value[0].value for row in rows]
    assert stamps == [first, first + 600, last]
    assert {row.value[1].value for row in rows} == {238}


def test_the_log_holds_thirty_days_of_ten_minutes(premises: Premises) -> None:
    premises.pass_time(31 * 86400)
    log = premises.meter.voltage.log
    assert len(log) == LOG_CAPACITY >= 30 * 144
    assert log[-1].ended - log[0].ended == timedelta(seconds=600) * (LOG_CAPACITY - 1)


def test_time_without_power_is_no_part_of_an_average(premises: Premises) -> None:
    set_voltage(premises, 0x0045)
    premises.pass_time(200)
    premises.interrupt(300)
    premises.pass_time(200)
    # The half second that the meter bridges is measured, at no volts.
    assert premises.meter.voltage.log[-1].volts == 230
    assert premises.alerts(0x8006) == []


def test_an_outage_longer_than_a_period_leaves_a_gap_in_the_log(premises: Premises) -> None:
    set_voltage(premises, 0x0045)
    premises.pass_time(100)
    premises.interrupt(3600)
    premises.pass_time(600)
    ends = [entry.ended for entry in premises.meter.voltage.log]
    assert ends[-1] - ends[-2] == timedelta(seconds=3600)


def test_an_outage_is_no_extreme_under_voltage(premises: Premises) -> None:
    premises.meter.voltage.configure(SETTINGS)
    premises.interrupt(300)
    premises.pass_time(60)
    assert 0x8028 not in premises.meter.power_event_log.codes()
