"""`assay bench discover`: what VISA, the serial ports and the network have to offer."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def discover(
    host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST[:PORT]",
            help="Ask this host as well; without a port, at those that instruments use. Repeat.",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, max=120, help="Stop after so long, whatever is missing.")
    ] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """List what could be an instrument.

    Serial ports are listed and not spoken to: nobody knows what hangs on them. Hosts are asked
    only where they are named, but for what VISA itself calls out for on the local network.
    """
    from assay.cli.terminal import columns
    from fixtures.discovery import discover as found_within

    found, unfinished = found_within(host or [], seconds)
    if as_json:
        typer.echo(json.dumps([each.to_json() for each in found], indent=1))
    elif found:
        rows: list[tuple[str, ...]] = [("address", "through", "what it says")]
        rows += [(each.address, each.through, each.says) for each in found]
        for line in columns(rows):
            typer.echo(line)
    else:
        typer.echo("nothing found")
    for each in unfinished:
        typer.echo(f"assay: not finished within {seconds} s: {each}", err=True)
