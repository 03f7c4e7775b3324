"""TLS of the bench: both sides show a certificate of the DCCKI, or nothing passes."""

from __future__ import annotations

import http.client
import os
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509

from assay.clock import LoopThread
from assay.dcc.pki.dccki import Dccki, RemoteTlsIdentityError, party_of
from assay.dcc.pki.tls import client_certificate
from tests.dcc.pki.parties import SUPPLIER, SUPPLIER_EUI


@pytest.fixture(scope="module")
def dccki(tmp_path_factory: pytest.TempPathFactory) -> Dccki:
    return Dccki(tmp_path_factory.mktemp("dccki"))


@contextmanager
def serve(loop: LoopThread, context: ssl.SSLContext) -> Iterator[int]:
    """A server that says who its client is."""

    async def who(request: web.Request) -> web.Response:
        certificate = client_certificate(request)
        return web.Response(text="nobody" if certificate is None else str(party_of(certificate)))

    app = web.Application()
    app.router.add_get("/", who)
    runner = web.AppRunner(app)
    loop(runner.setup())
    loop(web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start())
    try:
        yield int(runner.addresses[0][1])
    finally:
        loop(runner.cleanup())


@pytest.fixture
def port(dccki: Dccki, loop: LoopThread) -> Iterator[int]:
    with serve(loop, dccki.server_ssl_context()) as port:
        yield port


def ask(port: int, context: ssl.SSLContext, host: str = "127.0.0.1") -> str:
    connection = http.client.HTTPSConnection(host, port, context=context, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_a_handler_sees_the_eui_of_its_client(dccki: Dccki, port: int) -> None:
    assert ask(port, dccki.client_ssl_context(SUPPLIER_EUI, SUPPLIER)) == str(SUPPLIER_EUI)


def test_a_client_without_a_certificate_is_refused(dccki: Dccki, port: int) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(port, dccki.anonymous_ssl_context())


def test_a_client_of_another_dccki_is_refused(dccki: Dccki, port: int, tmp_path: Path) -> None:
    stranger = Dccki(tmp_path)
    files = stranger.user(SUPPLIER_EUI, SUPPLIER)
    context = dccki.anonymous_ssl_context()
    context.load_cert_chain(files.certificate, files.key)
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(port, context)


def test_an_expired_client_is_refused(loop: LoopThread, tmp_path: Path) -> None:
    today, long_ago = datetime.now(UTC), datetime(2020, 1, 1, tzinfo=UTC)
    wall = [today]
    dccki = Dccki(tmp_path, now=lambda: wall[0])
    server = dccki.server_ssl_context()
    current = dccki.client_ssl_context(SUPPLIER_EUI, "current")
    wall[0] = long_ago
    expired = dccki.client_ssl_context(SUPPLIER_EUI, "expired")
    with serve(loop, server) as port:
        assert ask(port, current) == str(SUPPLIER_EUI)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            ask(port, expired)


def test_a_client_refuses_a_server_of_another_dccki(port: int, tmp_path: Path) -> None:
    context = Dccki(tmp_path).client_ssl_context(SUPPLIER_EUI, SUPPLIER)
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(port, context)


def test_a_users_certificate_cannot_pose_as_a_server(dccki: Dccki, loop: LoopThread) -> None:
    files = dccki.user(SUPPLIER_EUI, SUPPLIER)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    with serve(loop, context) as port, pytest.raises(ssl.SSLCertVerificationError):
        ask(port, dccki.client_ssl_context(SUPPLIER_EUI, SUPPLIER))


def test_certificates_are_made_once(dccki: Dccki) -> None:
    assert dccki.user(SUPPLIER_EUI, SUPPLIER) == dccki.user(SUPPLIER_EUI, SUPPLIER)
    one = dccki.server().certificate.read_bytes()
    assert dccki.server().certificate.read_bytes() == one


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_new_start_in_the_same_folder_replaces_the_trust_anchor(tmp_path: Path) -> None:
    earlier = Dccki(tmp_path).root_file.read_bytes()
    dccki = Dccki(tmp_path)
    assert x509.load_pem_x509_certificate(dccki.root_file.read_bytes()) == dccki.root
    assert dccki.root_file.read_bytes() != earlier


def test_private_keys_are_readable_by_their_owner_only(dccki: Dccki) -> None:
    mode = stat.S_IMODE(dccki.user(SUPPLIER_EUI, SUPPLIER).key.stat().st_mode)
    assert mode == 0o600


def test_strict_verification_finds_nothing_wrong(dccki: Dccki, port: int) -> None:
    # Python 3.13 checks like this by default.
    context = dccki.client_ssl_context(SUPPLIER_EUI, SUPPLIER)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    assert ask(port, context) == str(SUPPLIER_EUI)


def test_a_certificate_that_names_no_party_is_refused(dccki: Dccki) -> None:
    certificate = x509.load_pem_x509_certificate(dccki.server().certificate.read_bytes())
    with pytest.raises(RemoteTlsIdentityError, match="DCC Gateway"):
        party_of(certificate)
