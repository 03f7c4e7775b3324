"""`assay duis correlate`: exit 0 where both mean the same, 1 with each difference."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli.duis import app
from assay.duis.identifiers import RequestId, ResponseId
from assay.duis.requests import Request, build_request
from assay.duis.responses import PreCommand, Response, build_response
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError

SUPPLIER, METER = Eui64.from_text("90B3D51F30010000"), Eui64.from_text("00DB1234567890A0")
DISABLE_SUPPLY = (
    "DF 09 01 00000000000003E8 08 90B3D51F30010000 08 00DB1234567890A0 00 02 0050 15"
    " D9 200003E8 00 01 03 0009 00000A006AFF 01 01 12 0034"
)


@pytest.fixture
def disable(tmp_path: Path) -> str:
    return str(write_request(tmp_path / "disable.xml", "7.2"))


def write_request(path: Path, srv: str) -> Path:
    request = Request(
        request_id=RequestId(SUPPLIER, METER, 1000), command_variant=4, srv=srv, body={}
    )
    path.write_bytes(build_request(request))
    return path


@pytest.fixture
def pre_command(tmp_path: Path) -> str:
    path = tmp_path / "precommand.hex"
    path.write_text(DISABLE_SUPPLY)
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["correlate", *arguments])
    if isinstance(result.exception, PlanError):
        raise result.exception
    return result.exit_code, result.output


def test_the_same_is_exit_code_0(disable: str, pre_command: str) -> None:
    code, output = run(disable, pre_command)
    assert code == 0
    assert "means what" in output


def test_a_difference_is_exit_code_1_and_said(tmp_path: Path, pre_command: str) -> None:
    arm = str(write_request(tmp_path / "arm.xml", "7.3"))
    code, output = run(arm, pre_command)
    assert code == 1
    assert "asked 0051 ECS44 or 0085 GCS39, Pre-Command has 0050" in output


def test_json_lists_each_difference(tmp_path: Path, pre_command: str) -> None:
    arm = str(write_request(tmp_path / "arm.xml", "7.3"))
    code, output = run(arm, pre_command, "--json")
    found = json.loads(output)
    assert (code, found["same"], found["srv"]) == (1, False, "7.3")
    assert found["differences"] == [
        {"where": "message code", "asked": "0051 ECS44 or 0085 GCS39", "seen": "0050"}
    ]


def test_a_pre_command_may_come_in_the_response_that_carries_it(
    tmp_path: Path, disable: str
) -> None:
    response = Response(
        request_id=RequestId(SUPPLIER, METER, 1000),
        response_id=ResponseId(METER, SUPPLIER, 1000),
        response_code="I0",
        response_date_time=datetime(2026, 3, 1, tzinfo=UTC),
        body=PreCommand(srv="7.2", gbcs_version="4.3", gbcs_payload=bytes.fromhex(DISABLE_SUPPLY)),
    )
    path = tmp_path / "response.xml"
    path.write_bytes(build_response(response))
    assert run(disable, str(path))[0] == 0


def test_octets_that_are_no_message_are_the_dccs_difference(tmp_path: Path, disable: str) -> None:
    path = tmp_path / "cut.hex"
    path.write_text(DISABLE_SUPPLY[:-2])
    code, output = run(disable, str(path))
    assert code == 1
    assert "a Pre-Command" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("PRE", "PRE"), "expected a Service Request"),
        (("REQUEST", "REQUEST"), "expected a Response"),
        (("REQUEST", "PRE", "--issuer-event", "noon"), "--issuer-event: expected a time"),
        (("REQUEST", "PRE", "--other-device-type", "CHF"), "expected one of ESME"),
    ],
)
def test_what_the_caller_gets_wrong_is_no_difference(
    disable: str, pre_command: str, arguments: tuple[str, ...], said: str
) -> None:
    files = {"PRE": pre_command, "REQUEST": disable}
    with pytest.raises(PlanError, match=said):
        run(*(files.get(argument, argument) for argument in arguments))
