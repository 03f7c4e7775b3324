"""Signed files of the out-of-band channel: a file, and its signature beside it.

The signature is RSA PKCS#1 v1.5 with SHA-256 under an IKI certificate that was issued for file
signing (duis.md 11: thresholds come as files signed so); its form is our own::

    serial: 1234567890
    signature: base64 of the octets

The file's name is part of what is signed, so that no file passes for another.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from assay.dcc.pki.iki import Iki, IkiService
from assay.gbcs.identifiers import Eui64

SUFFIX = ".sig"
MAX_SIGNATURE_SIZE = 4096
_FIELDS = ("serial", "signature")


class RemoteFileSignatureError(Exception):
    """A file whose signature is missing, wrong, or made by nobody who may sign files."""


def sign_file(
    name: str, octets: bytes, key: rsa.RSAPrivateKey, certificate: x509.Certificate
) -> bytes:
    """What belongs into the file of the same name with `.sig`."""
    signature = key.sign(_signed(name, octets), padding.PKCS1v15(), hashes.SHA256())
    text = f"serial: {certificate.serial_number}\nsignature: {b64encode(signature).decode()}\n"
    return text.encode("ascii")


@dataclass(frozen=True, slots=True)
class FileSigners:
    """Those whom the IKI has enrolled for file signing: the system name is the User's EUI-64."""

    iki: Iki

    def verify(self, name: str, octets: bytes, signature: bytes) -> Eui64:
        """Whose file it is; RemoteFileSignatureError where it is nobody's."""
        serial, value = _parse(name, signature)
        certificate = self.iki.certificate(serial)
        holder = self.iki.holder_of(certificate) if certificate is not None else None
        if certificate is None or holder is None:
            raise RemoteFileSignatureError(
                f"{name}: expected a certificate of the IKI in force, seen serial {serial}"
            )
        if holder.service is not IkiService.FILE_SIGNING:
            raise RemoteFileSignatureError(
                f"{name}: expected a certificate for {IkiService.FILE_SIGNING}, "
                f"seen one for {holder.service}"
            )
        _check_dates(name, certificate)
        key = certificate.public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            raise RemoteFileSignatureError(f"{name}: expected an RSA key, seen another")
        try:
            key.verify(value, _signed(name, octets), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise RemoteFileSignatureError(
                f"{name}: the signature is not that of this file"
            ) from None
        try:
            return Eui64.from_text(holder.system_name)
        except ValueError as error:
            raise RemoteFileSignatureError(f"{name}: system name of the signer: {error}") from error


def _check_dates(name: str, certificate: x509.Certificate) -> None:
    """On wall time, as all of the IKI is."""
    now = datetime.now(UTC)
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= now <= last:
        raise RemoteFileSignatureError(
            f"{name}: expected a certificate in force, seen one from {first} to {last}"
        )


def _signed(name: str, octets: bytes) -> bytes:
    return name.encode() + b"\n" + octets


def _parse(name: str, signature: bytes) -> tuple[int, bytes]:
    if len(signature) > MAX_SIGNATURE_SIZE:
        raise RemoteFileSignatureError(
            f"{name}: expected a signature of at most {MAX_SIGNATURE_SIZE} octets, "
            f"seen {len(signature)}"
        )
    try:
        lines = signature.decode("ascii").splitlines()
        fields = dict(line.split(": ", 1) for line in lines)
        if tuple(fields) != _FIELDS or len(lines) != len(_FIELDS):
            raise ValueError(f"fields {', '.join(fields)}")
        return int(fields["serial"]), b64decode(fields["signature"], validate=True)
    except (ValueError, binascii.Error) as error:
        raise RemoteFileSignatureError(
            f"{name}: expected a signature file with serial and signature, seen {error}"
        ) from None
