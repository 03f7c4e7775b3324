"""The minimal DCCKI: TLS between Users and the DCC.

The DCCKI profiles are not public. P-256 keys, and the User's EUI-64 as common name of its
certificate, are our choice (inferred); the gateway needs some name to hold a message
against, and EC keys cost a bench nothing at its start.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assay.dcc.pki.tls import TlsAuthority, TlsFiles
from assay.gbcs.identifiers import Eui64


class RemoteTlsIdentityError(Exception):
    """A client certificate that names no party."""


class Dccki:
    """Root, issuing authority, servers and Users of one bench, as PEM files in `folder`."""

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime] | None = None, is_kept: bool = False
    ) -> None:
        self._authority = TlsAuthority(
            "DCCKI",
            folder,
            lambda: ec.generate_private_key(ec.SECP256R1()),
            now or (lambda: datetime.now(UTC)),
            is_kept,
        )
        self._servers: dict[str, TlsFiles] = {}
        self._users: dict[tuple[Eui64, str], TlsFiles] = {}

    @property
    def root(self) -> x509.Certificate:
        return self._authority.root

    @property
    def root_file(self) -> Path:
        return self._authority.root_file

    def server(self, name: str = "DCC Gateway") -> TlsFiles:
        """For 127.0.0.1 and localhost; made once per name."""
        if name not in self._servers:
            self._servers[name] = self._authority.server(name)
        return self._servers[name]

    def user(self, eui: Eui64, name: str) -> TlsFiles:
        """A User's client certificate; made once per EUI-64 and name.

        Its Receive Response service needs a server certificate besides: see `server`.
        """
        if (eui, name) not in self._users:
            self._users[eui, name] = self._authority.client(
                f"user-{eui.hyphenated}-{name}", common_name=eui.hyphenated, organisation=name
            )
        return self._users[eui, name]

    def server_ssl_context(self, name: str = "DCC Gateway") -> ssl.SSLContext:
        """A server that requires a client certificate of this DCCKI."""
        return self._authority.server_context(self.server(name), client_required=True)

    def client_ssl_context(self, eui: Eui64, name: str) -> ssl.SSLContext:
        """A client that shows the certificate of this party."""
        return self._authority.client_context(self.user(eui, name))

    def anonymous_ssl_context(self) -> ssl.SSLContext:
        """A client without a certificate; servers of this DCCKI refuse it."""
        return self._authority.client_context(None)


@lru_cache(maxsize=1024)
def party_of(certificate: x509.Certificate) -> Eui64:
    """The EUI-64 in the common name; RemoteTlsIdentityError if there is none.

    Kept, as each request asks it of the same few certificates, whose names never change.
    """
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if len(names) != 1:
        raise RemoteTlsIdentityError(f"expected one common name, got {len(names)}")
    try:
        return Eui64.from_text(str(names[0].value))
    except ValueError as error:
        raise RemoteTlsIdentityError(f"common name of the client: {error}") from error
