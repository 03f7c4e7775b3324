"""Distinguished names as values: attributes by object identifier, and RFC 2253 text."""

from __future__ import annotations

import re
from typing import Any

from asn1crypto import core
from asn1crypto import x509 as asn1_x509

COMMON_NAME = "2.5.4.3"
ORGANIZATIONAL_UNIT = "2.5.4.11"
UNIQUE_IDENTIFIER = "2.5.4.45"

_SHORT_NAMES = {
    COMMON_NAME: "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    ORGANIZATIONAL_UNIT: "OU",
}
_SPECIALS = re.compile(r'([,+"\\<>;])')
_SEPARATOR = re.compile(r"(?<!\\),")


def rfc2253_text(name: asn1_x509.Name) -> str:
    """Attributes in the reverse of their encoding order: "CN=Z1,OU=07"."""
    relative_names = reversed(list(name.chosen))
    return ",".join("+".join(_attribute_text(pair) for pair in rdn) for rdn in relative_names)


def normalised_name(text: str) -> str:
    """RFC 2253 text without the blanks that some writers put around "," and "="."""
    parts = (part.partition("=") for part in _SEPARATOR.split(text))
    return ",".join(f"{key.strip()}={value.strip()}" for key, _, value in parts)


def attributes(name: asn1_x509.Name) -> dict[str, list[Any]]:
    """The values (asn1crypto objects) of each attribute, by dotted object identifier."""
    found: dict[str, list[Any]] = {}
    for relative_name in name.chosen:
        for pair in relative_name:
            found.setdefault(pair["type"].dotted, []).append(pair["value"])
    return found


def first_text(subject: dict[str, list[Any]], oid: str) -> str | None:
    values = subject.get(oid)
    return str(values[0].native) if values else None


def is_bit_string(value: object) -> bool:
    return isinstance(value, core.BitString | core.OctetBitString)


def _attribute_text(pair: asn1_x509.NameTypeAndValue) -> str:
    oid: str = pair["type"].dotted
    value = pair["value"]
    key = _SHORT_NAMES.get(oid, oid)
    if is_bit_string(value):
        return f"{key}=#{value.dump().hex()}"
    escaped = _SPECIALS.sub(r"\\\1", str(value.native))
    return f"{key}={_guard_ends(escaped)}"


def _guard_ends(text: str) -> str:
    if text[:1] in ("#", " "):
        text = "\\" + text
    if text[1:].endswith(" "):
        text = text[:-1] + "\\ "
    return text
