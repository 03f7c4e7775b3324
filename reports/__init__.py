"""Reports: verdicts become proof. Everything here reads the folder of a run.

Modules are imported when they are used: a job that only draws plots should not wait for the
templates, nor the command line for either.
"""

from __future__ import annotations

from pathlib import Path


def build(run: Path) -> list[str]:
    """Write every report of the run in this folder; the lines to tell the user.

    RunFolderError if it is not the folder of a run that ended.
    """
    from reports import allure_frame, html, junit, overview, run_folder

    read = run_folder.read_run(run)
    allure_frame.write(read)
    allure_line = html.generate(run, title=allure_frame.title(read))
    junit_path = junit.write(read)
    overview_path = overview.write(read)
    return [f"Overview: {overview_path}", f"JUnit: {junit_path}", allure_line]
