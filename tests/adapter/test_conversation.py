"""The user has two faces, blocking and on a loop: one conversation, driven either way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assay.adapter.errors import RemoteTransportError, SupplyCheckError
from assay.adapter.transport import HttpAnswer
from assay.adapter.user import DccUser, UserIdentity
from assay.clock import LoopThread, SimulatedClock
from assay.duis import (
    Acknowledgement,
    Response,
    ServiceResponse,
    build_response,
    parse_request,
    remove_signature,
    sign_canonical,
)
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyStore

START = datetime(2026, 1, 1, tzinfo=UTC)
USER, METER, BROKER = (Eui64(bytes(7) + bytes((number,))) for number in (1, 2, 3))


@dataclass
class AcknowledgingDcc:
    """Signs I99 for whatever it is sent; `status` other than 200 comes without a document."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    status: int = 200
    seen: list[tuple[str, bytes]] = field(default_factory=list)

    def post(self, service: str, document: bytes) -> HttpAnswer:
        content = remove_signature(document)
        self.seen.append((service, content))
        if self.status != 200:
            return HttpAnswer(status=self.status, body=b"")
        request = parse_request(content)
        answer = Response(
            response_code="I99",
            response_date_time=START,
            body=Acknowledgement(srv=request.srv),
            request_id=request.request_id,
        )
        return HttpAnswer(status=200, body=self._signed(answer))

    async def post_on_loop(self, service: str, document: bytes) -> HttpAnswer:
        return self.post(service, document)

    def response_to(self, user: DccUser) -> bytes:
        """The device's answer to the user's last request, whose octets no user can read."""
        request_id = user.exchanges[-1].request_id
        answer = Response(
            response_code="I0",
            response_date_time=START,
            body=ServiceResponse(srv="4.1.1", gbcs_payload=b"\x00"),
            request_id=request_id,
            response_id=request_id.answered(),
        )
        return self._signed(answer)

    def _signed(self, answer: Response) -> bytes:
        return sign_canonical(build_response(answer), self.key, self.certificate)


@pytest.fixture(scope="module")
def signer() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Z1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(START + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return key, certificate


@pytest.fixture
def dcc(signer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate]) -> AcknowledgingDcc:
    return AcknowledgingDcc(*signer)


@pytest.fixture
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread()
    yield thread
    thread.close()


def a_user(dcc: AcknowledgingDcc, clock: SimulatedClock | None = None) -> DccUser:
    return DccUser(
        identity=UserIdentity(
            eui=USER,
            role="IS",
            signing_key=dcc.key,
            xml_key=dcc.key,
            xml_certificate=dcc.certificate,
        ),
        clock=clock if clock is not None else SimulatedClock(START),
        post=dcc.post,
        post_on_loop=dcc.post_on_loop,
        keys=KeyStore(),
        find_certificate=lambda _issuer, _serial: dcc.certificate,
        broker=BROKER,
    )


def test_both_faces_post_the_same_documents(dcc: AcknowledgingDcc, loop_thread: LoopThread) -> None:
    blocking, on_loop = a_user(dcc), a_user(dcc)
    first = blocking.request("4.1.1", METER)
    second = loop_thread(on_loop.hold(on_loop.conversation("4.1.1", METER)))
    assert (first.code, second.code) == ("I99", "I99")
    assert first.request == second.request
    assert dcc.seen[0] == dcc.seen[1]
    assert [service for service, _ in dcc.seen] == ["send", "send"]


def test_both_faces_refuse_an_answer_that_is_none(
    dcc: AcknowledgingDcc, loop_thread: LoopThread
) -> None:
    dcc.status = 503
    user = a_user(dcc)
    with pytest.raises(RemoteTransportError, match="answered 503"):
        user.request("4.1.1", METER)
    with pytest.raises(RemoteTransportError, match="answered 503"):
        loop_thread(user.hold(user.conversation("4.1.1", METER)))


def test_both_faces_send_nothing_where_the_supply_check_says_no(
    dcc: AcknowledgingDcc, loop_thread: LoopThread
) -> None:
    user = a_user(dcc)
    user.make_supply_check = lambda _srv, _target: (False, "a lift is on this supply")
    with pytest.raises(SupplyCheckError, match="a lift"):
        user.request("7.2", METER)
    with pytest.raises(SupplyCheckError, match="a lift"):
        loop_thread(user.hold(user.conversation("7.2", METER)))
    assert not dcc.seen
    assert len(user.supply_checks) == 2


def test_a_user_without_a_way_to_post_on_a_loop_says_so(
    dcc: AcknowledgingDcc, loop_thread: LoopThread
) -> None:
    user = a_user(dcc)
    user.post_on_loop = None
    with pytest.raises(ValueError, match="no way to post on a loop"):
        loop_thread(user.hold(user.conversation("4.1.1", METER)))
    assert not dcc.seen


def test_a_response_is_waited_for_on_the_bench_clock(
    dcc: AcknowledgingDcc, loop_thread: LoopThread
) -> None:
    clock = SimulatedClock(START, run=loop_thread.run)
    user = a_user(dcc, clock)

    def deliver() -> None:
        assert user.inbox.take(dcc.response_to(user))

    clock.call_later(timedelta(seconds=7), deliver)
    exchange = user.request("4.1.1", METER)
    received = loop_thread(user.response(exchange))
    assert received is not None
    assert received.response.request_id == exchange.request_id
    assert received.at == clock.now() == START + timedelta(seconds=7)
    assert user.wait_for_response(exchange) is received


def test_a_response_that_never_comes_is_none(
    dcc: AcknowledgingDcc, loop_thread: LoopThread
) -> None:
    clock = SimulatedClock(START, run=loop_thread.run)
    user = a_user(dcc, clock)
    exchange = user.request("4.1.1", METER)
    assert loop_thread(user.response(exchange, timedelta(seconds=9))) is None
    assert clock.now() == START + timedelta(seconds=9)
