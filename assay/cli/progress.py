"""How a run shows that it goes on: a live bar on a terminal, one plain line per event elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.campaigns.conduct import Listener
from assay.campaigns.scenario import Attempt, Scenario
from assay.cli.terminal import is_rich
from assay.verdicts import Verdict

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

STYLES: dict[Verdict, str] = {
    Verdict.PASS: "green",
    Verdict.FAIL: "bold red",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.NOT_RUN: "yellow",
}


def progress() -> Listener:
    return RichProgress() if is_rich() else PlainProgress()


class PlainProgress:
    """For logs and pipes. Every line is complete and stands for itself."""

    def __init__(self) -> None:
        self._chosen = 0
        self._ended: set[str] = set()

    def collected(self, chosen: int, left_out: int) -> None:
        self._chosen = chosen
        self._say(f"{chosen} scenarios in the plan, {left_out} outside it")

    def began(self, scenario: Scenario, attempt: int) -> None:
        again = f" (attempt {attempt})" if attempt > 1 else ""
        self._say(f"          starts         {scenario.id}{again}")

    def ended(self, scenario: Scenario, attempt: Attempt) -> None:
        self._ended.add(scenario.id)
        count = f"[{len(self._ended)}/{self._chosen}]"
        self._say(
            f"{count:>9} {attempt.verdict.words:<14} {scenario.id}  {attempt.duration_s or 0:.1f} s"
        )

    def notice(self, text: str) -> None:
        self._say(text)

    def _say(self, line: str) -> None:
        print(line, flush=True)


class RichProgress:
    """For people: what is running now, how many are done, what did not pass."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        self._progress: Progress = Progress(
            Elapsed(),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(highlight=False),
            transient=True,
        )
        self._task: TaskID = self._progress.add_task("starting the bench", total=None)
        self._ended: set[str] = set()
        self._progress.start()

    def collected(self, chosen: int, left_out: int) -> None:
        self._progress.update(self._task, total=chosen)
        self._print(f"{chosen} scenarios in the plan, {left_out} outside it")

    def began(self, scenario: Scenario, attempt: int) -> None:
        again = f" (attempt {attempt})" if attempt > 1 else ""
        self._progress.update(self._task, description=f"{scenario.name}{again}")

    def ended(self, scenario: Scenario, attempt: Attempt) -> None:
        self._ended.add(scenario.id)
        self._progress.update(self._task, completed=len(self._ended))
        verdict = attempt.verdict
        if verdict is not Verdict.PASS:
            self._print(f"{verdict.words:<14} {scenario.id}", STYLES[verdict])

    def notice(self, text: str) -> None:
        self._print(text, "yellow")

    def close(self) -> None:
        self._progress.stop()

    def _print(self, text: str, style: str = "") -> None:
        from rich.text import Text

        self._progress.console.print(Text(text, style=style))  # a style of its own: not the bar's
