"""Files that other organisations send: CSV of which every line is checked before any counts.

A header row names the columns in their order, and the last row, `END` and the number of rows
between, proves that nothing was cut off. All that is wrong is found at once, each thing with
its line and column, so that the sender corrects a file once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

END = "END"
MAX_FILE_SIZE = 1 << 28
MAX_ERRORS = 100
"""In a report; a file of another form would give one for each of its cells."""
_ENCODING = "utf-8-sig"  # spreadsheets write a byte order mark


@dataclass(frozen=True, slots=True, kw_only=True)
class CellError:
    """`line` counts from 1, the header's, and is 0 for the file; `column` is empty for the line."""

    line: int
    column: str
    expected: str
    seen: str

    def __str__(self) -> str:
        column = f", {self.column}" if self.column else ""
        where = f"line {self.line}" if self.line else "the file"
        return f"{where}{column}: expected {self.expected}, seen {self.seen}"


class RemoteFileError(Exception):
    """A file that another organisation sent and that says nothing, for it is wrong somewhere."""

    def __init__(self, name: str, errors: Sequence[CellError]) -> None:
        super().__init__(f"{name}: " + "; ".join(map(str, errors)))
        self.name = name
        self.errors = tuple(errors)


class _CellProblem(Exception):
    def __init__(self, column: str, expected: str, seen: str) -> None:
        self.column, self.expected, self.seen = column, expected, seen


class Cells:
    """One row by column. What `read` cannot read ends the row, not the file."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self.line = line
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def read(self, column: str, convert: Callable[[str], T], expected: str) -> T:
        """`convert` raises ValueError for a text that is not `expected`."""
        text = self._cells[column]
        try:
            return convert(text)
        except ValueError:
            self.refuse(column, expected)
        raise AssertionError("refuse always raises")

    def maybe(self, column: str, convert: Callable[[str], T], expected: str) -> T | None:
        """None for an empty cell."""
        return self.read(column, convert, expected) if self._cells[column] else None

    def refuse(self, column: str, expected: str) -> None:
        """The row is wrong in this column."""
        raise _CellProblem(column, expected, self._cells[column] or "nothing")


def read_rows(
    name: str, octets: bytes, columns: Iterable[str], row: Callable[[Cells], T]
) -> list[T]:
    """What `row` makes of each row, if all are right.

    Raises:
        RemoteFileError: with everything that is wrong, up to a bound.
    """
    expected = tuple(columns)
    if len(octets) > MAX_FILE_SIZE:
        raise _refused(name, 1, f"at most {MAX_FILE_SIZE} octets", f"{len(octets)}")
    try:
        text = octets.decode(_ENCODING)
    except UnicodeDecodeError as error:
        line = octets[: error.start].count(b"\n") + 1
        raise _refused(name, line, "UTF-8", f"octet {octets[error.start]:02X}") from None
    lines = list(_lines(name, text))
    if not lines or tuple(lines[0][1]) != expected:
        seen = ",".join(lines[0][1]) if lines else "nothing"
        raise _refused(name, 1, ",".join(expected), seen)
    last, trailer = lines[-1]
    errors = list(_trailer_errors(last, trailer, len(expected), len(lines) - 2))
    found = []
    for line, cells in lines[1 : len(lines) if errors else -1]:
        try:
            found.append(row(_cells(line, cells, expected)))
        except _CellProblem as problem:
            errors.append(
                CellError(
                    line=line, column=problem.column, expected=problem.expected, seen=problem.seen
                )
            )
    if errors:
        raise RemoteFileError(name, sorted(errors, key=lambda one: one.line)[:MAX_ERRORS])
    return found


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The same form, for what we send."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    writer.writerow((END, str(len(rows)), *("" for _ in columns[2:])))
    return text.getvalue().encode()


def _lines(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise _refused(name, reader.line_num, "CSV", str(error)) from None


def _cells(line: int, cells: list[str], columns: tuple[str, ...]) -> Cells:
    if len(cells) != len(columns):
        raise _CellProblem("", f"{len(columns)} cells", str(len(cells)))
    return Cells(line, dict(zip(columns, cells, strict=True)))


def _trailer_errors(line: int, cells: list[str], columns: int, rows: int) -> Iterator[CellError]:
    expected = [END, str(rows), *("" for _ in range(columns - 2))]
    if cells != expected:
        yield CellError(
            line=line, column="", expected=",".join(expected[:2]), seen=",".join(cells) or "nothing"
        )


def _refused(name: str, line: int, expected: str, seen: str) -> RemoteFileError:
    return RemoteFileError(name, [CellError(line=line, column="", expected=expected, seen=seen)])
