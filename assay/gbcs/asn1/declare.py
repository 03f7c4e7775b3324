"""Short forms to declare ASN.1 types of asn1crypto, one row per field.

The library's classes stay the declaration (names, tags, what is optional); `compiled`
turns each into a reader and a writer once, since the library's object tree costs ten times
as much per message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asn1crypto import core

Declared = Any
"""A class of asn1crypto, which carries no annotations of its own."""


def integer(name: str, names: Mapping[int, str]) -> Declared:
    """An INTEGER with names for some of its values."""
    return type(name, (core.Integer,), {"_map": dict(names)})


def enumerated(name: str, names: Mapping[int, str]) -> Declared:
    return type(name, (core.Enumerated,), {"_map": dict(names)})


def octets(name: str, size: int | None = None) -> Declared:
    """An OCTET STRING; `size` is checked where GBCS fixes one."""
    return type(name, (core.OctetString,), {"gbcs_size": size})


def sequence(
    name: str, *fields: tuple[str, Declared] | tuple[str, Declared, dict[str, Any]]
) -> Any:
    return type(name, (core.Sequence,), {"_fields": list(fields)})


def sequence_of(name: str, child: Declared) -> Declared:
    return type(name, (core.SequenceOf,), {"_child_spec": child})


def choice(name: str, *alternatives: tuple[str, Declared]) -> Declared:
    return type(name, (core.Choice,), {"_alternatives": list(alternatives)})


OPTIONAL: dict[str, Any] = {"optional": True}


def implicit(tag: int, *, optional: bool = False) -> dict[str, Any]:
    return {"implicit": tag, "optional": optional}
