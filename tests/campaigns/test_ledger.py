"""The ledger is true at every moment, and an attempt that was overtaken has no say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assay.campaigns.ledger import Ledger
from assay.campaigns.scenario import Outcome, Scenario
from assay.verdicts import Verdict

NOW = datetime(2026, 1, 5, tzinfo=UTC)
PASS = Outcome(verdict=Verdict.PASS)
FAIL = Outcome(
    verdict=Verdict.FAIL, message="m", requirement="SMETS-E-100", expected="1", observed="0"
)
LOST = Outcome(verdict=Verdict.INCONCLUSIVE, message="lost")


def scenario(identifier: str) -> Scenario:
    return Scenario(
        id=identifier,
        name=identifier,
        feature="A meter",
        feature_file="meter.feature",
        rule=None,
        scheme="functional",
        tags=("requirement:SMETS-E-100", "scheme:functional"),
        advisory=False,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path)
    ledger.begin_run("run-1", NOW)
    ledger.register([scenario("b"), scenario("a")])
    return ledger


def test_scenarios_keep_the_order_in_which_they_run(ledger: Ledger) -> None:
    assert ledger.scenarios() == [scenario("b"), scenario("a")]


def test_what_never_began_is_not_run(ledger: Ledger) -> None:
    assert ledger.verdict("a") is Verdict.NOT_RUN


def test_what_has_begun_proves_nothing_yet(ledger: Ledger) -> None:
    ledger.begin("a", 1, NOW)
    assert ledger.verdict("a") is Verdict.INCONCLUSIVE


def test_an_attempt_begins_before_anybody_else_can_read_its_end(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.begin("a", 1, NOW)
    with Ledger(tmp_path, read_only=True) as reader:
        assert [each.ended for each in reader.attempts("a")] == [None]


def test_an_outcome_is_read_as_it_was_written(ledger: Ledger) -> None:
    number = ledger.begin("a", 1, NOW)
    assert ledger.finish("a", number, FAIL, NOW + timedelta(seconds=2))
    (attempt,) = ledger.attempts("a")
    assert attempt.outcome == FAIL
    assert attempt.duration_s == 2.0


def test_a_retry_passes_after_an_inconclusive_attempt(ledger: Ledger) -> None:
    ledger.finish("a", ledger.begin("a", 1, NOW), LOST, NOW)
    ledger.finish("a", ledger.begin("a", 2, NOW), PASS, NOW)
    assert ledger.verdict("a") is Verdict.PASS
    assert [each.verdict for each in ledger.attempts("a")] == [
        Verdict.INCONCLUSIVE,
        Verdict.PASS,
    ]


def test_a_fail_stands_whatever_follows(ledger: Ledger) -> None:
    ledger.finish("a", ledger.begin("a", 1, NOW), FAIL, NOW)
    ledger.finish("a", ledger.begin("a", 2, NOW), PASS, NOW)
    assert ledger.verdict("a") is Verdict.FAIL


def test_an_attempt_that_was_overtaken_has_no_say(ledger: Ledger) -> None:
    frozen = ledger.begin("a", 1, NOW)
    rerun = ledger.begin("a", 2, NOW)
    assert ledger.finish("a", rerun, PASS, NOW)
    assert not ledger.finish("a", frozen, FAIL, NOW)
    assert ledger.verdict("a") is Verdict.PASS


def test_an_attempt_ends_once(ledger: Ledger) -> None:
    number = ledger.begin("a", 1, NOW)
    ledger.finish("a", number, PASS, NOW)
    with pytest.raises(ValueError, match="no open attempt 1"):
        ledger.finish("a", number, FAIL, NOW)
    assert ledger.verdict("a") is Verdict.PASS


def test_a_scenario_that_was_not_chosen_cannot_begin(ledger: Ledger) -> None:
    with pytest.raises(KeyError, match="other"):
        ledger.begin("other", 1, NOW)


def test_what_a_lost_job_left_open_is_closed_as_inconclusive(ledger: Ledger) -> None:
    ledger.finish("b", ledger.begin("b", 1, NOW), PASS, NOW)
    ledger.begin("a", 1, NOW)
    assert ledger.abandon(1, "power cut", NOW) == [("a", 1)]
    (attempt,) = ledger.attempts("a")
    assert attempt.outcome == Outcome(verdict=Verdict.INCONCLUSIVE, message="power cut")
    assert ledger.verdict("b") is Verdict.PASS


def test_a_run_that_ended_is_one_plain_file(ledger: Ledger, tmp_path: Path) -> None:
    ledger.end_run(Verdict.PASS, 0, NOW)
    ledger.close()
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.db"]
    tmp_path.chmod(0o500)
    try:
        with Ledger(tmp_path, read_only=True) as reader:
            assert reader.run().verdict is Verdict.PASS
    finally:
        tmp_path.chmod(0o700)


def test_times_without_a_zone_are_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="zone"):
        ledger.begin("a", 1, datetime(2026, 1, 5))
    assert ledger.attempts("a") == []


def test_a_folder_without_a_ledger_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run folder"):
        Ledger(tmp_path / "nothing", read_only=True)
