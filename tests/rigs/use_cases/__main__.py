"""`python -m tests.rigs.use_cases SHARED`: drive every device, and write down what was shown."""

from __future__ import annotations

import sys
from pathlib import Path

from fixtures.use_cases import evidence
from fixtures.use_cases.columns import COLUMNS
from tests.rigs.use_cases.demonstration import demonstrate


def main(shared: Path) -> None:
    found = {column.title: demonstrate(column, shared) for column in COLUMNS}
    for one in found.values():
        print(*one.problems, sep="\n", end="\n" if one.problems else "")
    evidence.write({title: one.shown for title, one in found.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
