"""Where the keys of a kept bench come from: one secret, so that a restart makes the same again.

A DCC that goes on from its database must know its users by the certificates they have, and
they must know it. Keeping the secret is keeping every test key; real users' keys are their own.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec

from assay.dcc.store import BookForm, Store

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SECRET_SIZE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The secret, and when the bench was started for the first time: validities run from it."""

    secret: bytes
    started_at: datetime
    name: str = "origin"


ORIGINS = BookForm(name="origin", record=Origin, key=lambda origin: origin.name)


def origin_of(store: Store, now: datetime) -> Origin:
    """The store's; a new one in a new store."""
    book = store.book(ORIGINS)
    found = book.get("origin")
    if found is None:
        found = Origin(secret=secrets.token_bytes(_SECRET_SIZE), started_at=now)
        book.put(found)
    return found


@dataclass(slots=True)
class DerivedKeys:
    """The same keys and octets in the same order whenever the secret is the same."""

    secret: bytes
    _numbers: Iterator[int] = field(default_factory=itertools.count, init=False)

    def new_key(self) -> ec.EllipticCurvePrivateKey:
        scalar = int.from_bytes(self.random_octets(_SECRET_SIZE + 8), "big")
        return ec.derive_private_key(scalar % (_P256_ORDER - 1) + 1, ec.SECP256R1())

    def random_octets(self, size: int) -> bytes:
        octets = b""
        while len(octets) < size:
            number = next(self._numbers).to_bytes(8, "big")
            octets += hmac.digest(self.secret, number, hashlib.sha256)
        return octets[:size]
