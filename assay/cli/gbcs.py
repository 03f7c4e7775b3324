"""`assay gbcs`: decode, encode and verify messages of devices at a prompt."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assay.gbcs.inspection import Inspection
    from assay.gbcs.keys import KeyStore

app = typer.Typer(
    help="The language of devices: decode, encode, verify.",
    no_args_is_help=True,
    add_completion=False,
)

File = Annotated[str, typer.Argument(help="Hex text (blanks ignored), or - for standard input.")]
Keys = Annotated[
    Path | None, typer.Option("--keys", help="Folder of EUI-USAGE.pem and .key files.")
]
_CANNOT = 1


@app.command()
def decode(file: File, keys: Keys = None) -> None:
    """JSON of everything in a message, typed; with keys also checks and decrypted data."""
    from assay.cli.hex_file import read_hex
    from assay.cli.key_folder import key_store
    from assay.gbcs.errors import GbcsError
    from assay.gbcs.inspection import describe

    octets = read_hex(file)
    try:
        form = describe(octets, key_store(keys))
    except GbcsError as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(_CANNOT) from None
    print(json.dumps(form, indent=2))


@app.command()
def encode(
    file: File = "-",
    keys: Keys = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Make the encrypted parts from the plain data.")
    ] = False,
    sign: Annotated[
        bool, typer.Option("--sign", help="Make the signature of the originator.")
    ] = False,
    mac: Annotated[bool, typer.Option("--mac", help="Make the MAC.")] = False,
) -> None:
    """Hex of the message that a JSON form (as `decode` prints it) names.

    Signature, MAC and encrypted octets stay as the form has them, unless new ones are asked
    for; these need the keys.
    """
    from assay.cli.hex_file import read_text
    from assay.cli.key_folder import key_store
    from assay.gbcs import protecting
    from assay.gbcs.errors import GbcsError
    from assay.gbcs.json_form import from_json
    from assay.gbcs.keys import KeyStore

    store = key_store(keys) or KeyStore()
    try:
        form = json.loads(read_text(file))
        message = from_json(form)
        if encrypt:
            message = protecting.encrypt(message, form.get("plain", ()), store)
        if sign:
            message = protecting.sign(message, store)
        if mac:
            message = protecting.add_mac(message, store)
        octets = message.to_octets()
    except (GbcsError, json.JSONDecodeError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(_CANNOT) from None
    print(octets.hex().upper())


@app.command()
def verify(
    files: Annotated[
        list[str], typer.Argument(help="Hex files, folders of them, or - for standard input.")
    ],
    keys: Keys = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
    conformance: Annotated[
        bool,
        typer.Option(
            "--conformance",
            help="Also the GBCS conformance checks over all messages together, a line each.",
        ),
    ] = False,
) -> None:
    """Parse, round trip, signature, MAC, decryption of each message; exit 1 if any fails.

    A folder stands for all .hex files below it. With --conformance the messages are one body
    of traffic: responses are held against their commands, devices against the rules of GBCS.
    """
    from assay.cli.hex_file import files_below, read_hex
    from assay.cli.key_folder import key_store
    from assay.gbcs.inspection import inspect
    from assay.gbcs.keys import KeyStore

    store = key_store(keys) or KeyStore()
    messages = [(file, read_hex(file)) for file in files_below(files)]
    rows = [(file, inspect(octets, store)) for file, octets in messages]
    if as_json or not sys.stdout.isatty():
        for file, row in rows:
            print(json.dumps(_line(file, row)))
    else:
        _print_table(rows)
    conforms = not conformance or _check_conformance([octets for _, octets in messages], store)
    if not conforms or not all(row.is_sound for _, row in rows):
        raise typer.Exit(1)


def _check_conformance(messages: list[bytes], store: KeyStore) -> bool:
    """A line per check: its findings, or why it cannot tell. True where nothing was found."""
    from assay.gbcs.conformance import CHECKS, Observed, Traffic

    traffic = Traffic.of([Observed(octets=octets) for octets in messages], store)
    is_clean = True
    for check in CHECKS.values():
        line: dict[str, Any] = {"check": check.name, "clause": f"GBCS digest {check.clause}"}
        if check.needs_times:
            line["left_out"] = "files do not say when each message was seen"
        else:
            line["findings"] = check.find(traffic)
            is_clean &= not line["findings"]
        print(json.dumps(line))
    return is_clean


def _line(file: str, row: Inspection) -> dict[str, Any]:
    line: dict[str, Any] = {
        "file": file,
        "parsed": row.parsed,
        "use_case": row.use_case,
        "message_code": f"0x{row.message_code:04X}" if row.message_code is not None else None,
        "roundtrip": row.roundtrip,
        "signature": row.signature.value,
        "mac": row.mac.value,
        "decrypted": row.decrypted.value,
    }
    if row.problem is not None:
        line["problem"] = row.problem
    return line


def _print_table(rows: list[tuple[str, Inspection]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{len(rows)} message(s)")
    columns = ("file", "use case", "code", "round trip", "signature", "MAC", "decrypted", "problem")
    for heading in columns:
        table.add_column(heading, overflow="fold")
    for file, row in rows:
        code = f"{row.message_code:04X}" if row.message_code is not None else "-"
        words = (row.signature.value, row.mac.value, row.decrypted.value)
        same = "identical" if row.roundtrip else "no"
        table.add_row(Path(file).name, row.use_case or "-", code, same, *words, row.problem or "")
    Console().print(table)


@app.command("use-cases")
def use_cases(
    names: Annotated[
        list[str] | None, typer.Argument(help="Codes (0x0062) or names (ECS70); all without one.")
    ] = None,
) -> None:
    """The rows of the catalogue, one JSON object per line, each field with its grade.

    Grades: "verified" by national vectors, "published" in a table of the standard; null is
    what no source used here tells.
    """
    from assay.gbcs import catalogue

    wanted = {name.lower() for name in names or ()}
    grades = catalogue.field_grades()
    rows = [
        row
        for row in catalogue.use_cases().values()
        if not wanted or {row.name.lower(), f"0x{row.code:04x}"} & wanted
    ]
    found = {name.lower() for row in rows for name in (row.name, f"0x{row.code:04X}")}
    if wanted - found:
        unknown = ", ".join(sorted(wanted - found))
        typer.echo(f"expected codes or names of use cases, found {unknown}", err=True)
        raise typer.Exit(_CANNOT)
    for row in rows:
        fields = asdict(row) | {"code": f"0x{row.code:04X}"}
        line = {
            name: {"value": fields[name], "grade": None if fields[name] is None else grade}
            for name, grade in grades.items()
        }
        print(json.dumps(line))
