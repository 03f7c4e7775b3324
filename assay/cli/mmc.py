"""`assay mmc`: responses and alerts of devices as MMC documents, or as typed values."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.xml_schema import read_schema, schema_problems
from assay.verdicts import PlanError

if TYPE_CHECKING:
    from lxml import etree

    from assay.gbcs.keys import KeyStore
    from assay.mmc import MmcDocument

app = typer.Typer(help="Responses and alerts of devices as MMC documents.", add_completion=False)


@app.command()
def mmc(
    files: Annotated[
        list[str],
        typer.Argument(help="Hex of GBCS responses and alerts, folders of such, or -."),
    ],
    keys: Annotated[
        Path | None, typer.Option("--keys", help="Folder of EUI-USAGE.pem and .key files.")
    ] = None,
    mmc_xsd: Annotated[
        Path | None, typer.Option("--mmc-xsd", help="Also check against this MMC schema file.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Typed values, one JSON object per line.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for one .xml file per message, instead of printing."),
    ] = None,
    srv: Annotated[
        str | None,
        typer.Option("--srv", help="Service request variant that was asked, such as 7.6."),
    ] = None,
) -> None:
    """MMC XML (V5.4) of each message; with keys also checked and decrypted. Exit 1 if any fails."""
    from assay.cli.hex_file import files_below, read_hex
    from assay.cli.key_folder import key_store
    from assay.mmc import MmcError, parse_mmc

    store = key_store(keys)
    schema = read_schema("--mmc-xsd", mmc_xsd) if mmc_xsd is not None else None
    failed = False
    for file in files_below(files):
        try:
            document = parse_mmc(read_hex(file), store, variant=srv)
        except MmcError as error:
            typer.echo(f"{file}: {error}", err=True)
            failed = True
            continue
        found = problems(document, schema)
        for problem in (*remarks(document, store), *found):
            typer.echo(f"{file}: {problem}", err=True)
        failed = failed or bool(found)
        if out is not None:
            _write(out, file, document)
        if out is None or as_json:
            _print(file, document, as_json)
    if failed:
        raise typer.Exit(1)


def problems(document: MmcDocument, schema: etree.XMLSchema | None) -> list[str]:
    """What the schema says against it."""
    return [] if schema is None else schema_problems(document.to_xml(), schema)


def remarks(document: MmcDocument, keys: KeyStore | None) -> list[str]:
    """What a reader has to know before taking the document for the whole answer."""
    said = []
    if document.is_sealed:
        wanted = "the recipient's private key" if keys is not None else "--keys"
        said.append(f"encrypted data stay as they are; {wanted} would open them")
    if len(document.variants) > 1:
        others = ", ".join(document.variants[1:])
        said.append(f"taken as the answer to {document.variants[0]}; --srv tells it from {others}")
    return said


def _write(folder: Path, file: str, document: MmcDocument) -> None:
    path = folder / f"{Path(file).stem if file != '-' else 'message'}.xml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.to_xml(indented=True))
    except OSError as error:
        raise PlanError(f"--out {path}: {error.strerror}") from error


def _print(file: str, document: MmcDocument, as_json: bool) -> None:
    if not as_json:
        print(document.to_xml(indented=True).decode("utf-8"))
        return
    content = document.content
    line = {
        "file": file,
        "use_case": document.use_case,
        "element": document.element,
        "success": document.succeeded,
        "variants": list(document.variants),
        "signature": content.signature.value,
        "mac": content.mac.value,
        "sealed": document.is_sealed,
        "header": document.header,
        "values": document.values,
        "debug": document.debug,
    }
    print(json.dumps(line, default=_plain))


def _plain(value: Any) -> Any:
    """JSON of the types that values have: decimals as texts, so that no digit is lost."""
    from assay.mmc.nodes import Base64, text_of

    if isinstance(value, Base64):
        return b64encode(value).decode("ascii")
    if isinstance(value, bytes | datetime | date | time | Decimal):
        return text_of(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
