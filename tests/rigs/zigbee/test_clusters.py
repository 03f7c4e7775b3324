"""Clusters of Smart Energy: an outside dissector and the national tables read what we write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.zigbee import zcl
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.smart_energy import gbz, ota, time
from rigs.zigbee.smart_energy.clusters import Cluster
from rigs.zigbee.smart_energy.frames import from_zcl, to_zcl
from rigs.zigbee.smart_energy.gbz import GbzCommand
from rigs.zigbee.smart_energy.key_establishment import (
    SUITE_2,
    ConfirmKey,
    EphemeralData,
    Initiate,
    Terminate,
)
from rigs.zigbee.smart_energy.ota import (
    Image,
    ImageBlock,
    ImageBlockRequest,
    NextImage,
    NoBlock,
    NoNextImage,
    QueryNextImage,
    Upgrade,
    UpgradeEnd,
    Wait,
)
from rigs.zigbee.smart_energy.time import TimeAttribute, TimeStatus
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY, hub, meter
from tests.rigs.zigbee.witness import MALFORMED, fields, numbers, write_capture

IMAGE = Image(manufacturer=0x10AB, kind=0x0001, version=0x01020304)
OTA_COMMANDS: list[tuple[object, bool]] = [
    (QueryNextImage(image=IMAGE), False),
    (QueryNextImage(image=IMAGE, hardware=0x0102), False),
    (NextImage(image=IMAGE, size=100_000), True),
    (NoNextImage(), True),
    (ImageBlockRequest(image=IMAGE, offset=640, max_size=48), False),
    (
        ImageBlockRequest(
            image=IMAGE, offset=640, max_size=48, requester=meter().eui, min_period_ms=500
        ),
        False,
    ),
    (ImageBlock(image=IMAGE, offset=640, data=bytes(48)), True),
    (Wait(now=0, again_at=60, min_period_ms=1000), True),
    (NoBlock(), True),
    (UpgradeEnd(status=ota.SUCCESS, image=IMAGE), False),
    (Upgrade(image=IMAGE, now=0, at=ota.ON_COMMAND), True),
]


@pytest.mark.parametrize(("command", "is_to_client"), OTA_COMMANDS, ids=str)
def test_an_ota_command_survives(command: object, is_to_client: bool) -> None:
    frame = to_zcl(Cluster.OTA_UPGRADE, command, sequence=1, is_to_client=is_to_client)
    assert from_zcl(Cluster.OTA_UPGRADE, frame) == command


def test_an_outsider_reads_every_ota_command(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    frames = [
        esi.aps_frame(device, esi.command(Cluster.OTA_UPGRADE, one, is_to_client=to_client))
        for one, to_client in OTA_COMMANDS
    ]
    names = [
        f"zbee_zcl_general.ota.{name}"
        for name in ("file.version", "file.offset", "manufacturer_code", "status")
    ]
    rows = fields(write_capture(tmp_path / "a.pcap", frames), [NETWORK_KEY], [LINK_KEY], *names)
    assert not any(MALFORMED in row for row in rows)
    has_image = [hasattr(command, "image") for command, _ in OTA_COMMANDS]
    assert [names[0] in row for row in rows] == has_image
    assert {tuple(numbers(row, names[0])) for row in rows if names[0] in row} == {(0x01020304,)}
    assert {tuple(numbers(row, names[1])) for row in rows if names[1] in row} == {(640,)}


def test_an_outsider_reads_the_messages_of_key_establishment(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    certificate = bytes(range(74))
    said = [
        Initiate(ephemeral_time_s=10, confirm_time_s=20, certificate=certificate),
        EphemeralData(public_key=bytes(37)),
        ConfirmKey(proof=bytes(range(16))),
        Terminate(status=2, wait_s=30),
    ]
    frames = [
        device.aps_frame(esi, device.command(Cluster.KEY_ESTABLISHMENT, one), has_link_key=False)
        for one in said
    ]
    names = ("zbee_zcl_se.ke.attr.suite", "zbee_zcl_se.ke.macu", "zbee_zcl_se.ke.terminate.status")
    rows = fields(write_capture(tmp_path / "a.pcap", frames), [NETWORK_KEY], [LINK_KEY], *names)
    assert not any(MALFORMED in row for row in rows)
    assert numbers(rows[0], names[0]) == [SUITE_2]
    assert bytes.fromhex(rows[2][names[1]][0].replace(":", "")) == bytes(range(16))
    assert numbers(rows[3], names[2]) == [2]


def test_an_outsider_reads_attributes(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    status = TimeStatus(is_master=True, is_superseding=True).to_bits()
    told = [
        time.attribute(TimeAttribute.TIME, time.seconds_of(noon)),
        time.attribute(TimeAttribute.TIME_STATUS, status),
    ]
    response = zcl.ZclFrame(
        command=zcl.READ_ATTRIBUTES_RESPONSE,
        sequence=1,
        payload=zcl.read_response(told),
        is_general=True,
        is_to_client=True,
    )
    frame = esi.aps_frame(device, esi.application(Cluster.TIME, zcl.build(response)))
    capture = write_capture(tmp_path / "a.pcap", [frame])
    (row,) = fields(
        capture, [NETWORK_KEY], [LINK_KEY], "zbee_zcl.attr.data.type", "zbee_zcl.cmd.id"
    )
    assert numbers(row, "zbee_zcl.attr.data.type") == [one.kind for one in told]
    assert MALFORMED not in row
    assert time.time_of(time.seconds_of(noon)) == noon


@pytest.mark.parametrize("bits", range(16))
def test_the_status_of_a_time_survives(bits: int) -> None:
    assert TimeStatus.from_bits(bits).to_bits() == bits


def test_a_command_of_the_national_tables_travels_alone_as_well() -> None:
    command = GbzCommand(name="GetCurrentPrice", fields={"command_options": 1})
    frame = gbz.to_zcl(command, sequence=5)
    assert (frame.command, frame.payload, frame.is_to_client) == (0x00, b"\x01", False)
    assert gbz.cluster_of(command) == Cluster.PRICE
    assert gbz.has_command(Cluster.PRICE, frame)
    assert gbz.from_zcl(Cluster.PRICE, frame) == command


def test_a_command_that_is_not_whole_is_the_peers_fault() -> None:
    frame = zcl.ZclFrame(command=0x00, sequence=5)
    with pytest.raises(RemoteRadioError):
        gbz.from_zcl(Cluster.PRICE, frame)


@given(st.binary(max_size=60), st.sampled_from([False, True]), st.integers(0, 8))
def test_noise_for_ota_is_the_peers_fault(payload: bytes, is_to_client: bool, number: int) -> None:
    frame = zcl.ZclFrame(command=number, sequence=1, payload=payload, is_to_client=is_to_client)
    try:
        command = from_zcl(Cluster.OTA_UPGRADE, frame)
    except RemoteRadioError:
        return
    again = to_zcl(Cluster.OTA_UPGRADE, command, sequence=1, is_to_client=is_to_client)
    assert again == frame
