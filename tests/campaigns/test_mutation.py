"""Planted faults against a suite: who is caught by what, who survives, what proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assay.campaigns.mutation import (
    Fault,
    GoldenBenchFailed,
    Matrix,
    Mutation,
    Row,
    chosen_for,
    declared,
)
from assay.campaigns.scenario import Scenario
from assay.declarations import read_bench, read_device, read_plan

from .conftest import PLAN, TinySuite

FEATURE = """\
@scheme:functional
Feature: A meter

  @requirement:SMETS-E-100
  Scenario: logs
    Given a meter
    Then it fails where silent is planted

  @requirement:SMETS-E-101
  Scenario: reports
    Given a meter
    Then it fails where silent is planted

  @requirement:SMETS-E-102
  Scenario: measures
    Given a meter
    Then it fails where deaf is planted

  @requirement:SMETS-E-120
  Scenario: switches
    Given a meter
    Then all is well
"""
SILENT = Fault(id="silent", requirement="SMETS-E-100")
DEAF = Fault(id="deaf", requirement="SMETS-E-101")
HARMLESS = Fault(id="harmless", requirement="SMETS-E-102")


def mutation(tiny: TinySuite, sample: int | None) -> Mutation:
    file = tiny.root / "plan.toml"
    file.write_text(PLAN)
    return Mutation(
        bench=read_bench(),
        device=read_device(),
        plan=read_plan(file),
        suite=tiny.suite,
        workers=2,
        seed=1,
        sample=sample,
    )


def scenario(number: int, requirement: str) -> Scenario:
    return Scenario(
        id=f"meter.{number}",
        name=str(number),
        feature="A meter",
        feature_file="meter.feature",
        rule=None,
        scheme="functional",
        tags=(f"requirement:{requirement}",),
        advisory=False,
    )


def row(fault: Fault, ran: Sequence[str], caught_by: Sequence[str]) -> Row:
    return Row(
        fault=fault,
        ran=tuple(ran),
        caught_by=tuple(caught_by),
        consequences=(),
        inconclusive=(),
        seconds=1.0,
    )


def test_every_fault_against_every_scenario(tiny: TinySuite) -> None:
    tiny.feature(FEATURE)
    whole = mutation(tiny, None)
    scenarios = whole.golden()
    rows = tuple(whole.examine([SILENT, DEAF, HARMLESS], scenarios))
    matrix = Matrix(scenarios=scenarios, rows=rows)
    assert [each.fault for each in rows] == [SILENT, DEAF, HARMLESS]
    assert (rows[0].caught_by, rows[0].consequences) == (("meter.logs",), ("meter.reports",))
    # Nothing with its requirement fails: then whatever fails has caught it.
    assert (rows[1].caught_by, rows[1].consequences) == (("meter.measures",), ())
    assert matrix.survivors == (HARMLESS,)
    assert matrix.unproven == ("meter.switches",)


def test_without_a_sample_only_the_scenarios_of_the_requirement_run(tiny: TinySuite) -> None:
    tiny.feature(FEATURE)
    quick = mutation(tiny, 0)
    (row,) = quick.examine([SILENT], quick.golden())
    assert row.ran == ("meter.logs",)


def test_a_sound_bench_that_fails_ends_it(tiny: TinySuite) -> None:
    tiny.scenarios(["all is well", "it fails"])
    with pytest.raises(GoldenBenchFailed, match=r"meter\.it-fails FAIL"):
        mutation(tiny, None).golden()


SUITE = [
    scenario(number, "SMETS-E-100" if number % 10 == 0 else "SMETS-E-101") for number in range(40)
]


def test_a_sample_adds_to_the_scenarios_of_the_requirement() -> None:
    chosen = chosen_for(SILENT, SUITE, seed=7, sample=5)
    assert len(chosen) == 4 + 5
    assert [each for each in SUITE if each in chosen] == chosen
    assert chosen == chosen_for(SILENT, SUITE, seed=7, sample=5)


def test_another_seed_or_fault_is_another_sample() -> None:
    samples = {
        tuple(
            each.id
            for each in chosen_for(
                Fault(id=name, requirement="SMETS-E-999"), SUITE, seed=seed, sample=5
            )
        )
        for name in ("a", "b")
        for seed in (1, 2)
    }
    assert len(samples) == 4


def test_what_did_not_run_stays_declared() -> None:
    before = {
        "silent": {"caught_by": ["x", "y"], "consequences": ["z"], "is_full": True},
        "other": {"caught_by": ["q"], "consequences": [], "is_full": True},
    }
    after = declared(before, [row(SILENT, ran=["y", "z", "w"], caught_by=["w"])], is_full=False)
    assert after["silent"] == {"caught_by": ["x", "w"], "consequences": [], "is_full": False}
    assert after["other"] == before["other"]
