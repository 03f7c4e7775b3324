"""`assay rogues`: the planted faults, and which scenario catches which."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(
    help="Planted faults of the virtual bench.", no_args_is_help=True, add_completion=False
)


@app.callback()
def rogues() -> None:
    """Planted faults of the virtual bench."""


@app.command("list")
def list_rogues(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """Every rogue with the requirement it breaks and the scenarios that must catch it."""
    from rigs.rogues import gallery

    rows = [
        {
            "id": rogue.id,
            "title": rogue.title,
            "requirement": rogue.requirement,
            "severity": rogue.severity.value,
            "subject": rogue.subject.value,
            "deviation": rogue.deviation,
            "caught_by": list(rogue.caught_by),
            "consequences": list(rogue.consequences),
        }
        for rogue in gallery().values()
    ]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        catchers = row["caught_by"]
        named = f"caught by {', '.join(catchers)}" if catchers else "not caught"
        print(f"{row['id']}  {row['severity']}, {row['subject']}, {row['requirement']}")
        print(f"    {row['deviation']}")
        print(f"    {named}")
