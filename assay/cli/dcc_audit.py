"""`assay dcc audit`: what went through the DCC, from a running one or from its log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_URL = ("http://", "https://")
_COLUMNS = ("at", "direction", "kind", "party", "device", "message_id", "code", "note")


def audit(
    source: Annotated[
        str, typer.Argument(help="Address of a running DCC, or its log, audit.jsonl.")
    ],
    party: Annotated[str | None, typer.Option(help="EUI-64 of a user.")] = None,
    device: Annotated[str | None, typer.Option(help="EUI-64 of a device.")] = None,
    message_id: Annotated[str | None, typer.Option(help="RequestID or ResponseID.")] = None,
    direction: Annotated[str | None, typer.Option(help="Such as 'from user'.")] = None,
    kind: Annotated[str | None, typer.Option(help="Such as request, answer, command.")] = None,
    code: Annotated[str | None, typer.Option(help="Response or alert code.")] = None,
    since: Annotated[str | None, typer.Option(help="ISO time with zone.")] = None,
    until: Annotated[str | None, typer.Option(help="ISO time with zone.")] = None,
    limit: Annotated[int, typer.Option(help="The newest so many.")] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each.")] = False,
    root: Annotated[
        Path | None, typer.Option(help="Trust anchor of the DCC's TLS, PEM; with --certificate.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="TLS client certificate.")] = None,
    key: Annotated[Path | None, typer.Option(help="Its key.")] = None,
) -> None:
    """Ask the audit trail: every message with direction, ids, times and what each check said."""
    import json

    from assay.verdicts import PlanError

    given = {
        "party": party,
        "device": device,
        "message_id": message_id,
        "direction": direction,
        "kind": kind,
        "code": code,
        "since": since,
        "until": until,
        "limit": str(limit),
    }
    question = {name: text for name, text in given.items() if text is not None}
    if source.startswith(_URL):
        entries: Iterable[Mapping[str, Any]] = _ask(source, question, root, certificate, key)
    else:
        try:
            entries = _read(Path(source), question)
        except OSError as error:
            raise PlanError(f"{source}: {error.strerror}") from error
    for entry in entries:
        print(json.dumps(entry) if as_json else _line(entry))


def _line(entry: Mapping[str, Any]) -> str:
    """As one line; refusals behind what was refused."""
    words = [str(entry[name]) for name in _COLUMNS if name in entry]
    refusals = [s["refusal"] for s in entry.get("stages", ()) if "refusal" in s]
    return "  ".join([*words, *refusals])


def _ask(
    source: str,
    question: Mapping[str, str],
    root: Path | None,
    certificate: Path | None,
    key: Path | None,
) -> list[Mapping[str, Any]]:
    import json
    import ssl
    from urllib.error import HTTPError, URLError
    from urllib.parse import urlencode
    from urllib.request import urlopen

    from assay.verdicts import BenchFault, PlanError

    context = None
    if source.startswith("https://"):
        try:
            context = ssl.create_default_context(cafile=str(root) if root is not None else None)
            if certificate is not None:
                context.load_cert_chain(certificate, key)
        except (OSError, ssl.SSLError) as error:
            raise PlanError(f"TLS files: {error}") from error
    url = f"{source.rstrip('/')}/audit?{urlencode(question)}"
    try:
        with urlopen(url, context=context, timeout=30) as answer:
            found: list[Mapping[str, Any]] = json.load(answer)["entries"]
            return found
    except HTTPError as error:
        raise PlanError(f"GET {url}: HTTP {error.code}: {error.read().decode()}") from error
    except (URLError, OSError, ValueError) as error:
        raise BenchFault(f"GET {url}: {error}") from error


def _read(path: Path, question: Mapping[str, str]) -> list[Mapping[str, Any]]:
    from assay.dcc.audit_query import AuditQuery, BadQueryError
    from assay.verdicts import PlanError

    try:
        query = AuditQuery.from_texts(question)
    except BadQueryError as error:
        raise PlanError(str(error)) from error
    older = path.with_name(f"{path.name}.1")
    paths = [older, path] if older.exists() else [path]
    lines = (line for one in paths for line in _lines(one))
    return [entry for entry in lines if query.matches_json(entry)][-query.limit :]


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """A line that a killed process left half is passed over."""
    import json

    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)
