from __future__ import annotations

import subprocess
import sys

import pytest

import assay.duis


def test_importing_the_package_loads_no_xml_library() -> None:
    script = "import sys, assay.duis; print(any(m.split('.')[0] == 'lxml' for m in sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert answer.stdout.split() == [b"False"]


@pytest.mark.parametrize("name", sorted(assay.duis._MODULE_OF))
def test_every_public_name_is_there_when_asked_for(name: str) -> None:
    assert getattr(assay.duis, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'absent'"):
        assay.duis.absent  # noqa: B018
