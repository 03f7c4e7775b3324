"""What a scenario's requests went through is held against the flows, and told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assay.verdicts import BenchFault
from fixtures.courses import Courses
from fixtures.timeline import Timeline
from tests.dcc.bench import DspBench


@pytest.fixture
def courses(bench: DspBench, tmp_path: Path) -> Courses:
    courses = Courses(Timeline(tmp_path / "evidence"), bench.clock.now)
    bench.audit.listeners.append(courses.heard)
    return courses


def done(bench: DspBench, srv: str) -> None:
    bench.complete(srv)
    bench.clock.advance(timedelta(minutes=5))


def repeat_response(bench: DspBench) -> None:
    """The DSP takes no second answer; so the trail is told of one that passed all the same."""
    response = next(entry for entry in bench.audit.entries if entry.kind == "response")
    for listener in bench.audit.listeners:
        listener(response)


def told(tmp_path: Path) -> str:
    return (tmp_path / "evidence" / "timeline.jsonl").read_text()


def test_requests_that_followed_their_flow_are_told_as_such(
    bench: DspBench, courses: Courses, tmp_path: Path
) -> None:
    done(bench, "7.4")
    done(bench, "7.2")
    courses.check()
    assert "2 followed to an end" in told(tmp_path)


def test_a_departure_makes_the_scenario_inconclusive(
    bench: DspBench, courses: Courses, tmp_path: Path
) -> None:
    done(bench, "7.4")
    repeat_response(bench)
    with pytest.raises(BenchFault, match=r"expected flow F1 .*, saw response from device"):
        courses.check()
    assert "1 departed" in told(tmp_path)


def test_what_the_bench_injected_is_excused(bench: DspBench, courses: Courses) -> None:
    done(bench, "7.4")
    courses.excuse()
    repeat_response(bench)
    courses.check()


def test_a_scenario_answers_for_its_own_requests_alone(bench: DspBench, courses: Courses) -> None:
    done(bench, "7.4")
    repeat_response(bench)
    courses.begin()
    done(bench, "7.4")
    courses.check()


def test_what_comes_late_of_an_earlier_scenario_is_not_held_against_the_next(
    bench: DspBench, courses: Courses
) -> None:
    done(bench, "7.4")
    response = next(entry for entry in bench.audit.entries if entry.kind == "response")
    courses.begin()
    courses.heard(response)
    courses.check()
