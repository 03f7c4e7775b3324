"""Reading the tables that a bench hands to the DCC: CSV with a header row, errors by line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class TableError(ValueError):
    """A file that is not what it should be: file, line, column, what was expected and seen."""

    def __init__(self, where: str, expected: str, seen: str) -> None:
        super().__init__(f"{where}: expected {expected}, seen {seen}")


def read_table(
    path: Path, columns: Iterable[str], row: Callable[[Mapping[str, str]], T]
) -> Iterator[T]:
    """A value for each line below the header. `row` raises ValueError for a bad cell.

    Raises:
        TableError: no such columns, or a cell that `row` refuses.
    """
    expected = tuple(columns)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        seen = tuple(reader.fieldnames or ())
        if seen != expected:
            raise TableError(f"{path.name}:1", ",".join(expected), ",".join(seen) or "nothing")
        for cells in reader:
            where = f"{path.name}:{reader.line_num}"
            if None in cells or None in cells.values():
                raise TableError(where, f"{len(expected)} cells", "another number")
            try:
                yield row({name: cell.strip() for name, cell in cells.items()})
            except ValueError as error:
                raise TableError(where, "cells as documented", str(error)) from error
