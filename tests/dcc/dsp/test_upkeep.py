"""What the DCC does by itself: devices that never came, duties not done, change of tenancy, CIN."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assay.dcc.dsp.customer_number import customer_number_in, new_customer_number
from assay.dcc.inventory import DeviceStatus, LifecycleEvent, Obligation
from assay.duis.catalogue import UserRole
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.responses import DccOnlyResponse
from assay.gbcs.messages import dlms_alert
from tests.dcc.bench import DspBench
from tests.dcc.dsp.test_firmware import ppmid
from tests.dcc.dsp.test_inventory_requests import Planned
from tests.dcc.parties import (
    BODIES,
    BROKER,
    METER,
    OPERATOR,
    PARTIES,
    PPMID,
    START,
    SUPPLIER,
    UNKNOWN_DEVICE,
    meter,
)

A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
OTHER_USER = PARTIES[UserRole.OTHER_USER]


def notes(bench: DspBench) -> list[str]:
    return [one.note for one in bench.audit.entries if one.kind == "device lifecycle"]


# Pre-notified for over a year


def test_a_device_that_never_came_is_removed_after_a_year(empty_bench: DspBench) -> None:
    empty_bench.send(empty_bench.request("12.2", body=BODIES["12.2"]))
    empty_bench.clock.advance(timedelta(days=364))
    assert UNKNOWN_DEVICE in empty_bench.inventory
    empty_bench.clock.advance(2 * A_DAY)
    assert UNKNOWN_DEVICE not in empty_bench.inventory
    assert empty_bench.alert_codes() == ["N8"]


def test_a_device_that_came_stays(empty_bench: DspBench) -> None:
    empty_bench.send(empty_bench.request("12.2", body=BODIES["12.2"]))
    empty_bench.inventory.happened(LifecycleEvent.ADDED, UNKNOWN_DEVICE, empty_bench.clock.now())
    empty_bench.clock.advance(timedelta(days=800))
    assert UNKNOWN_DEVICE in empty_bench.inventory
    assert empty_bench.alert_codes() == []


def test_the_year_begins_again_with_a_new_pending(bench: DspBench) -> None:
    bench.clock.advance(timedelta(days=300))
    body = {"DeviceID": METER, "UpdateDeviceStatusExceptCH": "Pending"}
    assert bench.send(bench.request("8.4", target=BROKER, body=body)).response_code == "I99"
    bench.clock.advance(timedelta(days=300))
    assert METER in bench.inventory
    bench.clock.advance(timedelta(days=70))
    assert METER not in bench.inventory


# The seven days after commissioning


@pytest.fixture
def commissioned(bench: DspBench) -> DspBench:
    bench.inventory.enter(meter(DeviceStatus.INSTALLED_NOT_COMMISSIONED))
    bench.inventory.happened(LifecycleEvent.COMMISSION_ANSWERED, METER, START)
    return bench


def test_a_duty_not_done_in_a_week_is_shown_and_nobody_is_sent_anything(
    commissioned: DspBench,
) -> None:
    assert commissioned.dsp.upkeep.overdue() == ()
    commissioned.clock.advance(8 * A_DAY)
    (device,) = commissioned.dsp.upkeep.overdue()
    assert device.device_id == METER
    assert device.duty is not None
    assert device.duty.owed == frozenset(Obligation)
    assert any("not done within 7 days" in note for note in notes(commissioned))
    assert commissioned.letters == []
    assert "N32" not in DCC_ALERTS


def test_a_duty_that_is_overdue_is_noted_once(commissioned: DspBench) -> None:
    commissioned.clock.advance(30 * A_DAY)
    assert len([note for note in notes(commissioned) if "7 days" in note]) == 1


# Change of tenancy


def test_a_change_of_tenancy_ends_what_rested_on_the_old_households_consent(
    bench: DspBench,
) -> None:
    cancellation = bench.dsp.books.estate.cancellation
    cancellation.held[:] = [Planned(OTHER_USER), Planned(SUPPLIER), Planned(OPERATOR)]
    _, answer = bench.complete("3.2", body={"RestrictionDateTime": START})
    bench.clock.advance(A_MINUTE)
    assert answer.response_code == "I99"
    assert bench.alert_codes(OTHER_USER) == ["N5", "N7"]
    assert bench.alert_codes(SUPPLIER) == []
    assert bench.alert_codes(OPERATOR) == []


def test_a_meter_that_refuses_the_change_keeps_everything(bench: DspBench) -> None:
    bench.dsp.books.estate.cancellation.held.append(Planned(OTHER_USER))
    bench.premises.result = 1
    bench.complete("3.2", body={"RestrictionDateTime": START})
    bench.clock.advance(A_MINUTE)
    assert bench.alert_codes(OTHER_USER) == []


# Customer identification number


def test_the_number_that_the_meter_shows_comes_with_its_answer(bench: DspBench) -> None:
    _, answer = bench.complete("9.1", user=OTHER_USER, body={})
    bench.clock.advance(A_MINUTE)
    assert answer.response_code == "I99"
    (command,) = bench.premises.commands
    (response,) = bench.delivered(OTHER_USER)
    assert isinstance(response.body, DccOnlyResponse)
    assert response.body.element == "CINMessage"
    number = response.body.content["CustomerIdentificationNumber"]
    assert number == customer_number_in(command)


def test_a_number_is_four_digits_and_not_always_the_same() -> None:
    numbers = {new_customer_number() for _ in range(50)}
    assert all(len(number) == 4 and number.isdecimal() for number in numbers)
    assert len(numbers) > 1


# Alerts to the broker


def broker_alert(bench: DspBench, device: bytes, message_code: int, alert_code: int) -> None:
    originator = bench.inventory[METER if device == METER else PPMID].device_id
    alert = dlms_alert(
        message_code=message_code,
        alert_code=alert_code,
        originator=originator,
        recipient=BROKER,
        counter=3,
        at=bench.clock.now(),
    )
    bench.premises.send_up(bench.premises.protect(alert, critical=False))
    bench.clock.advance(A_MINUTE)


def test_any_alert_of_a_display_is_forwarded_to_the_suppliers(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    broker_alert(bench, PPMID, 0x1001, 0x8F3F)
    assert bench.alert_codes() == ["N39"]


def test_an_alert_of_another_device_to_the_broker_is_the_brokers_alone(bench: DspBench) -> None:
    broker_alert(bench, METER, 0x1001, 0x8F3F)
    assert bench.letters == []


@pytest.mark.parametrize("message_code", range(0x0110, 0x0116))
def test_sub_ghz_alerts_are_on_record_and_raise_nothing(bench: DspBench, message_code: int) -> None:
    """The DCC alert that carries them is not established."""
    broker_alert(bench, METER, message_code, 0x8F26)
    assert bench.letters == []
    assert any("sub GHz alert" in entry.note for entry in bench.audit.entries)


def test_a_meter_that_left_owes_nothing_more(commissioned: DspBench) -> None:
    commissioned.send(commissioned.request("8.3", target=BROKER, body={"DeviceID": METER}))
    commissioned.clock.advance(30 * A_DAY)
    assert commissioned.inventory[METER].duty is None
    assert [note for note in notes(commissioned) if "7 days" in note] == []
