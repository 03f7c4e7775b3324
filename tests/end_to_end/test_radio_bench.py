"""The bench of evidence level EMU: a whole run on the air, read again by us and by an outsider."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli import app
from assay.declarations import (
    Declarations,
    built_in_bench,
    parse_bench,
    read_bench,
    read_device,
    read_plan,
)
from assay.gbcs import envelope
from assay.verdicts import BenchFault, BenchLost, PlanError
from fixtures.air_capture import CAPTURE, FRAMES, KEYS
from fixtures.composition import Session, compose, open_session
from fixtures.parties import METER
from fixtures.support import check_supported
from fixtures.timeline import Entry, Timeline
from rigs.capture.keys import KeyRing
from rigs.virtual.faults import Fault, NoAnswer
from rigs.virtual.ncp import PtyNcpServer
from rigs.virtual.sniffer import PcapStreamServer
from tests.gbcs.test_tshark_reads_our_messages import UNKNOWN, WITHOUT_A_NAME
from tests.rigs.zigbee.witness import MALFORMED, Row, fields, numbers

CODE = "gbcs_message.grouping_header.message_code"
COUNTER = "gbcs_message.grouping_header.originator_counter"
WORDS = "_ws.col.Info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Install and commission with an outage after it, and what it left."""

    folder: Path
    entries: tuple[Entry, ...]

    def file(self, name: str) -> Path:
        return next(self.folder.glob(f"*-{name}"))

    def frames(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.file(FRAMES).read_text("utf-8").splitlines()]

    def messages(self) -> list[dict[str, object]]:
        return [frame for frame in self.frames() if "use_case" in frame]

    def two_keys(self) -> tuple[bytes, bytes]:
        """The network's, and that on which meter and hub agreed."""
        ring = KeyRing.read(self.file(KEYS))
        networks = [one.key for one in ring.network_keys()]
        links = [one.key for one in ring.link_keys() if str(METER) in one.label]
        return networks[-1], links[-1]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    declared = Declarations(
        bench=built_in_bench("emu"), device=read_device(), plan=read_plan(), rogue=None
    )
    with open_session(declared, tmp_path_factory.mktemp("pki")) as opened:
        yield opened


@pytest.fixture(scope="module")
def run(session: Session, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run") / "evidence"
    timeline = Timeline(folder)
    with compose(session, timeline) as bench:
        bench.installation.commission()
        bench.provoke_alerts()
    return Run(folder=folder, entries=timeline.entries)


@pytest.fixture(scope="module")
def witnessed(run: Run) -> list[Row]:
    """As tshark has it, with two keys and no more."""
    network, link = run.two_keys()
    return fields(run.file(CAPTURE), [network], [link], CODE, COUNTER, WORDS)


def test_an_outsider_finds_no_frame_malformed(witnessed: list[Row]) -> None:
    assert len(witnessed) > 100
    assert [row for row in witnessed if MALFORMED in row] == []


def test_an_outsider_reads_each_use_case_as_we_do(run: Run, witnessed: list[Row]) -> None:
    theirs = [(numbers(row, CODE)[0], numbers(row, COUNTER)[0]) for row in witnessed if CODE in row]
    ours = [(_code(one), one["counter"]) for one in run.messages()]
    assert theirs == ours
    assert len(ours) >= 10


def test_an_outsider_names_each_use_case_as_we_do(run: Run, witnessed: list[Row]) -> None:
    """It has no name for codes past the middle of the range."""
    told = [row[WORDS][0] for row in witnessed if CODE in row]
    named = 0
    for words, ours in zip(told, run.messages(), strict=True):
        if UNKNOWN in words:
            continue
        name = WITHOUT_A_NAME.get(str(ours["use_case"]), str(ours["use_case"]))
        assert f", {str(ours['direction']).title()}, {name}" in words
        named += 1
    assert named >= 5


def test_the_stored_capture_replays_to_the_timeline_that_was_live(run: Run) -> None:
    capture, keys = run.file(CAPTURE), run.file(KEYS)
    told = CliRunner().invoke(
        app, ["capture", "replay", str(capture), "--keys", str(keys), "--json"]
    )
    assert told.exit_code == 0, told.output
    form = json.loads(told.stdout)
    assert form["entries"] == run.frames()
    assert form["findings"] == []


def test_every_message_of_the_run_is_on_the_timeline_of_the_scenario(run: Run) -> None:
    lines = [one.title for one in run.entries if one.kind == "frame"]
    for message in run.messages():
        assert any(f"{message['use_case']} {message['direction']}" in line for line in lines)


def test_every_message_was_seen_by_dcc_and_home_as_well(run: Run) -> None:
    summary = next(one.detail for one in run.entries if one.kind == "capture")
    assert isinstance(summary, dict)
    assert summary["findings"] == 0
    of_the_adversary = 1  # which the hub got, and not from the DCC
    assert summary["witnessed"] >= 2 * summary["messages"] - of_the_adversary


def test_a_stick_that_is_lost_is_a_fault_of_the_bench(session: Session, tmp_path: Path) -> None:
    with (
        pytest.raises(BenchLost, match="stick"),
        compose(session, Timeline(tmp_path / "evidence")) as bench,
    ):
        bench.installation.commission()
        stick = bench.power.instruments.peers["radio"]
        assert isinstance(stick, PtyNcpServer)
        stick.restart()
        bench.users.send("import supplier", "4.1.1", {})


def test_a_sniffer_that_misses_a_frame_is_a_fault_of_the_bench(
    session: Session, tmp_path: Path
) -> None:
    with (
        pytest.raises(BenchFault, match="gap of the sniffer"),
        compose(session, Timeline(tmp_path / "evidence")) as bench,
    ):
        sniffer = bench.power.instruments.peers["sniffer"]
        assert isinstance(sniffer, PcapStreamServer)
        bench.power.set_supply(bench.power.volts)
        sniffer.inject(Fault(containing="frame", effect=NoAnswer(), times=1))
        bench.installation.commission()


def test_a_real_stick_is_refused_as_virtual_devices_are_not_on_its_air() -> None:
    built_in = built_in_bench("emu")
    before, stick, after = built_in.octets.partition(b"[instruments.radio]")
    octets = before + stick + after.replace(b'"virtual"', b'"/dev/ttyUSB0"', 1)
    octets = octets.replace(
        b'"/dev/ttyUSB0"\nserial = "EMU-0005"\ncalibration = "virtual"',
        b'"/dev/ttyUSB0"\nserial = "EMU-0005"\ncalibration = "none"',
    )
    bench = replace(built_in, value=parse_bench("bench.toml", octets), octets=octets)
    declared = Declarations(bench=bench, device=read_device(), plan=read_plan(), rogue=None)
    with pytest.raises(PlanError, match=r"instruments\.radio\.address"):
        check_supported(declared)


def test_a_bench_without_a_stick_has_no_radio() -> None:
    assert all(each.kind != "radio" for each in read_bench().value.instruments.values())


def _code(frame: dict[str, object]) -> int:
    return envelope.parse(bytes.fromhex(str(frame["message"]))).message_code
