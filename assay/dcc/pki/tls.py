"""Certificates for TLS, on wall time: a root, an issuing authority, servers and clients.

Sockets and their certificates follow wall time whatever the bench's clock says, and
Python's TLS reads keys from files, so this module writes a folder of PEM files. An authority that
is kept takes up what it finds there: clients of a server that comes back need nothing new.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_LIFETIME = timedelta(days=730)  # longer than any campaign, short of the limits of TLS libraries
_RENEWED = timedelta(days=30)  # before the end, what is kept is made anew
_BACKDATED = timedelta(days=1)  # a client's clock may run behind ours
_FILE_NAME = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """PEM files: the certificate with its issuing authority, and the private key."""

    certificate: Path
    key: Path

    def load(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.certificate.read_bytes())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Authority:
    certificate: x509.Certificate
    private_key: PrivateKey


@dataclass(slots=True)
class TlsAuthority:
    """A root and an issuing authority. Keys are made by `new_key` when first needed; with
    `is_kept`, those of the authority itself are written to the folder too.
    """

    name: str
    folder: Path
    new_key: Callable[[], PrivateKey]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    is_kept: bool = False
    _root: _Authority | None = field(default=None, init=False)
    _issuing: _Authority | None = field(default=None, init=False)

    @property
    def root(self) -> x509.Certificate:
        return self._authorities()[0].certificate

    @property
    def root_file(self) -> Path:
        """The trust anchor as PEM, for clients that take a file; an earlier one is replaced."""
        path = self.folder / f"{_file_name(self.name)}-root.pem"
        pem = self.root.public_bytes(Encoding.PEM)
        if not path.exists() or path.read_bytes() != pem:
            self._write(path, pem)
        return path

    def server(
        self, name: str, addresses: tuple[str, ...] = ("127.0.0.1", "localhost")
    ) -> TlsFiles:
        """A server certificate for these host names and addresses."""
        names = x509.SubjectAlternativeName([_general_name(address) for address in addresses])
        subject = _subject(common_name=name)
        return self._issue(name, subject, ExtendedKeyUsageOID.SERVER_AUTH, names)

    def client(
        self, name: str, *, common_name: str, organisation: str, unit: str | None = None
    ) -> TlsFiles:
        """A client certificate; `name` is that of its files."""
        subject = _subject(common_name=common_name, organisation=organisation, unit=unit)
        return self._issue(name, subject, ExtendedKeyUsageOID.CLIENT_AUTH, None)

    def server_context(
        self, files: TlsFiles, *, client_required: bool, ciphers: str | None = None
    ) -> ssl.SSLContext:
        """TLS 1.2 or later; client certificates of this authority, required or optional."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.verify_mode = ssl.CERT_REQUIRED if client_required else ssl.CERT_OPTIONAL
        self._set_up(context, files, ciphers)
        return context

    def client_context(
        self, files: TlsFiles | None, *, ciphers: str | None = None
    ) -> ssl.SSLContext:
        """Trusts this authority's servers only; `files` None presents no client certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._set_up(context, files, ciphers)
        return context

    def _set_up(self, context: ssl.SSLContext, files: TlsFiles | None, ciphers: str | None) -> None:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_verify_locations(cadata=self.root.public_bytes(Encoding.PEM).decode("ascii"))
        if files is not None:
            context.load_cert_chain(files.certificate, files.key)
        if ciphers is not None:
            context.maximum_version = ssl.TLSVersion.TLSv1_2  # the named suites are of TLS 1.2
            context.set_ciphers(ciphers)

    def _authorities(self) -> tuple[_Authority, _Authority]:
        if self._root is None or self._issuing is None:
            self._root, self._issuing = self._found() or self._made()
        return self._root, self._issuing

    def _found(self) -> tuple[_Authority, _Authority] | None:
        """What an earlier start has left, where it is whole and will last."""
        if not self.is_kept:
            return None
        root, issuing = (self._read_authority(name) for name in ("root", "issuing"))
        if root is None or issuing is None:
            return None
        is_ours = _is_issued_by(issuing.certificate, root.certificate)
        is_lasting = all(self._is_lasting(one.certificate) for one in (root, issuing))
        return (root, issuing) if is_ours and is_lasting else None

    def _made(self) -> tuple[_Authority, _Authority]:
        key = self.new_key()
        name = _subject(common_name=f"{self.name} Root")
        builder = self._start(name, name, key, key, path_length=1)
        root = _Authority(certificate=_sign(builder, key), private_key=key)
        issuing_key = self.new_key()
        issuing_name = _subject(common_name=f"{self.name} Issuing")
        builder = self._start(issuing_name, name, issuing_key, key, path_length=0)
        issuing = _Authority(certificate=_sign(builder, key), private_key=issuing_key)
        if self.is_kept:
            for kind, one in (("root", root), ("issuing", issuing)):
                files = self._files(kind)
                self._write(files.certificate, one.certificate.public_bytes(Encoding.PEM))
                self._write(files.key, _private_pem(one.private_key))
        return root, issuing

    def _read_authority(self, kind: str) -> _Authority | None:
        files = self._files(kind)
        try:
            key = load_pem_private_key(files.key.read_bytes(), None)
            certificate = files.load()
        except (OSError, ValueError):
            return None
        if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            return None
        is_pair = key.public_key() == certificate.public_key()
        return _Authority(certificate=certificate, private_key=key) if is_pair else None

    def _is_lasting(self, certificate: x509.Certificate) -> bool:
        now = self.now()
        return certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - _RENEWED

    def _files(self, name: str) -> TlsFiles:
        stem = _file_name(f"{self.name}-{name}")
        return TlsFiles(certificate=self.folder / f"{stem}.pem", key=self.folder / f"{stem}.key")

    def _is_good(self, files: TlsFiles, subject: x509.Name) -> bool:
        """Whether these are left from an earlier start, of this authority, and will last."""
        _, issuing = self._authorities()
        try:
            key = load_pem_private_key(files.key.read_bytes(), None)
            certificate = files.load()
        except (OSError, ValueError):
            return False
        return (
            certificate.subject == subject
            and key.public_key() == certificate.public_key()
            and _is_issued_by(certificate, issuing.certificate)
            and self._is_lasting(certificate)
        )

    def _issue(
        self,
        name: str,
        subject: x509.Name,
        purpose: ObjectIdentifier,
        names: x509.SubjectAlternativeName | None,
    ) -> TlsFiles:
        _, issuing = self._authorities()
        files = self._files(name)
        if self.is_kept and self._is_good(files, subject):
            return files
        key = self.new_key()
        builder = self._start(
            subject, issuing.certificate.subject, key, issuing.private_key, path_length=None
        )
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        if names is not None:
            builder = builder.add_extension(names, critical=False)
        chain = (_sign(builder, issuing.private_key), issuing.certificate)
        pem = b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain)
        self._write(files.certificate, pem)
        self._write(files.key, _private_pem(key))
        return files

    def _start(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: PrivateKey,
        issuer_key: PrivateKey,
        *,
        path_length: int | None,
    ) -> x509.CertificateBuilder:
        is_authority = path_length is not None
        start = self.now() - _BACKDATED
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        issuer_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(
            issuer_key.public_key()
        )
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + _LIFETIME)
            .add_extension(x509.BasicConstraints(is_authority, path_length), critical=True)
            .add_extension(_key_usage(is_authority), critical=True)
            .add_extension(identifier, critical=False)
            .add_extension(issuer_identifier, critical=False)
        )

    def _write(self, path: Path, content: bytes) -> None:
        """Readable by the owner alone, from the first moment on: there are keys among them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(content)


def client_certificate(request: web.Request) -> x509.Certificate | None:
    """The certificate that the client of this request showed in TLS, verified there."""
    transport = request.transport
    socket = None if transport is None else transport.get_extra_info("ssl_object")
    der = None if socket is None else socket.getpeercert(binary_form=True)
    return None if der is None else _read(der)


@lru_cache(maxsize=1024)
def _read(der: bytes) -> x509.Certificate:
    """Kept, as each request of a connection brings the same octets. Whether they are believed
    was decided in the handshake."""
    return x509.load_der_x509_certificate(der)


def _is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _private_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _sign(builder: x509.CertificateBuilder, key: PrivateKey) -> x509.Certificate:
    return builder.sign(key, hashes.SHA256())


def _subject(
    *, common_name: str, organisation: str | None = None, unit: str | None = None
) -> x509.Name:
    values = (
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        (NameOID.COMMON_NAME, common_name),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values if value])


def _key_usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _file_name(name: str) -> str:
    return _FILE_NAME.sub("-", name).strip("-").lower()
