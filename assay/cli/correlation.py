"""What `assay duis correlate` compares: a request from its document, a Pre-Command from hex."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from assay.adapter.correlation import Difference, Known, differences
from assay.adapter.correlation.known import OTHER_DEVICE_TYPES
from assay.cli.key_folder import read_certificate
from assay.duis.errors import RemoteDuisError
from assay.duis.requests import Request, parse_request
from assay.duis.responses import PreCommand, parse_response
from assay.gbcs.date_time import seconds_since_2000
from assay.gbcs.envelope import parse
from assay.gbcs.errors import RemoteGbcsError
from assay.verdicts import PlanError


def correlate_documents(
    request: str, pre_command: str, known: Known, *, names: tuple[str, str]
) -> tuple[Request, tuple[Difference, ...]]:
    """`pre_command` is hex of a GBCS message, or the DUIS Response that carries one.

    Raises:
        PlanError: a document that cannot be read, named by `names`. Octets that are no GBCS
            message are a difference: the DCC's fault and not the caller's.
    """
    try:
        asked = parse_request(request.encode("utf-8"))
    except RemoteDuisError as error:
        raise PlanError(f"{names[0]}: expected a Service Request: {error}") from error
    try:
        message = parse(_octets(pre_command, names[1]))
    except RemoteGbcsError as error:
        found = Difference(where="message", asked="a Pre-Command", seen=str(error))
        return asked, (found,)
    return asked, differences(asked, message, known)


def _octets(text: str, name: str) -> bytes:
    if not text.lstrip().startswith("<"):
        try:
            return bytes.fromhex("".join(text.split()))
        except ValueError:
            raise PlanError(f"{name}: expected hex text or XML, found something else") from None
    try:
        body = parse_response(text.encode("utf-8")).body
    except RemoteDuisError as error:
        raise PlanError(f"{name}: expected a Response: {error}") from error
    if not isinstance(body, PreCommand):
        raise PlanError(f"{name}: expected a Pre-Command, found {type(body).__name__}")
    return body.gbcs_payload


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
        other_device_certificate=(
            None
            if other_certificate is None
            else read_certificate(other_certificate).public_bytes(Encoding.DER)
        ),
    )


def _event_id(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return seconds_since_2000(moment)
    except (TypeError, ValueError):
        expected = "expected a time such as 2026-03-01T00:00:00Z"
        raise PlanError(f"--issuer-event: {expected}, found {text}") from None


def as_json(request: Request, found: Sequence[Difference]) -> str:
    """One object: whether both mean the same, and each difference."""
    return json.dumps(
        {
            "request_id": str(request.request_id),
            "srv": request.srv,
            "same": not found,
            "differences": [asdict(difference) for difference in found],
        }
    )
