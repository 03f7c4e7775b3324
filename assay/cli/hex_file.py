"""Hex text from a file or standard input: blanks and line ends don't matter."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from assay.verdicts import PlanError

MAX_TEXT_SIZE = 8 << 20
HEX_SUFFIX = ".hex"


def read_text(name: str) -> str:
    """`-` is standard input. Raises PlanError where the file cannot be read."""
    if name == "-":
        return sys.stdin.read(MAX_TEXT_SIZE)
    try:
        return Path(name).read_text("utf-8", errors="replace")
    except OSError as error:
        raise PlanError(f"{name}: {error.strerror}") from error


def read_hex(name: str) -> bytes:
    text = "".join(read_text(name).split())
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise PlanError(f"{name}: expected hex text, found something else") from None


def read_octets(name: str) -> bytes:
    """The file as it is; `-` is standard input. PlanError where it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_TEXT_SIZE)
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise PlanError(f"{name}: {error.strerror}") from error


def files_below(names: Iterable[str], suffix: str = HEX_SUFFIX) -> list[str]:
    """The names, each folder replaced by the files of this kind below it, in order of their paths.

    PlanError for a folder without one.
    """
    found: list[str] = []
    for name in names:
        if name == "-" or not Path(name).is_dir():
            found.append(name)
            continue
        below = sorted(path for path in Path(name).rglob("*") if path.suffix.lower() == suffix)
        if not below:
            raise PlanError(f"{name}: expected {suffix} files in the folder, found none")
        found += map(str, below)
    return found
