"""Revocation lists: of organisation certificates (CRL) and of authorities (ARL).

Devices never fetch them; the DSP and the repository's users do. The period of the lists
is not in the public texts, so the profile sets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from assay.gbcs.certificates import CertificateReference, Signer


class RevocationReason(StrEnum):
    """The reasons a subscriber or the DCC gives; RFC 5280 has the words, SEC texts do not."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "keyCompromise"
    AFFILIATION_CHANGED = "affiliationChanged"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessationOfOperation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    reference: CertificateReference
    at: datetime
    reason: RevocationReason


def build_revocation_list(
    revocations: Iterable[Revocation],
    *,
    signer: Signer,
    number: int,
    now: datetime,
    lifetime: timedelta,
) -> bytes:
    """DER of the list, signed by the issuer of the certificates on it."""
    issuer = signer.certificate
    identifier = issuer.key_identifier
    if identifier is None:
        raise ValueError(f"{issuer.subject} has no key identifier")
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.to_cryptography().subject)
        .last_update(now.replace(microsecond=0))
        .next_update((now + lifetime).replace(microsecond=0))
        .add_extension(x509.AuthorityKeyIdentifier(identifier, None, None), critical=False)
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for revocation in revocations:
        if revocation.reference.issuer != issuer.subject:
            raise ValueError(f"{revocation.reference} is not of {issuer.subject}")
        builder = builder.add_revoked_certificate(_entry(revocation))
    signed = builder.sign(signer.private_key, hashes.SHA256(), ecdsa_deterministic=True)
    return signed.public_bytes(Encoding.DER)


def _entry(revocation: Revocation) -> x509.RevokedCertificate:
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(revocation.reference.serial)
        .revocation_date(revocation.at.replace(microsecond=0))
    )
    if revocation.reason is not RevocationReason.UNSPECIFIED:  # RFC 5280 5.3.1: then leave it out
        reason = x509.CRLReason(x509.ReasonFlags(revocation.reason.value))
        entry = entry.add_extension(reason, critical=False)
    return entry.build()
