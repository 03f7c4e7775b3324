"""Command headers: every spelling that a pattern allows, and the path rule.

A pattern is written as the manuals write it: `[SOURce:]VOLTage[:LEVel]`. Capitals are the
short form, brackets mark nodes that may be left out, a trailing number is a numeric suffix
(a suffix of 1 may be left out). Only the short form and the whole long form are spellings;
anything between is undefined (SCPI-99 volume 1, 6.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_MNEMONIC = re.compile(r"([A-Z]+)([a-z]*)(\d*)")
_DEFAULT_SUFFIX = re.compile(r"(?<![0-9])1(?=:|$)")


@lru_cache(maxsize=1024)  # every instance of an instrument has the same table
def spellings(pattern: str) -> frozenset[str]:
    """All absolute headers that the pattern allows, upper case, without suffixes of 1."""
    if pattern.startswith("*"):
        return frozenset({pattern.upper()})
    headers, rest = _alternatives(pattern)
    if rest:
        raise ValueError(f"unbalanced ']' in header pattern {pattern!r}")
    return frozenset(header.strip(":") for header in headers)


def short_form(word: str) -> str:
    """The capitals (and number) of a word written like `MINimum`."""
    return re.sub(r"[a-z]", "", word)


def without_default_suffix(header: str) -> str:
    """`OUTP1:STAT` means `OUTP:STAT` (SCPI-99 volume 1, 6.2.5.2)."""
    return _DEFAULT_SUFFIX.sub("", header)


def without_suffixes(header: str) -> str:
    return re.sub(r"\d+(?=:|$)", "", header)


def absolute(header: str, path: str) -> tuple[str, str]:
    """Resolve one header of a compound message; return it with the path for the next one.

    The path is what was sent up to the last colon. A leading colon starts at the root,
    a common command neither uses nor changes the path (IEEE 488.2, A.1.1).
    """
    if header.startswith("*"):
        return header, path
    whole = header[1:] if header.startswith(":") else path + header
    return whole, whole[: whole.rfind(":") + 1]


def _alternatives(pattern: str) -> tuple[list[str], str]:
    """Expand up to the end or the closing bracket; return the expansions and what is left."""
    heads, rest = [""], pattern
    while rest and not rest.startswith("]"):
        choices, rest = _piece(rest, pattern)
        heads = [head + choice for head in heads for choice in choices]
    return heads, rest


def _piece(rest: str, pattern: str) -> tuple[list[str], str]:
    if rest.startswith("["):
        inner, after = _alternatives(rest[1:])
        if not after.startswith("]"):
            raise ValueError(f"unbalanced '[' in header pattern {pattern!r}")
        return ["", *inner], after[1:]
    if rest.startswith(":"):
        return [":"], rest[1:]
    word = _MNEMONIC.match(rest)
    if word is None:
        raise ValueError(f"expected a mnemonic at {rest!r} in header pattern {pattern!r}")
    return list(_forms(word)), rest[word.end() :]


def _forms(word: re.Match[str]) -> Iterator[str]:
    short, tail, number = word.groups()
    suffix = "" if number == "1" else number
    yield short + suffix
    if tail:
        yield short + tail.upper() + suffix
