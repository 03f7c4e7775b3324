"""`assay bench`: what a person at a laboratory gets to see, and what the shell is told."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assay.cli.bench import app
from assay.clock import LoopThread, WallClock
from assay.declarations import read_bench
from assay.verdicts import PlanError
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.faults import Fault, QueuedError
from rigs.virtual.transport import ScpiServer

HISLIP = "TCPIP0::10.0.0.9::hislip0,4880::INSTR"
REAL = "2099-12-31,C 1,UKAS 0001"


def assay_bench(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


@pytest.fixture
def source() -> Iterator[ScpiServer]:
    """A source that stands somewhere: for all that the bench knows, on another machine."""
    loop_thread = LoopThread("elsewhere")
    clock = WallClock(loop_thread)
    supply = SupplyNode(clock)
    model = VirtualAcSource(clock, supply, LoadNode(clock, supply, Contactor(clock)))
    with ScpiServer(model.instrument, clock, loop_thread) as server:
        yield server
    loop_thread.close()


def with_source(source: ScpiServer, serial: str = "SIMULATED") -> Path:
    told = assay_bench(
        "new", "--level", "EMU", "--instrument",
        f"supply=scpi_ac_source,{source.resource},6843A,{serial},{REAL}",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    return Path("bench.toml")


def test_the_built_in_bench_is_fit_and_leaves_a_record() -> None:
    told = assay_bench("check")
    assert told.exit_code == 0
    assert "virtual bench (SIM): fit for use" in told.output
    (file,) = Path("reports/bench").iterdir()
    record = json.loads(file.read_text())
    assert record["is_fit"]
    outputs = {each["name"]: each["safe"][:10] for each in record["instruments"]}
    assert outputs == {"supply": "off (seen)", "load": "off (seen)", "reference": "", "pulses": ""}
    for each in record["instruments"]:
        assert each["identity"]["model"]
        assert each["latency"]["questions"] > 0
        assert each["self_test"] == "passed"


def test_passive_switches_nothing_on() -> None:
    told = assay_bench("check", "--passive", "--json")
    record = json.loads(told.output)
    exercises = {each["name"]: each["exercise"] for each in record["instruments"]}
    assert exercises["supply"] == exercises["load"] == "not switched on (passive)"
    assert told.exit_code == 0


def test_an_instrument_that_stands_somewhere_is_watched_over(source: ScpiServer) -> None:
    told = assay_bench("check", "--bench", str(with_source(source)), "--json")
    record = json.loads(told.output)
    assert told.exit_code == 0, record
    assert record["watchdog"].startswith("process ")
    assert record["instruments"][0]["exercise"] == "12 V, 50 Hz at 12 V"
    assert "no calibrated range declared" in record["instruments"][0]["remarks"][0]


def test_another_instrument_at_the_address_makes_the_bench_unfit(source: ScpiServer) -> None:
    told = assay_bench("check", "--bench", str(with_source(source, serial="US42")))
    assert told.exit_code == 4
    assert "expected serial number US42" in told.output
    assert "NOT fit for use" in told.output


def test_one_that_does_not_answer_does_not_keep_the_others_from_being_checked(
    source: ScpiServer,
) -> None:
    file = with_source(source)
    source.close()
    told = assay_bench("check", "--bench", str(file), "--json")
    by_name = {each["name"]: each for each in json.loads(told.output)["instruments"]}
    assert told.exit_code == 4
    assert by_name["supply"]["problems"]
    assert by_name["load"]["problems"] == by_name["reference"]["problems"] == []


def test_an_error_of_the_instrument_is_a_problem(source: ScpiServer) -> None:
    file = with_source(source)
    source.inject(Fault(effect=QueuedError(), containing="VOLT 12"))
    told = assay_bench("check", "--bench", str(file))
    assert told.exit_code == 4
    assert "-240" in told.output


def test_an_overdue_calibration_makes_the_bench_unfit(source: ScpiServer) -> None:
    file = with_source(source)
    file.write_text(
        file.read_text()
        .replace("due = 2099-12-31", "due = 2026-01-04")
        .replace('kind = "simulated"', 'kind = "wall"')
        .replace("start = 2026", "# start = 2026")
    )
    told = assay_bench("check", "--bench", str(file))
    assert told.exit_code == 4
    assert "calibration overdue since 2026-01-04" in told.output


def test_a_new_file_is_valid_and_says_what_it_says() -> None:
    told = assay_bench(
        "new", "--out", "lab/north.toml", "--name", "north", "--level", "HIL",
        "--max-volts", "260",
        "--instrument", f"supply=scpi_ac_source,{HISLIP},6813B,1,{REAL}",
        "--instrument", f"load=scpi_load_bank,TCPIP0::10.0.0.8::5025::SOCKET,L,2,{REAL}",
        "--instrument", f"standard=scpi_energy_reference,TCPIP0::10.0.0.7::1::SOCKET,R,3,{REAL}",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    bench = read_bench(Path("lab/north.toml")).value
    assert (bench.name, bench.clock.kind, bench.ceiling()[0]) == ("north", "wall", Decimal(260))
    supply = bench.instruments["supply"]
    assert supply.address == HISLIP
    assert supply.record is not None and supply.record.laboratory == "UKAS 0001"


def test_without_a_word_a_new_file_is_a_virtual_bench() -> None:
    assert assay_bench("new").exit_code == 0
    assert read_bench(Path("bench.toml")).value.is_virtual


def test_what_it_offers_as_comments_is_valid_when_it_is_used() -> None:
    assay_bench("new", "--instrument", f"supply=scpi_ac_source,TCPIP::a::1::SOCKET,M,1,{REAL}")
    text = Path("bench.toml").read_text()
    offered = [line.removeprefix("# ") for line in text.splitlines()]
    at = offered.index("[[instruments.supply.calibration.ranges]]")
    tomllib.loads("\n".join(offered[at : at + 7]))
    used = text.splitlines()[:at] + offered[at : at + 7] + text.splitlines()[at + 7 :]
    Path("bench.toml").write_text("\n".join(used))
    record = read_bench(Path("bench.toml")).value.instruments["supply"].record
    assert record is not None and record.ranges[0].unit == "V"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--instrument", "supply"], "expected NAME=DRIVER"),
        (["--instrument", "supply=nobodys"], "unknown driver 'nobodys'"),
        (["--instrument", "s=scpi_ac_source,TCPIP::a::1::SOCKET,M,1"], "its calibration is due"),
        (["--level", "HIL"], "expected no virtual instrument"),
        (["--interlock", "door,1"], "interlock"),
        (["--max-volts", "lots"], "bench.toml"),
    ],
)
def test_a_file_that_would_make_no_sense_is_not_written(arguments: list[str], problem: str) -> None:
    told = assay_bench("new", *arguments)
    assert isinstance(told.exception, PlanError)
    assert problem in str(told.exception)
    assert not Path("bench.toml").exists()


def test_a_file_is_not_written_over() -> None:
    assay_bench("new")
    assert isinstance(assay_bench("new").exception, PlanError)
    assert assay_bench("new", "--force").exit_code == 0


def test_a_host_that_is_named_is_asked_who_it_is(source: ScpiServer) -> None:
    told = assay_bench("discover", "--host", f"127.0.0.1:{source.port}", "--json")
    found = {each["address"]: each for each in json.loads(told.stdout)}
    assert found[source.resource]["says"] == "Agilent Technologies,6843A,SIMULATED,A.00.00"


@pytest.mark.parametrize("host", ["", "lab:x", "lab:70000", ":5025"])
def test_a_host_that_is_none_is_a_plan_error(host: str) -> None:
    assert isinstance(assay_bench("discover", "--host", host).exception, PlanError)
