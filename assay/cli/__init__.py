"""The command `assay`: one verb, one file, and only the file of the chosen verb is imported.

A verb's module holds `app`, a `typer.Typer(add_completion=False)`: with one command and no
callback it is the verb itself, with a callback it is a group (`assay gbcs decode`). Whatever is
slow to import is imported inside the command. Verbs whose module is not there are not offered.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from assay.verdicts import BenchFault, PlanError

VERBS: dict[str, str] = {
    "run": "assay.cli.run",
    "status": "assay.cli.status",
    "bench": "assay.cli.bench",
    "gbcs": "assay.cli.gbcs",
    "duis": "assay.cli.duis",
    "mmc": "assay.cli.mmc",
    "capture": "assay.cli.capture",
    "dcc": "assay.cli.dcc",
    "rogues": "assay.cli.rogues",
    "requirements": "assay.cli.requirements",
}

USAGE = 2
FAULT = 4


class Verbs(TyperGroup):
    """Finds commands by their module, so that starting one verb does not import the others."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the group's contract
        return [verb for verb, module in VERBS.items() if find_spec(module) is not None]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = typer.main.get_command(import_module(VERBS[cmd_name]).app)
        command.name = cmd_name  # a group has none of its own
        return command


app = typer.Typer(
    cls=Verbs,
    name="assay",
    help="Test harness and certification runner for GB smart-metering devices.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they print local variables, and those may be keys
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"assay {version('assay-harness')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Test harness and certification runner for GB smart-metering devices."""


def main() -> None:
    try:
        app()
    except PlanError as error:
        _complain(str(error), USAGE)
    except BenchFault as error:
        _complain(str(error), FAULT)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe has seen enough; say nothing more
        sys.exit(0)


def _complain(message: str, code: int) -> None:
    for line in message.splitlines():
        print(f"assay: {line}", file=sys.stderr)
    sys.exit(code)
