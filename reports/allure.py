"""Pytest plugin `reports.allure`: a scenario in Allure as it stands in the feature file.

allure-pytest alone shows neither Gherkin steps nor tags nor rules, and knows no verdicts. This
adds them, and joins the evidence of the attempt to the result. The folder of the evidence is
the `evidence` entry of the item's user properties, where the fixtures leave it; the hooks do
nothing unless `--alluredir` is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import allure
import pytest
from allure_commons.model2 import Parameter, Status, StatusDetails, TestResult
from allure_commons.types import AttachmentType, LabelType, LinkType
from pytest_bdd.parser import Scenario, ScenarioTemplate, Step
from pytest_bdd.scenario import scenario_wrapper_template_registry

from assay.verdicts import NotApplicable, Verdict
from reports.attachments import in_full
from reports.evidence import Moment, read_timeline
from reports.outcome import verdict_of

pytest_plugins = ("reports.tags",)

_allure: Any = allure  # the calls of allure-python carry no annotations

EVIDENCE = "evidence"
_EXAMPLE = "_pytest_bdd_example"
_ATTACHED = 200  # a soak leaves thousands of files: the last ones go along, all stay in the run

STATUS: dict[Verdict, str] = {
    Verdict.PASS: Status.PASSED,
    Verdict.FAIL: Status.FAILED,
    Verdict.INCONCLUSIVE: Status.BROKEN,
    Verdict.NOT_APPLICABLE: Status.SKIPPED,
    Verdict.NOT_RUN: Status.SKIPPED,
}

_FILE_TYPES: dict[str, AttachmentType] = {
    ".xml": AttachmentType.XML,
    ".json": AttachmentType.JSON,
    ".png": AttachmentType.PNG,
    ".csv": AttachmentType.CSV,
    ".pcap": AttachmentType.PCAP,
}


# Last, since the listener of allure-pytest is made in its own pytest_configure.
@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    listener = config.pluginmanager.get_plugin("allure_listener")
    if listener is not None:
        config.pluginmanager.register(ScenariosInAllure(listener.allure_logger), "assay_allure")


class ScenariosInAllure:
    """The hooks, with the steps that are open and what the phases of the item raised."""

    def __init__(self, reporter: Any) -> None:
        self._reporter = reporter
        self._open: list[Any] = []
        self._begun = 0
        self._errors: list[BaseException] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            _classify(item)

    # Outermost, so that allure-pytest has written its own names when these replace them.
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        self._open, self._begun, self._errors = [], 0, []
        try:
            return (yield)
        finally:
            _name(item, self._reporter.get_test(None))

    def pytest_bdd_before_step(self, step: Step) -> None:
        self._begin(step)

    def pytest_bdd_after_step(self) -> None:
        self._open.pop().__exit__(None, None, None)

    def pytest_bdd_step_error(self, exception: BaseException) -> None:
        self._end_with(exception)

    def pytest_bdd_step_func_lookup_error(self, step: Step, exception: BaseException) -> None:
        self._begin(step)
        self._end_with(exception)

    def pytest_bdd_after_scenario(self, scenario: Scenario) -> None:
        while self._open:  # an interrupt passes the hook for errors by
            self._end_with(RuntimeError("interrupted"))
        for step in scenario.steps[self._begun :]:
            self._begin(step)
            self._end_with(pytest.skip.Exception("not reached"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if call.excinfo is not None:
            self._errors.append(call.excinfo.value)
        if call.when == "teardown":
            self._judge(item, self._reporter.get_test(None))
            _attach_evidence(item)
        return report

    def _begin(self, step: Step) -> None:
        context = _allure.step(f"{step.keyword.strip()} {step.name}")
        context.__enter__()
        self._open.append(context)
        self._begun += 1
        if step.docstring is not None:
            _allure.attach(step.docstring, "text", AttachmentType.TEXT)
        if step.datatable is not None:
            rows = "\n".join(" | ".join(map(str, row)) for row in step.datatable.raw())
            _allure.attach(rows, "table", AttachmentType.TEXT)

    def _end_with(self, error: BaseException) -> None:
        if isinstance(error, NotApplicable):  # Allure has no such status; skipped is the nearest
            error = pytest.skip.Exception(str(error)).with_traceback(error.__traceback__)
        self._open.pop().__exit__(type(error), error, error.__traceback__)

    def _judge(self, item: pytest.Item, result: TestResult) -> None:
        verdict = verdict_of(item, self._errors)
        _allure.dynamic.label("verdict", verdict.words)
        result.status = STATUS[verdict]
        if verdict is Verdict.NOT_APPLICABLE:
            reason = next((str(error) for error in self._errors), "no reason given")
            result.statusDetails = StatusDetails(message=f"NOT APPLICABLE: {reason}")


def _template(item: pytest.Item) -> ScenarioTemplate | None:
    function: Callable[..., Any] | None = getattr(item, "obj", None)
    return None if function is None else scenario_wrapper_template_registry.get(function)


def _classify(item: pytest.Item) -> None:
    """Labels and links as marks of allure-pytest, so that a failed set-up has them too."""
    from reports import tags  # a plugin too: pytest warns of one that is imported before its turn

    template = _template(item)
    if template is None:
        return
    rule = "" if template.rule is None else template.rule.name
    schemes = tags.values(item, "scheme")
    labels: list[tuple[str, str]] = [
        (LabelType.FEATURE, template.feature.name),
        (LabelType.STORY, rule),
        (LabelType.SUITE, template.feature.name),
        (LabelType.SUB_SUITE, rule),
        *((LabelType.EPIC, scheme) for scheme in schemes),
        *((LabelType.PARENT_SUITE, scheme) for scheme in schemes[:1]),
    ]
    for kind in tags.KINDS:
        for value in tags.values(item, kind):
            labels += [(kind, value), (LabelType.TAG, f"{kind}:{value}")]
    for name, value in labels:
        if value:
            item.add_marker(pytest.mark.allure_label(value, label_type=name))
    for value in tags.values(item, "requirement"):
        link = pytest.mark.allure_link(
            f"../index.html#requirement-{value}", link_type=LinkType.LINK, name=value
        )
        item.add_marker(link)


def _name(item: pytest.Item, result: TestResult) -> None:
    """Scenario and example as written, and an identity that survives a renamed function."""
    template = _template(item)
    if template is None:
        return
    callspec = getattr(item, "callspec", None)
    example: dict[str, str] = {} if callspec is None else callspec.params.get(_EXAMPLE, {})
    result.name = template.render(example).name
    result.fullName = f"{template.feature.rel_filename}: {template.name}"
    result.testCaseId = hashlib.md5(result.fullName.encode(), usedforsecurity=False).hexdigest()
    result.titlePath = list(Path(template.feature.rel_filename).parts)
    texts = (template.feature.description, template.description)
    result.description = "\n\n".join(text.strip() for text in texts if text)
    kept = [parameter for parameter in result.parameters if parameter.name != _EXAMPLE]
    columns = [Parameter(name=name, value=value) for name, value in example.items()]
    result.parameters = kept + columns


def _attach_evidence(item: pytest.Item) -> None:
    folder = next((Path(str(v)) for name, v in item.user_properties if name == EVIDENCE), None)
    if folder is None:
        return
    moments = read_timeline(folder)
    if moments:
        _allure.attach("\n".join(map(_as_text, moments)), "timeline", AttachmentType.TEXT)
    telling = [m for m in moments if m.attachment is not None or in_full(m.detail)]
    if len(telling) > _ATTACHED:
        left_out = f"{len(telling) - _ATTACHED} earlier moments with attachments are in the run's"
        _allure.attach(f"{left_out} evidence only", "left out", AttachmentType.TEXT)
    for moment in telling[-_ATTACHED:]:
        _attach_moment(folder, moment)


def _attach_moment(folder: Path, moment: Moment) -> None:
    """Its file as it was on the wire, and its detail where that is more than a few words."""
    title = f"{moment.number:03} {moment.title}"
    file = None if moment.attachment is None else folder / moment.attachment
    if file is not None and file.is_file():
        _allure.attach.file(str(file), title, _FILE_TYPES.get(file.suffix, AttachmentType.TEXT))
    detail = in_full(moment.detail)
    if detail:
        kind = AttachmentType.TEXT if isinstance(moment.detail, str) else AttachmentType.JSON
        _allure.attach(detail, f"{title}, decoded", kind)


def _as_text(moment: Moment) -> str:
    return f"{moment.at}  {moment.lane:<7} {moment.kind:<14} {moment.title}"
