"""A run reads the declarations that were frozen when it began, and notices an altered copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.declarations import (
    Declarations,
    freeze,
    read_bench,
    read_device,
    read_frozen,
    read_plan,
)
from assay.declarations.references import resolve_secret
from assay.verdicts import PlanError


@pytest.fixture
def declarations() -> Declarations:
    return Declarations(
        bench=read_bench(), device=read_device(), plan=read_plan(), rogue="late_alert"
    )


def test_what_was_frozen_is_what_is_read(tmp_path: Path, declarations: Declarations) -> None:
    freeze(tmp_path, declarations)
    assert read_frozen(tmp_path) == declarations


def test_copies_are_octet_for_octet(tmp_path: Path, declarations: Declarations) -> None:
    freeze(tmp_path, declarations)
    assert (tmp_path / "plan.toml").read_bytes() == declarations.plan.octets


def test_an_altered_copy_is_refused(tmp_path: Path, declarations: Declarations) -> None:
    freeze(tmp_path, declarations)
    with (tmp_path / "plan.toml").open("a") as file:
        file.write("# harmless\n")
    with pytest.raises(PlanError, match=r"plan\.toml: expected SHA-256"):
        read_frozen(tmp_path)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="expected a run folder"):
        read_frozen(tmp_path)


def test_a_secret_is_resolved_from_where_its_reference_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code").write_text("00112233\n")
    monkeypatch.setenv("INSTALL_CODE", "44556677")
    assert resolve_secret(f"file:{tmp_path / 'code'}") == "00112233"
    assert resolve_secret("env:INSTALL_CODE") == "44556677"
    assert resolve_secret("virtual") is None


def test_a_secret_that_is_not_there_is_a_plan_error(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="ASSAY_NO_SUCH_SECRET"):
        resolve_secret("env:ASSAY_NO_SUCH_SECRET")
    with pytest.raises(PlanError, match="nothing"):
        resolve_secret(f"file:{tmp_path / 'nothing'}")
