"""How a payload of GBZ components is run: order, failures, wholes, dates, other use cases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.gbz.components import Component
from assay.gbcs.gbz.tables import Direction
from rigs.devices.gbz_objects import GbzCall, GbzError
from tests.rigs.gsme.gas_kit import GasPremises, reading, statuses, zcl
from tests.rigs.gsme.life import payment_mode

EVENT = 473385600


@pytest.fixture
def premises() -> GasPremises:
    return GasPremises.joined()


def conversion(factor: int = 102_000, start: int = 0) -> Component:
    return zcl(
        "PublishConversionFactor",
        issuer_event_id=EVENT,
        start_time=start,
        conversion_factor=factor,
        trailing_digit=0x50,
    )


def calorific_value(value: int = 400, start: int = 0) -> Component:
    return zcl(
        "PublishCalorificValue",
        issuer_event_id=EVENT,
        start_time=start,
        calorific_value=value,
        unit=1,
        trailing_digit=0x10,
    )


def test_nothing_after_a_component_that_failed_is_executed(premises: GasPremises) -> None:
    before = premises.meter.settings.calorific_value
    answers = premises.ask(0x007C, conversion(factor=0), calorific_value(410))
    assert statuses(answers) == ["invalidValue", "failure"]
    assert answers[1].payload["command"] == "0xFF"
    assert premises.meter.settings.calorific_value == before


def test_what_was_not_found_stops_nothing(premises: GasPremises) -> None:
    answers = premises.ask(
        0x00B5,
        reading(0x0705, 0x0010),
        reading(0x0700, 0x0617),
        zcl("GetDayProfiles", provider_id=0, calendar_id=0xFFFFFFFE, start_day=1, days=0),
        zcl("GetSeasons", provider_id=0, calendar_id=0xFFFFFFFE),
    )
    assert statuses(answers) == ["", "", "notFound", "notFound"]


def test_a_component_of_another_use_case_is_refused(premises: GasPremises) -> None:
    """GCS11 is not critical, closing the valve is."""
    closing = zcl(
        "ChangeSupply",
        provider_id=0,
        issuer_event_id=EVENT,
        request_time=0,
        implementation_time=0,
        proposed_status=0,
        control_bits=1,
    )
    assert statuses(premises.ask(0x0073, closing)) == ["notAuthorized"]
    assert premises.valve.closed


def test_dates_of_one_command_that_differ_are_refused(premises: GasPremises) -> None:
    first = seconds_since_2000(premises.clock.now() + timedelta(hours=5))
    answers = premises.ask(0x007C, conversion(start=first), calorific_value(start=first + 60))
    assert statuses(answers) == ["success", "invalidValue"]


def test_a_date_in_the_past_is_carried_out_at_once_and_reported(premises: GasPremises) -> None:
    past = seconds_since_2000(premises.clock.now() - timedelta(days=1))
    assert statuses(premises.ask(0x007C, conversion(110_000, past))) == ["success"]
    assert premises.meter.settings.conversion_factor.raw == 110_000
    premises.to_next_wake()
    assert len(premises.alerts(0x8F66)) == 1


def test_a_new_date_replaces_the_one_that_waits(premises: GasPremises) -> None:
    now = premises.clock.now()
    for hours in (5, 8):
        start = seconds_since_2000(now + timedelta(hours=hours))
        premises.ask(0x006D, payment_mode(prepayment=True, start=start))
    assert len(premises.meter.dated.pending) == 1
    premises.pass_time(9 * 3600)
    assert len(premises.alerts(0x8F66)) == 1


def test_a_dated_command_that_fails_when_it_is_due_is_reported_so(premises: GasPremises) -> None:
    def fails_later(call: GbzCall) -> None:
        def fail() -> None:
            raise GbzError

        premises.meter.dated.date(call, call.fields["start_time"], fail)

    premises.meter.gbz.put_command(0x0700, Direction.SERVER_TO_CLIENT, 0x02, fails_later)
    start = seconds_since_2000(premises.clock.now() + timedelta(hours=2))
    assert statuses(premises.ask(0x007C, conversion(start=start))) == ["success"]
    premises.pass_time(3 * 3600)
    assert premises.alerts(0x8F66) == []
    assert len(premises.alerts(0x8F67)) == 1


def test_a_payload_that_is_no_gbz_is_refused_in_silence(premises: GasPremises) -> None:
    answer = premises.answer(premises.command(0x0082, b"\x01\x09\x00"))
    assert answer is None
    assert 0x8F1E in premises.meter.security_log.codes()
