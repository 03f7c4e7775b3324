"""`assay duis`: validate requests and responses, and transform requests, at a prompt."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.verdicts import PlanError

app = typer.Typer(
    help="The language of DCC Users: validate, transform.",
    no_args_is_help=True,
    add_completion=False,
)

Document = Annotated[str, typer.Argument(help="An XML document, or - for standard input.")]


@app.command()
def validate(file: Document) -> None:
    """Whether a document is a right DUIS Request or Response; exit 1 with each problem if not."""
    from assay.cli.hex_file import read_text
    from assay.duis.validation import validate as check

    outcome = check(read_text(file).encode("utf-8"))
    for problem in outcome.problems:
        typer.echo(f"{file}: {problem}", err=True)
    if outcome.problems:
        raise typer.Exit(1)
    print(f"{file}: valid")


@app.command()
def transform(
    request: Document,
    keys: Annotated[Path, typer.Option("--keys", help="Folder of EUI-USAGE.pem and .key files.")],
    devices: Annotated[Path, typer.Option("--devices", help="TOML: which EUI is which device.")],
    dcc_counter: Annotated[
        int | None,
        typer.Option("--dcc-counter", help="Counter of the Command where a DCC party originates."),
    ] = None,
) -> None:
    """Hex of the Command (CV1) or Pre-Command (CV4) that a Service Request becomes."""
    from assay.cli.hex_file import read_text
    from assay.cli.key_folder import KeyFolder
    from assay.cli.transformation import transform_request

    folder = KeyFolder.open(keys)
    message = transform_request(
        read_text(request).encode("utf-8"), folder, _read_toml(devices), dcc_counter
    )
    print(message.to_octets().hex().upper())


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{path}: {error}") from error
