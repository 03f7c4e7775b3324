"""From an unknown hub and meter to a commissioned one, and what goes wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assay.dcc.inventory import DeviceStatus, MeteringPoints
from assay.duis.catalogue import CATALOGUE
from assay.duis.responses import DccAlert, DccOnlyResponse
from assay.duis.values import CalendarDate
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench
from tests.dcc.parties import (
    BODIES,
    BROKER,
    HUB,
    METER,
    MPAN,
    OPERATOR,
    PARTIES,
    PROXY,
    SUPPLIER,
    UNKNOWN_DEVICE,
)

A_SECOND = timedelta(seconds=1)
KEY_HASH = bytes(range(16))
HUB_NOTICE = {
    "DeviceID": HUB,
    "DeviceManufacturer": "Maker",
    "DeviceModel": "Hub",
    "DeviceType": "CHF",
    "AssociatedGPFDeviceID": PROXY,
}
METER_NOTICE = {**BODIES["12.2"], "DeviceID": METER}


def pre_notify(bench: DspBench) -> None:
    for body in (HUB_NOTICE, METER_NOTICE):
        assert bench.send(bench.request("12.2", body=body)).response_code == "I99"


def add(bench: DspBench) -> None:
    _, answer = bench.complete("8.11")
    assert answer.response_code == "I99"
    bench.clock.advance(A_SECOND)


def join(bench: DspBench, counter: int = 1, key_hash: bytes = KEY_HASH) -> None:
    bench.premises.device_log_changed({METER: key_hash}, bench.clock.now(), counter)
    bench.clock.advance(A_SECOND)


def status(bench: DspBench, device: Eui64 = METER) -> DeviceStatus | None:
    return bench.inventory[device].status


def test_a_pre_notified_device_is_pending(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    assert status(empty_bench) is DeviceStatus.PENDING


def test_a_hub_brings_its_gas_proxy_function(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    proxy = empty_bench.inventory[PROXY]
    assert proxy.device_type == "GPF"
    assert proxy.hub == HUB


def test_a_device_that_shows_things_to_the_household_has_no_status(empty_bench: DspBench) -> None:
    body = {**METER_NOTICE, "DeviceType": "IHD"}
    del body["ESMEVariant"]
    empty_bench.send(empty_bench.request("12.2", body=body))
    assert status(empty_bench) is None


def test_a_device_that_the_hub_accepts_is_whitelisted_with_its_metering_point(
    empty_bench: DspBench,
) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    assert status(empty_bench) is DeviceStatus.WHITELISTED
    assert empty_bench.inventory[METER].hub == HUB
    assert empty_bench.inventory[METER].points == MeteringPoints(imports=MPAN)


def test_a_device_that_the_hub_does_not_accept_stays_pending(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    empty_bench.premises.result = 1
    add(empty_bench)
    assert status(empty_bench) is DeviceStatus.PENDING
    assert len(empty_bench.device_responses()) == 1


def test_a_link_key_in_the_log_of_the_hub_means_joined(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    join(empty_bench)
    assert status(empty_bench) is DeviceStatus.INSTALLED_NOT_COMMISSIONED
    assert empty_bench.alert_codes() == ["N24"]


def test_the_alert_of_a_join_names_the_request(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    join(empty_bench)
    body = empty_bench.delivered()[-1].body
    request_id = empty_bench.device_responses()[-1].request_id
    assert isinstance(body, DccAlert)
    assert body.content == {"UpdateHANDeviceLogServiceRequestID": request_id}


def test_a_log_entry_without_a_link_key_is_no_join(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    join(empty_bench, key_hash=b"")
    assert status(empty_bench) is DeviceStatus.WHITELISTED
    assert empty_bench.alert_codes() == []


def test_a_device_that_does_not_join_in_its_window_is_reported(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    empty_bench.clock.advance(timedelta(minutes=3))
    assert empty_bench.alert_codes() == ["N25"]
    assert status(empty_bench) is DeviceStatus.WHITELISTED


def test_a_join_ends_the_window(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    join(empty_bench)
    empty_bench.clock.advance(timedelta(minutes=3))
    assert empty_bench.alert_codes() == ["N24"]


def test_a_link_key_that_came_before_the_response_counts(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    join(empty_bench)
    add(empty_bench)
    assert status(empty_bench) is DeviceStatus.INSTALLED_NOT_COMMISSIONED
    assert empty_bench.alert_codes() == ["N24"]


def test_each_join_is_reported_once(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    join(empty_bench, 1)
    join(empty_bench, 2)
    assert empty_bench.alert_codes() == ["N24"]


def test_a_forged_log_changes_nothing(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    empty_bench.premises.alter = lambda message: message.with_mac(bytes(12))
    join(empty_bench)
    assert status(empty_bench) is DeviceStatus.WHITELISTED


def test_a_log_with_a_body_of_another_form_changes_nothing(empty_bench: DspBench) -> None:
    pre_notify(empty_bench)
    add(empty_bench)
    body = bytes.fromhex("0F2000000100020212FFFF0900")
    empty_bench.premises.alter_alert = lambda message: replace(message, payload=body)
    join(empty_bench)
    assert status(empty_bench) is DeviceStatus.WHITELISTED


def test_a_removed_device_is_behind_no_hub(bench: DspBench) -> None:
    body = {"DeviceID": METER, "RequestType": "Remove"}
    bench.complete("8.11", body=body)
    bench.clock.advance(A_SECOND)
    assert bench.inventory[METER].hub is None
    assert status(bench) is DeviceStatus.COMMISSIONED


def installed(bench: DspBench) -> None:
    pre_notify(bench)
    add(bench)
    join(bench)


def test_a_successful_answer_commissions_the_meter(empty_bench: DspBench) -> None:
    installed(empty_bench)
    _, answer = empty_bench.complete("8.1.1")
    empty_bench.clock.advance(A_SECOND)
    assert answer.response_code == "I99"
    assert status(empty_bench) is DeviceStatus.COMMISSIONED
    assert empty_bench.inventory[METER].commissioned_on is not None


def test_everyone_registered_hears_of_the_commissioned_meter(empty_bench: DspBench) -> None:
    installed(empty_bench)
    empty_bench.complete("8.1.1")
    empty_bench.clock.advance(A_SECOND)
    told = {role for role, eui in PARTIES.items() if "N16" in empty_bench.alert_codes(eui)}
    assert told == {"IS", "ES", "GS", "ED", "GT"}


def test_the_identity_of_a_meter_is_its_metering_points_and_variant(
    empty_bench: DspBench,
) -> None:
    installed(empty_bench)
    empty_bench.complete("8.1.1")
    empty_bench.clock.advance(A_SECOND)
    body = empty_bench.delivered(OPERATOR)[-1].body
    assert isinstance(body, DccAlert)
    assert body.content["DeviceStatusChange"] == {
        "MeterIdentity": {"MeterMPxNs": {"ImportMPxN": MPAN}, "ESMEVariant": "A"}
    }


def test_a_failed_answer_commissions_nothing(empty_bench: DspBench) -> None:
    installed(empty_bench)
    empty_bench.premises.result = 1
    empty_bench.complete("8.1.1")
    empty_bench.clock.advance(A_SECOND)
    assert status(empty_bench) is DeviceStatus.INSTALLED_NOT_COMMISSIONED


def test_statuses_and_their_times_are_kept(empty_bench: DspBench) -> None:
    installed(empty_bench)
    empty_bench.complete("8.1.1")
    empty_bench.clock.advance(A_SECOND)
    history = empty_bench.inventory[METER].history
    assert [entry.status.value for entry in history] == [
        "Pending",
        "Whitelisted",
        "InstalledNotCommissioned",
        "Commissioned",
    ]
    assert [entry.since for entry in history] == sorted(entry.since for entry in history)


def test_a_hub_that_answers_its_broker_is_commissioned_with_its_proxy(
    empty_bench: DspBench,
) -> None:
    installed(empty_bench)
    assert status(empty_bench, HUB) is DeviceStatus.COMMISSIONED
    assert status(empty_bench, PROXY) is DeviceStatus.COMMISSIONED


# Read Inventory


def inventory(bench: DspBench, **query: object) -> list[dict[str, object]]:
    answer = bench.send(bench.request("8.2", body=query))
    assert answer.response_code == "I0"
    assert answer.response_id is None
    assert isinstance(answer.body, DccOnlyResponse)
    devices = answer.body.content["Device"]
    assert isinstance(devices, tuple)
    return [dict(device) for device in devices]


def test_the_device_that_was_asked_for_comes_first(bench: DspBench) -> None:
    assert [one["DeviceID"] for one in inventory(bench, DeviceID=METER)] == [METER, HUB]
    assert [one["DeviceID"] for one in inventory(bench, DeviceID=HUB)] == [HUB, METER]


def test_a_metering_point_finds_the_whole_premises(bench: DspBench) -> None:
    assert {one["DeviceID"] for one in inventory(bench, MPxN=MPAN)} == {METER, HUB}


def test_the_inventory_shows_what_is_known_and_nothing_else(empty_bench: DspBench) -> None:
    installed(empty_bench)
    empty_bench.complete("8.1.1")
    empty_bench.clock.advance(A_SECOND)
    assert inventory(empty_bench, DeviceID=METER)[0] == {
        "DeviceID": METER,
        "DeviceType": "ESME",
        "DeviceStatus": "Commissioned",
        "DeviceManufacturer": "Maker",
        "DeviceModel": "Meter",
        "DateCommissioned": CalendarDate(2026, 3, 1),
        "ImportMPxN": MPAN,
        "ESMEVariant": "A",
    }


def test_every_role_may_read_the_inventory(bench: DspBench) -> None:
    for role in CATALOGUE["8.2"].roles:
        assert bench.send(bench.request("8.2", user=PARTIES[role])).response_code == "I0"


def test_a_request_to_the_dcc_is_answered_by_the_broker(bench: DspBench) -> None:
    answer = bench.send(bench.request("8.2"))
    assert answer.request_id is not None
    assert answer.request_id.target == BROKER


def test_a_refused_pre_notification_leaves_the_inventory_alone(bench: DspBench) -> None:
    before = bench.inventory.devices
    bench.send(bench.request("12.2", body={**METER_NOTICE, "DeviceModel": "Another"}))
    assert bench.inventory.devices == before
    assert UNKNOWN_DEVICE not in bench.inventory
    assert bench.alert_codes(SUPPLIER) == []
