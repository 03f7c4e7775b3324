"""`assay dcc serve --database`: a DCC that was killed goes on where it was."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assay.cli.key_folder import read_certificate, read_private_key
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.duis.responses import Response, parse_response
from assay.duis.signature import sign, verify
from assay.gbcs.identifiers import Eui64

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
DEVICE = Eui64.from_text("00-DB-12-34-56-78-FF-FF")
COMMAND = [sys.executable, "-m", "assay.cli", "dcc", "serve", "--plain"]
NOTIFICATION = {
    "DeviceID": DEVICE,
    "DeviceManufacturer": "0A",
    "DeviceModel": "0B",
    "DeviceType": "ESME",
    "ESMEVariant": "A",
}


@contextmanager
def served_then_killed(folder: Path) -> Iterator[str]:
    """The address of the Non-Device service."""
    database = f"sqlite:///{folder}/dcc.db"
    arguments = ["--folder", str(folder / "dcc"), "--database", database]
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        addresses = {}
        for line in process.stdout:
            name, _, address = line.strip().partition(": ")
            addresses[name] = address
            if name == "keys and certificates":
                break
        try:
            yield addresses["Non-Device"]
        finally:
            process.kill()


def ask(keys: Path, address: str, srv: str, body: Mapping[str, Any], counter: int) -> Response:
    request = Request(
        request_id=RequestId(SUPPLIER, BROKER, counter), command_variant=8, srv=srv, body=body
    )
    key = read_private_key(keys / f"{SUPPLIER.hex()}-xml.key")
    certificate = read_certificate(keys / f"{SUPPLIER.hex()}-xml.pem")
    dcc = read_certificate(keys / f"{BROKER.hex()}-xml.pem")
    http = urllib.request.Request(
        address,
        data=sign(build_request(request), key, certificate),
        headers={"Content-Type": "application/xml"},
    )
    with urllib.request.urlopen(http, timeout=10) as answer:
        return parse_response(verify(answer.read(), lambda _issuer, _serial: dcc).content)


def test_devices_counters_and_keys_outlive_a_kill(tmp_path: Path) -> None:
    """The client goes on with the files that it was given at the first start."""
    with served_then_killed(tmp_path) as address:
        keys = tmp_path / "kept"
        (tmp_path / "dcc" / "keys").rename(keys)
        assert ask(keys, address, "12.2", NOTIFICATION, 5).response_code == "I99"
    with served_then_killed(tmp_path) as address:
        query = {"DeviceID": DEVICE}
        assert ask(keys, address, "8.2", query, 5).response_code == "E50"
        assert ask(keys, address, "8.2", query, 6).response_code == "I0"


def test_a_database_that_cannot_be_opened_is_a_usage_error(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*COMMAND, "--folder", str(tmp_path), "--database", "sqlite:////no/such/folder/dcc.db"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    assert "--database" in ended.stderr
