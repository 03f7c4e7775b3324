"""Hex text from a file or standard input: blanks and line ends don't matter."""

from __future__ import annotations

import sys
from pathlib import Path

from assay.verdicts import PlanError

MAX_TEXT_SIZE = 8 << 20


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
