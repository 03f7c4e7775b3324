"""A folder of keys as a KeySource: `<eui>-<usage>.pem` certificates, `<eui>-<usage>.key` keys.

Usage is ds, ka or pp-ka. A key file holds 64 hex digits (a P-256 scalar) or PEM (PKCS#8).
Files are read when a key is first needed: a folder of hundreds costs nothing to open.
Validity dates of certificates are not checked here; test certificates have expired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificate
from cryptography.x509.oid import NameOID

from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey, PublicKey
from assay.verdicts import PlanError

_FILE = re.compile(r"([0-9A-Fa-f]{16})-(ds|ka|pp-ka)\.(pem|crt|cer|der|key)")
_BROKER_ROLE = "04"


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The files of a folder by whose key they hold."""

    certificates: dict[KeyName, Path]
    private_keys: dict[KeyName, Path]

    @classmethod
    def open(cls, folder: Path) -> KeyFolder:
        """Raises PlanError where there is no such folder, or no key file in it."""
        if not folder.is_dir():
            raise PlanError(f"--keys {folder}: expected a folder of key files, found none")
        certificates: dict[KeyName, Path] = {}
        private_keys: dict[KeyName, Path] = {}
        for path in sorted(folder.iterdir()):
            match = _FILE.fullmatch(path.name)
            if match is None:
                continue
            name = KeyName(Eui64.from_text(match[1]), KeyUsage(match[2]))
            (private_keys if match[3] == "key" else certificates)[name] = path
        if not certificates and not private_keys:
            raise PlanError(f"--keys {folder}: expected files EUI-USAGE.pem or .key, found none")
        return cls(certificates, private_keys)

    def public(self, name: KeyName) -> PublicKey | None:
        path = self.certificates.get(name)
        if path is None:
            private = self.private(name)
            return private.public_key() if private is not None else None
        key = read_certificate(path).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise PlanError(f"{path}: expected a P-256 certificate, found {type(key).__name__}")
        return key

    def private(self, name: KeyName) -> PrivateKey | None:
        path = self.private_keys.get(name)
        return read_private_key(path) if path is not None else None

    def knows(self, eui: Eui64) -> bool:
        """A file of this party is in the folder, of whatever usage."""
        names = [KeyName(eui, usage) for usage in KeyUsage]
        return any(name in self.certificates or name in self.private_keys for name in names)

    def brokers(self) -> Iterable[Eui64]:
        """Parties whose key-agreement certificate names role 04; first those with a private key,
        so that the search usually ends after a few files."""
        agreement = [n for n in self.certificates if n.usage is KeyUsage.KEY_AGREEMENT]
        held = [name for name in agreement if name in self.private_keys]
        for name in held or agreement:
            if _role(read_certificate(self.certificates[name])) == _BROKER_ROLE:
                yield name.eui


def _role(certificate: Certificate) -> str | None:
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return str(units[0].value) if units else None


def read_certificate(path: Path) -> Certificate:
    octets = path.read_bytes()
    try:
        if octets.lstrip().startswith(b"-----"):
            return load_pem_x509_certificate(octets)
        return load_der_x509_certificate(octets)
    except ValueError as error:
        raise PlanError(f"{path}: expected a certificate: {error}") from error


def read_private_key(path: Path) -> PrivateKey:
    octets = path.read_bytes()
    if b"-----BEGIN" in octets:
        key = load_pem_private_key(octets, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise PlanError(f"{path}: expected a P-256 key, found {type(key).__name__}")
        return key
    text = octets.decode("ascii", errors="replace").strip()
    if not re.fullmatch(r"[0-9A-Fa-f]{64}", text):
        raise PlanError(f"{path}: expected 64 hex digits or PEM")
    return ec.derive_private_key(int(text, 16), ec.SECP256R1())


def key_store(folder: Path | None) -> KeyStore | None:
    return KeyStore(source=KeyFolder.open(folder)) if folder is not None else None
