"""`assay duis sign` and `verify`: the XML signature of DUIS at a prompt."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Annotated

import typer

from assay.verdicts import PlanError

_COUNTER = re.compile(rb"(<(?:\w+:)?RequestID>[^<:]+:[^<:]+:)\d+(</)")
_NOW = "now"

Document = Annotated[str, typer.Argument(help="An XML document, or - for standard input.")]


def sign(
    file: Document,
    key: Annotated[Path, typer.Option(help="Private key, PEM or 64 hex digits.", exists=True)],
    certificate: Annotated[Path, typer.Option(help="Its certificate.", exists=True)],
    counter: Annotated[
        str | None,
        typer.Option(
            metavar=f"NUMBER|{_NOW}",
            help=f"Of the RequestID, in place of the document's; {_NOW}: milliseconds since 1970.",
        ),
    ] = None,
) -> None:
    """The document with its signature, on standard output; a signature that it has is replaced."""
    from assay.cli.hex_file import read_text
    from assay.cli.key_folder import read_certificate, read_private_key
    from assay.duis import signature

    try:
        document: bytes = signature.remove_signature(read_text(file).encode("utf-8"))
        if counter is not None:
            document = _with_counter(file, document, counter)
        signed = signature.sign(document, read_private_key(key), read_certificate(certificate))
    except ValueError as error:
        raise PlanError(f"{file}: {error}") from error
    typer.echo(signed, nl=False)


def verify(
    file: Document,
    certificate: Annotated[
        list[Path],
        typer.Option(help="Of who may have signed; repeatable. Validity is not looked at."),
    ],
) -> None:
    """Whether the signature holds, and whose it is; exit 1 with the reason if not."""
    from assay.cli.hex_file import read_text
    from assay.cli.key_folder import read_certificate
    from assay.duis import signature
    from assay.duis.errors import RemoteDocumentError, RemoteSignatureError

    known = {one.serial_number: one for one in map(read_certificate, certificate)}
    try:
        verified = signature.verify(
            read_text(file).encode("utf-8"), lambda _issuer, serial: known.get(serial)
        )
    except (RemoteDocumentError, RemoteSignatureError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error
    print(f"{file}: signed by {verified.certificate.subject.rfc4514_string()}")


def _with_counter(file: str, document: bytes, counter: str) -> bytes:
    if counter == _NOW:
        counter = str(time.time_ns() // 1_000_000)
    if not (counter.isascii() and counter.isdecimal()) or int(counter) >= 2**64:
        raise PlanError(f"--counter: expected a number below 2^64, or {_NOW}, seen {counter!r}")
    changed, number = _COUNTER.subn(rb"\g<1>" + counter.encode() + rb"\g<2>", document)
    if number != 1:
        raise PlanError(f"{file}: expected one RequestID, seen {number}")
    return changed
