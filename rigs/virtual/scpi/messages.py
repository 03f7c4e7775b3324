"""Program messages: one line in, program message units out. No I/O, no instrument.

A unit that cannot be read comes out as the error it deserves, in its place, because the
units around it are still executed (the error query behind a bad set must answer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rigs.virtual.scpi.errors import RemoteProgramError
from rigs.virtual.scpi.headers import absolute

# IEEE 488.2, 7.4.1.2: every control character and the space, but for the terminator.
WHITESPACE = "".join(chr(code) for code in range(0x21) if code != 0x0A)
MAX_MNEMONIC_LENGTH = 12  # IEEE 488.2, 7.6.1.4.1

_HEADER = re.compile(r"(?:\*[A-Z]+|:?[A-Z][A-Z0-9_]*(?::[A-Z][A-Z0-9_]*)*)\??")
_HEADER_CHARACTERS = re.compile(r"[A-Z0-9_:*?]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One command or query: absolute header in upper case, data elements as sent."""

    header: str
    is_query: bool
    elements: tuple[str, ...] = ()


def read_units(message: str) -> Iterator[Unit | RemoteProgramError]:
    """The units of a program message (without its terminator), headers made absolute."""
    path = ""
    for text in split(message, ";"):
        text = text.strip(WHITESPACE)
        if not text:
            continue
        header, data = _header_and_data(text)
        try:
            _check_header(header)
            # A bad parameter does not undo the path: what follows must not land elsewhere.
            whole, path = absolute(header.removesuffix("?"), path)
            unit = Unit(header=whole, is_query=header.endswith("?"), elements=_elements(data))
        except RemoteProgramError as error:
            yield error
        else:
            yield unit


def _check_header(header: str) -> None:
    if not _HEADER.fullmatch(header):
        raise RemoteProgramError(-102 if _HEADER_CHARACTERS.fullmatch(header) else -101)
    words = header.strip("*:?").split(":")
    if any(len(word.rstrip("0123456789")) > MAX_MNEMONIC_LENGTH for word in words):
        raise RemoteProgramError(-112)


def _header_and_data(text: str) -> tuple[str, str]:
    for place, character in enumerate(text):
        if character in WHITESPACE:
            return text[:place].upper(), text[place:].strip(WHITESPACE)
    return text.upper(), ""


def _elements(data: str) -> tuple[str, ...]:
    if not data:
        return ()
    elements = tuple(element.strip(WHITESPACE) for element in split(data, ","))
    for element in elements:
        _check_element(element)
    return elements


def _check_element(element: str) -> None:
    if not element:
        raise RemoteProgramError(-109)
    quote = element[0]
    if quote in "\"'" and (len(element) < 2 or element[-1] != quote):
        raise RemoteProgramError(-151)


def split(text: str, separator: str) -> Iterator[str]:
    """Split where the separator is not inside a quoted string; a doubled quote is a quote."""
    start, quote = 0, ""
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == separator:
            yield text[start:place]
            start = place + 1
    yield text[start:]
