"""Joining and unjoining devices, the logs of hubs and gas proxy functions, and their restoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assay.dcc.inventory import Device, DeviceStatus, DeviceType, MeteringPoints
from assay.duis.responses import DccAlert
from assay.duis.values import CalendarDate
from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench
from tests.dcc.dsp.device_answers import says
from tests.dcc.parties import BROKER, HUB, METER, PPMID, PROXY, SUPPLIER, hub, meter

A_SECOND = timedelta(seconds=1)
JOIN_A_METER, JOIN_A_OTHER, UNJOIN, RESTORE_HUB, RESTORE_PROXY = (
    0x000D,
    0x00AB,
    0x000F,
    0x0003,
    0x008C,
)
OLD_HUB = Eui64.from_text("00-DB-12-34-56-78-AA-A2")
OLD_PROXY = Eui64.from_text("00-DB-12-34-56-78-AA-A3")
KEY_HASH = bytes(range(16))


def ppmid(status: DeviceStatus = DeviceStatus.INSTALLED_NOT_COMMISSIONED) -> Device:
    return replace(
        meter(status), device_id=PPMID, device_type=DeviceType.PPMID, points=MeteringPoints()
    )


def proxy(device_id: Eui64 = PROXY, home: Eui64 = HUB) -> Device:
    return replace(hub(), device_id=device_id, device_type=DeviceType.GPF, hub=home)


def request(bench: DspBench, srv: str, target: Eui64, body: Mapping[str, Any]) -> str:
    _, answer = bench.complete(srv, target=target, body=body)
    bench.clock.advance(A_SECOND)
    return answer.response_code


def join(bench: DspBench, target: Eui64, other: Eui64, srv: str = "8.7.1") -> str:
    return request(bench, srv, target, {"OtherDeviceID": other})


# Joining


def test_a_meter_that_is_joined_with_a_display_commissions_it(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    bench.premises.payloads[JOIN_A_METER] = says("success")
    assert join(bench, METER, PPMID) == "I99"
    assert bench.inventory[METER].joined_with == {PPMID}
    assert bench.inventory[PPMID].status is DeviceStatus.COMMISSIONED


def test_a_join_that_fails_changes_nothing(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    bench.premises.payloads[JOIN_A_METER] = says("deviceLogFull")
    join(bench, METER, PPMID)
    assert bench.inventory[METER].joined_with == frozenset()
    assert bench.inventory[PPMID].status is DeviceStatus.INSTALLED_NOT_COMMISSIONED


def test_a_display_that_joins_a_meter_is_served_by_the_broker(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    bench.premises.payloads[JOIN_A_OTHER] = says("success")
    assert join(bench, PPMID, METER, "8.7.2") == "I99"
    (command,) = bench.premises.commands
    assert command.originator == BROKER
    assert len(command.signature or b"") == 64
    assert bench.inventory[PPMID].status is DeviceStatus.COMMISSIONED


def test_a_meter_that_is_not_commissioned_commissions_nobody(bench: DspBench) -> None:
    bench.inventory.enter(meter(DeviceStatus.INSTALLED_NOT_COMMISSIONED))
    bench.inventory.enter(ppmid())
    bench.premises.payloads[JOIN_A_METER] = says("success")
    join(bench, METER, PPMID)
    assert bench.inventory[METER].joined_with == {PPMID}
    assert bench.inventory[PPMID].status is DeviceStatus.INSTALLED_NOT_COMMISSIONED


def test_an_unjoined_device_is_off_the_log(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    bench.inventory.joined(METER, PPMID)
    bench.premises.payloads[UNJOIN] = says("success")
    assert request(bench, "8.8.1", METER, {"OtherDeviceID": PPMID}) == "I99"
    assert bench.inventory[METER].joined_with == frozenset()


def test_a_display_that_leaves_the_hub_is_reported_to_the_suppliers(bench: DspBench) -> None:
    bench.inventory.enter(ppmid(DeviceStatus.COMMISSIONED))
    body = {"DeviceID": PPMID, "RequestType": "Remove"}
    assert request(bench, "8.11", HUB, body) == "I99"
    (alert,) = [o.body for o in bench.delivered() if isinstance(o.body, DccAlert)]
    assert (alert.code, alert.content) == ("N43", {"PPMIDDeviceID": PPMID, "CHFDeviceID": HUB})
    assert bench.inventory[PPMID].hub is None


# Restoring logs


@pytest.fixture
def swapped(bench: DspBench) -> DspBench:
    """A meter and a display still behind a hub that has been replaced by the bench's."""
    bench.inventory.enter(replace(hub(), device_id=OLD_HUB, hub=OLD_HUB))
    bench.inventory.enter(proxy())
    bench.inventory.enter(proxy(OLD_PROXY, OLD_HUB))
    bench.inventory.enter(meter(hub=OLD_HUB))
    bench.inventory.enter(replace(ppmid(DeviceStatus.COMMISSIONED), hub=OLD_HUB))
    return bench


def backed_up(bench: DspBench) -> None:
    """The old hub told of its log before it was taken away."""
    new = bench.premises.hub_id
    bench.premises.hub_id = HUB
    bench.premises.device_log_changed({METER: KEY_HASH}, bench.clock.now(), 1)
    bench.clock.advance(A_SECOND)
    bench.premises.hub_id = new
    log = bench.inventory[HUB].log
    bench.inventory.enter(replace(bench.inventory[OLD_HUB], log=log))
    bench.inventory.enter(replace(bench.inventory[HUB], log=None))


def test_the_log_that_the_old_hub_told_of_goes_to_the_new_one(swapped: DspBench) -> None:
    backed_up(swapped)
    assert request(swapped, "8.12.1", HUB, {"OldCHFID": OLD_HUB}) == "I99"
    (command,) = swapped.premises.commands
    assert command.message_code == RESTORE_HUB
    assert bytes(METER) + b"\x09\x10" + KEY_HASH in command.payload
    assert {device.device_id for device in swapped.inventory.behind(HUB)} == {
        HUB,
        METER,
        PPMID,
        PROXY,
    }


def test_a_restored_log_is_reported_with_old_and_new_hub(swapped: DspBench) -> None:
    backed_up(swapped)
    request(swapped, "8.12.1", HUB, {"OldCHFID": OLD_HUB})
    alert = [o.body for o in swapped.delivered() if isinstance(o.body, DccAlert)][-1]
    assert alert.code == "N30"
    assert alert.content == {
        "RestoredDate": CalendarDate(2026, 3, 1),
        "CHFDeviceLog": {
            "OldCHFDeviceID": OLD_HUB,
            "NewCHFDeviceID": HUB,
            "OldGPFDeviceID": OLD_PROXY,
            "NewGPFDeviceID": PROXY,
        },
    }


def test_a_hub_that_refuses_the_log_changes_nothing(swapped: DspBench) -> None:
    backed_up(swapped)
    swapped.premises.result = 1
    request(swapped, "8.12.1", HUB, {"OldCHFID": OLD_HUB})
    assert swapped.inventory[METER].hub == OLD_HUB
    assert "N30" not in swapped.alert_codes()


def test_a_hub_that_never_told_of_its_log_has_none_to_restore(swapped: DspBench) -> None:
    assert request(swapped, "8.12.1", HUB, {"OldCHFID": OLD_HUB}) == "E100"
    assert swapped.premises.commands == []


def test_the_log_of_a_gas_proxy_function_is_kept_and_restored(swapped: DspBench) -> None:
    value = {
        "alert_code": "0x8071",
        "backup_time": "2026-03-01T12:00:00Z",
        "entries": [{"device_id": PPMID.hyphenated, "device_type": "PPMID"}],
    }
    alert = Message(
        cra=Cra.ALERT,
        counter=1,
        originator=PROXY,
        recipient=BROKER,
        other=OtherInformation(message_code=0x00B2),
        payload=codec.build(0x00B2, Cra.ALERT, value),
    )
    swapped.premises.send_up(swapped.premises.protect(alert, critical=False))
    swapped.clock.advance(A_SECOND)
    known = swapped.inventory[PROXY]
    assert known.joined_with == {PPMID}
    swapped.inventory.enter(
        replace(swapped.inventory[OLD_PROXY], log=known.log, joined_with=known.joined_with)
    )
    swapped.inventory.enter(replace(known, log=None, joined_with=frozenset()))
    entry = {"device_id": PPMID.hyphenated, "device_type": "PPMID"}
    done = {"outcomes": [{"entry": entry, "join_response_code": "success"}]}
    swapped.premises.payloads[RESTORE_PROXY] = says(done)
    assert request(swapped, "8.12.2", PROXY, {"OldGPFID": OLD_PROXY}) == "I99"
    assert swapped.inventory[PROXY].joined_with == {PPMID}
    assert "N31" in swapped.alert_codes(SUPPLIER)
