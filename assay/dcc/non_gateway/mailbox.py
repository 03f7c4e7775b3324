"""A Receive Response service that is a folder: one file for each letter, named by its number."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

SCHEME = "file"


def folder_of(url: str) -> Path | None:
    """The folder that a `file:` URL names; None for any other URL."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME:
        return None
    return Path(url2pathname(parts.path))


def put_letter(folder: Path, number: int, kind: str, document: bytes) -> None:
    """Whole or not at all. The same letter again replaces itself: delivery is at least once.

    OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{number:08}-{kind.replace(' ', '-')}.xml", document)


def write_whole(path: Path, octets: bytes) -> None:
    """Whoever looks sees no file or all of it."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(octets)
    unfinished.replace(path)
