"""`assay mmc` at a prompt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assay.cli.mmc import app
from tests.gbcs.vectors import ARM_COMMAND, FIRMWARE_RESPONSE
from tests.mmc import made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def firmware(tmp_path: Path) -> str:
    path = tmp_path / "firmware.HEX"
    path.write_text(FIRMWARE_RESPONSE.hex())
    return str(path)


def test_a_response_is_printed_as_xml(firmware: str) -> None:
    result = run(firmware)
    assert result.exit_code == 0
    assert "<ra:FirmwareVersion>0123ABCD</ra:FirmwareVersion>" in result.stdout


def test_typed_values_are_one_json_object_per_line(firmware: str) -> None:
    result = run("--json", firmware, firmware)
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert first == second
    assert first["element"] == "ReadFirmwareVersionRsp"
    assert first["values"] == {"FirmwareVersion": "0123ABCD"}
    assert first["success"] is True
    assert first["mac"] == "no-key"


def test_documents_go_to_a_folder_where_one_is_named(firmware: str, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    result = run(firmware, "--out", str(folder))
    assert result.exit_code == 0
    assert result.stdout == ""
    (written,) = folder.iterdir()
    assert written.name == "firmware.xml"
    assert b"0123ABCD" in written.read_bytes()


def test_what_has_no_form_is_said_and_fails_but_the_rest_is_done(
    firmware: str, tmp_path: Path
) -> None:
    command = tmp_path / "command.HEX"
    command.write_text(ARM_COMMAND.hex())
    result = run(str(command), firmware)
    assert result.exit_code == 1
    assert "this is a command" in result.stderr
    assert "FirmwareVersion" in result.stdout


def test_an_open_choice_is_said_and_closed_by_the_option(tmp_path: Path) -> None:
    boost = tmp_path / "boost.HEX"
    items = [made.ItemResult(made.Op.SET, 0)] * 5
    boost.write_text(made.dlms(0x005F, items).hex())
    open_ = run(str(boost))
    assert "taken as the answer to 7.9; --srv tells it from 7.10" in open_.stderr
    closed = run(str(boost), "--srv", "7.10")
    assert closed.stderr == ""
    assert "RemoveAuxiliaryLoadFromBoostButtonRsp" in closed.stdout


def test_a_schema_is_checked_against_where_it_is_given(
    shared: Path, firmware: str, tmp_path: Path
) -> None:
    schema = shared / "reference" / "duis" / "lxml" / "mmc.xsd"
    assert run(firmware, "--mmc-xsd", str(schema)).exit_code == 0
    odd = tmp_path / "odd.HEX"
    entry = made.structure(
        made.long_unsigned(1), made.octet_string(bytes.fromhex("07B20101FF")), made.unsigned(1)
    )
    nothing = made.ItemResult(made.Op.GET, 250)
    days = made.got(made.Data(made.Tag.ARRAY, (entry,)))
    odd.write_text(made.dlms(0x011C, [*[nothing] * 5, *days, nothing]).hex())
    result = run(str(odd), "--mmc-xsd", str(schema))
    assert result.exit_code == 1
    assert "1970" in result.stderr


def test_encrypted_data_are_said_to_stay_shut_and_open_with_keys(shared: Path) -> None:
    rtds = shared / "rtds"
    file = str(rtds / "messages" / "4.1.1_ECS17b" / "ECS17b_4.1.1_TWIN_SUCCESS_RESPONSE_GBCS.HEX")
    shut = run(file)
    assert shut.exit_code == 0
    assert "encrypted data stay as they are; --keys would open them" in shut.stderr
    opened = run(file, "--keys", str(rtds / "keys"))
    assert opened.stderr == ""
    assert "ReadInstantaneousImportRegistersRsp" in opened.stdout
