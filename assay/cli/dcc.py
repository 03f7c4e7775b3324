"""`assay dcc`: the reference DCC with the virtual premises as a server for other clients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The embedded reference DCC.", no_args_is_help=True, add_completion=False)


@app.callback()
def dcc() -> None:
    """The embedded reference DCC."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Of the gateway on loopback; 0 takes a free one.")] = 0,
    plain: Annotated[
        bool, typer.Option("--plain", help="HTTP without TLS, both ways: for clients that need it.")
    ] = False,
    receive: Annotated[
        list[str] | None,
        typer.Option(metavar="EUI=URL", help="Receive Response service of a user; repeatable."),
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Where test keys and certificates are written.")
    ] = Path("assay-dcc"),
) -> None:
    """Start DCC, SMKI, hub and meter; print the addresses; serve until interrupted."""
    import signal

    from assay.gbcs.identifiers import Eui64
    from assay.verdicts import PlanError
    from fixtures.serving import serve as serving

    urls = {}
    for entry in receive or []:
        eui, _, url = entry.partition("=")
        try:
            urls[Eui64.from_text(eui)] = url
        except ValueError as error:
            raise PlanError(f"--receive {entry}: {error}") from error
    stop = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)  # every thread: they come to sigwait below
    with serving(folder, port=port, is_plain=plain, receive_urls=urls) as served:
        for name, address in served.addresses.items():
            print(f"{name}: {address}", flush=True)
        signal.sigwait(stop)
