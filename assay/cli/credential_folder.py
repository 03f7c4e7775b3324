"""Certificates that a served DCC is to believe, and keys that it is to use: a folder of files.

`NAME.pem` is a certificate; `NAME.key` beside it is its private key, in PEM, in DER (PKCS#8) or
as 64 hex digits. That is how the public signing tool for the emulator carries its test keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from assay.cli.key_folder import read_private_key
from assay.dcc.pki.bench_keys import Credential
from assay.gbcs.certificates import CertificateUsage, CertificateView, RemoteCertificateError
from assay.gbcs.keys import KeyUsage, PrivateKey
from assay.verdicts import PlanError

_USAGES = {
    CertificateUsage.DIGITAL_SIGNATURE: KeyUsage.DIGITAL_SIGNATURE,
    CertificateUsage.KEY_AGREEMENT: KeyUsage.KEY_AGREEMENT,
}
_BLOCK = b"BEGIN CERTIFICATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """`certificates` are those without a key."""

    credentials: tuple[Credential, ...] = ()
    certificates: tuple[CertificateView, ...] = ()


def read_credentials(folder: Path | None) -> Believed:
    """Oldest first. PlanError names the file that is not what it should be."""
    if folder is None:
        return Believed()
    if not folder.is_dir():
        raise PlanError(f"--credentials {folder}: expected a folder of .pem files, seen none")
    found = [(path, path.read_bytes()) for path in sorted(folder.glob("*.pem"))]
    views = [(path, _view(path, octets)) for path, octets in found if _BLOCK in octets]
    if not views:
        raise PlanError(f"--credentials {folder}: expected certificates, seen none")
    views.sort(key=lambda entry: entry[1].not_before)
    credentials, certificates = [], []
    for path, view in views:
        key, usage = path.with_suffix(".key"), _USAGES.get(view.usage) if view.usage else None
        if key.exists() and usage is not None and view.eui is not None:
            credentials.append(
                Credential(private_key=_key(key, view), certificate=view, usage=usage)
            )
        else:
            certificates.append(view)
    return Believed(credentials=tuple(credentials), certificates=tuple(certificates))


def _view(path: Path, octets: bytes) -> CertificateView:
    try:
        return CertificateView.from_pem(octets)
    except RemoteCertificateError as error:
        raise PlanError(f"{path}: expected a certificate of the SMKI, seen: {error}") from error


def _key(path: Path, view: CertificateView) -> PrivateKey:
    octets = path.read_bytes()
    key = _der_key(path, octets) if octets[:1] == b"\x30" else read_private_key(path)
    if key.public_key().public_numbers() != view.public_key.public_numbers():
        raise PlanError(
            f"{path}: expected the key of {path.with_suffix('.pem').name}, seen another"
        )
    return key


def _der_key(path: Path, octets: bytes) -> PrivateKey:
    try:
        key = load_der_private_key(octets, password=None)
    except ValueError as error:
        raise PlanError(f"{path}: expected a private key: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise PlanError(f"{path}: expected a P-256 key, seen {type(key).__name__}")
    return key
