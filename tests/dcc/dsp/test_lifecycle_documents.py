"""Alerts of the lifecycle on the wire: each is valid against the schema; restarts lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from assay.dcc.dsp.alert_codes import (
    FIRMWARE_NOT_DISTRIBUTED,
    SCHEDULE_REMOVED,
    CancellationCause,
    DistributionFailure,
)
from assay.dcc.dsp.alerts import (
    HUB_LOG_RESTORED,
    PROXY_LOG_RESTORED,
    DccAlerts,
    RestoredLog,
)
from assay.dcc.inventory import DeviceStatus
from assay.duis.catalogue import CATALOGUE
from assay.duis.dcc_alerts import DCC_ALERTS
from assay.duis.identifiers import RequestId
from assay.duis.values import Content
from tests.dcc.bench import DspBench
from tests.dcc.dsp.test_firmware import ask, ppmid
from tests.dcc.parties import BODIES, HUB, METER, PROXY, START, SUPPLIER, hub, meter

REQUEST = RequestId(SUPPLIER, METER, 1)
RESTORED = RestoredLog(old_hub=HUB, new_hub=HUB, old_proxy=PROXY, new_proxy=PROXY)
CERTIFICATE: Content = {"CertificateType": "DigitalSigning", "CertificateHash": bytes(32)}
Raise = Callable[[DccAlerts], object]


def schedule_removed(code: str) -> Raise:
    return lambda alerts: alerts.schedule_removed(code, SUPPLIER, METER, 7)


def not_distributed(code: str) -> Raise:
    return lambda alerts: alerts.firmware_not_distributed(code, REQUEST, [METER])


RAISED: dict[str, Raise] = {
    "N2": lambda alerts: alerts.meter_left(meter(), [ppmid()]),
    "N8": lambda alerts: alerts.device_changed("N8", meter(), "DeviceRemovedFromInventory"),
    "N9": lambda alerts: alerts.device_changed("N9", replace(hub(), hub=HUB), "CHFDecommissioning"),
    "N26": lambda alerts: alerts.not_registered(REQUEST),
    "N27": lambda alerts: alerts.supplier_changed(meter(), SUPPLIER),
    "N28": lambda alerts: alerts.device_changed("N28", meter(), "DeviceSuspended"),
    "N29": lambda alerts: alerts.device_changed("N29", meter(), "DeviceRestored"),
    "N30": lambda alerts: alerts.log_restored(HUB_LOG_RESTORED, RESTORED, hub()),
    "N31": lambda alerts: alerts.log_restored(PROXY_LOG_RESTORED, RESTORED, hub()),
    "N39": lambda alerts: alerts.ppmid_alert(ppmid(), 0x8F3F, START, None),
    "N42": lambda alerts: alerts.credentials_updated(
        METER,
        [SUPPLIER],
        "Supplier",
        [CERTIFICATE],
        {"RemotePartyFloorSeqNumber": 0, "RemotePartyPrepaymentTopUpFloorSeqNumber": 7},
    ),
    "N43": lambda alerts: alerts.ppmid_removed(ppmid(), HUB),
    **{code: schedule_removed(code) for code in SCHEDULE_REMOVED.values()},
    **{code: not_distributed(code) for code in FIRMWARE_NOT_DISTRIBUTED.values()},
}


@pytest.mark.parametrize("code", RAISED)
def test_each_alert_is_raised_once_and_valid(
    bench: DspBench, duis_schema: etree.XMLSchema, code: str
) -> None:
    RAISED[code](bench.dsp.from_devices.alerts)
    (letter,) = (one for one in bench.letters if one.user == SUPPLIER)
    assert letter.code == code
    duis_schema.assertValid(etree.fromstring(letter.document))


def test_every_cause_has_a_code_of_its_group() -> None:
    assert set(SCHEDULE_REMOVED) == set(CancellationCause)
    assert set(FIRMWARE_NOT_DISTRIBUTED) == set(DistributionFailure)
    assert {DCC_ALERTS[code].element for code in SCHEDULE_REMOVED.values()} == {
        "DSPScheduleRemoval"
    }
    assert {DCC_ALERTS[code].element for code in FIRMWARE_NOT_DISTRIBUTED.values()} == {
        "FirmwareDistributionFailure"
    }


def test_the_dcc_answers_every_request_that_is_its_own(bench: DspBench) -> None:
    non_device = {srv for srv, row in CATALOGUE.items() if row.non_device}
    assert set(bench.dsp.handlers) == non_device


# Restart


def restarted(bench: DspBench) -> DspBench:
    """Another DCC on the same books, at the same time."""
    bench.dsp.stop()
    after = DspBench(keys=bench.keys, store=bench.store)
    after.dsp.resume()
    return after


def test_a_join_window_outlives_a_restart(bench: DspBench) -> None:
    bench.inventory.enter(meter(DeviceStatus.PENDING))
    bench.complete("8.11", body=BODIES["8.11"])
    bench.clock.advance(timedelta(seconds=1))
    assert bench.inventory[METER].status is DeviceStatus.WHITELISTED
    after = restarted(bench)
    after.clock.advance(timedelta(minutes=3))
    assert after.alert_codes() == ["N25"]


def test_an_image_under_way_outlives_a_restart(bench: DspBench) -> None:
    ask(bench, METER)
    after = restarted(bench)
    assert after.dsp.books.estate.distribution.is_under_way(METER)
    after.clock.advance(timedelta(days=8))
    assert after.alert_codes() == ["N23"]


def test_a_year_of_waiting_outlives_a_restart(bench: DspBench) -> None:
    bench.inventory.enter(meter(DeviceStatus.PENDING, notified_by=SUPPLIER))
    after = restarted(bench)
    after.clock.advance(timedelta(days=366))
    assert METER not in after.inventory
    assert after.alert_codes() == ["N8"]


def test_reports_of_hubs_outlive_a_restart(bench: DspBench) -> None:
    body = {"DeviceID": HUB, "CHFNoFaultReturnType": "Lost or Stolen Hub"}
    bench.send(bench.request("8.14.4", target=bench.dsp.books.broker.eui, body=body))
    (report,) = restarted(bench).dsp.books.estate.hub_reports.of(HUB)
    assert report.content == body
