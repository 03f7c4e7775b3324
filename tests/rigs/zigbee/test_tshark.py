"""An outside dissector reads our frames down to the use case, and stays outside with wrong keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assay.gbcs.envelope import parse
from rigs.zigbee import aps, aps_commands, mac, nwk
from rigs.zigbee.aps import ApsFrame, ApsKind
from rigs.zigbee.aps_commands import TransportLinkKey, TransportNetworkKey
from rigs.zigbee.gbcs_tunnel import Get, GetResponse, Put
from rigs.zigbee.install_code import InstallCode
from rigs.zigbee.mac import MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS, AssociationRequest, Beacon, BeaconRequest
from rigs.zigbee.nwk import NwkFrame
from rigs.zigbee.nwk_commands import LEAVE_REQUEST, NWK_COMMANDS, Leave
from rigs.zigbee.security import KeyKind
from tests.rigs.zigbee import messages
from tests.rigs.zigbee.air import LINK_KEY, NETWORK_KEY, OTHER_KEY, PAN, Station, hub, meter
from tests.rigs.zigbee.witness import MALFORMED, fields, numbers, write_capture

LABELS = "zbee.sec.decryption_key"
CODE = "gbcs_message.grouping_header.message_code"
COUNTER = "gbcs_message.grouping_header.originator_counter"
TUNNEL = "zbee_zcl_se.tun.tunnel_id"
SAID = "gbcs_tunnel.command"


def _with_a_tunnel(message: bytes) -> list[bytes]:
    esi, device = hub(), meter()
    return [
        *esi.request_tunnel(device),
        *device.accept_tunnel(esi, 7),
        *esi.tunnel(device, 7, Put(message=message)),
    ]


def test_a_command_is_read_down_to_its_use_case(tmp_path: Path) -> None:
    message = messages.set_clock()
    capture = write_capture(tmp_path / "a.pcap", _with_a_tunnel(message))
    rows = fields(capture, [NETWORK_KEY], [LINK_KEY], LABELS, TUNNEL, SAID, CODE, COUNTER)
    assert not any(MALFORMED in row for row in rows)
    assert {tuple(row[LABELS]) for row in rows} == {("nwk", "link")}
    assert numbers(rows[-1], SAID) == [3]
    assert numbers(rows[-1], CODE) == [parse(message).message_code]
    assert numbers(rows[-1], COUNTER)[-1] == parse(message).counter


def test_fragments_are_put_together(tmp_path: Path) -> None:
    message = messages.long_answer()
    frames = _with_a_tunnel(message)
    rows = fields(
        write_capture(tmp_path / "a.pcap", frames),
        [NETWORK_KEY],
        [LINK_KEY],
        CODE,
        "zbee_aps.fragment.count",
        "zbee_aps.reassembled.length",
    )
    assert len(frames) > 10
    assert not any(MALFORMED in row for row in rows)
    assert numbers(rows[-1], CODE) == [parse(message).message_code]
    # ZCL head, tunnel, PUT, message
    assert numbers(rows[-1], "zbee_aps.reassembled.length") == [3 + 2 + 1 + len(message)]


def test_a_sleepy_device_asks_and_gets(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    response = GetResponse(remaining=2, message=messages.set_clock())
    frames = [
        *device.tunnel(esi, 3, Get()),
        *esi.tunnel(device, 3, response, is_to_client=True),
        *esi.tunnel(device, 3, GetResponse(), is_to_client=True),
    ]
    capture = write_capture(tmp_path / "a.pcap", frames)
    rows = fields(capture, [NETWORK_KEY], [LINK_KEY], SAID, "gbcs_tunnel.remaining")
    assert not any(MALFORMED in row for row in rows)
    said = [numbers(row, SAID) for row in rows if SAID in row]
    assert said == [[1], [2], [2]]
    remaining = [
        numbers(row, "gbcs_tunnel.remaining") for row in rows if "gbcs_tunnel.remaining" in row
    ]
    assert remaining == [[2], [0]]


def test_with_the_wrong_link_key_it_stays_at_aps(tmp_path: Path) -> None:
    capture = write_capture(tmp_path / "a.pcap", _with_a_tunnel(messages.set_clock()))
    rows = fields(capture, [NETWORK_KEY], [OTHER_KEY], LABELS, "zbee_aps.cluster", TUNNEL, CODE)
    assert all(row[LABELS] == ["nwk"] for row in rows)
    assert all(numbers(row, "zbee_aps.cluster") == [0x0704] for row in rows)
    assert not any(TUNNEL in row or CODE in row for row in rows)


def test_with_the_wrong_network_key_it_stays_at_nwk(tmp_path: Path) -> None:
    capture = write_capture(tmp_path / "a.pcap", _with_a_tunnel(messages.set_clock()))
    rows = fields(capture, [OTHER_KEY], [LINK_KEY], LABELS, "zbee_nwk.src", "zbee_aps.cluster")
    assert all("zbee_nwk.src" in row for row in rows)
    assert not any(LABELS in row or "zbee_aps.cluster" in row for row in rows)


def test_without_the_extended_nonce_the_sender_is_known_from_below(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    frame = replace(
        esi.application(0x0704, b"\x01\x05\x01\x07\x00"), security=aps.link_security(77)
    )
    octets = esi.nwk_frame(device, aps.build(frame, LINK_KEY, esi.eui))
    capture = write_capture(tmp_path / "a.pcap", [octets])
    (row,) = fields(capture, [NETWORK_KEY], [LINK_KEY], LABELS)
    assert row[LABELS] == ["nwk", "link"]


def _key_transport(
    sender: Station, to: Station, command: object, kind: KeyKind, key: bytes
) -> bytes:
    frame = ApsFrame(
        kind=ApsKind.COMMAND,
        counter=next(sender.aps_counter),
        payload=aps_commands.build(command),
        security=aps.link_security(next(sender.aps_frame_counter), sender.eui, kind),
    )
    return sender.nwk_frame(to, aps.build(frame, key), is_secured=kind is KeyKind.KEY_LOAD)


def test_transported_keys_open_with_the_key_of_the_install_code(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    first_key = InstallCode(bytes.fromhex("83FED3407A939723A5C639B26916D505")).link_key()
    network = TransportNetworkKey(
        key=NETWORK_KEY, sequence=0, destination=device.eui, source=esi.eui
    )
    link = TransportLinkKey(key=LINK_KEY, destination=device.eui, source=esi.eui)
    frames = [
        _key_transport(esi, device, network, KeyKind.KEY_TRANSPORT, first_key),
        _key_transport(esi, device, link, KeyKind.KEY_LOAD, first_key),
        *esi.request_tunnel(device),
    ]
    capture = write_capture(tmp_path / "a.pcap", frames)
    rows = fields(
        capture, [], [first_key], "zbee_aps.cmd.key", TUNNEL, "zbee_zcl_se.tun.protocol_id"
    )
    assert not any(MALFORMED in row for row in rows)
    told = [bytes.fromhex(row["zbee_aps.cmd.key"][0].replace(":", "")) for row in rows[:2]]
    assert told == [NETWORK_KEY, LINK_KEY]
    assert numbers(rows[2], "zbee_zcl_se.tun.protocol_id") == [6]


def test_beacons_and_association_are_understood(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    beacon = Beacon(extended_pan_id=esi.eui, permits_association=True)
    frames = [
        MacFrame(
            kind=MacKind.COMMAND,
            sequence=1,
            destination_pan=mac.BROADCAST_PAN,
            destination=mac.BROADCAST,
            payload=MAC_COMMANDS.build(BeaconRequest()),
        ),
        MacFrame(
            kind=MacKind.BEACON, sequence=2, source_pan=PAN, source=0, payload=beacon.to_octets()
        ),
        MacFrame(
            kind=MacKind.COMMAND,
            sequence=3,
            destination_pan=PAN,
            destination=0,
            source_pan=mac.BROADCAST_PAN,
            source=device.eui,
            payload=MAC_COMMANDS.build(AssociationRequest(capability=0x8C)),
            ack_request=True,
        ),
    ]
    capture = write_capture(tmp_path / "a.pcap", map(mac.build, frames))
    rows = fields(
        capture, [], [], "wpan.cmd", "zbee_beacon.ext_panid", "wpan.src64", "wpan.assoc_permit"
    )
    assert not any(MALFORMED in row for row in rows)
    assert [numbers(row, "wpan.cmd") for row in rows] == [[7], [], [1]]
    assert rows[1]["zbee_beacon.ext_panid"] == [esi.eui.hex(":")]
    assert rows[1]["wpan.assoc_permit"] == ["1"]
    assert rows[2]["wpan.src64"] == [device.eui.hex(":")]


def test_a_protected_acknowledgement_is_understood(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    ack = aps.acknowledge(esi.application(0x0704, b""))
    capture = write_capture(tmp_path / "a.pcap", [device.aps_frame(esi, ack)])
    (row,) = fields(capture, [NETWORK_KEY], [LINK_KEY], "zbee_aps.type", "zbee_aps.cluster")
    assert MALFORMED not in row
    assert numbers(row, "zbee_aps.type") == [2]
    assert numbers(row, "zbee_aps.cluster") == [0x0704]


def test_a_leave_is_understood(tmp_path: Path) -> None:
    esi, device = hub(), meter()
    frame = NwkFrame(
        kind=nwk.NwkKind.COMMAND,
        destination=device.address,
        destination_eui=device.eui,
        source_eui=esi.eui,
        payload=NWK_COMMANDS.build(Leave(options=LEAVE_REQUEST)),
        security=nwk.network_security(esi.eui, 9),
    )
    octets = esi.mac_frame(device, nwk.build(frame, NETWORK_KEY))
    (row,) = fields(
        write_capture(tmp_path / "a.pcap", [octets]), [NETWORK_KEY], [], "zbee_nwk.cmd.id"
    )
    assert numbers(row, "zbee_nwk.cmd.id") == [4]
