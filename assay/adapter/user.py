"""A DCC User in one role: keys, counters, checks, and the whole path of a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from cryptography import x509

from assay.adapter import correlation
from assay.adapter.errors import CorrelationError, RemoteTransportError, SupplyCheckError
from assay.adapter.inbox import Inbox, Received
from assay.adapter.supply_check import SUPPLY_SENSITIVE, MakeCheck, SupplyCheck, bench_check
from assay.adapter.transport import HttpAnswer
from assay.clock import Clock
from assay.duis.catalogue import CATALOGUE, Mode
from assay.duis.errors import RemoteDuisError, SignatureMissingError
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, SignedPreCommand, build_request
from assay.duis.responses import (
    Acknowledgement,
    PreCommand,
    Response,
    parse_response,
    verified_response,
)
from assay.duis.signature import FindCertificate, sign_canonical, verify
from assay.duis.values import Content
from assay.gbcs import protection
from assay.gbcs.envelope import Message, parse
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyStore, PrivateKey

Post = Callable[[str, bytes], HttpAnswer]
PostOnLoop = Callable[[str, bytes], Awaitable[HttpAnswer]]
Tap = Callable[[str, str, bytes], None]
"""Called with kind ("duis-request", "duis-response", "gbcs"), a title and the octets."""
Correlate = Callable[[Request, Message], tuple[str, ...]]

_SERVICE_OF_VARIANT: Mapping[int, str] = {
    1: "send",
    2: "non-device",
    3: "send",
    4: "transform",
    5: "send",
    6: "non-device",
    7: "send",
    8: "non-device",
}
"""Command variant -> web service (duis.md 5.1)."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A document that is to be posted next, and to which of the DCC's services."""

    service: str
    document: bytes


T = TypeVar("T")
Conversation: TypeAlias = Generator[Posting, HttpAnswer, T]
"""What the user does between its postings; whoever drives it posts them, blocking or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserIdentity:
    """Who the user is: EUI-64 and role, the key that signs commands, the key that signs XML."""

    eui: Eui64
    role: str
    signing_key: PrivateKey
    xml_key: PrivateKey
    xml_certificate: x509.Certificate


@dataclass(slots=True)
class OriginatorCounter:
    """One strictly rising counter for all devices of an organisation (gbcs.md 9.2)."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last

    def next_top_up(self) -> int:
        """For a top-up code: the high half goes up, the low half is zero (gbcs.md 8)."""
        self.last = (self.last >> 32) + 1 << 32
        return self.last


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and what became of it. `acknowledgement` is the last synchronous answer."""

    request: Request
    at: datetime
    supply_check: SupplyCheck | None = None
    pre_command: Message | None = None
    command: Message | None = None
    acknowledgement: Response | None = None

    @property
    def request_id(self) -> RequestId:
        return self.request.request_id

    @property
    def code(self) -> str:
        """The response code of the last synchronous answer, "" before one."""
        return self.acknowledgement.response_code if self.acknowledgement is not None else ""


@dataclass(slots=True, kw_only=True)
class DccUser:
    """`post` reaches the DCC's services; `find_certificate` knows the DCC's XML signers.

    `post_on_loop` does the same without blocking, for `hold` and `response`: many users can share
    one loop, and no message of theirs changes threads.
    `correlate` and `make_supply_check` are the user's own processes: a rogue replaces them.
    """

    identity: UserIdentity
    clock: Clock
    post: Post
    keys: KeyStore
    find_certificate: FindCertificate
    broker: Eui64
    post_on_loop: PostOnLoop | None = None
    counter: OriginatorCounter = field(default_factory=OriginatorCounter)
    correlate: Correlate = correlation.correlate
    make_supply_check: MakeCheck = bench_check
    taps: list[Tap] = field(default_factory=list)
    supply_checks: list[SupplyCheck] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    inbox: Inbox = field(init=False)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.clock.now, self.keys, self.find_certificate)

    def request(
        self,
        srv: str,
        target: Eui64 | None = None,
        body: Content | None = None,
        *,
        command_variant: int | None = None,
        counter: int | None = None,
        signed_variant: int | None = 5,
    ) -> Exchange:
        """Send one Service Request; a critical one is transformed, correlated, signed, sent.

        `signed_variant` is the command variant of the Signed Pre-Command: 5, 6 or 7; None ends
        with the Pre-Command, read and not compared. The answer's response code is in
        `Exchange.code`, errors included: whether a refusal is right is the caller's business.

        Raises:
            SupplyCheckError: the check says no; nothing was sent.
            CorrelationError: the Pre-Command differs; nothing was signed.
            RemoteTransportError: no DUIS answer came back.
        """
        return self._drive(
            self.conversation(
                srv,
                target,
                body,
                command_variant=command_variant,
                counter=counter,
                signed_variant=signed_variant,
            )
        )

    async def hold(self, conversation: Conversation[T]) -> T:
        """Drive a conversation on the loop's thread; it raises what `request` does."""
        if self.post_on_loop is None:
            raise ValueError("this user was given no way to post on a loop")
        try:
            posting = next(conversation)
            while True:
                answer = await self.post_on_loop(posting.service, posting.document)
                posting = conversation.send(answer)
        except StopIteration as end:
            result: T = end.value
            return result

    def _drive(self, conversation: Conversation[T]) -> T:
        try:
            posting = next(conversation)
            while True:
                posting = conversation.send(self.post(posting.service, posting.document))
        except StopIteration as end:
            result: T = end.value
            return result

    def conversation(
        self,
        srv: str,
        target: Eui64 | None = None,
        body: Content | None = None,
        *,
        command_variant: int | None = None,
        counter: int | None = None,
        signed_variant: int | None = 5,
    ) -> Conversation[Exchange]:
        """The whole path of a request, as `request` describes it, step by step."""
        row = CATALOGUE[srv]
        variant = command_variant or (8 if Mode.DCC_ONLY in row.modes else 4 if row.critical else 1)
        request = Request(
            request_id=RequestId(
                self.identity.eui,
                target if target is not None else self.broker,
                counter if counter is not None else self.counter.next(),
            ),
            command_variant=variant,
            srv=srv,
            body=body if body is not None else {},
        )
        exchange = Exchange(request=request, at=self.clock.now())
        self.exchanges.append(exchange)
        exchange.supply_check = self._check_supply(request)
        exchange.acknowledgement = yield from self._send(request)
        if isinstance(exchange.acknowledgement.body, PreCommand):
            pre_command = self._read_pre_command(exchange, exchange.acknowledgement.body)
            if signed_variant is not None:
                yield from self._sign_and_send(exchange, pre_command, signed_variant)
        return exchange

    def _check_supply(self, request: Request) -> SupplyCheck | None:
        if request.srv not in SUPPLY_SENSITIVE:
            return None
        target = request.request_id.target
        may_proceed, finding = self.make_supply_check(request.srv, target)
        check = SupplyCheck(
            srv=request.srv,
            target=target,
            at=self.clock.now(),
            may_proceed=may_proceed,
            finding=finding,
        )
        self.supply_checks.append(check)
        if not may_proceed:
            raise SupplyCheckError(f"{request.srv} to {target}: {finding}")
        return check

    def _read_pre_command(self, exchange: Exchange, body: PreCommand) -> Message:
        try:
            pre_command = parse(body.gbcs_payload)
        except RemoteGbcsError as error:
            raise CorrelationError(exchange.request.srv, (str(error),)) from error
        exchange.pre_command = pre_command
        self._tap("gbcs", f"Pre-Command for {exchange.request.srv}", body.gbcs_payload)
        return pre_command

    def _sign_and_send(
        self, exchange: Exchange, pre_command: Message, command_variant: int
    ) -> Conversation[None]:
        differences = self.correlate(exchange.request, pre_command)
        if differences:
            raise CorrelationError(exchange.request.srv, differences)
        # Some senders end a Pre-Command with an empty signature field: signed all the same.
        signed = protection.sign(pre_command, self.identity.signing_key)
        yield from self._send_signed(exchange, signed, command_variant)

    def _send_signed(
        self, exchange: Exchange, signed: Message, command_variant: int
    ) -> Conversation[None]:
        exchange.command = signed
        request = Request(
            request_id=exchange.request_id,
            command_variant=command_variant,
            srv=exchange.request.srv,
            body=SignedPreCommand(gbcs_payload=signed.to_octets()),
        )
        self._tap("gbcs", f"signed command for {request.srv}", signed.to_octets())
        exchange.acknowledgement = yield from self._send(request)

    def _send(self, request: Request) -> Conversation[Response]:
        document = sign_canonical(
            build_request(request), self.identity.xml_key, self.identity.xml_certificate
        )
        title = f"{request.srv} CV{request.command_variant} {request.request_id}"
        self._tap("duis-request", title, document)
        answer = yield Posting(_SERVICE_OF_VARIANT[request.command_variant], document)
        if answer.status != 200:
            raise RemoteTransportError(
                f"{title}: expected HTTP 200, the DCC answered {answer.status}"
            )
        response = self._read_answer(answer.body)
        self._tap("duis-response", f"{title}: {response.response_code}", answer.body)
        return response

    def _read_answer(self, body: bytes) -> Response:
        """Error acknowledgements may come unsigned (duis.md 2); nothing else may."""
        try:
            return verified_response(verify(body, self.find_certificate))
        except SignatureMissingError as missing:
            response = parse_response(body)
            if isinstance(response.body, Acknowledgement) and response.response_code[:1] == "E":
                return response
            raise RemoteTransportError(f"unsigned answer {response.response_code}") from missing
        except RemoteDuisError as error:
            raise RemoteTransportError(f"no DUIS answer: {error}") from error

    def _tap(self, kind: str, title: str, octets: bytes) -> None:
        for tap in self.taps:
            tap(kind, title, octets)

    def wait_for_response(
        self, exchange: Exchange, timeout: timedelta = timedelta(seconds=60)
    ) -> Received | None:
        """The device's response to an exchange; None where the deadline passes without one."""
        self.clock.wait_until(
            lambda: self.inbox.response_to(exchange.request_id) is not None, timeout
        )
        return self.inbox.response_to(exchange.request_id)

    async def response(
        self, exchange: Exchange, timeout: timedelta = timedelta(seconds=60)
    ) -> Received | None:
        """`wait_for_response` on the loop's thread."""
        await self.clock.until(
            lambda: self.inbox.response_to(exchange.request_id) is not None, timeout
        )
        return self.inbox.response_to(exchange.request_id)

    def wait_for(
        self, wanted: Callable[[Received], bool], timeout: timedelta, *, since: int = 0
    ) -> Received | None:
        """The first document from index `since` that is wanted, within the timeout."""

        def found() -> Received | None:
            return next((r for r in self.inbox.received[since:] if wanted(r)), None)

        self.clock.wait_until(lambda: found() is not None, timeout)
        return found()
