"""`assay bench`: check a bench, write a bench file, look for instruments."""

from __future__ import annotations

import typer

from assay.cli import bench_check, bench_discover, bench_new

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Check a bench, write a bench file, look for instruments."""


app.command("check")(bench_check.check)
app.command("new")(bench_new.new)
app.command("discover")(bench_discover.discover)
