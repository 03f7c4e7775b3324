"""Every requirement that a feature names is in the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from assay.declarations import read_catalogue

FEATURES = Path(__file__).parents[2] / "features"


def test_features_name_no_unknown_requirement() -> None:
    files = sorted(FEATURES.rglob("*.feature"))
    named = {
        (file.name, requirement)
        for file in files
        for requirement in re.findall(r"@requirement:(\S+)", file.read_text(encoding="utf-8"))
    }
    assert named
    assert [each for each in sorted(named) if each[1] not in read_catalogue()] == []
