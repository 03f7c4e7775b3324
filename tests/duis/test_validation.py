from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assay.duis import Acknowledgement, Request, RequestId, Response, SignedPreCommand, validate
from assay.duis.requests import build_request
from assay.duis.responses import build_response
from assay.gbcs.identifiers import Eui64

REQUEST_ID = RequestId(Eui64(bytes(8)), Eui64(bytes(8)), 1)
SIGNED = SignedPreCommand(gbcs_payload=b"\xdd")


def wire(srv: str, command_variant: int, body: SignedPreCommand | None = None) -> bytes:
    return build_request(
        Request(
            request_id=REQUEST_ID,
            command_variant=command_variant,
            srv=srv,
            body={} if body is None else body,
        )
    )


def test_a_valid_request_comes_back_without_problems() -> None:
    result = validate(wire("7.2", 4))
    assert result.is_valid
    assert isinstance(result.message, Request)


def test_a_response_is_recognised_by_its_root() -> None:
    answer = Response(
        response_code="I99",
        response_date_time=datetime(2026, 5, 1, tzinfo=UTC),
        body=Acknowledgement(srv="7.2"),
    )
    assert validate(build_response(answer)).message == answer


FITTING = [("7.4", 1, None), ("7.2", 4, None), ("7.2", 5, SIGNED), ("7.2", 7, SIGNED)]
UNFITTING = [
    ("7.2", 1, None, "expected 4 for a Service Request of 7.2, seen 1"),
    ("7.2", 5, None, "expected 4 for a Service Request of 7.2, seen 5"),
    ("7.2", 4, SIGNED, "expected 5 or 6 or 7 for a Signed Pre-Command of 7.2, seen 4"),
    ("7.4", 5, SIGNED, "expected no command variant for a Signed Pre-Command of 7.4, seen 5"),
    ("7.4", 9, None, "expected 1 or 2 or 3 for a Service Request of 7.4, seen 9"),
]


@pytest.mark.parametrize(("srv", "variant", "body"), FITTING)
def test_command_variant_service_and_body_go_together(
    srv: str, variant: int, body: SignedPreCommand | None
) -> None:
    assert validate(wire(srv, variant, body)).is_valid


@pytest.mark.parametrize(("srv", "variant", "body", "words"), UNFITTING)
def test_another_command_variant_is_a_problem(
    srv: str, variant: int, body: SignedPreCommand | None, words: str
) -> None:
    result = validate(wire(srv, variant, body))
    assert [str(problem) for problem in result.problems] == [
        f"Request/Header/CommandVariant: {words}"
    ]
    assert result.message is not None  # it can be read all the same


def test_what_breaks_the_schema_is_a_problem_with_its_place() -> None:
    (problem,) = validate(wire("7.2", 4).replace(b"DisableSupply", b"DisableSuply")).problems
    assert problem.path == "Request/Body"
    assert problem.seen == "element DisableSuply"


def test_what_is_no_document_is_a_problem() -> None:
    result = validate(b"DD 00 00")
    assert result.message is None
    assert "well-formed" in str(result.problems[0])


def test_every_public_request_is_valid(shared: Path) -> None:
    for path in (shared / "reference/duis/requests").glob("*.XML"):
        assert validate(path.read_bytes()).problems == (), path.name
