"""Decommission (8.3), Update Inventory (8.4), opt in (8.6), pre-notification against the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from assay.dcc.dsp.cancellation import IsAffected, RemovedSchedule
from assay.dcc.inventory import DeviceStatus, DeviceType, MeteringPoints
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.products import Product, ProductsList, ProductStatus
from assay.dcc.settings import DccSettings
from assay.duis.catalogue import UserRole
from assay.duis.identifiers import RequestId
from assay.duis.responses import DccAlert, DccOnlyResponse, Response
from assay.duis.values import CalendarDate
from assay.gbcs.certificates import CertificateView
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench
from tests.dcc.parties import (
    BODIES,
    BROKER,
    HUB,
    METER,
    MPAN,
    OPERATOR,
    OTHER_SUPPLIER,
    PARTIES,
    PPMID,
    PROXY,
    SUPPLIER,
    UNKNOWN_DEVICE,
    hub,
    meter,
)

NOTICE = BODIES["12.2"]


@dataclass
class Planned:
    """A schedule and a dated request of one user for the meter."""

    owner: Eui64

    def cancel_schedules(self, device: Eui64, is_affected: IsAffected) -> list[RemovedSchedule]:
        is_gone = device == METER and is_affected(self.owner)
        return [RemovedSchedule(self.owner, 7)] if is_gone else []

    def cancel_dated(self, device: Eui64, is_affected: IsAffected) -> list[RequestId]:
        is_gone = device == METER and is_affected(self.owner)
        return [RequestId(self.owner, device, 9)] if is_gone else []


def send(bench: DspBench, srv: str, body: Mapping[str, Any], user: Eui64 = SUPPLIER) -> Response:
    return bench.send(bench.request(srv, user=user, target=BROKER, body=body))


def status(bench: DspBench, device: Eui64 = METER) -> DeviceStatus | None:
    return bench.inventory[device].status


def alerts(bench: DspBench, user: Eui64 = SUPPLIER) -> list[DccAlert]:
    return [one.body for one in bench.delivered(user) if isinstance(one.body, DccAlert)]


def ppmid(**changes: Any) -> Any:
    return replace(
        meter(), device_id=PPMID, device_type=DeviceType.PPMID, points=MeteringPoints(), **changes
    )


# 8.3


def test_a_decommissioned_meter_is_reported_with_what_it_leaves_behind(bench: DspBench) -> None:
    bench.inventory.enter(ppmid())
    assert send(bench, "8.3", {"DeviceID": METER}).response_code == "I99"
    assert status(bench) is DeviceStatus.DECOMMISSIONED
    (alert,) = alerts(bench)
    assert alert.code == "N2"
    assert alert.content["DeviceStatusChange"] == {
        "MeterDecommissioningOrWithdrawal": {
            "MeterDecommissionOrWithdrawal": {"ImportMPxN": MPAN},
            "AssociatedType1Device": ({"DeviceID": PPMID, "DeviceType": "PPMID"},),
        }
    }
    assert bench.alert_codes(OPERATOR) == ["N2"]


def test_what_was_planned_for_a_decommissioned_device_is_cancelled(bench: DspBench) -> None:
    bench.dsp.books.estate.cancellation.held[:] = [Planned(OPERATOR)]
    send(bench, "8.3", {"DeviceID": METER})
    removed, cancelled, _ = alerts(bench, OPERATOR)
    assert (removed.code, removed.content) == ("N17", {"DeviceID": METER, "DSPScheduleID": 7})
    assert cancelled.code == "N7"
    assert cancelled.content["CommandRequestID"] == RequestId(OPERATOR, METER, 9)


def test_a_decommissioned_hub_takes_its_gas_proxy_along(bench: DspBench) -> None:
    bench.inventory.enter(replace(hub(), device_id=PROXY, device_type=DeviceType.GPF, hub=HUB))
    send(bench, "8.3", {"DeviceID": HUB})
    assert status(bench, HUB) is DeviceStatus.DECOMMISSIONED
    assert status(bench, PROXY) is DeviceStatus.DECOMMISSIONED
    assert bench.alert_codes() == ["N9"]


@pytest.mark.parametrize(
    ("device", "user", "code"),
    [(UNKNOWN_DEVICE, SUPPLIER, "E19"), (METER, OTHER_SUPPLIER, "E4"), (METER, OPERATOR, "E2")],
)
def test_a_device_is_decommissioned_by_its_supplier_alone(
    bench: DspBench, device: Eui64, user: Eui64, code: str
) -> None:
    assert send(bench, "8.3", {"DeviceID": device}, user).response_code == code
    assert status(bench) is DeviceStatus.COMMISSIONED


def test_a_device_is_decommissioned_once(bench: DspBench) -> None:
    send(bench, "8.3", {"DeviceID": METER})
    assert send(bench, "8.3", {"DeviceID": METER}).response_code == "E5"
    assert bench.alert_codes() == ["N2"]


# 8.4


def test_a_decommissioned_meter_may_be_pending_again(bench: DspBench) -> None:
    send(bench, "8.3", {"DeviceID": METER})
    body = {"DeviceID": METER, "UpdateDeviceStatusExceptCH": "Pending"}
    assert send(bench, "8.4", body).response_code == "I99"
    assert status(bench) is DeviceStatus.PENDING
    assert bench.inventory[METER].hub is None


def test_a_hub_is_withdrawn_and_commissioned_again_with_its_proxy(bench: DspBench) -> None:
    bench.inventory.enter(replace(hub(), device_id=PROXY, device_type=DeviceType.GPF, hub=HUB))
    for wanted in (DeviceStatus.WITHDRAWN, DeviceStatus.COMMISSIONED):
        body = {"DeviceID": HUB, "UpdateDeviceStatusCH": wanted.value}
        assert send(bench, "8.4", body).response_code == "I99"
        assert (status(bench, HUB), status(bench, PROXY)) == (wanted, wanted)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"UpdateDeviceStatusCH": "Commissioned"}, "E11"),
        ({"UpdateDeviceStatusExceptCH": "InstalledNotCommissioned"}, "E5"),
        ({"DeleteDevice": None}, "E5"),
    ],
)
def test_a_change_of_status_that_the_table_does_not_know_is_refused(
    bench: DspBench, change: Mapping[str, Any], code: str
) -> None:
    assert send(bench, "8.4", {"DeviceID": METER, **change}).response_code == code
    assert status(bench) is DeviceStatus.COMMISSIONED


def test_a_pending_device_may_be_deleted_and_its_notifier_hears_of_it(
    empty_bench: DspBench,
) -> None:
    send(empty_bench, "12.2", NOTICE)
    body = {"DeviceID": UNKNOWN_DEVICE, "DeleteDevice": None}
    assert send(empty_bench, "8.4", body).response_code == "I99"
    assert UNKNOWN_DEVICE not in empty_bench.inventory
    assert empty_bench.alert_codes() == ["N8"]


def test_a_device_that_somebody_else_made_known_is_not_to_be_touched(
    empty_bench: DspBench,
) -> None:
    send(empty_bench, "12.2", NOTICE)
    body = {"DeviceID": UNKNOWN_DEVICE, "DeleteDevice": None}
    assert send(empty_bench, "8.4", body, OTHER_SUPPLIER).response_code == "E4"
    assert send(empty_bench, "8.4", body, PARTIES[UserRole.OTHER_USER]).response_code == "E4"
    assert UNKNOWN_DEVICE in empty_bench.inventory


def test_a_household_device_has_no_status_and_may_always_be_deleted(empty_bench: DspBench) -> None:
    notice = {name: value for name, value in NOTICE.items() if name != "ESMEVariant"}
    send(empty_bench, "12.2", {**notice, "DeviceType": "IHD"})
    body = {"DeviceID": UNKNOWN_DEVICE, "DeleteDevice": None}
    assert send(empty_bench, "8.4", body).response_code == "I99"
    assert UNKNOWN_DEVICE not in empty_bench.inventory


def test_details_and_numbers_are_put_right(bench: DspBench) -> None:
    details = {"DeviceModel": "Meter 2", "FirmwareVersion": "00000009"}
    send(bench, "8.4", {"DeviceID": METER, "UpdateDeviceDetails": details})
    send(bench, "8.4", {"DeviceID": METER, "UpdateMPxN": {"ExportMPAN": "1312345678999"}})
    device = bench.inventory[METER]
    assert (device.manufacturer, device.model, device.firmware_version) == (
        "Maker",
        "Meter 2",
        "00000009",
    )
    assert device.points == MeteringPoints(imports=MPAN, exports="1312345678999")


@pytest.mark.parametrize(
    "change",
    [
        {"UpdateMPxN": {"ExportMPAN": "1312345678999"}},
        {"UpdateMPxN": {"ImportMPxN": "1312345678999"}},
        {"UpdateDeviceDetails": {"ESMEVariant": "A"}},
    ],
)
def test_only_a_meter_has_the_numbers_of_a_meter(
    bench: DspBench, change: Mapping[str, Any]
) -> None:
    assert send(bench, "8.4", {"DeviceID": HUB, **change}).response_code == "E11"


# 8.6


OPT_IN = {
    "DeviceID": METER,
    "DeviceType": "ESME",
    "MPxNs": {"ImportMPxN": MPAN, "ExportMPAN": "1312345678999"},
    "OptInDate": CalendarDate(2026, 3, 1),
}


def test_nobody_may_opt_in_unless_a_role_is_opened(bench: DspBench) -> None:
    assert send(bench, "8.6", OPT_IN).response_code == "E2"


@pytest.fixture
def opened(keys: BenchKeys) -> DspBench:
    """A DCC that lets import suppliers opt meters in and out."""
    roles = frozenset({UserRole.IMPORT_SUPPLIER})
    bench = DspBench(keys=keys, settings=DccSettings(opened={"8.5": roles, "8.6": roles}))
    bench.inventory.enter(hub())
    return bench


def test_a_withdrawn_meter_comes_back_and_learns_the_key_of_the_broker(opened: DspBench) -> None:
    opened.inventory.enter(meter(DeviceStatus.WITHDRAWN))
    answer = send(opened, "8.6", OPT_IN)
    assert answer.response_code == "I0"
    assert isinstance(answer.body, DccOnlyResponse)
    agreement = answer.body.content["DSPBrokerSecurityCredentialsKeyAgreement"]
    assert isinstance(agreement, bytes)
    assert CertificateView.from_der(agreement).eui == BROKER
    assert status(opened) is DeviceStatus.INSTALLED_NOT_COMMISSIONED
    assert opened.inventory[METER].points.exports == "1312345678999"


def test_a_meter_that_is_in_cannot_opt_in(opened: DspBench) -> None:
    opened.inventory.enter(meter())
    assert send(opened, "8.6", OPT_IN).response_code == "E5"


# Central Products List


def listed(*versions: tuple[str, ProductStatus]) -> ProductsList:
    return ProductsList(
        Product(
            device_type=DeviceType.ESME,
            manufacturer="Maker",
            model="Meter",
            firmware_version=version,
            status=state,
        )
        for version, state in versions
    )


def test_a_model_that_is_not_on_the_list_is_not_taken_in(empty_bench: DspBench) -> None:
    empty_bench.dsp.books.estate.products = listed(("1", ProductStatus.CANCELLED))
    assert send(empty_bench, "12.2", NOTICE).response_code == "E48"
    empty_bench.dsp.books.estate.products = listed(("1", ProductStatus.ACTIVE))
    assert send(empty_bench, "12.2", NOTICE).response_code == "I99"


def test_a_product_that_lapses_suspends_its_devices_until_it_is_back(bench: DspBench) -> None:
    upkeep = bench.dsp.upkeep
    bench.inventory.enter(meter(firmware_version="1"))
    upkeep.products_changed(listed(("1", ProductStatus.ACTIVE)))
    assert status(bench) is DeviceStatus.COMMISSIONED
    upkeep.products_changed(listed(("1", ProductStatus.WITHDRAWN)))
    assert status(bench) is DeviceStatus.SUSPENDED
    upkeep.products_changed(listed(("1", ProductStatus.ACTIVE)))
    assert status(bench) is DeviceStatus.COMMISSIONED
    assert bench.alert_codes() == ["N28", "N29"]


def test_a_product_that_leaves_the_list_suspends_its_devices_too(bench: DspBench) -> None:
    bench.inventory.enter(meter(firmware_version="1"))
    bench.dsp.upkeep.products_changed(listed(("1", ProductStatus.ACTIVE)))
    bench.dsp.upkeep.products_changed(listed())
    assert status(bench) is DeviceStatus.SUSPENDED


def test_the_inventory_shows_the_state_on_the_list(bench: DspBench) -> None:
    bench.inventory.enter(meter(firmware_version="1"))
    bench.dsp.books.estate.products = listed(("1", ProductStatus.EXPIRED))
    answer = send(bench, "8.2", {"DeviceID": METER})
    assert isinstance(answer.body, DccOnlyResponse)
    devices = answer.body.content["Device"]
    assert isinstance(devices, tuple)
    assert devices[0]["CPLStatus"] == "Expired"
    assert devices[0]["DeviceFirmwareVersionStatus"] == "Expired"


def test_a_list_that_changed_while_the_dcc_was_down_counts_from_its_start(
    bench: DspBench,
) -> None:
    bench.inventory.enter(meter(firmware_version="1"))
    bench.dsp.upkeep.products_changed(listed(("1", ProductStatus.ACTIVE)))
    bench.dsp.stop()
    after = DspBench(keys=bench.keys, store=bench.store)
    after.dsp.books.estate.products = listed()
    after.dsp.resume()
    assert status(after) is DeviceStatus.SUSPENDED


def test_a_list_is_known_again_by_what_it_says() -> None:
    one, two = ("1", ProductStatus.ACTIVE), ("2", ProductStatus.ACTIVE)
    assert listed(one, two).fingerprint == listed(two, one).fingerprint
    assert listed(one).fingerprint != listed(two).fingerprint
