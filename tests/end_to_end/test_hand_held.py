"""What is delivered by hand goes to the device and back past the SM WAN."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fixtures.bench import Bench
from fixtures.plugin import KeptBench
from fixtures.timeline import Timeline


@pytest.fixture
def furnished(kept_bench: KeptBench, tmp_path: Path) -> Bench:
    bench = kept_bench.take(Timeline(tmp_path / "timeline"))
    bench.cells.furnish()
    return bench


@pytest.mark.parametrize(("srv", "target"), [("7.4", "meter"), ("6.24.1", "hub")])
def test_a_command_for_local_delivery_never_crosses_the_wan(
    furnished: Bench, srv: str, target: str
) -> None:
    before = len(furnished.traffic)
    furnished.cells.send("import supplier", srv, target, 2)
    furnished.cells.hand_over(target)
    furnished.clock.advance(timedelta(minutes=2))
    assert furnished.cells.by_hand is not None
    assert len(furnished.traffic) == before


def test_afterwards_the_device_answers_over_the_wan_again(furnished: Bench) -> None:
    furnished.cells.send("import supplier", "7.4", "meter", 2)
    furnished.cells.hand_over("meter")
    furnished.cells.send("import supplier", "7.4", "meter", 1)
    assert furnished.users.answer(timedelta(seconds=30)) is not None
