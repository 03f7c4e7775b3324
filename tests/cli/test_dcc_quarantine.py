"""`assay dcc quarantine` and `assay dcc audit` against a DCC that is being served."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.cli.key_folder import read_certificate, read_private_key
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.duis.signature import sign
from assay.gbcs.identifiers import Eui64

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
BROKER = Eui64.from_text("90-B3-D5-1F-30-00-00-02")
NEW_METER = Eui64.from_text("00-DB-12-34-56-78-00-77")
THRESHOLDS = """communication,subject,period,basis,expected_per_month,warning,quarantine
request,12.2,day,absolute,,,0
END,1,,,,,
"""


def assay(*words: str) -> tuple[int, str]:
    """Exit code and output of a command."""
    command = [sys.executable, "-m", "assay.cli", "dcc", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


class Served:
    """A DCC in a process of its own, with its folder."""

    def __init__(self, folder: Path, addresses: dict[str, str]) -> None:
        self.folder = folder
        self.addresses = addresses

    @property
    def base(self) -> str:
        return self.addresses["health"].removesuffix("/healthz")

    def health(self) -> dict[str, object]:
        with urllib.request.urlopen(self.addresses["health"], timeout=10) as answer:
            found: dict[str, object] = json.load(answer)
            return found

    def pre_notify(self) -> None:
        request = Request(
            request_id=RequestId(SUPPLIER, BROKER, 1),
            command_variant=8,
            srv="12.2",
            body={
                "DeviceID": NEW_METER,
                "DeviceManufacturer": "Maker",
                "DeviceModel": "Meter",
                "DeviceType": "ESME",
                "ESMEVariant": "A",
            },
        )
        keys = self.folder / "keys"
        key = read_private_key(keys / f"{SUPPLIER.hex()}-xml.key")
        certificate = read_certificate(keys / f"{SUPPLIER.hex()}-xml.pem")
        http = urllib.request.Request(
            self.addresses["Non-Device"],
            data=sign(build_request(request), key, certificate),
            headers={"Content-Type": "application/xml"},
        )
        with urllib.request.urlopen(http, timeout=10) as answer:
            assert b"I99" in answer.read()

    def quarantine(self, *words: str) -> tuple[int, str]:
        """With the supplier's key for file signing, waiting for the answer."""
        stem = self.folder / "keys" / f"{SUPPLIER.hex()}-file"
        options = ["--folder", str(self.folder / "out-of-band")]
        options += ["--key", f"{stem}.key", "--certificate", f"{stem}.pem", "--wait", "15"]
        return assay("quarantine", *words, *options)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "dcc"
    command = [sys.executable, "-m", "assay.cli", "dcc", "serve", "--plain"]
    with subprocess.Popen(
        [*command, "--folder", str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        addresses = {}
        for line in process.stdout:
            name, _, address = line.strip().partition(": ")
            addresses[name] = address
            if name == "keys and certificates":
                break
        yield Served(folder, addresses)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_a_held_request_is_listed_released_and_on_the_trail(served: Served, tmp_path: Path) -> None:
    thresholds = tmp_path / "thresholds-a.csv"
    thresholds.write_text(THRESHOLDS)
    code, words = served.quarantine("submit", str(thresholds))
    assert (code, "accepted" in words) == (0, True), words
    served.pre_notify()
    before = served.health()
    assert before["quarantined"] == 1

    code, words = assay("quarantine", "list", "--folder", str(served.folder / "out-of-band"))
    assert code == 0
    assert words.splitlines()[1].startswith(f"1\t{SUPPLIER.hyphenated}\trequest\t12.2\t")
    code, words = served.quarantine("release", "1")
    assert (code, "1 released" in words) == (0, True), words
    after = served.health()
    assert after["quarantined"] == 0
    assert int(str(after["devices"])) == int(str(before["devices"])) + 1
    code, words = served.quarantine("release", "1")
    assert (code, "refused" in words) == (1, True), words

    for source in (served.base, str(served.folder / "audit.jsonl")):
        code, words = assay("audit", source, "--party", str(SUPPLIER), "--kind", "request")
        assert (code, len(words.splitlines())) == (0, 1)
        assert "12.2 CV8" in words
        code, words = assay("audit", source, "--kind", "quarantine", "--json")
        notes = [json.loads(line)["note"] for line in words.splitlines()]
        assert [note.split(": ")[1].split(" ")[0] for note in notes] == ["held", "released"]
        code, words = assay("audit", source, "--code", "E5")
        assert (code, words) == (0, "")
        code, words = assay("audit", source, "--party", "nobody")
        assert code == 2


def test_a_file_cannot_be_signed_with_another_key(served: Served, tmp_path: Path) -> None:
    keys = served.folder / "keys"
    code, words = assay(
        "quarantine",
        "delete",
        "1",
        "--folder",
        str(served.folder / "out-of-band"),
        "--key",
        str(keys / f"{SUPPLIER.hex()}-xml.key"),
        "--certificate",
        str(keys / f"{SUPPLIER.hex()}-xml.pem"),
    )
    assert (code, "expected an RSA key" in words) == (2, True), words
    code, words = served.quarantine("submit", str(tmp_path / "thresholds-none.csv"))
    assert code == 2
