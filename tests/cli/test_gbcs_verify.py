"""`assay gbcs verify` and `use-cases` at a prompt: folders, conformance over a folder, grades."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assay.cli.gbcs import app
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "captured" / "deeper"
    below.mkdir(parents=True)
    (below / "ARM.HEX").write_text(ARM_COMMAND.hex())
    (below.parent / "firmware.hex").write_text(FIRMWARE_RESPONSE.hex(" "))
    (below / "notes.txt").write_text("no message")
    return below.parent


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.output.splitlines()]


def test_a_folder_stands_for_the_hex_files_below_it(folder: Path) -> None:
    result = run("verify", str(folder))
    assert [line["use_case"] for line in lines(result)] == ["ECS44", "ECS52"]
    assert result.exit_code == 0


def test_conformance_is_judged_over_all_messages_together(folder: Path) -> None:
    """The response answers no command of the folder; without keys nothing is authentic."""
    result = run("verify", str(folder), "--conformance")
    checks = {line["check"]: line for line in lines(result) if "check" in line}
    assert checks["echo"]["findings"] == ["ECS52 response 1000: answers no command that was sent"]
    assert checks["authentic"]["findings"] == [
        "ECS52 response 1000: MAC: expected valid, seen no-key"
    ]
    assert checks["header time"]["findings"] == []
    assert "left_out" in checks["alert counters"]
    assert result.exit_code == 1


def test_the_national_set_has_the_three_findings_that_are_known(shared: Path) -> None:
    rtds = shared / "rtds"
    result = run("verify", str(rtds / "messages"), "--keys", str(rtds / "keys"), "--conformance")
    found = {line["check"]: line["findings"] for line in lines(result) if line.get("findings")}
    assert found == {
        "echo": ["CS02b response 5000: answers no command that was sent"],
        "authentic": [
            f"{name} response 10000: MAC: expected valid, seen no-key"
            for name in ("PCS01", "PCS02")
        ],
    }


def test_a_use_case_is_shown_with_the_grade_of_each_field() -> None:
    (row,) = lines(run("use-cases", "ecs70"))
    assert row["code"] == {"value": "0x0062", "grade": "verified"}
    assert row["roles"] == {"value": ["Supplier"], "grade": "published"}


def test_what_no_source_tells_has_no_grade() -> None:
    (row,) = lines(run("use-cases", "0x0101"))
    assert row["critical"] == {"value": None, "grade": None}


def test_all_240_use_cases_are_listed_without_a_name() -> None:
    assert len(lines(run("use-cases"))) == 240


def test_a_use_case_that_does_not_exist_is_named() -> None:
    result = run("use-cases", "ECS999")
    assert (result.exit_code, "ecs999" in result.output) == (1, True)
