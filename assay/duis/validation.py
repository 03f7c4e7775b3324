"""Is this file a DUIS message? Problems as a list, for `assay duis validate`."""

from __future__ import annotations

from dataclasses import dataclass

from assay.duis.catalogue import CATALOGUE
from assay.duis.errors import RemoteDocumentError, RemoteSchemaError
from assay.duis.message import read_message
from assay.duis.requests import Request, SignedPreCommand, request_of
from assay.duis.responses import Response, response_of
from assay.duis.schema.requests import REQUEST
from assay.duis.schema.responses import RESPONSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    path: str
    expected: str
    seen: str

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, seen {self.seen}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """The message, None where it could not be read, and what is wrong with it.

    The signature is not part of this: see `signature.verify`.
    """

    message: Request | Response | None
    problems: tuple[Problem, ...]

    @property
    def is_valid(self) -> bool:
        return not self.problems


def validate(xml: bytes) -> Validation:
    """Schema V5.4 first (reading stops at the first break), then the rules across fields."""
    try:
        message = read_message(xml, {"Request": REQUEST, "Response": RESPONSE})
        read = request_of(message) if message.name == "Request" else response_of(message)
    except RemoteSchemaError as wrong:
        return _invalid(Problem(path=wrong.path, expected=wrong.expected, seen=wrong.seen))
    except RemoteDocumentError as wrong:
        return _invalid(Problem(path="/", expected="an acceptable document", seen=str(wrong)))
    problems = _request_problems(read) if isinstance(read, Request) else ()
    return Validation(message=read, problems=tuple(problems))


def _invalid(problem: Problem) -> Validation:
    return Validation(message=None, problems=(problem,))


def _request_problems(request: Request) -> tuple[Problem, ...]:
    """The command variant against service and body (comment to CommandVariant in the schema)."""
    allowed = CATALOGUE[request.srv].command_variants
    signed = isinstance(request.body, SignedPreCommand)
    fitting = tuple(cv for cv in allowed if (cv in (5, 6, 7)) == signed)
    if request.command_variant in fitting:
        return ()
    body = "a Signed Pre-Command" if signed else "a Service Request"
    words = " or ".join(map(str, fitting)) if fitting else "no command variant"
    return (
        Problem(
            path="Request/Header/CommandVariant",
            expected=f"{words} for {body} of {request.srv}",
            seen=str(request.command_variant),
        ),
    )
