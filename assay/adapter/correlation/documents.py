"""Correlate from documents: a request's XML, and a Pre-Command as hex or in its Response.

What the command and the service have in common. The caller's documents must be readable;
octets that are no GBCS message are the DCC's fault, and so a difference.
"""

from __future__ import annotations

from typing import NamedTuple

from assay.adapter.correlation.difference import Difference
from assay.adapter.correlation.known import Known
from assay.adapter.correlation.service import differences
from assay.duis.errors import RemoteDuisError
from assay.duis.requests import Request, parse_request
from assay.duis.responses import PreCommand, parse_response
from assay.gbcs.envelope import parse
from assay.gbcs.errors import RemoteGbcsError


class UnreadableDocumentError(ValueError):
    """`document` is "request" or "pre_command"."""

    def __init__(self, document: str, expected: str, seen: str) -> None:
        super().__init__(f"expected {expected}: {seen}")
        self.document = document


class Outcome(NamedTuple):
    request: Request
    differences: tuple[Difference, ...]


def correlate_documents(request: str, pre_command: str, known: Known) -> Outcome:
    """Signatures of the documents are not checked here: give it what was verified.

    Raises:
        UnreadableDocumentError: no Service Request, no hex text, no Response with a Pre-Command.
    """
    try:
        asked = parse_request(request.encode("utf-8"))
    except RemoteDuisError as error:
        raise UnreadableDocumentError("request", "a Service Request", str(error)) from error
    try:
        message = parse(_octets(pre_command))
    except RemoteGbcsError as error:
        return Outcome(
            asked, (Difference(where="message", asked="a Pre-Command", seen=str(error)),)
        )
    return Outcome(asked, differences(asked, message, known))


def _octets(text: str) -> bytes:
    if not text.lstrip().startswith("<"):
        try:
            return bytes.fromhex("".join(text.split()))
        except ValueError:
            expected = "hex text or the XML of a Response"
            raise UnreadableDocumentError("pre_command", expected, "something else") from None
    try:
        body = parse_response(text.encode("utf-8")).body
    except RemoteDuisError as error:
        raise UnreadableDocumentError("pre_command", "a Response", str(error)) from error
    if not isinstance(body, PreCommand):
        seen = type(body).__name__
        raise UnreadableDocumentError("pre_command", "a Response with a Pre-Command", seen)
    return body.gbcs_payload


def outcome_as_json(outcome: Outcome) -> dict[str, object]:
    """Whether both mean the same, and each difference."""
    return {
        "request_id": str(outcome.request.request_id),
        "srv": outcome.request.srv,
        "same": not outcome.differences,
        "differences": [
            {"where": row.where, "asked": row.asked, "seen": row.seen}
            for row in outcome.differences
        ],
    }
