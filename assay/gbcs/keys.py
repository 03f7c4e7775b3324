"""Keys by EUI-64, usage and role, and the shared secret of each pair, computed once.

Where keys come from (a folder, an HSM, the bench's own SMKI) is the caller's business:
a store is filled with keys, or asks a `KeySource` when a name is first needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.identifiers import Eui64

PublicKey = ec.EllipticCurvePublicKey
PrivateKey = ec.EllipticCurvePrivateKey


class KeyUsage(StrEnum):
    """What a key pair is for; the words are those of key file names."""

    DIGITAL_SIGNATURE = "ds"
    KEY_AGREEMENT = "ka"
    PREPAYMENT_TOP_UP = "pp-ka"


class KeyName(NamedTuple):
    """Whose key it is, and what for. One EUI-64 may hold keys of several usages."""

    eui: Eui64
    usage: KeyUsage


class KeySource(Protocol):
    """Looks a key up when it is first needed; None where it does not hold it."""

    def public(self, name: KeyName) -> PublicKey | None: ...

    def private(self, name: KeyName) -> PrivateKey | None: ...

    def knows(self, eui: Eui64) -> bool:
        """It holds a key of this party, whatever it is for."""

    def brokers(self) -> Iterable[Eui64]:
        """The access control brokers it knows (role 04)."""


@dataclass(slots=True)
class KeyStore:
    """Public and private keys, with the shared secrets of the pairs used so far."""

    source: KeySource | None = None
    _public: dict[KeyName, PublicKey | None] = field(default_factory=dict)
    _private: dict[KeyName, PrivateKey | None] = field(default_factory=dict)
    _secrets: dict[tuple[KeyName, KeyName], bytes | None] = field(default_factory=dict)
    _brokers: list[Eui64] = field(default_factory=list)
    _asked_for_brokers: bool = False

    def add_public(self, name: KeyName, key: PublicKey) -> None:
        self._public[name] = key
        self._forget_secrets(name)

    def add_private(self, name: KeyName, key: PrivateKey) -> None:
        self._private[name] = key
        self._public[name] = key.public_key()
        self._forget_secrets(name)

    def add_broker(self, eui: Eui64) -> None:
        if eui not in self._brokers:
            self._brokers.append(eui)

    def brokers(self) -> list[Eui64]:
        if self.source is not None and not self._asked_for_brokers:
            self._asked_for_brokers = True
            for eui in self.source.brokers():
                self.add_broker(eui)
        return self._brokers

    def is_stranger(self, eui: Eui64) -> bool:
        """This store knows parties, and this one is none of them: nobody can have sent as it.

        An empty store knows no party, so nobody is a stranger to it: it cannot tell.
        """
        if eui in self.brokers():
            return False
        if self.source is not None:
            return not self.source.knows(eui)
        known = {name.eui for name, key in self._public.items() if key is not None}
        return bool(known) and eui not in known

    def public(self, name: KeyName) -> PublicKey | None:
        if name not in self._public:
            self._public[name] = self.source.public(name) if self.source else None
        return self._public[name]

    def private(self, name: KeyName) -> PrivateKey | None:
        if name not in self._private:
            self._private[name] = self.source.private(name) if self.source else None
        return self._private[name]

    def shared_secret(self, one: KeyName, other: KeyName) -> bytes | None:
        """Z of the pair (32 octets), from whichever private key is held; None without one."""
        pair = (one, other)
        if pair not in self._secrets:
            secret = self._agree(one, other) or self._agree(other, one)
            self._secrets[pair] = self._secrets[(other, one)] = secret
        return self._secrets[pair]

    def _agree(self, ours: KeyName, theirs: KeyName) -> bytes | None:
        public = self.public(theirs)
        private = self.private(ours) if public is not None else None
        if public is None or private is None:
            return None
        return private.exchange(ec.ECDH(), public)

    def _forget_secrets(self, name: KeyName) -> None:
        for pair in [pair for pair in self._secrets if name in pair]:
            del self._secrets[pair]
