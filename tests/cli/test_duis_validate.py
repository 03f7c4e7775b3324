"""`assay duis validate` at a prompt: documents, folders, and a schema that the user points at."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assay.cli.duis import app
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from tests.dcc.parties import METER, SUPPLIER

SCHEMA = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Other"/></xs:schema>
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["validate", *arguments])


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    request = Request(
        request_id=RequestId(SUPPLIER, METER, 1), command_variant=1, srv="7.4", body={}
    )
    file = tmp_path / "request.xml"
    file.write_bytes(build_request(request))
    return file


def test_a_folder_stands_for_the_documents_below_it(request_file: Path) -> None:
    result = run(str(request_file.parent))
    assert (result.exit_code, result.output) == (0, f"{request_file}: valid\n")


def test_one_document_that_is_wrong_fails_all_and_is_named(request_file: Path) -> None:
    wrong = request_file.with_name("wrong.xml")
    wrong.write_bytes(request_file.read_bytes().replace(b">1</", b">4</", 1))
    result = run(str(request_file), str(wrong))
    assert result.exit_code == 1
    assert f"{request_file}: valid" in result.output
    assert str(wrong) in result.output


def test_a_schema_has_its_say_beside_ours(request_file: Path, tmp_path: Path) -> None:
    schema = tmp_path / "other.xsd"
    schema.write_text(SCHEMA)
    result = run(str(request_file), "--duis-xsd", str(schema))
    assert result.exit_code == 1
    assert "schema: line" in result.output


def test_the_national_schema_agrees_on_the_national_requests(shared: Path) -> None:
    folder = shared / "reference/duis"
    result = run(str(folder / "requests"), "--duis-xsd", str(folder / "lxml/duis.xsd"))
    assert result.exit_code == 0
    assert result.output.count(": valid") == 234
