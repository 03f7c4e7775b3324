"""How fast a capture is decoded to typed GBCS messages, against scapy's plain dissection.

The messages of an RTDS folder (or, without one, messages of our own codec) go through a tunnel
between a hub and a meter, in fragments, protected by network key and link key. In one run on one
core, over the same frames:
* ours: check sequence, 802.15.4, NWK opened, APS opened, fragments joined, tunnel, GBCS typed;
* ours with timeline and every check;
* scapy: the layers that it knows, decrypting nothing;
* tshark, for information: one process that opens both layers down to the use case.
All are measured in turn in every round, and the best round of each counts: other work on the
machine slows some rounds, but makes none faster.
Run it with `python benchmarks/rigs/sniffer_decode.py [RTDS folder] [rounds]`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assay.gbcs.envelope import parse
from assay.gbcs.identifiers import Eui64
from rigs.capabilities.radio import Channel
from rigs.capture import files, link_types, pcap
from rigs.capture.decode import Decoder
from rigs.capture.keys import KeyRing
from rigs.capture.pcap import Record
from rigs.capture.pipeline import Pipeline
from rigs.zigbee import aps, fcs, fragments, gbcs_tunnel, mac, nwk, zcl
from rigs.zigbee.aps import ApsFrame
from rigs.zigbee.nwk import NwkFrame
from rigs.zigbee.smart_energy import frames as smart_energy
from rigs.zigbee.smart_energy.clusters import PROFILE, Cluster
from rigs.zigbee.smart_energy.tunneling import MAX_TRANSFER_SIZE, TransferData

GOAL = 3.0
PAN = 0x1A62
NETWORK_KEY = bytes.fromhex("d4a1907c3be25f6688014c9dd35e7a20")
LINK_KEY = bytes.fromhex("aabbccddeeff00112233445566778899")
HUB, METER = 0x0000, 0x4A2B
HUB_EUI = Eui64.from_text("00-DB-12-34-56-78-90-A0")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def messages_of(folder: Path | None) -> list[bytes]:
    """Those that fit into one transfer (a hub segments the others), and no pre-commands, which
    are never on the air."""
    if folder is None:
        return [_own_message(size) for size in range(8, 120, 2) for _ in range(4)]
    paths = sorted((folder / "messages").glob("*/*.HEX"))
    found = (bytes.fromhex("".join(path.read_text().split())) for path in paths)
    return [one for one in found if len(one) < MAX_TRANSFER_SIZE and not parse(one).is_pre_command]


def _own_message(items: int) -> bytes:
    from assay.gbcs import messages
    from assay.gbcs.dlms.access import Item, Obis, Op

    item = Item(Op.GET, 3, Obis.from_text("1-0:1.8.0.255"), 2)
    payload = messages.dlms_command_payload(items, (item,) * items)
    message = messages.command(
        message_code=0x0040, originator=HUB_EUI, recipient=HUB_EUI, counter=items, payload=payload
    )
    return message.with_signature(bytes(64)).with_mac(bytes(12)).to_octets()


def frames_of(messages: list[bytes]) -> Iterator[bytes]:
    """With check sequence, as they were on the air."""
    counter = 0
    for number, message in enumerate(messages):
        transfer = TransferData(tunnel=7, data=gbcs_tunnel.Put(message=message).to_octets())
        said = smart_energy.to_zcl(
            Cluster.TUNNELING, transfer, sequence=number & 0xFF, is_to_client=False
        )
        whole = ApsFrame(
            destination_endpoint=1,
            source_endpoint=1,
            cluster=Cluster.TUNNELING,
            profile=PROFILE,
            counter=number & 0xFF,
            payload=zcl.build(said),
            ack_request=True,
        )
        for block in fragments.split(whole):
            counter += 1
            yield fcs.append(_on_air(block, counter))


def _on_air(block: ApsFrame, counter: int) -> bytes:
    secured = replace(block, security=aps.link_security(counter, HUB_EUI))
    below = NwkFrame(
        destination=METER,
        source=HUB,
        sequence=counter & 0xFF,
        payload=aps.build(secured, LINK_KEY),
        security=nwk.network_security(HUB_EUI, counter),
    )
    frame = mac.data(
        sequence=counter & 0xFF,
        pan=PAN,
        destination=METER,
        source=HUB,
        payload=nwk.build(below, NETWORK_KEY),
    )
    return mac.build(frame)


def records_of(frames: list[bytes]) -> list[Record]:
    return [
        Record(
            at=NOON + number * timedelta(milliseconds=5),
            link_type=link_types.WITH_FCS,
            octets=frame,
        )
        for number, frame in enumerate(frames)
    ]


def ours(records: list[Record], keys: KeyRing, expected: int) -> Callable[[], None]:
    channel = Channel(number=15)

    def work() -> None:
        decoder = Decoder(keys)
        typed = 0
        for record in records:
            frame = files.frame_of(record, channel)
            assert frame is not None
            content = decoder.decode(frame).gbcs
            typed += content is not None and content.typed is not None
        assert typed == expected, f"{typed} of {expected} messages were typed"

    return work


def ours_with_checks(records: list[Record], keys: KeyRing) -> Callable[[], None]:
    channel = Channel(number=15)

    def work() -> None:
        pipeline = Pipeline(keys)
        for record in records:
            frame = files.frame_of(record, channel)
            assert frame is not None
            pipeline.feed(frame)
        assert pipeline.finish() == ()

    return work


def scapy(frames: list[bytes]) -> Callable[[], None]:
    from scapy.config import conf
    from scapy.layers.dot15d4 import Dot15d4FCS
    from scapy.layers.zigbee import ZigbeeSecurityHeader

    conf.dot15d4_protocol = "zigbee"

    def work() -> None:
        dissected = sum(1 for frame in frames if ZigbeeSecurityHeader in Dot15d4FCS(frame))
        assert dissected == len(frames)

    return work


def tshark(frames: list[bytes], folder: Path) -> Callable[[], None] | None:
    program = shutil.which("tshark")
    if program is None:
        return None
    path = folder / "capture.pcap"
    path.write_bytes(
        pcap.classic_head(link_types.WITH_FCS)
        + b"".join(pcap.classic_packet(one.at, one.octets) for one in records_of(frames))
    )
    tables = [
        part
        for key, label in ((NETWORK_KEY, "nwk"), (LINK_KEY, "link"))
        for part in ("-o", f'uat:zigbee_pc_keys:"{key.hex(":")}","Normal","{label}"')
    ]
    field = "gbcs_message.grouping_header.message_code"
    command = [program, "-r", str(path), *tables, "-T", "fields", "-e", field]

    def work() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    return work


def seconds_of(work: Callable[[], None], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began


def main(folder: Path | None, rounds: int) -> None:
    messages = messages_of(folder)
    frames = list(frames_of(messages))
    records = records_of(frames)
    keys = KeyRing.of([NETWORK_KEY], [LINK_KEY])
    with tempfile.TemporaryDirectory() as place:
        works = {
            "ours, both layers opened, typed": ours(records, keys, len(messages)),
            "ours, with timeline and checks": ours_with_checks(records, keys),
            "scapy, plain": scapy(frames),
        }
        witness = tshark(frames, Path(place))
        best: dict[str, float] = {}
        for _ in range(rounds):
            for name, work in works.items():
                took = seconds_of(work, time.process_time)
                best[name] = min(took, best.get(name, took))
            if witness is not None:
                took = seconds_of(witness, time.perf_counter)
                best["tshark, wall time"] = min(took, best.get("tshark, wall time", took))
    plain = best["scapy, plain"]
    print(f"{len(messages)} messages in {len(frames)} frames, best of {rounds} rounds")
    for name, took in best.items():
        rate = len(frames) / took
        print(f"{name:34} {rate:9.0f} frames/s  {plain / took:5.1f} times scapy")
    print(f"goal: at least {GOAL} times scapy")


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    main(where, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
