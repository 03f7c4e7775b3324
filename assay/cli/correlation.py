"""What `assay duis correlate` makes of its options, and `serve-correlate` on its loop."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from assay.adapter.correlation import Known
from assay.adapter.correlation.documents import (
    Outcome,
    UnreadableDocumentError,
    correlate_documents,
)
from assay.adapter.correlation.known import OTHER_DEVICE_TYPES
from assay.gbcs.date_time import seconds_since_2000
from assay.verdicts import PlanError

_LOOPBACK = "127.0.0.1"


def correlate_files(
    request: str, pre_command: str, known: Known, *, names: tuple[str, str]
) -> Outcome:
    """Raises PlanError for a document that cannot be read, named by `names`."""
    try:
        return correlate_documents(request, pre_command, known)
    except UnreadableDocumentError as error:
        name = names[0] if error.document == "request" else names[1]
        raise PlanError(f"{name}: {error}") from error


def known_facts(
    issuer_event: str | None, other_type: str | None, other_certificate: Path | None
) -> Known:
    """From the options; PlanError names the one that is wrong."""
    if other_type is not None and other_type not in OTHER_DEVICE_TYPES:
        expected = ", ".join(OTHER_DEVICE_TYPES)
        raise PlanError(f"--other-device-type: expected one of {expected}, found {other_type}")
    return Known(
        issuer_event_id=None if issuer_event is None else _event_id(issuer_event),
        other_device_type=other_type,
        other_device_certificate=None if other_certificate is None else _der(other_certificate),
    )


def _event_id(text: str) -> int:
    try:
        return seconds_since_2000(datetime.fromisoformat(text))
    except (TypeError, ValueError):
        expected = "expected a time such as 2026-03-01T00:00:00Z"
        raise PlanError(f"--issuer-event: {expected}, found {text}") from None


def _der(path: Path) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    from assay.cli.key_folder import read_certificate

    return read_certificate(path).public_bytes(Encoding.DER)


async def serve(port: int) -> None:
    """Until it is interrupted; the first line says where."""
    from aiohttp import web

    from assay.adapter.correlation.http import correlation_app

    runner = web.AppRunner(correlation_app())
    await runner.setup()
    try:
        await web.TCPSite(runner, _LOOPBACK, port).start()
        host, chosen = runner.addresses[0][:2]
        print(f"correlate: http://{host}:{chosen}/correlate", flush=True)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
