"""tshark, which nobody here wrote, reads what we build."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rigs.capture import pcap
from rigs.capture.link_types import WITH_FCS
from rigs.zigbee import fcs

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MALFORMED = "_ws.malformed"

Row = dict[str, list[str]]


def write_capture(path: Path, frames: Iterable[bytes]) -> Path:
    """A classic pcap of frames with check sequence, 10 ms apart."""
    records = [
        pcap.classic_packet(NOON + timedelta(milliseconds=10 * number), fcs.append(frame))
        for number, frame in enumerate(frames)
    ]
    path.write_bytes(pcap.classic_head(WITH_FCS) + b"".join(records))
    return path


def fields(path: Path, network: Iterable[bytes], link: Iterable[bytes], *names: str) -> list[Row]:
    """Per frame the named fields with all their values, and `MALFORMED` where it is so."""
    tshark = shutil.which("tshark")
    if tshark is None:
        pytest.skip("tshark is not installed; it is the witness here")
    keys = [*((key, "nwk") for key in network), *((key, "link") for key in link)]
    tables = [
        part
        for key, label in keys
        for part in ("-o", f'uat:zigbee_pc_keys:"{key.hex(":")}","Normal","{label}"')
    ]
    wanted = [part for name in (*names, MALFORMED) for part in ("-e", name)]
    done = subprocess.run(
        [tshark, "-r", str(path), *tables, "-T", "json", *wanted], capture_output=True, check=True
    )
    return [row["_source"].get("layers", {}) for row in json.loads(done.stdout)]


def numbers(row: Row, name: str) -> list[int]:
    return [int(value, 0) for value in row.get(name, [])]
