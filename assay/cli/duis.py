"""`assay duis`: validate requests and responses, and transform requests, at a prompt."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli import duis_signature
from assay.verdicts import PlanError

app = typer.Typer(
    help="The language of DCC Users: validate, transform, correlate, sign, verify.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(duis_signature.sign)
app.command()(duis_signature.verify)

Document = Annotated[str, typer.Argument(help="An XML document, or - for standard input.")]


@app.command()
def validate(
    files: Annotated[list[str], typer.Argument(help="XML documents, folders of them, or -.")],
    duis_xsd: Annotated[
        Path | None, typer.Option("--duis-xsd", help="Also check against this DUIS schema file.")
    ] = None,
) -> None:
    """Whether documents are right DUIS Requests or Responses; exit 1 with each problem if not.

    A folder stands for all .xml files below it.
    """
    from assay.cli.hex_file import files_below, read_octets
    from assay.cli.xml_schema import read_schema, schema_problems
    from assay.duis.validation import validate as check

    schema = read_schema("--duis-xsd", duis_xsd) if duis_xsd is not None else None
    has_failed = False
    for file in files_below(files, ".xml"):
        document = read_octets(file)
        problems = [str(problem) for problem in check(document).problems]
        if schema is not None:
            problems += [f"schema: {problem}" for problem in schema_problems(document, schema)]
        for problem in problems:
            typer.echo(f"{file}: {problem}", err=True)
        if not problems:
            print(f"{file}: valid")
        has_failed |= bool(problems)
    if has_failed:
        raise typer.Exit(1)


@app.command()
def transform(
    request: Document,
    keys: Annotated[Path, typer.Option("--keys", help="Folder of EUI-USAGE.pem and .key files.")],
    devices: Annotated[Path, typer.Option("--devices", help="TOML: which EUI is which device.")],
    dcc_counter: Annotated[
        int | None,
        typer.Option("--dcc-counter", help="Counter of the Command where a DCC party originates."),
    ] = None,
    device_log: Annotated[
        str | None,
        typer.Option(
            "--device-log", help="Hex of the CS14 or GCS62 alert with the log that 8.12 restores."
        ),
    ] = None,
) -> None:
    """Hex of the Command (CV1) or Pre-Command (CV4) that a Service Request becomes."""
    from assay.cli.hex_file import read_text
    from assay.cli.key_folder import KeyFolder
    from assay.cli.transformation import read_message, transform_request

    folder = KeyFolder.open(keys)
    message = transform_request(
        read_text(request).encode("utf-8"),
        folder,
        _read_toml(devices),
        dcc_counter,
        read_message(device_log) if device_log is not None else None,
    )
    print(message.to_octets().hex().upper())


@app.command()
def correlate(
    request: Document,
    pre_command: Annotated[
        str, typer.Argument(help="Hex of the Pre-Command, or the Response that carries it.")
    ],
    issuer_event: Annotated[
        str | None,
        typer.Option("--issuer-event", help="When the DCC made it (gas), if that is known."),
    ] = None,
    other_device_type: Annotated[
        str | None,
        typer.Option("--other-device-type", help="Type of the Device to be joined, if known."),
    ] = None,
    other_device_certificate: Annotated[
        Path | None,
        typer.Option(
            "--other-device-certificate",
            help="Its key-agreement certificate, if known.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Whether a Pre-Command means what a Service Request asks; exit 1 with each difference."""
    import json

    from assay.adapter.correlation.documents import outcome_as_json
    from assay.cli.correlation import correlate_files, known_facts
    from assay.cli.hex_file import read_text

    known = known_facts(issuer_event, other_device_type, other_device_certificate)
    outcome = correlate_files(
        read_text(request), read_text(pre_command), known, names=(request, pre_command)
    )
    if as_json:
        print(json.dumps(outcome_as_json(outcome)))
    elif not outcome.differences:
        asked = outcome.request
        print(f"{pre_command}: means what {asked.request_id} asks ({asked.srv})")
    else:
        for difference in outcome.differences:
            print(f"{pre_command}: {difference}")
    if outcome.differences:
        raise typer.Exit(1)


@app.command("serve-correlate")
def serve_correlate(
    port: Annotated[int, typer.Option(help="On loopback; 0 takes a free one.")] = 0,
) -> None:
    """Correlate as a service, until interrupted: POST /correlate, JSON in and out."""
    import asyncio

    from assay.cli.correlation import serve

    try:
        asyncio.run(serve(port))
    except OSError as error:
        raise PlanError(f"--port {port}: {error.strerror}") from error
    except KeyboardInterrupt:
        raise typer.Exit from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{path}: {error}") from error
