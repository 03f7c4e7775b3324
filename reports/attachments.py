"""Attachments and details of a timeline as a person reads them; the raw file stays beside it.

XML and JSON are indented and hex is grouped for the eye only: what is evidence is the file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from lxml import etree

SHOWN = 64 * 1024  # octets of one attachment on a page; a firmware image is not for reading
_INLINE = 120  # characters of a detail that fit beside its title
_HEX = re.compile(rb"[0-9A-Fa-f\s]+")
_TEXT = frozenset({".xml", ".json", ".jsonl", ".hex", ".txt", ".csv", ".log", ".pem"})


def is_picture(name: str) -> bool:
    return name.lower().endswith(".png")


def readable(file: Path) -> str | None:
    """The text to show for a file; None if it is gone or not for reading."""
    suffix = file.suffix.lower()
    if suffix not in _TEXT or not file.is_file():
        return None
    octets = file.read_bytes()
    if len(octets) > SHOWN:
        text = octets[:SHOWN].decode("utf-8", errors="replace")
        return f"{text}\n… {len(octets) - SHOWN} more octets are in the file"
    if suffix == ".xml":
        return _indented_xml(octets)
    if suffix == ".json":
        return _indented_json(octets)
    if suffix == ".hex" and _HEX.fullmatch(octets):
        return grouped_hex(octets.decode("ascii"))
    return octets.decode("utf-8", errors="replace")


def grouped_hex(text: str) -> str:
    """Lines of 32 octets with their offset, in groups of four."""
    digits = re.sub(r"\s+", "", text).lower()
    lines = []
    for start in range(0, len(digits), 64):
        line = digits[start : start + 64]
        groups = " ".join(line[place : place + 8] for place in range(0, len(line), 8))
        lines.append(f"{start // 2:04x}  {groups}")
    return "\n".join(lines)


def beside_title(detail: Any) -> str:
    """A detail that is short and flat enough to stand beside its title; else nothing."""
    if isinstance(detail, dict):
        if any(isinstance(value, dict | list) for value in detail.values()):
            return ""
        text = " · ".join(
            f"{key} {'-' if value is None else value}" for key, value in detail.items()
        )
    else:
        text = "" if detail is None else str(detail)
    return text if len(text) <= _INLINE and "\n" not in text else ""


def in_full(detail: Any) -> str:
    """A detail that does not fit beside its title; nothing if it does."""
    if detail in (None, "", {}, []) or beside_title(detail):
        return ""
    if isinstance(detail, str):
        return detail
    return json.dumps(detail, indent=2, ensure_ascii=False)


def _indented_xml(octets: bytes) -> str:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True
    )
    try:
        tree = etree.fromstring(octets, parser)
    except etree.XMLSyntaxError:
        return octets.decode("utf-8", errors="replace")
    text: str = etree.tostring(tree, pretty_print=True, encoding="unicode")
    return text.rstrip("\n")


def _indented_json(octets: bytes) -> str:
    try:
        return json.dumps(json.loads(octets), indent=2, ensure_ascii=False)
    except ValueError:
        return octets.decode("utf-8", errors="replace")
