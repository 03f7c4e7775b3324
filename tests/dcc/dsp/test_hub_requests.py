"""What installers say of hubs (8.14.1 to 8.14.4), and where the SM WAN reaches (12.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assay.dcc.coverage import Coverage, CoverageMap
from assay.dcc.dsp.hub_status import HubReportKind
from assay.dcc.inventory import DeviceStatus, DeviceType
from assay.duis.responses import DccOnlyResponse, Response
from assay.duis.values import CalendarDate
from assay.gbcs.identifiers import Eui64
from tests.dcc.bench import DspBench
from tests.dcc.parties import (
    BROKER,
    HUB,
    METER,
    MPAN,
    OTHER_SUPPLIER,
    PROXY,
    SUPPLIER,
    UNKNOWN_DEVICE,
    hub,
)

INSTALLED = {
    "DeviceID": HUB,
    "CHFInstallType": "New CHF Install",
    "MPxN": MPAN,
    "AerialInstall": False,
    "CHFLocation": "Deep indoors",
}
NO_WAN = {
    **INSTALLED,
    "CHFInstallType": "CHF Install - no SM WAN",
    "PremiseType": "Terraced",
    "MetalObstructionCheck": True,
    "ConnectivityObstructionCheck": True,
    "SharedObstructionCheck": False,
}
FAULT = {
    "DeviceID": HUB,
    "CHFFaultReturnType": "Fault identified post installation",
    "OtherDeviceID": METER,
    "CHFConnectionMethod": "Hot-shoe",
    "CHFFaultReason": "LED Fault",
}
NO_FAULT = {"DeviceID": HUB, "CHFNoFaultReturnType": "Lost or Stolen Hub"}
REPORTS: Mapping[str, tuple[Mapping[str, Any], HubReportKind]] = {
    "8.14.1": (INSTALLED, HubReportKind.INSTALLED),
    "8.14.2": (NO_WAN, HubReportKind.INSTALLED_NO_WAN),
    "8.14.3": (FAULT, HubReportKind.FAULT_RETURN),
    "8.14.4": (NO_FAULT, HubReportKind.NO_FAULT_RETURN),
}


def send(bench: DspBench, srv: str, body: Mapping[str, Any], user: Eui64 = SUPPLIER) -> Response:
    return bench.send(bench.request(srv, user=user, target=BROKER, body=body))


@pytest.mark.parametrize("srv", REPORTS)
def test_what_is_reported_of_a_hub_is_kept(bench: DspBench, srv: str) -> None:
    body, kind = REPORTS[srv]
    assert send(bench, srv, body).response_code == "I99"
    (report,) = bench.dsp.books.estate.hub_reports.of(HUB)
    assert (report.hub, report.kind, report.content) == (HUB, kind, body)
    assert report.request_id.originator == SUPPLIER


def test_an_installed_hub_and_its_proxy_are_installed_in_the_inventory(bench: DspBench) -> None:
    pending = hub(DeviceStatus.PENDING)
    bench.inventory.enter(pending)
    bench.inventory.enter(replace(pending, device_id=PROXY, device_type=DeviceType.GPF, hub=HUB))
    send(bench, "8.14.1", INSTALLED)
    for device in (HUB, PROXY):
        assert bench.inventory[device].status is DeviceStatus.INSTALLED_NOT_COMMISSIONED


def test_a_hub_without_wan_waits(bench: DspBench) -> None:
    bench.inventory.enter(hub(DeviceStatus.PENDING))
    send(bench, "8.14.2", NO_WAN)
    assert bench.inventory[HUB].status is DeviceStatus.PENDING


@pytest.mark.parametrize("srv", REPORTS)
@pytest.mark.parametrize(
    ("device", "user", "code"),
    [
        (UNKNOWN_DEVICE, SUPPLIER, "E19"),
        (METER, SUPPLIER, "E11"),
        (HUB, OTHER_SUPPLIER, "E4"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    bench: DspBench, srv: str, device: Eui64, user: Eui64, code: str
) -> None:
    body, _ = REPORTS[srv]
    assert send(bench, srv, {**body, "DeviceID": device}, user).response_code == code
    assert bench.dsp.books.estate.hub_reports.of(device) == ()


# 12.1


def matrix(bench: DspBench, query: Mapping[str, Any]) -> Mapping[str, Any]:
    answer = send(bench, "12.1", query)
    assert answer.response_code == "I0"
    assert isinstance(answer.body, DccOnlyResponse)
    return answer.body.content


ADDRESS = {"PartialAddress": {"PostCode": "AB1 2CD", "AddressIdentifier": "9"}}


def test_each_region_that_reaches_a_place_says_how_well(bench: DspBench) -> None:
    bench.dsp.books.estate.coverage = CoverageMap(
        [
            Coverage(
                post_code="AB1",
                region="North",
                available=False,
                technology="Long range radio",
                likelihood="Low",
                anticipated=date(2027, 1, 1),
                auxiliary_equipment="T3 aerial",
            )
        ]
    )
    assert matrix(bench, ADDRESS) == {
        "Request": ADDRESS,
        "DSPWANMatrixResponse": (
            {
                "CSPRegion": "North",
                "CSPRegionResponseCode": "I0",
                "CoverageAvailability": False,
                "AnticipatedCoverageDate": CalendarDate(2027, 1, 1),
                "WANTechnology": "Long range radio",
                "ConnectivityLikelihood": "Low",
                "AuxiliaryEquipmentRequired": "T3 aerial",
            },
        ),
    }


@pytest.mark.parametrize("query", [ADDRESS, {"UPRN": 77}])
def test_a_place_that_no_map_shows_is_in_no_region(
    bench: DspBench, query: Mapping[str, Any]
) -> None:
    responses = ({"CSPRegion": "Unknown", "CSPRegionResponseCode": "I0"},)
    assert matrix(bench, query)["DSPWANMatrixResponse"] == responses
