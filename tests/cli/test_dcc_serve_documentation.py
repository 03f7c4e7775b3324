"""The pages on `assay dcc serve` say what is there: every option, and examples that are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from assay.cli.dcc import app
from assay.cli.dcc_settings import settings_of
from assay.dcc.coverage import CoverageMap
from assay.dcc.non_gateway.desk import COLUMNS, VARIANTS
from assay.dcc.products import ProductsList
from assay.dcc.registration_files import FileName, read_registration
from assay.dcc.settings import DccSettings
from assay.declarations.dcc import DccFile, Times
from assay.declarations.model import parse_declaration
from assay.duis.validation import validate

DOCS = Path(__file__).parents[2] / "docs"
SERVE = (DOCS / "dcc_serve.md").read_text()
NON_GATEWAY = (DOCS / "non_gateway_interface.md").read_text()
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(text: str, language: str, start: str = "") -> list[str]:
    found = _BLOCK.findall(text)
    return [body for kind, body in found if kind == language and body.startswith(start)]


def test_every_option_has_its_line() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    options = [name for one in commands["serve"].params for name in one.opts]
    missing = [name for name in options if name not in ("--help",) and f"`{name}" not in SERVE]
    assert missing == []


@pytest.mark.parametrize("document", [*blocks(SERVE, "xml"), *blocks(NON_GATEWAY, "xml")])
def test_every_request_is_valid(document: str) -> None:
    assert validate(document.encode()).problems == ()


@pytest.mark.parametrize("text", blocks(SERVE, "toml"))
def test_every_settings_file_is_taken(text: str) -> None:
    settings_of(parse_declaration(DccFile, "dcc.toml", text.encode()))


def test_the_whole_settings_file_shows_the_defaults_of_all_times() -> None:
    whole = blocks(SERVE, "toml")[-1]
    file = parse_declaration(DccFile, "dcc.toml", whole.encode())
    assert file.times.model_fields_set == set(Times.model_fields)
    settings = settings_of(file)
    for name in Times.model_fields:
        assert getattr(settings, name) == getattr(DccSettings(), name), name


def test_the_tables_are_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    (coverage,) = blocks(SERVE, "", "post_code")
    path.write_text(coverage)
    assert CoverageMap.from_file(path).at_post_code("AB1 2CD")
    (products,) = blocks(SERVE, "", "device_type")
    path.write_text(products)
    assert ("Maker", "Meter") in ProductsList.from_file(path).models


def test_the_registration_file_is_read() -> None:
    (text,) = blocks(NON_GATEWAY, "", "action")
    name = FileName.parse("registration-electricity-NORTH-full-000001.csv")
    assert len(read_registration(name, text.encode())) == 2


def test_the_services_of_the_non_gateway_interface_are_listed() -> None:
    listed = re.findall(r"^\| ((?:\d+\.\d+(?:\.\d+)?(?:, )?)+) \|", NON_GATEWAY, re.MULTILINE)
    assert {one for row in listed for one in row.split(", ")} == VARIANTS
    (acknowledgement,) = blocks(NON_GATEWAY, "", "outcome")
    assert acknowledgement.startswith(",".join(COLUMNS))
