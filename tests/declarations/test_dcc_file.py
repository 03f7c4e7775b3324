"""`dcc.toml`: every key has its place in the settings of the DCC, and a default."""

from __future__ import annotations

from dataclasses import fields
from datetime import time, timedelta
from pathlib import Path

import pytest

from assay.cli.dcc_settings import receive_urls, settings_of
from assay.dcc.settings import DccSettings
from assay.declarations import read_dcc
from assay.declarations.dcc import Times
from assay.duis.catalogue import UserRole
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError

SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-00-00")


def test_an_empty_file_leaves_the_reference_dcc_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "dcc.toml"
    path.write_text("")
    assert settings_of(read_dcc(path).value) == settings_of(read_dcc().value) == DccSettings()
    assert read_dcc().value.registration_at == time(6)


def test_every_time_of_the_dcc_can_be_set_in_seconds(tmp_path: Path) -> None:
    names = [one.name for one in fields(DccSettings) if isinstance(one.default, timedelta)]
    assert sorted(Times.model_fields) == sorted(names)
    path = tmp_path / "dcc.toml"
    path.write_text("[times]\n" + "".join(f"{name} = 77\n" for name in names))
    settings = settings_of(read_dcc(path).value)
    assert {getattr(settings, name) for name in names} == {timedelta(seconds=77)}


def test_the_option_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dcc.toml"
    path.write_text(f'[receive]\n"{SUPPLIER}" = "http://a/duis"\n')
    file = read_dcc(path).value
    assert receive_urls(file, [], [SUPPLIER]) == {SUPPLIER: "http://a/duis"}
    assert receive_urls(file, [f"{SUPPLIER}=http://b/duis"], [SUPPLIER]) == {
        SUPPLIER: "http://b/duis"
    }


def test_only_a_user_has_a_receive_response_service() -> None:
    with pytest.raises(PlanError, match=f"expected a user, one of , seen {SUPPLIER}"):
        receive_urls(read_dcc().value, [f"{SUPPLIER}=http://b/duis"], [])


def test_the_rest_is_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "dcc.toml"
    path.write_text(
        'command_retries = 3\nquarantine_alert_code = "N50"\nregistration_at = 03:30:00\n'
        '[opened]\n"8.5" = ["IS", "GS"]\n'
    )
    file = read_dcc(path).value
    settings = settings_of(file)
    assert (settings.command_retries, settings.quarantine_alert_code) == (3, "N50")
    assert settings.opened == {"8.5": {UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER}}
    assert file.registration_at == time(3, 30)
