"""A DCC without sockets, with premises that answer: what the tests of the DSP stand on.

The premises are a device simulator of a few lines: they check nothing and answer every
command with success, in the right envelope and with the right protection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from assay.clock import SimulatedClock
from assay.dcc.access import COMMAND_VARIANTS, WebService
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.answers import Letter
from assay.dcc.dsp.composition import Parts, compose_dsp
from assay.dcc.dsp.processor import Dsp
from assay.dcc.faults import DccFaults
from assay.dcc.inventory import Inventory
from assay.dcc.inventory.form import DEVICES
from assay.dcc.pki.bench_keys import BenchKeys, Credential
from assay.dcc.registration import SIGNING_ROLES, Registration
from assay.dcc.settings import DccSettings
from assay.dcc.store import MemoryStore, Store
from assay.duis.catalogue import CATALOGUE
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, SignedPreCommand, build_request
from assay.duis.responses import PreCommand, Response, ServiceResponse, parse_response
from assay.duis.signature import sign, verify
from assay.gbcs import catalogue, protection
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.dlms.access import ItemResult
from assay.gbcs.dlms.data import array as array_of
from assay.gbcs.dlms.data import octet_string, structure
from assay.gbcs.envelope import Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey
from assay.gbcs.messages import dlms_alert, dlms_response_payload, response
from assay.wan import InProcessWan
from tests.dcc.parties import (
    BODIES,
    BROKER,
    HUB,
    METER,
    PPMID,
    PROXY,
    START,
    SUPPLIER,
    TARGETS,
    metering_points,
    users,
)

Alter = Callable[[Message], Message]


@dataclass(slots=True)
class Premises:
    """A hub, and whatever device a command names. `is_silent`: nothing comes back."""

    wan: InProcessWan
    keys: BenchKeys
    store: KeyStore
    hub_id: Eui64 = HUB
    is_silent: bool = False
    commands: list[Message] = field(default_factory=list)
    result: int = 0
    payloads: dict[int, Callable[[Message], bytes]] = field(default_factory=dict)
    """What is answered to a message code, where the success of all items is not it."""
    images: list[tuple[tuple[bytes, ...], bytes]] = field(default_factory=list)
    """Firmware images that came, with the devices that they are for."""
    alter: Alter = lambda message: message
    """What becomes of a protected answer before it goes up."""
    alter_alert: Alter = lambda message: message
    """What becomes of an alert before it is protected."""

    def message_down(self, device_id: bytes, message: bytes) -> None:
        command = parse(message)
        assert device_id == command.recipient
        self.commands.append(command)
        if not self.is_silent:
            self.send_up(self.alter(self.answer(command)))

    def image_down(self, device_ids: Sequence[bytes], image: bytes) -> None:
        self.images.append((tuple(device_ids), image))

    def send_up(self, message: Message) -> None:
        self.wan.send_up(self.hub_id, message.to_octets())

    def answer(self, command: Message) -> Message:
        rows = catalogue.use_case(command.message_code)
        if command.message_code in self.payloads:
            payload = self.payloads[command.message_code](command)
        elif rows is not None and rows.payload == "asn1":
            payload = bytes.fromhex("3000")
        else:
            items = catalogue.dlms_command(command.message_code)
            results = tuple(ItemResult(item.op.answered_as, self.result) for item in items)
            payload = dlms_response_payload(command.counter, results)
        return self.protect(response(command, payload, at=None), critical=bool(command.signature))

    def protect(self, message: Message, *, critical: bool) -> Message:
        device = message.originator
        if critical:
            return protection.sign(message, self.keys.device(device).signing.private_key)
        secret = self.store.shared_secret(
            KeyName(device, KeyUsage.KEY_AGREEMENT),
            KeyName(message.recipient, KeyUsage.KEY_AGREEMENT),
        )
        assert secret is not None
        return protection.add_mac(message, secret)

    def device_log_changed(self, hashes: Mapping[Eui64, bytes], at: datetime, counter: int) -> None:
        """The CS14 alert of the hub."""
        devices = array_of(
            *(structure(octet_string(eui), octet_string(key)) for eui, key in hashes.items())
        )
        backup = structure(octet_string(bytes(12)), octet_string(bytes(8)), devices)
        alert = dlms_alert(
            message_code=0x0018,
            alert_code=0x8F12,
            originator=self.hub_id,
            recipient=BROKER,
            counter=counter,
            at=at,
            extras=(backup,),
        )
        self.send_up(self.alter(self.protect(self.alter_alert(alert), critical=False)))


@dataclass(slots=True, kw_only=True)
class DspBench:
    """`letters` is what was handed over for delivery, oldest first."""

    keys: BenchKeys
    settings: DccSettings = field(default_factory=DccSettings)
    store: Store = field(default_factory=MemoryStore)
    clock: SimulatedClock = field(init=False)
    wan: InProcessWan = field(init=False)
    premises: Premises = field(init=False)
    inventory: Inventory = field(init=False)
    registration: Registration = field(init=False)
    faults: DccFaults = field(default_factory=DccFaults)
    audit: Audit = field(init=False)
    letters: list[Letter] = field(default_factory=list)
    has_deliveries_on_record: bool = False
    """Letters stand in the audit trail as the delivery would write them."""
    dsp: Dsp = field(init=False)
    last_counter: int = 0

    def __post_init__(self) -> None:
        self.clock = SimulatedClock(START)
        self.wan = InProcessWan(self.clock)
        store = KeyStore()
        self.keys.fill(store, private_of=[METER, HUB, PROXY, PPMID])
        self.premises = Premises(self.wan, self.keys, store)
        self.wan.attach_hub(self.premises)
        self.registration = Registration(users(), metering_points())
        self.audit = Audit(self.clock.now)
        self.inventory = Inventory(book=self.store.book(DEVICES))
        self._compose()

    def restart(self) -> None:
        """A new DSP on the same store, as after a stop; what is in memory alone is gone."""
        self.dsp.stop()
        self._compose()
        self.dsp.resume()

    def _compose(self) -> None:
        self.dsp = compose_dsp(
            Parts(
                clock=self.clock,
                wan=self.wan,
                keys=self.keys,
                broker=BROKER,
                registration=self.registration,
                inventory=self.inventory,
                audit=self.audit,
                faults=self.faults,
                settings=self.settings,
                deliver=self._deliver,
                store=self.store,
            )
        )
        self.wan.attach_dsp(self.dsp)

    def _deliver(self, letter: Letter) -> None:
        self.letters.append(letter)
        if self.has_deliveries_on_record:
            self.store.after_commit(lambda: self._delivered(letter))

    def _delivered(self, letter: Letter) -> None:
        self.audit.record(
            Direction.TO_USER,
            letter.kind,
            party=letter.user,
            message_id=letter.message_id,
            code=letter.code,
            note="delivered",
            octets=letter.document,
        )

    def request(
        self,
        srv: str,
        *,
        user: Eui64 = SUPPLIER,
        target: Eui64 | None = None,
        body: Mapping[str, Any] | SignedPreCommand | None = None,
        command_variant: int | None = None,
        counter: int | None = None,
        **header: Any,
    ) -> Request:
        """A right request unless told otherwise, under the next counter."""
        row = CATALOGUE[srv]
        self.last_counter += 1
        return Request(
            request_id=RequestId(
                user,
                target if target is not None else TARGETS.get(srv, METER),
                counter if counter is not None else self.last_counter,
            ),
            command_variant=command_variant or row.command_variants[0],
            srv=srv,
            body=body if body is not None else BODIES[srv],
            **header,
        )

    def signed(self, request: Request, signer: Credential | None = None) -> bytes:
        """The document, signed with the originator's XML key or another."""
        if signer is None:
            signer = self.keys.credential(
                request.request_id.originator, RemotePartyRole.XML_SIGNING
            )
        certificate = signer.certificate.to_cryptography()
        return sign(build_request(request), signer.private_key, certificate)

    def post(self, document: bytes, service: WebService, caller: Eui64 | None = None) -> Response:
        """What the DSP answers, its signature verified."""
        answer = self.dsp.handle(service, document, caller)
        return parse_response(verify(answer, self.keys.find_x509).content)

    def send(
        self, request: Request, *, service: WebService | None = None, caller: Eui64 | None = None
    ) -> Response:
        """To the service of its command variant unless told otherwise."""
        if service is None:
            row = COMMAND_VARIANTS.get(request.command_variant)
            service = row.service if row is not None else WebService.SEND_COMMAND
        return self.post(self.signed(request), service, caller)

    def signed_pre_command(
        self, request: Request, answer: Response, *, command_variant: int = 5
    ) -> Request:
        """Signed by the originator in its role, under the same RequestID."""
        assert isinstance(answer.body, PreCommand)
        signed = protection.sign(parse(answer.body.gbcs_payload), self.command_key(request))
        return replace(
            request,
            command_variant=command_variant,
            body=SignedPreCommand(gbcs_payload=signed.to_octets()),
        )

    def command_key(self, request: Request) -> PrivateKey:
        user = self.registration.user(request.request_id.originator)
        assert user is not None
        (role,) = {SIGNING_ROLES[role] for role in user.roles}
        return self.keys.credential(user.eui, role).private_key

    def complete(self, srv: str, **changes: Any) -> tuple[Request, Response]:
        """All the way to the last synchronous answer: a critical one is transformed first."""
        request = self.request(srv, **changes)
        answer = self.send(request)
        if isinstance(answer.body, PreCommand):
            answer = self.send(self.signed_pre_command(request, answer))
        return request, answer

    def delivered(self, user: Eui64 = SUPPLIER) -> list[Response]:
        """The letters to one user, verified and parsed."""
        return [
            parse_response(verify(letter.document, self.keys.find_x509).content)
            for letter in self.letters
            if letter.user == user
        ]

    def device_responses(self, user: Eui64 = SUPPLIER) -> list[Response]:
        return [one for one in self.delivered(user) if isinstance(one.body, ServiceResponse)]

    def alert_codes(self, user: Eui64 = SUPPLIER) -> list[str]:
        """Codes of DCC alerts and device alerts that went to the user."""
        return [one.code for one in self.letters if one.user == user and "alert" in one.kind]
