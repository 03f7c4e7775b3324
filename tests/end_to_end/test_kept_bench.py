"""A bench that scenarios share goes on from one to the next, and ends with one that fails."""

from __future__ import annotations

from pathlib import Path

from fixtures.plugin import KeptBench
from fixtures.timeline import Timeline


def test_scenarios_share_premises_and_not_a_timeline(kept_bench: KeptBench, tmp_path: Path) -> None:
    first, second = Timeline(tmp_path / "first"), Timeline(tmp_path / "second")
    bench = kept_bench.take(first)
    bench.cells.furnish()
    before = len(first.entries)
    assert kept_bench.take(second) is bench
    bench.cells.send("import supplier", "7.4", "meter", 1)
    assert len(first.entries) == before
    assert second.entries


def test_furnished_premises_are_furnished_once(kept_bench: KeptBench, tmp_path: Path) -> None:
    bench = kept_bench.take(Timeline(tmp_path / "timeline"))
    bench.cells.furnish()
    at = bench.clock.now()
    bench.cells.furnish()
    assert bench.clock.now() == at


def test_after_a_failure_there_is_another(kept_bench: KeptBench, tmp_path: Path) -> None:
    bench = kept_bench.take(Timeline(tmp_path / "before"))
    kept_bench.close()
    assert kept_bench.take(Timeline(tmp_path / "after")) is not bench
