"""Of several requirements the one that the feature names first decides, run after run."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.requirement import first_above

FEATURE = """\
@scheme:functional @requirement:OF-FEATURE
Feature: A meter

  @srv:4.1.1 @requirement:B-2 @requirement:A-1
  Scenario: Two on a line
    Given a meter

  @srv:4.1.1
  @requirement:C-3 @requirement:A-1
  @device:ESME
  Scenario Outline: On lines of their own
    Given a meter

  @srv:4.1.1
  Scenario: None of its own
    Given a meter
"""


@pytest.mark.parametrize(
    ("name", "first"),
    [("Two on a line", "B-2"), ("On lines of their own", "C-3"), ("None of its own", None)],
)
def test_the_first_in_the_file_is_the_one(tmp_path: Path, name: str, first: str | None) -> None:
    file = tmp_path / "meter.feature"
    file.write_text(FEATURE)
    line = next(n for n, text in enumerate(FEATURE.splitlines(), 1) if text.endswith(name))
    assert first_above(file, line) == first
