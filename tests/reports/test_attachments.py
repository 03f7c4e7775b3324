"""Attachments are shown for the eye; the file stays what it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reports import attachments


def shown(folder: Path, name: str, octets: bytes) -> str | None:
    file = folder / name
    file.write_bytes(octets)
    return attachments.readable(file)


def test_xml_is_indented(tmp_path: Path) -> None:
    assert shown(tmp_path, "a.xml", b"<a><b>1</b></a>") == "<a>\n  <b>1</b>\n</a>"


def test_xml_that_is_none_is_shown_as_it_is(tmp_path: Path) -> None:
    assert shown(tmp_path, "a.xml", b"<a><b>") == "<a><b>"


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    octets = b'<!DOCTYPE a [<!ENTITY e SYSTEM "secret">]><a>&e;</a>'
    assert "secret</a>" not in str(shown(tmp_path, "a.xml", octets))


def test_hex_is_grouped_with_its_offset(tmp_path: Path) -> None:
    text = shown(tmp_path, "a.hex", b"DF09" * 17)
    assert text == f"0000  {' '.join(['df09df09'] * 8)}\n0020  df09"


def test_json_is_indented(tmp_path: Path) -> None:
    assert shown(tmp_path, "a.json", b'{"a":[1]}') == '{\n  "a": [\n    1\n  ]\n}'


def test_a_capture_is_not_for_reading(tmp_path: Path) -> None:
    assert shown(tmp_path, "a.pcap", b"\xd4\xc3\xb2\xa1") is None


def test_a_missing_file_is_not_shown(tmp_path: Path) -> None:
    assert attachments.readable(tmp_path / "gone.xml") is None


def test_a_long_attachment_is_cut_and_says_so(tmp_path: Path) -> None:
    text = shown(tmp_path, "a.hex", b"00" * attachments.SHOWN)
    assert text is not None
    assert text.endswith(f"{attachments.SHOWN} more octets are in the file")


@pytest.mark.parametrize(
    ("detail", "beside", "full"),
    [
        ({"volts": "230.1", "hertz": 50}, "volts 230.1 · hertz 50", ""),
        ("short", "short", ""),
        (None, "", ""),
        ({}, "", ""),
        ({"nested": {"a": 1}}, "", '{\n  "nested": {\n    "a": 1\n  }\n}'),
        ("two\nlines", "", "two\nlines"),
        ("x" * 200, "", "x" * 200),
    ],
)
def test_a_detail_stands_beside_its_title_or_in_full(detail: Any, beside: str, full: str) -> None:
    assert attachments.beside_title(detail) == beside
    assert attachments.in_full(detail) == full
