"""`assay requirements`: the requirement catalogue, and how far each row may be trusted."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


@app.command()
def requirements(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """List the requirement catalogue. Advisory rows decide no certificate."""
    from assay.cli.terminal import columns
    from assay.declarations import read_catalogue

    rows = list(read_catalogue())
    if as_json:
        listed = [row.model_dump() | {"advisory": row.advisory} for row in rows]
        typer.echo(json.dumps(listed, indent=1, ensure_ascii=False))
        return
    header = ("requirement", "provenance", "scope", "severity", "title")
    lines = columns(
        [
            header,
            *(
                (
                    row.id,
                    row.provenance,
                    "advisory" if row.advisory else "mandatory",
                    row.severity,
                    row.title,
                )
                for row in rows
            ),
        ]
    )
    typer.echo("\n".join(lines))
