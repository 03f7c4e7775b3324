"""Issuer names as values: RFC 2253 texts differ in blanks, letter case of types and order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from cryptography import x509

NameValue: TypeAlias = tuple[tuple[str, str], ...]
"""Dotted attribute type and value, sorted."""

_TYPE = re.compile(r"^\s*([A-Za-z]+)\s*=\s*")
_PART = re.compile(r"(?:\\.|[^,;\\])+")  # RFC 2253 clause 4 still lets a semicolon separate


@lru_cache(maxsize=1024)
def issuer_text(certificate: x509.Certificate) -> str:
    """The issuer in RFC 2253 text. Kept: a certificate never changes, and few sign everything."""
    return certificate.issuer.rfc4514_string()


def name_value(name: x509.Name) -> NameValue:
    return tuple(sorted((part.oid.dotted_string, str(part.value)) for part in name))


def issuer_value(text: str) -> NameValue:
    """The value of a text such as `CN=Z1, OU=07`; ValueError if it is no RFC 2253 name."""
    parts = (_TYPE.sub(_upper_type, part).strip() for part in _PART.findall(text))
    try:
        return name_value(x509.Name.from_rfc4514_string(",".join(parts)))
    except ValueError:
        raise ValueError(f"expected an issuer name in RFC 2253 text, seen {text!r}") from None


def _upper_type(match: re.Match[str]) -> str:
    return f"{match[1].upper()}="


def is_issued_by(certificate: x509.Certificate, issuer: str) -> bool:
    """Whether the certificate names this issuer, compared by value."""
    if issuer == issuer_text(certificate):
        return True
    try:
        return issuer_value(issuer) == name_value(certificate.issuer)
    except ValueError:
        return False
