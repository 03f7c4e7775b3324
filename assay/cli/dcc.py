"""`assay dcc`: the reference DCC with the virtual premises as a server for other clients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assay.cli import dcc_audit, dcc_quarantine

app = typer.Typer(help="The embedded reference DCC.", no_args_is_help=True, add_completion=False)
app.add_typer(dcc_quarantine.app, name="quarantine")
app.command()(dcc_audit.audit)


@app.callback()
def dcc() -> None:
    """The embedded reference DCC."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Of the gateway on loopback; 0 takes a free one.")] = 0,
    repository_port: Annotated[
        int, typer.Option(help="Of the certificate search on loopback; 0 takes a free one.")
    ] = 0,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            "--plain-http",
            help="HTTP without TLS, both ways: for clients that need it.",
        ),
    ] = False,
    receive: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EUI=URL",
            help="Receive Response service of a user, or a folder as file:///...; repeatable.",
        ),
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Where test keys and certificates are written.")
    ] = Path("assay-dcc"),
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="What the DCC knows is kept there, and taken up again at the next start: "
            "sqlite:///dcc.db, or any URL of SQLAlchemy. Without one it is forgotten.",
        ),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(help="Times and more, as TOML (docs/dcc_serve.md).")
    ] = None,
    registration: Annotated[
        Path | None,
        typer.Option(help="Drop folder of registration files; FOLDER/registration by default."),
    ] = None,
    out_of_band: Annotated[
        Path | None,
        typer.Option(
            help="Drop folder of thresholds and quarantine; FOLDER/out-of-band by default."
        ),
    ] = None,
    non_gateway: Annotated[
        Path | None,
        typer.Option(
            help="Drop folder of the Non-Gateway Interface; FOLDER/non-gateway by default."
        ),
    ] = None,
    coverage: Annotated[
        Path | None, typer.Option(help="Where the SM WAN reaches, as CSV (docs/dcc_serve.md).")
    ] = None,
    products: Annotated[
        Path | None, typer.Option(help="Central Products List, as CSV (docs/dcc_serve.md).")
    ] = None,
    credentials: Annotated[
        Path | None,
        typer.Option(
            help="Folder of certificates (.pem) that are believed, and keys (.key) that are used, "
            "of the parties that they name: such as the public test keys of the emulator."
        ),
    ] = None,
) -> None:
    """Start DCC, SMKI, hub and meter; print the addresses; serve until interrupted.

    On SIGHUP the drop folders are read at once.
    """
    import signal

    from assay.cli.credential_folder import read_credentials
    from assay.cli.dcc_settings import read_file, receive_urls, settings_of
    from assay.dcc.coverage import CoverageMap
    from assay.dcc.products import ProductsList
    from assay.dcc.store import StoreError
    from assay.declarations import read_dcc
    from assay.verdicts import BenchFault, PlanError
    from fixtures.parties import EVERY_ROLE
    from fixtures.serving import serve as serving
    from fixtures.serving_options import ServingOptions

    file = read_dcc(settings).value
    believed = read_credentials(credentials)
    users = [user.eui for user in EVERY_ROLE.values()]
    options = ServingOptions(
        folder=folder,
        port=port,
        repository_port=repository_port,
        is_plain=plain,
        database=database,
        registration=registration,
        out_of_band=out_of_band,
        non_gateway=non_gateway,
        coverage=read_file("--coverage", coverage, CoverageMap.from_file),
        products=read_file("--products", products, ProductsList.from_file),
        settings=settings_of(file),
        receive_urls=receive_urls(file, receive or [], users),
        registration_at=file.registration_at,
        credentials=believed.credentials,
        certificates=believed.certificates,
    )
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # every thread: they come to sigwait below
    try:
        with serving(options) as served:
            for name, address in served.addresses.items():
                print(f"{name}: {address}", flush=True)
            while signal.sigwait(signals) == signal.SIGHUP:
                served.read_inboxes()
    except StoreError as error:
        raise PlanError(f"--database: {error}") from error
    except OSError as error:
        raise BenchFault(f"cannot serve: {error}") from error
