"""Firmware for many devices: who gets it, how it goes down, what becomes of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assay.dcc.dsp.firmware import DEVICES_PER_TURN, TransferState
from assay.dcc.inventory import DeviceStatus, DeviceType, MeteringPoints
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.products import Product, ProductsList
from assay.dcc.settings import DccSettings
from assay.duis.responses import DccAlert, DccOnlyResponse, Response
from assay.gbcs.identifiers import Eui64
from assay.gbcs.messages import dlms_alert
from tests.dcc.bench import DspBench
from tests.dcc.dsp.device_answers import says, send_alert
from tests.dcc.parties import (
    BROKER,
    HUB,
    METER,
    OTHER_SUPPLIER,
    PPMID,
    SUPPLIER,
    UNKNOWN_DEVICE,
    hub,
    meter,
)

A_MINUTE = timedelta(minutes=1)
IMAGE = bytes(range(256)) * 8
VERSION = "0123ABCD"


def ask(
    bench: DspBench,
    *devices: Eui64,
    srv: str = "11.1",
    user: Eui64 = SUPPLIER,
    version: str = VERSION,
) -> Response:
    body: dict[str, Any] = {
        "FirmwareImage": IMAGE,
        "FirmwareVersion": version,
        "DeviceIDList": devices,
    }
    answer = bench.send(bench.request(srv, user=user, target=BROKER, body=body))
    bench.clock.advance(A_MINUTE)
    return answer


def alerts(bench: DspBench) -> list[DccAlert]:
    return [one.body for one in bench.delivered() if isinstance(one.body, DccAlert)]


def warning(answer: Response) -> dict[str, Any]:
    assert isinstance(answer.body, DccOnlyResponse)
    return dict(answer.body.content)


def ppmid() -> Any:
    return replace(meter(), device_id=PPMID, device_type=DeviceType.PPMID, points=MeteringPoints())


def products(**changes: Any) -> ProductsList:
    fields: dict[str, Any] = {
        "device_type": DeviceType.ESME,
        "manufacturer": "Maker",
        "model": "Meter",
        "firmware_version": VERSION,
    }
    return ProductsList([Product(**(fields | changes))])


def hub_says(bench: DspBench, result: str, device: Eui64 = METER) -> None:
    """CCS08."""
    value = {
        "alert_code": "0x8F8A" if result == "success" else "0x8F89",
        "time": "2026-03-01T12:00:00Z",
        "device_id": device.hyphenated,
        "firmware_version": VERSION.lower(),
        "result": result,
    }
    send_alert(bench, device=HUB, recipient=BROKER, message_code=0x0128, value=value)
    bench.clock.advance(A_MINUTE)


def meter_says(bench: DspBench, code: int) -> None:
    """0x00CE: what the meter makes of the image, signed, for its supplier."""
    alert = dlms_alert(
        message_code=0x00CE,
        alert_code=code,
        originator=METER,
        recipient=SUPPLIER,
        counter=9,
        at=bench.clock.now(),
    )
    bench.premises.send_up(bench.premises.protect(alert, critical=True))
    bench.clock.advance(A_MINUTE)


# Which devices


def test_an_image_goes_to_the_hub_with_the_devices_that_it_is_for(bench: DspBench) -> None:
    second = replace(meter(), device_id=UNKNOWN_DEVICE)
    bench.inventory.enter(second)
    assert ask(bench, METER, UNKNOWN_DEVICE).response_code == "I99"
    assert bench.premises.images == [((METER, UNKNOWN_DEVICE), IMAGE)]


def test_devices_that_get_none_are_named_by_reason(bench: DspBench) -> None:
    waiting = Eui64.from_text("00-DB-12-34-56-78-90-01")
    bench.inventory.enter(replace(meter(DeviceStatus.PENDING), device_id=waiting))
    bench.inventory.enter(ppmid())
    answer = ask(bench, METER, UNKNOWN_DEVICE, waiting, PPMID)
    assert answer.response_code == "W110101"
    assert warning(answer) == {
        "InvalidDeviceIDList": (UNKNOWN_DEVICE,),
        "NotCommissionedDeviceIDList": (waiting,),
        "NotApplicableFirmwareDeviceIDList": (PPMID,),
    }
    assert bench.premises.images == [((METER,), IMAGE)]


def test_one_image_at_a_time_is_on_its_way_to_a_device(bench: DspBench) -> None:
    bench.inventory.enter(replace(meter(), device_id=UNKNOWN_DEVICE))
    ask(bench, METER)
    answer = ask(bench, METER, UNKNOWN_DEVICE)
    assert warning(answer) == {"OtherRequestInProgressList": (METER,)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"firmware_version": "FFFFFFFF"}, "E11"),
        ({"model": "Other"}, "E11"),
        ({"image_hash": bytes(32)}, "E11"),
        ({"gbcs_version": "9.9"}, "E48"),
        ({"image_hash": hashlib.sha256(IMAGE).digest(), "gbcs_version": "4.3"}, "I99"),
        ({}, "I99"),
    ],
)
def test_the_image_must_be_the_one_on_the_products_list(
    bench: DspBench, changes: dict[str, Any], code: str
) -> None:
    bench.dsp.books.estate.products = products(**changes)
    assert ask(bench, METER).response_code == code
    assert bool(bench.premises.images) is (code == "I99")


@pytest.mark.parametrize(
    ("device", "status", "user", "code"),
    [
        (UNKNOWN_DEVICE, DeviceStatus.COMMISSIONED, SUPPLIER, "E19"),
        (METER, DeviceStatus.COMMISSIONED, OTHER_SUPPLIER, "E19"),
        (METER, DeviceStatus.DECOMMISSIONED, SUPPLIER, "E5"),
        (METER, DeviceStatus.SUSPENDED, SUPPLIER, "I99"),
    ],
)
def test_a_request_without_any_device_left_is_refused(
    bench: DspBench, device: Eui64, status: DeviceStatus, user: Eui64, code: str
) -> None:
    bench.inventory.enter(meter(status))
    assert ask(bench, device, user=user).response_code == code


# What becomes of it


def test_a_device_behind_no_known_hub_is_reported(bench: DspBench) -> None:
    bench.inventory.enter(meter(hub=None))
    assert ask(bench, METER).response_code == "I99"
    (alert,) = alerts(bench)
    assert alert.code == "N18"
    assert alert.content["MeterIDs"] == (METER,)
    assert not bench.dsp.books.estate.distribution.is_under_way(METER)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ("fileTransferFailure", "N19"),
        ("imageDiscarded", "N20"),
        ("hardwareVersionMismatch", "N21"),
    ],
)
def test_what_the_hub_could_not_do_is_reported_to_who_asked(
    bench: DspBench, result: str, code: str
) -> None:
    ask(bench, METER)
    hub_says(bench, result)
    (alert,) = alerts(bench)
    request_id = alert.content["UpdateFirmwareRequestID"]
    assert (alert.code, str(request_id).startswith(str(SUPPLIER))) == (code, True)


def test_a_meter_that_accepts_the_image_ends_its_distribution(bench: DspBench) -> None:
    ask(bench, METER)
    hub_says(bench, "success")
    transfer = bench.dsp.books.estate.distribution.of_device(METER)
    assert transfer is not None
    assert transfer.state is TransferState.PASSED_ON
    meter_says(bench, 0x8F72)
    assert not bench.dsp.books.estate.distribution.is_under_way(METER)
    assert bench.alert_codes() == ["8F72"]


def test_a_meter_that_refuses_the_image_is_reported(bench: DspBench) -> None:
    ask(bench, METER)
    meter_says(bench, 0x8F1C)
    assert sorted(bench.alert_codes()) == ["8F1C", "N22"]


def test_an_image_that_nobody_reports_on_is_given_up(bench: DspBench) -> None:
    ask(bench, METER)
    bench.clock.advance(timedelta(days=8))
    assert bench.alert_codes() == ["N23"]
    assert ask(bench, METER).response_code == "I99"


def test_the_word_of_the_hub_is_enough_where_the_meters_own_is_lost(bench: DspBench) -> None:
    ask(bench, METER)
    hub_says(bench, "success")
    bench.clock.advance(timedelta(days=8))
    assert bench.alert_codes() == []
    assert not bench.dsp.books.estate.distribution.is_under_way(METER)


def test_nobody_waits_for_a_device_that_was_decommissioned(bench: DspBench) -> None:
    ask(bench, METER)
    bench.send(bench.request("8.3", target=BROKER, body={"DeviceID": METER}))
    bench.clock.advance(timedelta(days=8))
    assert bench.alert_codes() == ["N2"]


def test_many_devices_are_served_in_turns_and_failures_told_together(keys: BenchKeys) -> None:
    bench = DspBench(keys=keys, settings=DccSettings(firmware_period=timedelta(hours=1)))
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    count = 2 * DEVICES_PER_TURN + 1
    named = [Eui64((1 << 40 | number).to_bytes(8, "big")) for number in range(count)]
    for device_id in named:
        bench.inventory.enter(replace(meter(), device_id=device_id))
    lost = [replace(meter(hub=None), device_id=device_id) for device_id in named[:3]]
    for device in lost:
        bench.inventory.enter(device)
    assert ask(bench, *named).response_code == "I99"
    assert [len(devices) for devices, _ in bench.premises.images] == [
        DEVICES_PER_TURN - 3,
        DEVICES_PER_TURN,
        1,
    ]
    (alert,) = alerts(bench)
    assert alert.content["MeterIDs"] == tuple(named[:3])


# PPMIDs, and versions that devices tell


def test_a_display_that_runs_its_new_image_is_reported_to_the_suppliers(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    assert ask(bench, PPMID, srv="11.4").response_code == "I99"
    value = {
        "alert_code": "0x8F8B",
        "time": "2026-03-01T12:00:30Z",
        "firmware_version": VERSION.lower(),
        "result": "success",
    }
    send_alert(bench, device=PPMID, recipient=BROKER, message_code=0x012B, value=value)
    bench.clock.advance(A_MINUTE)
    (alert,) = alerts(bench)
    assert alert.code == "N39"
    assert alert.content["DeviceAlertCode"] == bytes.fromhex("8F8B")
    assert alert.content["PPMIDFirmwareUpgradeAlert"] == {
        "FirmwareVersion": VERSION,
        "ActivateImageResultCode": "ActivationSuccess",
    }
    assert bench.inventory[PPMID].firmware_version == VERSION
    assert not bench.dsp.books.estate.distribution.is_under_way(PPMID)


def test_only_displays_get_the_firmware_of_displays(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    answer = ask(bench, METER, PPMID, srv="11.4")
    assert answer.response_code == "W110401"
    assert warning(answer) == {"NotApplicableFirmwareDeviceIDList": (METER,)}


def test_an_activated_image_is_known_and_ends_a_suspension(bench: DspBench) -> None:
    bench.dsp.books.estate.products = products()
    bench.inventory.enter(meter(DeviceStatus.COMMISSIONED, firmware_version="00000001"))
    bench.dsp.books.estate.measure(METER, bench.clock.now())
    assert bench.inventory[METER].status is DeviceStatus.SUSPENDED
    outcome = {"outcome": {"result": "success", "firmware_version": VERSION.lower()}}
    bench.premises.payloads[0x0012] = says(outcome)
    _, answer = bench.complete("11.3", body={"FirmwareHash": bytes(32)})
    bench.clock.advance(A_MINUTE)
    assert answer.response_code == "I99"
    assert bench.inventory[METER].firmware_version == VERSION
    assert bench.inventory[METER].status is DeviceStatus.COMMISSIONED
    assert bench.alert_codes() == ["N28", "N29"]


def test_an_image_that_does_not_run_is_not_believed(bench: DspBench) -> None:
    bench.inventory.enter(meter(firmware_version="00000001"))
    outcome = {"outcome": {"result": "hashMismatch", "firmware_version": VERSION.lower()}}
    bench.premises.payloads[0x0012] = says(outcome)
    bench.complete("11.3", body={"FirmwareHash": bytes(32)})
    bench.clock.advance(A_MINUTE)
    assert bench.inventory[METER].firmware_version == "00000001"
