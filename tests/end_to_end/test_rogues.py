"""Planted faults: every one is declared with the scenarios that catch it, and they do.

CI runs a seeded sample through the whole path, `assay run --rogue` included; the full matrix is
`assay rogues matrix`, which wrote the declarations.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assay.declarations import read_catalogue
from rigs.rogues import Subject, gallery

SAMPLE = 4
CAUGHT_SAMPLE = 16
WEEKLY = int(os.environ.get("ASSAY_ROGUE_SEED", datetime.now(UTC).strftime("%G%V")))
"""Another sample every week; the seed is in the id of the test."""


def sample() -> list[str]:
    """One rogue of each kind of subject, the rest by chance; those caught quickly."""
    dice = random.Random(WEEKLY)
    rogues = [
        row
        for row in gallery().values()
        if row.is_fully_run and len(row.caught_by) + len(row.consequences) < 12
    ]
    by_subject = {
        subject: [row.id for row in rogues if row.subject is subject] for subject in Subject
    }
    chosen = [dice.choice(ids) for ids in by_subject.values() if ids]
    rest = sorted({row.id for row in rogues} - set(chosen))
    return chosen + dice.sample(rest, SAMPLE - len(chosen))


def caught_sample() -> list[str]:
    """Others, of any kind: each against one scenario that is declared to catch it."""
    rest = sorted(row.id for row in gallery().values() if row.caught_by and row.id not in sample())
    return random.Random(f"caught {WEEKLY}").sample(rest, CAUGHT_SAMPLE)


def test_there_are_rogues_of_meter_hub_and_user() -> None:
    assert {row.subject for row in gallery().values()} == set(Subject)
    assert len(gallery()) >= 200


@pytest.mark.parametrize("rogue", gallery())
def test_every_rogue_breaks_a_requirement_and_is_caught(rogue: str) -> None:
    row = gallery()[rogue]
    assert row.requirement in read_catalogue()
    assert row.caught_by, f"{rogue} is caught by no scenario"


@pytest.mark.parametrize("rogue", sample())
def test_a_rogue_fails_what_is_declared_and_nothing_else(rogue: str, tmp_path: Path) -> None:
    row = gallery()[rogue]
    declared = {*row.caught_by, *row.consequences}
    others = ["supply-outage.*", "voltage.*", "registers.*", "clock.*"]
    include = [f"scenario:{name}" for name in (*sorted(declared), *others)]
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(include=json.dumps(include)))
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "assay.cli", "run", "--rogue", rogue]
    done = subprocess.run(
        [*command, "--plan", str(plan), "--out", str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    summary = json.loads((folder / "summary.json").read_text())
    failing = [each for each in summary["scenarios"] if each["verdict"] == "FAIL"]
    failed = {each["id"] for each in failing}
    assert done.returncode == 1, done.stdout[-2000:]
    assert failed == declared
    assert all(name in done.stdout for name in failed)
    tagged = {
        requirement["id"]
        for each in failing
        if each["id"] in row.caught_by
        for requirement in each["requirements"]
    }
    assert row.requirement in tagged
    assert any(requirement in done.stdout for requirement in tagged)


@pytest.mark.parametrize("rogue", caught_sample())
def test_a_rogue_is_caught_by_a_scenario_that_is_declared(rogue: str, tmp_path: Path) -> None:
    catcher = random.Random(f"{rogue} {WEEKLY}").choice(gallery()[rogue].caught_by)
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(include=json.dumps([f"scenario:{catcher}"])))
    command = [sys.executable, "-m", "assay.cli", "run", "--rogue", rogue, "--copies", "1"]
    done = subprocess.run(
        [*command, "--plan", str(plan), "--out", str(tmp_path / "run")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-2000:]


PLAN = """
name = "one rogue"
schemes = [
    "uept", "srept", "gbcs", "functional", "security", "protocol", "metrology",
    "accelerated_life", "end_to_end",
]
roles = ["IS", "ES", "GS", "RSA", "ED", "GT", "OU"]
retries_of_inconclusive = 0

[baseline]
smets = "5.2"
gbcs = "4.3"
duis = "5.4"

[repetitions.accelerated_life]
supply_interruptions = 10
contactor_pairs = 60

[selection]
include = {include}
"""
