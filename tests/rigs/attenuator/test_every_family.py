"""What every attenuator owes to a procedure, whatever its maker and its wire."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from decimal import Decimal

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchFault, LimitExceeded
from rigs.capabilities import Attenuator
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from tests.rigs.attenuator.kit import FAMILIES, TIMEOUT_S, AttenuatorBench, Paths

EFFECTS: tuple[Effect, ...] = (
    LateAnswer(delay_s=1.5 * TIMEOUT_S),
    NoAnswer(),
    GarbledAnswer(),
    GarbledAnswer(octets=b"47 of something"),
    QueuedError(),
    DroppedConnection(),
)


@pytest.fixture(params=list(FAMILIES.values()), ids=list(FAMILIES))
def bench(
    request: pytest.FixtureRequest, loop_thread: LoopThread, clock: SimulatedClock, paths: Paths
) -> Iterator[AttenuatorBench]:
    with request.param(loop_thread, clock, paths) as built:
        yield built


def test_it_is_an_attenuator(bench: AttenuatorBench) -> None:
    assert isinstance(bench.driver, Attenuator)


def test_it_says_who_it_is(bench: AttenuatorBench) -> None:
    identity = bench.driver.open()
    assert identity.maker and identity.model and identity.serial


def test_its_range_is_that_of_the_hardware(bench: AttenuatorBench) -> None:
    assert bench.driver.range() == bench.hardware.limits


def test_it_powers_up_isolated_and_a_set_level_stands_in_the_path(
    bench: AttenuatorBench, paths: Paths
) -> None:
    assert bench.driver.attenuation() == bench.hardware.limits.maximum
    assert bench.driver.set_attenuation(Decimal(12)) == 12
    assert paths.decibels[1] == 12


def test_a_level_between_steps_is_rounded_down_and_said(
    bench: AttenuatorBench, paths: Paths
) -> None:
    step = bench.hardware.limits.step
    actual = bench.driver.set_attenuation(20 + step * Decimal("1.9"))
    assert actual == 20 + step == paths.decibels[1]


@pytest.mark.parametrize("decibels", [Decimal("-0.25"), Decimal("90.05"), Decimal(500)])
def test_outside_of_the_range_nothing_is_sent(
    bench: AttenuatorBench, paths: Paths, decibels: Decimal
) -> None:
    before = list(paths.changes)
    with pytest.raises(LimitExceeded):
        bench.driver.set_attenuation(decibels)
    assert paths.changes == before


@pytest.mark.parametrize("channel", [0, 3])
def test_a_channel_that_it_does_not_have_is_refused(bench: AttenuatorBench, channel: int) -> None:
    with pytest.raises(LimitExceeded, match="channel"):
        bench.driver.set_attenuation(Decimal(10), channel)


def test_safe_isolates_every_path(bench: AttenuatorBench, paths: Paths) -> None:
    limits = bench.hardware.limits
    for channel in range(1, limits.channels + 1):
        bench.driver.set_attenuation(Decimal(3), channel)
    bench.driver.safe()
    assert set(paths.decibels.values()) == {limits.maximum}


def test_a_change_by_somebody_else_is_read_back(
    bench: AttenuatorBench, loop_thread: LoopThread
) -> None:
    bench.driver.set_attenuation(Decimal(10))
    loop_thread.run(bench.hardware.power_cycle)
    assert bench.driver.attenuation() == bench.hardware.limits.maximum


@pytest.mark.parametrize("effect", EFFECTS, ids=repr)
def test_a_fault_of_the_link_is_the_benchs_and_the_next_level_is_right(
    bench: AttenuatorBench, paths: Paths, effect: Effect
) -> None:
    bench.driver.open()
    bench.inject(Fault(effect=effect, containing=bench.answered))
    with pytest.raises(BenchFault):
        bench.driver.set_attenuation(Decimal(30))
    bench.clear_faults()
    assert bench.driver.set_attenuation(Decimal(31)) == 31 == paths.decibels[1]


@pytest.mark.parametrize("effect", EFFECTS, ids=repr)
def test_safe_gets_there_with_one_fault_on_the_way(
    bench: AttenuatorBench, paths: Paths, effect: Effect
) -> None:
    bench.driver.set_attenuation(Decimal(3))
    bench.inject(Fault(effect=effect))
    bench.driver.safe()
    assert paths.decibels[1] == bench.hardware.limits.maximum


def test_safe_never_raises_and_the_log_says_what_is_not_known(
    bench: AttenuatorBench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.driver.open()
    bench.inject(Fault(effect=DroppedConnection(), times=None))
    with caplog.at_level(logging.ERROR):
        bench.driver.safe()
    assert "not known to be safe" in caplog.text


def test_a_level_that_did_not_take_is_noticed(
    bench: AttenuatorBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A switch inside that sticks: the instrument confirms, and reads back another level."""
    bench.driver.set_attenuation(Decimal(10))
    monkeypatch.setattr(bench.hardware, "set", lambda _decibels, _channel=1: True)
    with pytest.raises(BenchFault):
        bench.driver.set_attenuation(Decimal(40))
