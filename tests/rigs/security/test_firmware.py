"""Firmware: received, verified, activated now and dated (CS06), read (CS08), rolled back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.gbcs import firmware_image, protection
from assay.gbcs.asn1 import codec
from assay.gbcs.dlms.access import Notification, decode_payload
from assay.gbcs.firmware_image import OtaFile, OtaHeader, image_hash
from assay.gbcs.keys import PrivateKey
from assay.gbcs.trust_anchors import CellKey, CellName
from rigs.devices.device_type import DeviceType
from rigs.devices.firmware import FirmwareSettings, ImageFault
from tests.rigs.security.kit import BROKER, START, SUPPLIER, Bench, cells_of, fresh, new_key

ACTIVATE, READ = 0x0012, 0x0129
VERIFIED, NOT_VERIFIED, AT_POWER_ON, CHANGED = 0x8F72, 0x8F1C, 0x8F1B, 0x8F43
CONTENT = b"a manufacturer image " * 40
OLD, NEW = bytes(3) + b"\x01", bytes(3) + b"\x02"
SIGNATURE = CellName(SUPPLIER, CellKey.SIGNATURE)
HEADER = OtaHeader(
    manufacturer_code=0x1234,
    image_type=7,
    file_version=2,
    text=b"meter",
    minimum_hardware=0,
    maximum_hardware=3,
)


def ota(
    bench: Bench,
    *,
    content: bytes = CONTENT,
    key: PrivateKey | None = None,
    **header: Any,
) -> bytes:
    signer = key or bench.held[SIGNATURE].key
    file = OtaFile(header=replace(HEADER, **header), image=firmware_image.sign(content, signer))
    return file.to_octets()


def verifications(bench: Bench) -> list[tuple[int, bytes]]:
    """Code and hash of each alert of a verification."""
    found = []
    for message in bench.alerts(0x00CE):
        payload = decode_payload(message.payload)
        assert isinstance(payload, Notification)
        code, _, digest = payload.body.value
        assert message.recipient == bench.eui(SUPPLIER)
        key = bench.device.credentials.signing_key.public_key()
        assert protection.is_signature_valid(message, key)
        found.append((code.value, digest.value))
    return found


def activate(bench: Bench, digest: bytes = image_hash(CONTENT), **more: Any) -> Any:
    counter = bench.next_counter()
    value = {"image_hash": digest.hex(), "originator_counter": counter, **more}
    return bench.ask(ACTIVATE, SUPPLIER, value, counter=counter)


def outcome(result: str, version: bytes) -> Any:
    return {"outcome": {"result": result, "firmware_version": version.hex()}}


def text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def test_a_sound_image_is_verified_kept_and_told_with_its_hash() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    assert verifications(bench) == [(VERIFIED, image_hash(CONTENT))]
    assert bench.logged() == (VERIFIED,)
    assert bench.firmware.version == OLD


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (lambda _: b"no image at all", ImageFault.MALFORMED),
        (lambda bench: ota(bench)[:-1], ImageFault.MALFORMED),
        (lambda bench: ota(bench, key=new_key()), ImageFault.BAD_SIGNATURE),
        (lambda bench: _changed(ota(bench)), ImageFault.BAD_SIGNATURE),
        (lambda bench: ota(bench, manufacturer_code=1), ImageFault.OTHER_DEVICE),
        (lambda bench: ota(bench, image_type=1), ImageFault.OTHER_DEVICE),
        (lambda bench: ota(bench, minimum_hardware=3), ImageFault.OTHER_HARDWARE),
        (lambda bench: ota(bench, maximum_hardware=1), ImageFault.OTHER_HARDWARE),
    ],
)
def test_a_bad_image_is_told_and_discarded(spoilt: Any, fault: ImageFault) -> None:
    settings = FirmwareSettings(
        version=OLD, manufacturer_code=0x1234, image_type=7, hardware_version=2
    )
    bench = Bench(settings=settings)
    bench.firmware.receive_image(spoilt(bench))
    assert [code for code, _ in verifications(bench)] == [NOT_VERIFIED]
    assert bench.firmware.last_fault is fault
    assert activate(bench) == outcome("noImageHeld", OLD)


def _changed(octets: bytes) -> bytes:
    return octets[:70] + bytes((octets[70] ^ 1,)) + octets[71:]


def test_a_bad_image_leaves_the_pending_one() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    bench.firmware.receive_image(b"no image")
    assert activate(bench) == outcome("success", NEW)


def test_a_new_image_takes_the_place_of_the_pending_one() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    bench.firmware.receive_image(ota(bench, content=b"another", file_version=3))
    assert activate(bench) == outcome("hashMismatch", OLD)
    assert activate(bench, image_hash(b"another")) == outcome("success", bytes(3) + b"\x03")


def test_activation_runs_the_image_and_logs_the_change() -> None:
    bench = Bench()
    versions: list[bytes] = []
    bench.firmware.on_version.append(versions.append)
    bench.firmware.receive_image(ota(bench))
    assert activate(bench) == outcome("success", NEW)
    assert (bench.firmware.version, versions) == (NEW, [NEW])
    assert bench.logged() == (VERIFIED, CHANGED)
    assert activate(bench) == outcome("noImageHeld", NEW)


def test_credentials_counters_and_logs_outlive_an_activation() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    cells, counters, prepayment = bench.state()
    activate(bench)
    assert bench.state() == (cells, {**counters, SUPPLIER: bench.counter}, prepayment)


def test_without_an_image_there_is_nothing_to_activate() -> None:
    assert activate(Bench()) == outcome("noImageHeld", OLD)


def test_another_hash_keeps_the_old_image() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    assert activate(bench, bytes(32)) == outcome("hashMismatch", OLD)
    assert bench.firmware.version == OLD


def test_the_hooks_change_what_they_are_for() -> None:
    bench = Bench()
    bench.firmware.verifier.checks = ()
    bench.firmware.is_hash_right = lambda *_: True
    bench.firmware.receive_image(ota(bench, key=new_key()))
    assert activate(bench, bytes(32)) == outcome("success", NEW)
    bench.firmware.is_intact = lambda _: False
    bench.firmware.power_on()
    assert bench.firmware.version == OLD


def test_an_image_that_was_changed_in_store_does_not_run() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    file = bench.firmware.images.pending
    assert file is not None
    changed = replace(file.image, manufacturer_image=b"changed")
    bench.firmware.images.pending = replace(file, image=changed)
    assert activate(bench) == outcome("hashMismatch", OLD)


def test_an_image_that_the_former_supplier_signed_does_not_run() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    new = fresh(*cells_of(SUPPLIER))
    bench.send_update(0x0102, new)
    bench.held |= new
    assert activate(bench) == outcome("activationFailure", OLD)


def test_hardware_that_does_not_take_the_image_fails_the_activation() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    bench.firmware.can_run = lambda _: False
    assert activate(bench) == outcome("activationFailure", OLD)


@pytest.mark.parametrize(("allowed", "result"), [(True, "success"), (False, "activationFailure")])
def test_whether_an_older_version_is_taken_is_a_setting(allowed: bool, result: str) -> None:
    bench = Bench(settings=FirmwareSettings(version=bytes((9,)) * 4, allows_downgrade=allowed))
    bench.firmware.receive_image(ota(bench))
    assert activate(bench)["outcome"]["result"] == result


def test_a_counter_that_differs_from_the_headers_is_refused() -> None:
    bench = Bench()
    value = {"image_hash": bytes(32).hex(), "originator_counter": 1}
    assert bench.answer(bench.command(ACTIVATE, SUPPLIER, value)) is None
    assert bench.logged() == (0x8F1E,)


# Dated.

LATER = START + timedelta(days=3)


def test_a_dated_activation_is_accepted_and_reported_at_its_time() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    assert activate(bench, execution_time=text(LATER)) == {"accepted": None}
    counter = bench.counter
    bench.pass_time(LATER - START - timedelta(seconds=1))
    assert bench.firmware.version == OLD
    bench.pass_time(timedelta(seconds=1))
    assert bench.firmware.version == NEW
    (alert,) = bench.alerts(0x00CA)
    assert alert.recipient == bench.eui(SUPPLIER)
    assert codec.decode_message(alert).value == {
        "alert_code": "0x8F66",
        "execution_time": text(LATER),
        "originator_counter": counter,
        **outcome("success", NEW),
    }


def test_a_dated_activation_that_fails_says_so() -> None:
    bench = Bench()
    activate(bench, execution_time=text(LATER))
    bench.pass_time(LATER - START)
    (alert,) = bench.alerts(0x00CA)
    value = codec.decode_message(alert).value
    assert value["alert_code"] == "0x8F67"
    assert value["outcome"] == outcome("noImageHeld", OLD)["outcome"]


def test_never_takes_a_dated_activation_back() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    activate(bench, execution_time=text(LATER))
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert activate(bench, execution_time=text(never)) == {"accepted": None}
    bench.pass_time(timedelta(days=10))
    assert bench.firmware.version == OLD
    assert bench.alerts(0x00CA) == []


# Blocks.


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_an_image_may_come_in_blocks_of_any_size(sizes: list[int]) -> None:
    bench = Bench()
    octets = ota(bench)
    offset, at = 0, 0
    while offset < len(octets):
        size = sizes[at % len(sizes)]
        offset = bench.firmware.receive_block(offset, octets[offset : offset + size], len(octets))
        at += 1
    assert verifications(bench) == [(VERIFIED, image_hash(CONTENT))]


def test_a_block_that_is_not_wanted_changes_nothing() -> None:
    bench = Bench()
    octets = ota(bench)
    firmware = bench.firmware
    assert firmware.receive_block(0, octets[:100], len(octets)) == 100
    assert firmware.receive_block(200, octets[200:300], len(octets)) == 100
    assert firmware.receive_block(100, octets[100:], len(octets)) == len(octets)
    assert verifications(bench) == [(VERIFIED, image_hash(CONTENT))]


def test_a_download_goes_on_where_a_power_cut_stopped_it() -> None:
    bench = Bench()
    octets = ota(bench)
    bench.firmware.receive_block(0, octets[:300], len(octets))
    bench.firmware.power_on()
    assert bench.firmware.wanted_block == 300
    bench.firmware.receive_block(300, octets[300:], len(octets))
    assert bench.firmware.wanted_block is None
    assert activate(bench) == outcome("success", NEW)


def test_blocks_of_another_file_begin_anew() -> None:
    bench = Bench()
    first, second = ota(bench), ota(bench, content=b"another " * 9, file_version=3)
    bench.firmware.receive_block(0, first[:300], len(first))
    bench.firmware.receive_block(0, second[:80], len(second))
    bench.firmware.receive_block(80, second[80:], len(second))
    assert verifications(bench) == [(VERIFIED, image_hash(b"another " * 9))]


# Power-on.


def test_an_image_that_does_not_start_gives_way_to_the_one_before() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    bench.firmware.boots = lambda image: image.version != NEW
    assert activate(bench) == outcome("success", NEW)
    assert bench.firmware.version == OLD
    assert bench.logged() == (VERIFIED, CHANGED, AT_POWER_ON, CHANGED)
    assert len(bench.alerts(0x1000)) == 1


def test_an_image_that_was_damaged_in_store_gives_way_at_power_on() -> None:
    bench = Bench()
    bench.firmware.receive_image(ota(bench))
    activate(bench)
    images = bench.firmware.images
    images.active = replace(images.active, content=b"damaged")
    bench.firmware.power_on()
    assert bench.firmware.version == OLD
    assert AT_POWER_ON in bench.logged()


def test_a_sound_image_starts_without_a_word() -> None:
    bench = Bench()
    bench.firmware.power_on()
    assert (bench.logged(), bench.sent) == ((), [])


# Devices without a meter's commands.


def test_a_display_runs_what_verifies_and_tells_the_broker() -> None:
    settings = FirmwareSettings(
        version=OLD,
        signer=BROKER,
        alert_message_code=None,
        activates_itself=True,
        tells_version=True,
    )
    bench = Bench(DeviceType.PPMID, settings)
    key = bench.held[CellName(BROKER, CellKey.SIGNATURE)].key
    bench.firmware.receive_image(ota(bench, key=key))
    (alert,) = bench.alerts(0x012B)
    assert alert.recipient == bench.eui(BROKER)
    assert codec.decode_message(alert).value == {
        "alert_code": "0x8F8B",
        "time": text(START),
        "firmware_version": NEW.hex(),
        "result": "success",
    }
    version = {"firmware_version": NEW.hex(), "result": "success"}
    assert bench.ask(READ, BROKER, None) == version
    assert ACTIVATE not in bench.device.handlers


def test_a_version_that_cannot_be_read_is_zero() -> None:
    bench = Bench(DeviceType.HCALCS, FirmwareSettings(version=OLD, tells_version=True))
    bench.firmware.read_version = lambda: None
    answer = bench.ask(READ, BROKER, None)
    assert answer == {"firmware_version": "00000000", "result": "failure"}
