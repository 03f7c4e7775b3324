"""An outside dissector reads what the virtual radio says, with the two keys, without complaint."""

from __future__ import annotations

from pathlib import Path

from rigs.zigbee.gbcs_tunnel import Get, GetResponse, Put
from tests.rigs.radio.radio_kit import (
    CODE,
    GAS,
    HUB,
    METER,
    NETWORK_KEY,
    RadioHub,
    dissect,
    needs_tshark,
    write_capture,
)

SEALED = "zbee_sec.encrypted_payload"
AGREEMENT = "zbee_zcl_se.ke.qeu"
TUNNEL = "zbee_zcl_se.tun.tunnel_id"

GBCS_COMMAND = bytes.fromhex(
    "df09010000000000000abc0890b3d51f300000020800db1234567890a0000200620000"
)
"""A general-signing head: ECS52, from a supplier to a meter."""


@needs_tshark
def test_a_whole_installation_is_read_down_to_the_tunnel(tmp_path: Path) -> None:
    home = RadioHub()
    meter = home.joined()
    gas = home.joined(GAS, sleeps=True)
    long = Put(message=GBCS_COMMAND + bytes(200)).to_octets()
    home.hub.send(METER, long)
    meter.send(long)
    home.pass_time(5)
    gas.send(Get().to_octets())
    home.hub.send(GAS, GetResponse(remaining=0, message=GBCS_COMMAND).to_octets())
    home.pass_time(5)
    capture = tmp_path / "installation.pcap"
    write_capture(capture, home.frames)
    keys = [NETWORK_KEY, CODE.link_key(), *home.link_keys.values()]
    # The messages in the tunnel are made up here, so that their dissection is left out.
    plain = ("--disable-heuristic", "gbcs_zbee_zcl_se.tun")

    assert dissect(capture, keys, *plain, "-Y", "_ws.malformed") == []
    assert dissect(capture, keys, *plain, "-Y", SEALED) == []
    subjects = dissect(
        capture,
        keys,
        *("-Y", "zbee_zcl_se.ke.cert.subject", "-T", "fields"),
        *("-e", "zbee_zcl_se.ke.cert.curve", "-e", "zbee_zcl_se.ke.cert.subject"),
    )
    assert {line.split()[1].replace(":", "") for line in subjects} == {
        device.hex() for device in (HUB, METER, GAS)
    }
    summary = "\n".join(dissect(capture, keys, *plain))
    for wanted in (
        "Association Response",
        "Transport Key",
        "Device Announcement",
        "Initiate Key Establishment Request",
        "Confirm Key Data Response",
        "Request Tunnel Response",
    ):
        assert wanted in summary, wanted
    transfers = dissect(capture, keys, *plain, "-Y", TUNNEL, "-T", "fields", "-e", "data.data")
    payloads = {bytes.fromhex(line) for line in transfers if line}
    assert {long, Get().to_octets()} <= payloads


@needs_tshark
def test_without_the_link_key_the_tunnel_stays_closed(tmp_path: Path) -> None:
    home = RadioHub()
    meter = home.joined()
    meter.send(b"\x03secret")
    home.pass_time(5)
    capture = tmp_path / "closed.pcap"
    write_capture(capture, home.frames)
    keys = [NETWORK_KEY, CODE.link_key()]
    assert dissect(capture, keys, "-Y", AGREEMENT) != []
    assert dissect(capture, keys, "-Y", TUNNEL) == []


@needs_tshark
def test_with_no_key_only_addresses_are_read(tmp_path: Path) -> None:
    home = RadioHub()
    home.joined()
    capture = tmp_path / "nothing.pcap"
    write_capture(capture, home.frames)
    assert dissect(capture, [], "-Y", "zbee_nwk") != []
    assert dissect(capture, [], "-Y", f"{AGREEMENT} or {TUNNEL}") == []
