"""Security and firmware as an electricity meter has them, over the network and while it meters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assay.gbcs import firmware_image
from assay.gbcs.asn1 import codec
from assay.gbcs.dlms.data import long_unsigned
from assay.gbcs.envelope import Cra
from assay.gbcs.firmware_image import OtaFile, OtaHeader, image_hash
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellKey, CellName
from rigs.devices.peers import Right
from tests.rigs.devices.premises_kit import METER, SUPPLIER, Premises, parties

ACTIVATE, READ_VERSION, JOIN, UNJOIN = 0x0012, 0x0059, 0x000D, 0x000F
VERIFIED, CHANGED = 0x8F72, 0x8F43
OUTAGE_RESTORED = 0x8F36
CONTENT = b"a manufacturer image " * 100
NEW = "00000002"
DISPLAY = Eui64.from_text("00-DB-12-34-56-78-90-A4")


def ota() -> bytes:
    header = OtaHeader(
        manufacturer_code=1,
        image_type=1,
        file_version=2,
        text=b"meter",
        minimum_hardware=0,
        maximum_hardware=9,
    )
    key = parties().keys[CellName(SUPPLIER, CellKey.SIGNATURE)]
    return OtaFile(header=header, image=firmware_image.sign(CONTENT, key)).to_octets()


def activate(premises: Premises) -> dict[str, object]:
    counter = premises.next_counter()
    value = {"image_hash": image_hash(CONTENT).hex(), "originator_counter": counter}
    payload = codec.build(ACTIVATE, Cra.COMMAND, value)
    answer = premises.answer(premises.command(ACTIVATE, SUPPLIER, counter=counter, payload=payload))
    assert answer is not None
    outcome: dict[str, object] = codec.decode_message(answer).value["outcome"]
    return outcome


def version(premises: Premises) -> str:
    octets: bytes = premises.ask(READ_VERSION, SUPPLIER).items[0].data.value
    return octets.hex()


@pytest.fixture
def updated(premises: Premises) -> Iterator[Premises]:
    """A meter that holds a verified image and has a steady load."""
    premises.load.request(Decimal(3600))
    premises.meter.receive_image(ota())
    premises.pass_time(1)
    yield premises


def test_a_new_version_runs_and_is_read_back(updated: Premises) -> None:
    assert updated.alert_codes() == [VERIFIED]
    assert version(updated) == "00000001"
    assert activate(updated) == {"result": "success", "firmware_version": NEW}
    updated.pass_time(5)
    assert version(updated) == NEW
    assert updated.meter.security_log.codes()[-2:] == (VERIFIED, CHANGED)


def test_what_the_meter_knows_outlives_the_activation(updated: Premises) -> None:
    meter = updated.meter
    logged, watt_hours = meter.event_log.entries, meter.import_watt_hours()
    before = (dict(meter.credentials.anchors.cells), meter.supply.state, meter.alerts.counter)
    activate(updated)
    updated.pass_time(5)
    after = (dict(meter.credentials.anchors.cells), meter.supply.state, meter.alerts.counter)
    assert after == before
    assert meter.event_log.entries[: len(logged)] == logged
    assert meter.import_watt_hours() >= watt_hours


@pytest.mark.parametrize("downtime", [0, 30])
def test_nothing_is_metered_while_a_new_image_starts(updated: Premises, downtime: int) -> None:
    meter = updated.meter
    meter.firmware.settings = replace(meter.firmware.settings, downtime=timedelta(seconds=downtime))
    before, at = meter.import_watt_hours(), updated.clock.now()
    activate(updated)
    updated.pass_time(100)
    passed = int((updated.clock.now() - at).total_seconds())
    # 3.6 kW is a watt-hour a second.
    assert abs(meter.import_watt_hours() - before - (passed - downtime)) <= 1
    assert OUTAGE_RESTORED not in updated.alert_codes()
    assert version(updated) == NEW


def test_a_meter_that_starts_anew_hears_nothing(updated: Premises) -> None:
    meter = updated.meter
    meter.firmware.settings = replace(meter.firmware.settings, downtime=timedelta(seconds=30))
    activate(updated)
    assert updated.answer(updated.command(READ_VERSION, SUPPLIER)) is None
    updated.pass_time(60)
    assert version(updated) == NEW


def test_a_power_cut_during_the_activation_does_no_harm(updated: Premises) -> None:
    meter = updated.meter
    meter.firmware.settings = replace(meter.firmware.settings, downtime=timedelta(seconds=30))
    activate(updated)
    updated.interrupt(600)
    updated.pass_time(60)
    assert meter.network.is_joined
    assert version(updated) == NEW


@pytest.mark.parametrize("percent", range(5, 100, 5))
def test_a_power_cut_in_a_download_costs_no_block(premises: Premises, percent: int) -> None:
    octets = ota()
    firmware, cut = premises.meter.firmware, len(octets) * percent // 100
    assert firmware.receive_block(0, octets[:cut], len(octets)) == cut
    premises.interrupt(30)
    premises.pass_time(10)
    assert firmware.wanted_block == cut
    assert firmware.receive_block(cut, octets[cut:], len(octets)) == len(octets)
    assert activate(premises)["result"] == "success"


def test_an_image_does_not_reach_a_meter_without_power(premises: Premises) -> None:
    premises.feed(0)
    premises.pass_time(10)
    premises.meter.receive_image(ota())
    assert premises.meter.firmware.images.pending is None


def test_what_the_former_supplier_had_dated_is_dropped(updated: Premises) -> None:
    meter = updated.meter
    counter = updated.next_counter()
    value = {
        "image_hash": image_hash(CONTENT).hex(),
        "originator_counter": counter,
        "execution_time": "2026-04-01T00:00:00Z",
    }
    payload = codec.build(ACTIVATE, Cra.COMMAND, value)
    updated.answer(updated.command(ACTIVATE, SUPPLIER, counter=counter, payload=payload))
    assert meter.firmware.pending is not None
    old = meter.credentials.party(SUPPLIER)
    assert old is not None
    for told in meter.security.updates.on_replaced:
        told(SUPPLIER, old, Eui64(bytes(8)))
    assert meter.firmware.pending is None


def test_a_display_may_act_on_the_meter_while_they_are_joined(premises: Premises) -> None:
    log = premises.meter.security.device_log
    assert not log.allows(DISPLAY, Right.TOP_UP)
    join = {
        "method_and_role": "methodAInitiator",
        "device_id": DISPLAY.hyphenated,
        "device_type": "PPMID",
    }
    for code, value, allowed in ((JOIN, join, True), (UNJOIN, DISPLAY.hyphenated, False)):
        payload = codec.build(code, Cra.COMMAND, value)
        answer = premises.answer(premises.command(code, SUPPLIER, payload=payload))
        assert answer is not None
        assert codec.decode_message(answer).value == "success"
        assert log.allows(DISPLAY, Right.TOP_UP) is allowed


def test_a_power_cut_keeps_counters_and_log(premises: Premises) -> None:
    premises.ask(0x0050, SUPPLIER, (long_unsigned(52),))
    before = dict(premises.meter.credentials.anchors.counters)
    premises.interrupt(600)
    premises.pass_time(10)
    assert premises.meter.credentials.anchors.counters == before
    assert premises.meter.device_id == METER
