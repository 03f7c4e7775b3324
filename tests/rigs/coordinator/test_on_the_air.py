"""What driver and stick put on the air, judged by a dissector that nobody here wrote."""

from __future__ import annotations

from pathlib import Path

from rigs.capabilities.radio import Delivery
from rigs.virtual.ether import Heard
from tests.rigs.coordinator.conftest import INSTALL_KEY, Network, message, octets
from tests.rigs.ncp.conftest import NETWORK_KEY
from tests.rigs.radio.radio_kit import dissect, needs_tshark, write_capture

TRANSFER_DATA = bytes.fromhex("01 01 02 0100") + octets(175)
"""ZCL of the tunnel: to the server, number 1, transfer data in tunnel 1."""

GBCS = "gbcs_zbee_zcl_se.tun"
"""Heuristics that would take our payloads for what they are not."""


@needs_tshark
def test_joining_and_messages_are_read_with_the_two_keys(network: Network, tmp_path: Path) -> None:
    frames: list[Heard] = []
    network.air.on_loop(lambda: network.air.ether.taps.append(frames.append))
    meter = network.join()
    assert network.coordinator.send(message(TRANSFER_DATA)) is Delivery.DELIVERED
    ends: list[bool] = []
    network.air.on_loop(lambda: meter.send(TRANSFER_DATA, done=ends.append))
    network.wait(lambda: bool(ends))
    capture = tmp_path / "air.pcap"
    write_capture(capture, frames)
    keys = [NETWORK_KEY, INSTALL_KEY]
    quiet = ("--disable-heuristic", GBCS)
    assert dissect(capture, keys, *quiet, "-Y", "_ws.malformed") == []
    transported = dissect(capture, keys, *quiet, "-Y", "zbee_aps.cmd.id == 0x05")
    assert len(transported) == 1
    joined = dissect(
        capture,
        keys,
        *quiet,
        "-Y",
        "zbee_aps.reassembled.length",
        "-T",
        "fields",
        "-e",
        "zbee_aps.reassembled.length",
    )
    assert joined == ["180", "180"]
    sealed = dissect(capture, [NETWORK_KEY], *quiet, "-Y", "zbee_aps.reassembled.length")
    assert sealed == []


@needs_tshark
def test_the_dissector_cannot_read_the_network_key_without_the_install_code(
    network: Network, tmp_path: Path
) -> None:
    frames: list[Heard] = []
    network.air.on_loop(lambda: network.air.ether.taps.append(frames.append))
    network.join()
    capture = tmp_path / "air.pcap"
    write_capture(capture, frames)
    assert dissect(capture, [bytes(16)], "-Y", "zbee_aps.cmd.key") == []
    opened = dissect(
        capture, [INSTALL_KEY], "-Y", "zbee_aps.cmd.key", "-T", "fields", "-e", "zbee_aps.cmd.key"
    )
    assert [bytes.fromhex(line.replace(":", "")) for line in opened] == [NETWORK_KEY]
