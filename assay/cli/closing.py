"""The end of a run in the terminal: verdicts per scheme, what did not pass and why, where it is."""

from __future__ import annotations

from collections.abc import Sequence

from assay.campaigns.exit_codes import ExitCode
from assay.campaigns.result import RunResult, ScenarioResult
from assay.cli.progress import STYLES
from assay.cli.terminal import columns, is_rich
from assay.verdicts import Verdict

_ORDER = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.INCONCLUSIVE,
    Verdict.NOT_RUN,
    Verdict.NOT_APPLICABLE,
)


def close(result: RunResult, evidence_level: str, report: Sequence[str] | None) -> None:
    """Print it; `report` is what the reports tell, if they could be built."""
    rows = scheme_rows(result)
    numbers = frozenset(range(1, len(rows[0])))
    if is_rich():
        _print_table(rows, STYLES[result.verdict])
    else:
        print("\n" + "\n".join(columns(rows, numbers)))
    for line in detail_lines(result):
        print(line)
    print(f"\n{_conclusion(result, evidence_level)}")
    print(f"Run folder: {result.folder}")
    for line in report or ():
        print(line)


def scheme_rows(result: RunResult) -> list[tuple[str, ...]]:
    """A header, a row for each scheme, and one for all of them."""
    schemes = list(dict.fromkeys(each.scenario.scheme for each in result.results))
    groups = {
        scheme: [each for each in result.results if each.scenario.scheme == scheme]
        for scheme in schemes
    }
    groups["all"] = list(result.results)
    header = ("scheme", *(verdict.words for verdict in _ORDER))
    return [header, *(_row(name, results) for name, results in groups.items())]


def detail_lines(result: RunResult) -> list[str]:
    """Each scenario that failed or stayed inconclusive, with what was expected and seen."""
    lines: list[str] = []
    for each in result.results:
        if each.verdict in (Verdict.FAIL, Verdict.INCONCLUSIVE):
            lines += ["", *_details(each)]
    untried = [each for each in result.results if each.verdict is Verdict.NOT_RUN]
    if untried:
        lines += ["", f"NOT RUN       {len(untried)} scenarios, first {untried[0].scenario.id}"]
    return lines + [f"\nfault         {fault}" for fault in result.faults]


def _row(name: str, results: list[ScenarioResult]) -> tuple[str, ...]:
    verdicts = [each.verdict for each in results]
    return (name, *(str(verdicts.count(verdict)) for verdict in _ORDER))


def _details(result: ScenarioResult) -> list[str]:
    scenario, decisive = result.scenario, result.decisive
    advisory = " (advisory)" if scenario.advisory else ""
    lines = [f"{result.verdict.words:<13} {scenario.feature}: {scenario.name}{advisory}"]
    outcome = None if decisive is None else decisive.outcome
    if outcome is None:
        return lines
    checked = ", ".join(scenario.requirements)
    lines.append(f"  scenario    {scenario.id}")
    lines.append(f"  requirement {outcome.requirement or checked}")
    if outcome.requirement is not None and outcome.requirement != checked:
        lines.append(f"  checks      {checked}")
    if outcome.step is not None:
        lines.append(f"  at          {outcome.step}")
    if result.verdict is Verdict.FAIL:
        lines += [f"  expected    {outcome.expected}", f"  observed    {outcome.observed}"]
    else:
        lines.append(f"  reason      {outcome.message}")
    return lines


def _conclusion(result: RunResult, evidence_level: str) -> str:
    seconds = (result.ended - result.begun).total_seconds()
    text = f"{result.verdict.words}  {len(result.results)} scenarios in {seconds:.1f} s"
    if result.exit_code is ExitCode.INTERRUPTED:
        text += ", interrupted"
    if result.exit_code is ExitCode.ALL_PASS and result.verdict is not Verdict.PASS:
        text += ", all of it outside mandatory scope"
    return f"{text}  (evidence level {evidence_level})"


def _print_table(rows: list[tuple[str, ...]], style: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(border_style=style)
    table.add_column(rows[0][0])
    for name in rows[0][1:]:
        table.add_column(name, justify="right")
    for row in rows[1:-1]:
        table.add_row(*row)
    table.add_section()
    table.add_row(*rows[-1])
    Console().print(table)
