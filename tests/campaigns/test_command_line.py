"""What `assay` prints and returns, run as a command in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assay.cli.closing import close, scheme_rows
from assay.cli.progress import PlainProgress

from .conftest import TinySuite


def assay(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = "from assay.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", command, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=60,
        check=False,
    )


def test_a_bad_file_is_refused_with_file_line_and_key_before_anything_moves(
    tmp_path: Path,
) -> None:
    (tmp_path / "plan.toml").write_text('name = "x"\nscheme = ["uept"]\n')
    done = assay("run", "--plan", "plan.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert "assay: plan.toml:2: scheme: unknown key" in done.stderr
    assert "did you mean schemes?" in done.stderr
    assert not (tmp_path / "reports").exists()


def test_a_plan_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = assay("run", "--plan", "builtin:nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert "plans/nothing.toml" in done.stderr


def test_an_unknown_option_is_a_matter_of_usage() -> None:
    assert assay("run", "--bnech", "x").returncode == 2
    assert assay("walk").returncode == 2


def test_a_reading_out_of_calibration_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "bench.toml").write_text(
        'name = "n"\nevidence_level = "SIM"\n'
        "limits = { max_volts = 300, max_hertz = 65 }\n"
        'clock = { kind = "wall" }\nhub = { variant = "single_band" }\n'
        'dcc = { kind = "embedded" }\n[instruments.supply]\nkind = "ac_source"\n'
        'driver = "d"\nmodel = "m"\naddress = "TCPIP0::10.0.0.9::5025::SOCKET"\nserial = "1"\n'
        'calibration = { due = 2020-01-01, certificate = "c" }\n'
    )
    done = assay("run", "--bench", "bench.toml", cwd=tmp_path)
    assert done.returncode == 4
    assert "overdue: supply" in done.stderr
    assert not (tmp_path / "reports").exists()


def test_requirements_are_listed_for_people_and_for_programs() -> None:
    table = assay("requirements").stdout
    assert "SMETS-E-103" in table
    rows = json.loads(assay("requirements", "--json").stdout)
    advisory = {row["id"]: row["advisory"] for row in rows}
    assert advisory["SMETS-E-103"]
    assert not advisory["SMETS-E-102"]


def test_only_verbs_that_are_there_are_offered() -> None:
    done = assay("--help")
    assert done.returncode == 0
    for verb in ("run", "status", "requirements"):
        assert verb in done.stdout


def test_starting_a_verb_imports_no_other(tmp_path: Path) -> None:
    command = (
        "import sys; sys.argv = ['assay', 'run', '--help']\n"
        "from assay.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "slow = {'pytest', 'lxml', 'cryptography', 'assay.cli.status'}\n"
        "print('imported', sorted(slow & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "imported []"


def test_status_tells_where_a_run_stands(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well", "it fails"])
    run = tiny.run().run
    done = assay("status", str(tiny.out))
    assert done.stdout.splitlines()[:2] == [f"{run}  ended  FAIL", "2 scenarios: 1 PASS, 1 FAIL"]
    found = json.loads(assay("status", str(tiny.out), "--json").stdout)
    assert (found["state"], found["exit_code"], found["open"]) == ("ended", 1, [])


def test_status_of_what_is_no_run_is_a_matter_of_usage(tmp_path: Path) -> None:
    done = assay("status", "nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert "expected a run folder" in done.stderr


def test_a_run_ends_with_its_verdicts_and_the_reasons(
    tiny: TinySuite, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.scenarios(["all is well", "it fails", "the bench is lost"])
    result = tiny.run()
    close(result, "SIM", ["Overview: index.html"])
    printed = capsys.readouterr().out
    assert scheme_rows(result)[-1] == ("all", "1", "1", "1", "0", "0")
    failing = next(each.scenario.id for each in result.results if each.scenario.name == "it fails")
    assert (
        "FAIL          A meter: it fails\n"
        f"  scenario    {failing}\n"
        "  requirement SMETS-E-100\n"
        "  at          Then it fails\n"
        "  expected    one entry\n"
        "  observed    no entry\n"
    ) in printed
    assert "reason      BenchLost: the supply does not answer" in printed
    assert f"Run folder: {tiny.out}\nOverview: index.html\n" in printed
    assert "(evidence level SIM)" in printed
    assert "\x1b" not in printed


def test_plain_progress_is_one_line_per_event(
    tiny: TinySuite, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.scenarios(["all is well"])
    result = tiny.run()
    scenario, attempt = result.results[0].scenario, result.results[0].attempts[0]
    progress = PlainProgress()
    progress.collected(1, 3)
    progress.began(scenario, 1)
    progress.ended(scenario, attempt)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 scenarios in the plan, 3 outside it"
    assert lines[1].split() == ["starts", "meter.all-is-well"]
    assert lines[2].split()[:3] == ["[1/1]", "PASS", "meter.all-is-well"]
