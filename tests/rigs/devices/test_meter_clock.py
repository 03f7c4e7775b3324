"""The clock of the meter: Set Clock with its window, status, drift, daily comparison."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Response, Result
from assay.gbcs.dlms.data import NULL, enum, integer, octet_string, structure
from rigs.devices.esme.meter_clock import ClockStatus
from tests.rigs.devices.premises_kit import SUPPLIER, Premises

HOUR = timedelta(hours=1)


def status(answer: Response) -> ClockStatus:
    assert [item.result for item in answer.items] == [Result.SUCCESS] * 5
    return ClockStatus(answer.items[4].data.value)


def stated_time(answer: Response) -> datetime:
    when = DateTime(answer.items[3].data.value).as_utc()
    assert when is not None
    return when


def test_a_meter_that_was_never_set_says_that_its_time_is_invalid(premises: Premises) -> None:
    assert premises.meter.clock.status is ClockStatus.INVALID


def test_the_hubs_time_is_taken_if_it_lies_in_the_window(premises: Premises) -> None:
    premises.meter.clock.set(premises.clock.now() - 3 * HOUR)
    answer = premises.set_clock()
    assert status(answer) is ClockStatus.RELIABLE
    assert abs(stated_time(answer) - premises.clock.now()) < timedelta(seconds=10)
    assert premises.meter.now() == premises.clock.now()
    assert 0x8145 in premises.meter.event_log.codes()


@pytest.mark.parametrize(
    ("start", "end"),
    [(-2 * HOUR, -HOUR), (HOUR, 2 * HOUR), (HOUR, -HOUR)],
    ids=["past", "future", "ends before it starts"],
)
def test_outside_the_window_the_clock_is_left_alone_and_says_so(
    premises: Premises, start: timedelta, end: timedelta
) -> None:
    premises.set_clock()
    premises.dsp.arrived.clear()
    own = premises.clock.now() - timedelta(minutes=7)
    premises.meter.clock.set(own)
    began, now = premises.clock.now(), premises.clock.now()
    answer = premises.set_clock(now + start, now + end)
    assert status(answer) is ClockStatus.UNRELIABLE
    assert premises.meter.now() == own + (premises.clock.now() - began)
    assert premises.alert_codes() == [0x81C6]
    assert premises.meter.security_log.codes() == (0x81C6,)
    assert premises.meter.event_log.codes().count(0x8145) == 1


def test_a_clock_that_could_never_be_set_stays_invalid(premises: Premises) -> None:
    now = premises.clock.now()
    assert status(premises.set_clock(now + HOUR, now + 2 * HOUR)) is ClockStatus.INVALID


def test_both_ends_of_the_window_are_inside(premises: Premises) -> None:
    at = premises.clock.now()
    clock = premises.meter.clock
    assert clock.set_from_hub(at, at + HOUR)
    assert clock.set_from_hub(at - HOUR, at)
    assert not clock.set_from_hub(at + timedelta(seconds=1), at + HOUR)


def test_the_first_setting_commissions_the_meter_once(premises: Premises) -> None:
    premises.set_clock()
    premises.set_clock()
    assert premises.alert_codes() == [0x8F69]


@pytest.mark.parametrize(
    ("base", "first"), [(4, "FFFFFFFFFFFFFFFFFF8000FF"), (5, "07EA0301FF0C0000008000FF")]
)
def test_a_clock_base_or_preset_time_of_its_own_is_refused(
    premises: Premises, base: int, first: str
) -> None:
    at = octet_string(DateTime.at(premises.clock.now()).octets)
    window = structure(octet_string(bytes.fromhex(first)), at, at)
    answer = premises.ask(0x0062, SUPPLIER, (enum(base), window, integer(0), NULL, NULL))
    results = [item.result for item in answer.items]
    assert Result.OTHER_REASON in results[:2]
    assert premises.meter.clock.status is ClockStatus.INVALID


def test_drift_is_what_it_is_set_to(premises: Premises) -> None:
    premises.meter.clock.drift_ppm = Decimal(100)
    before = premises.meter.now()
    premises.pass_time(10_000)
    assert premises.meter.now() - before == timedelta(seconds=10_001)


def test_a_small_difference_is_corrected_in_silence_every_day(premises: Premises) -> None:
    premises.set_clock()
    premises.dsp.arrived.clear()
    premises.meter.clock.drift_ppm = Decimal(100)
    before = premises.meter.event_log.entries, premises.meter.security_log.entries
    for _ in range(10):
        premises.pass_time(86_400)
        assert abs(premises.meter.now() - premises.clock.now()) <= timedelta(seconds=10)
    assert premises.alerts() == []
    assert (premises.meter.event_log.entries, premises.meter.security_log.entries) == before


def test_a_large_difference_is_left_alone_logged_and_alerted_once(premises: Premises) -> None:
    premises.set_clock()
    premises.dsp.arrived.clear()
    premises.meter.clock.set(premises.clock.now() + timedelta(seconds=11))
    premises.pass_time(3 * 86_400)
    assert premises.alert_codes() == [0x8F0C]
    assert premises.meter.security_log.codes() == (0x8F0C,)
    assert premises.meter.now() - premises.clock.now() == timedelta(seconds=11)
