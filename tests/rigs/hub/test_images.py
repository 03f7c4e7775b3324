"""Firmware images: what the hub passes on, and what it says about those it does not (C-009)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra
from assay.gbcs.firmware_image import OtaFile, OtaHeader, sign
from assay.gbcs.identifiers import Eui64
from assay.gbcs.trust_anchors import CellKey, CellName
from rigs.devices.hub.images import OCTETS_PER_SECOND
from tests.rigs.devices.premises_kit import HUB, METER, SUPPLIER, Premises, parties
from tests.rigs.hub.requests import OTHER


def image(*, minimum: int = 0, maximum: int = 9, size: int = 3000, is_signed: bool = True) -> bytes:
    own = parties().keys[CellName(SUPPLIER, CellKey.SIGNATURE)]
    key = own if is_signed else ec.generate_private_key(ec.SECP256R1())
    header = OtaHeader(
        manufacturer_code=0x1234,
        image_type=1,
        file_version=2,
        text=b"meter",
        minimum_hardware=minimum,
        maximum_hardware=maximum,
    )
    return OtaFile(header=header, image=sign(bytes(size), key)).to_octets()


def send(premises: Premises, octets: bytes, *devices: Eui64, wait_s: float = 60) -> None:
    premises.dsp.arrived.clear()
    premises.wan.send_image_down(HUB, devices, octets)
    premises.pass_time(wait_s)


def results(premises: Premises) -> list[tuple[str, str]]:
    """Device and result of each CCS08."""
    alerts = premises.arrived(Cra.ALERT)
    told = [codec.decode_message(one).value for one in alerts if one.message_code == 0x0128]
    return [(one["device_id"], one["result"]) for one in told]


def test_an_image_reaches_the_meter_that_judges_it(premises: Premises) -> None:
    octets = image()
    send(premises, octets, METER)
    assert results(premises) == [(METER.hyphenated, "success")]
    assert premises.meter.firmware.images.pending is not None
    assert premises.meter.firmware.images.pending.to_octets() == octets


def test_an_image_that_the_meter_rejects_was_still_transferred(premises: Premises) -> None:
    send(premises, image(is_signed=False), METER)
    assert results(premises) == [(METER.hyphenated, "success")]
    assert premises.meter.firmware.images.pending is None


def test_what_is_no_image_is_discarded(premises: Premises) -> None:
    send(premises, b"no image", METER)
    assert results(premises) == [(METER.hyphenated, "imageDiscarded")]


def test_an_image_for_a_device_that_is_not_there_is_discarded(premises: Premises) -> None:
    send(premises, image(), OTHER, METER)
    assert sorted(results(premises)) == [
        (METER.hyphenated, "success"),
        (OTHER.hyphenated, "imageDiscarded"),
    ]


@pytest.mark.parametrize(("minimum", "maximum"), [(1, 9), (5, 5)])
def test_an_image_for_other_hardware_is_not_passed_on(
    premises: Premises, minimum: int, maximum: int
) -> None:
    send(premises, image(minimum=minimum, maximum=maximum), METER)
    assert results(premises) == [(METER.hyphenated, "hardwareVersionMismatch")]
    assert premises.meter.firmware.images.pending is None


def test_a_long_image_takes_its_time(premises: Premises) -> None:
    octets = image(size=60 * OCTETS_PER_SECOND)
    send(premises, octets, METER, wait_s=50)
    assert results(premises) == []
    premises.pass_time(20)
    assert results(premises) == [(METER.hyphenated, "success")]


def test_a_meter_that_was_off_gets_the_image_when_it_is_back(premises: Premises) -> None:
    premises.meter.power.is_ready = False
    send(premises, image(), METER, wait_s=3600)
    assert results(premises) == []
    premises.meter.power.is_ready = True
    premises.pass_time(700)
    assert results(premises) == [(METER.hyphenated, "success")]


def test_a_meter_that_stays_off_is_given_up_after_a_day(premises: Premises) -> None:
    premises.meter.power.is_ready = False
    send(premises, image(), METER, wait_s=1)
    premises.clock.advance(timedelta(hours=24))
    assert results(premises) == [(METER.hyphenated, "fileTransferFailure")]


def test_a_newer_image_takes_the_place_of_the_one_under_way(premises: Premises) -> None:
    send(premises, image(size=60 * OCTETS_PER_SECOND), METER, wait_s=10)
    premises.wan.send_image_down(HUB, [METER], image())
    premises.pass_time(60)
    assert results(premises) == [
        (METER.hyphenated, "imageDiscarded"),
        (METER.hyphenated, "success"),
    ]
