"""The IKI: RSA certificates of the people and systems that use the SMKI's services.

A certificate is good for exactly one service (Appendix M G), so what it was issued for is
kept here and looked up again when it comes in. RSA keys take a noticeable fraction of a
second each: nothing is made before it is asked for, and each once.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from assay.dcc.pki.tls import TlsAuthority, TlsFiles

CIPHERS = (
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-SHA384"
    ":ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256"
)
"""The four suites of Appendix M G."""

RSA_BITS = 2048


class IkiService(StrEnum):
    """What an IKI certificate is issued for."""

    PORTAL = "portal"
    AD_HOC_DEVICE_CSR = "ad hoc device CSR"
    BATCHED_DEVICE_CSR = "batched device CSR"
    FILE_SIGNING = "file signing"


@dataclass(frozen=True, slots=True, kw_only=True)
class IkiHolder:
    """Whose certificate it is (the name of a Subscriber), and for which service."""

    service: IkiService
    trading_name: str
    system_name: str


class Iki:
    """Issues to people and systems, knows them again, and revokes them."""

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime] | None = None, is_kept: bool = False
    ) -> None:
        self._authority = TlsAuthority(
            "IKI",
            folder,
            lambda: rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS),
            now or (lambda: datetime.now(UTC)),
            is_kept,
        )
        self._holders: dict[int, IkiHolder] = {}
        self._certificates: dict[int, x509.Certificate] = {}
        self._files: dict[tuple[IkiHolder, int], TlsFiles] = {}
        self._revoked: set[int] = set()
        self._server: TlsFiles | None = None

    @property
    def root_file(self) -> Path:
        return self._authority.root_file

    def enrol(
        self, service: IkiService, *, trading_name: str, role: int, system_name: str
    ) -> TlsFiles:
        """A certificate with O = trading name, OU = role code, CN = unique system name."""
        holder = IkiHolder(service=service, trading_name=trading_name, system_name=system_name)
        if (holder, role) not in self._files:
            files = self._authority.client(
                f"{service}-{trading_name}-{role:02X}-{system_name}",
                common_name=system_name,
                organisation=trading_name,
                unit=f"{role:02X}",
            )
            certificate = files.load()
            self._holders[certificate.serial_number] = holder
            self._certificates[certificate.serial_number] = certificate
            self._files[holder, role] = files
        return self._files[holder, role]

    def holder_of(self, certificate: x509.Certificate) -> IkiHolder | None:
        """Who showed this certificate; None if it is unknown or revoked."""
        serial = certificate.serial_number
        return None if serial in self._revoked else self._holders.get(serial)

    def certificate(self, serial: int) -> x509.Certificate | None:
        """Whatever its state; None where this IKI has issued none of that number."""
        return self._certificates.get(serial)

    def revoke(self, files: TlsFiles) -> None:
        self._revoked.add(files.load().serial_number)

    def server_ssl_context(self) -> ssl.SSLContext:
        """For the SMKI's services. The repository needs no client certificate: it is optional.

        Where one is needed and missing, the service refuses; where one is shown that is
        not of this IKI or has expired, TLS refuses.
        """
        if self._server is None:
            self._server = self._authority.server("SMKI Services")
        return self._authority.server_context(self._server, client_required=False, ciphers=CIPHERS)

    def client_ssl_context(self, files: TlsFiles | None) -> ssl.SSLContext:
        return self._authority.client_context(files, ciphers=CIPHERS)
