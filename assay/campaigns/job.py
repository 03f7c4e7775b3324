"""Pytest plugin of a job: selects scenarios, claims one after the other, reports after each.

Several jobs may share a run, each with a bench of its own: every scenario is claimed by one.

It does nothing unless `--assay-run` is given. For other plugins and fixtures it leaves, in the
user properties of the item before set-up, `scenario` (id), `attempt` (number) and `evidence`
(folder of the attempt, absolute, created), and `verdict` at teardown.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assay.campaigns.channel import JobEnd
from assay.campaigns.identity import FeatureError, identify
from assay.campaigns.ledger import evidence_folder
from assay.campaigns.outcomes import PhaseError, SkippedAsNotApplicable, outcome_of
from assay.campaigns.scenario import Scenario
from assay.campaigns.selection import choose
from assay.declarations import read_catalogue, read_frozen
from assay.declarations.plan import TAG_KINDS
from assay.verdicts import NotApplicable, PlanError

ERROR_FILE = "error.txt"

_STOPPED = "stopped by the operator"

_SCENARIO = pytest.StashKey[Scenario]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("assay", "jobs of an Assay campaign")
    group.addoption("--assay-run", type=Path, metavar="FOLDER", help="run folder of the job")
    group.addoption(
        "--assay-channel", type=int, metavar="FD", help="inherited socket to the runner"
    )
    group.addoption(
        "--assay-only", type=Path, metavar="FILE", help="JSON list of scenario ids to run"
    )
    group.addoption(
        "--assay-start-at",
        type=Fraction,
        default=Fraction(0),
        metavar="PART",
        help="begin behind this part of the scenarios, and end with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    for kind in TAG_KINDS:
        config.addinivalue_line("markers", f"{kind}(value): tag of a scenario")
    folder: Path | None = config.getoption("assay_run")
    if folder is None:
        return
    channel = JobEnd(config.getoption("assay_channel"))
    config.add_cleanup(channel.close)
    job = Job(folder, channel, config.getoption("assay_only"), config.getoption("assay_start_at"))
    config.pluginmanager.register(job, "assay_job")


class Job:
    """The hooks of one job."""

    def __init__(
        self, folder: Path, channel: JobEnd, only: Path | None, start_at: Fraction
    ) -> None:
        self._folder = folder
        self._start_at = start_at
        self._channel = channel
        self._only: frozenset[str] | None = None
        if only is not None:
            self._only = frozenset(json.loads(only.read_text(encoding="utf-8")))
        self._uncollected: list[str] = []
        self._errors: list[PhaseError] = []
        self._step: str | None = None

    # A fixture plugin may refuse a declaration (a rogue that nobody planted, an instrument
    # without a driver) at the start of the session or at collection.
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionstart(self) -> Generator[None, object, object]:
        return (yield from self._refuse_on_plan_error())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        return (yield from self._refuse_on_plan_error())

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._uncollected.append(f"{report.nodeid}: {report.longreprtext.strip()}")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        if self._uncollected:
            raise self._fault("\n".join(self._uncollected))
        declarations = read_frozen(self._folder)
        try:
            scenarios = identify(items, read_catalogue())
        except FeatureError as error:
            raise self._fault(str(error)) from None
        choice = choose(scenarios, declarations.plan.value, declarations.plan.source)
        wanted = {each.id for each in choice.chosen if self._only is None or each.id in self._only}
        for item, scenario in zip(items, scenarios, strict=True):
            item.stash[_SCENARIO] = scenario
        config.hook.pytest_deselected(
            items=[item for item in items if item.stash[_SCENARIO].id not in wanted]
        )
        items[:] = [item for item in items if item.stash[_SCENARIO].id in wanted]
        self._channel.tell(
            {
                "event": "collected",
                "chosen": [each.to_json() for each in choice.chosen],
                "left_out": [
                    {"id": each.id, "name": each.name, "reason": each.reason}
                    for each in choice.left_out
                ],
            }
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """As pytest's own loop, but only what nobody else has claimed. The next scenario is
        claimed before the present one runs, because pytest tears down up to what both share."""
        if session.config.option.collectonly or session.testsfailed:
            return None
        split = int(len(session.items) * self._start_at)
        items = iter((*session.items[split:], *session.items[:split]))
        item = self._claim(items)
        while item is not None:
            following = self._claim(items)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)
            item = following
        return True

    def _claim(self, items: Iterator[pytest.Item]) -> pytest.Item | None:
        for item in items:
            claim = {"event": "claim", "scenario": item.stash[_SCENARIO].id}
            if self._channel.ask(claim)["granted"]:
                return item
        return None

    # Outermost: the attempt is in the ledger before anything of the scenario happens.
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        if self._channel.is_stop_requested:
            raise item.session.Interrupted(_STOPPED)
        scenario = item.stash[_SCENARIO].id
        answer = self._channel.ask({"event": "begin", "scenario": scenario})
        attempt: int = answer["attempt"]
        evidence = self._folder / evidence_folder(scenario, attempt)
        evidence.mkdir(parents=True)
        item.user_properties += [
            ("scenario", scenario),
            ("attempt", attempt),
            ("evidence", str(evidence)),
        ]
        self._errors, self._step = [], None
        try:
            return (yield)
        except BaseException as error:
            self._errors.append(PhaseError(when="call", error=error))
            raise
        finally:
            self._store_traces(evidence)
            outcome = outcome_of(self._errors, self._step)
            self._channel.tell(
                {
                    "event": "finish",
                    "scenario": scenario,
                    "attempt": attempt,
                    "outcome": outcome.to_json(),
                }
            )

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        return (yield from _skip_if_not_applicable())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        return (yield from _skip_if_not_applicable())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.excinfo is not None:
            self._errors.append(
                PhaseError(when=call.when, error=call.excinfo.value, trace=report.longreprtext)
            )
        if call.when == "teardown":
            verdict = ("verdict", outcome_of(self._errors, self._step).verdict.words)
            item.user_properties.append(verdict)
            report.user_properties.append(verdict)
        return report

    @pytest.hookimpl(optionalhook=True)
    def pytest_bdd_before_step(self, step: Any) -> None:
        self._step = f"{step.keyword.strip()} {step.name}"

    @pytest.hookimpl(optionalhook=True)
    def pytest_bdd_step_func_lookup_error(self, step: Any) -> None:
        self._step = f"{step.keyword.strip()} {step.name}"

    def _refuse_on_plan_error(self) -> Generator[None, object, object]:
        try:
            return (yield)
        except PlanError as error:
            self._channel.tell({"event": "refused", "message": str(error)})
            raise pytest.UsageError(str(error)) from None

    def _fault(self, message: str) -> pytest.UsageError:
        self._channel.tell({"event": "fault", "message": message})
        return pytest.UsageError(message)

    def _store_traces(self, evidence: Path) -> None:
        traces = [f"in {each.when}:\n{each.trace}\n" for each in self._errors if each.trace]
        if traces:
            (evidence / ERROR_FILE).write_text("\n".join(traces), encoding="utf-8")


def _skip_if_not_applicable() -> Generator[None, object, object]:
    """Let pytest, JUnit and Allure see a skip with the reason instead of an error."""
    try:
        return (yield)
    except NotApplicable as error:
        raise SkippedAsNotApplicable(str(error)).with_traceback(error.__traceback__) from None
