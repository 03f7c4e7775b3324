"""A device of any type with its credentials, and the parties that talk to it, on simulated time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from assay.clock import SimulatedClock
from assay.gbcs import catalogue, messages, protection
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import cell_form
from assay.gbcs.authority import SIGNED_AND_MACED, Protection, protections
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    Signer,
    build_device,
    build_issuing,
    build_organisation,
    build_root,
    read_device_request,
    serial_number,
)
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.agenda import Agenda
from rigs.devices.device_type import DeviceType
from rigs.devices.firmware import Firmware, FirmwareSettings
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.security import CELLS, MODES, Security

Json = Any
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DEVICE = Eui64.from_text("00-DB-12-34-56-78-90-A0")
PEER = Eui64.from_text("00-DB-12-34-56-78-90-A5")
BROKER, SUPPLIER, NETWORK = Role.ACCESS_CONTROL_BROKER, Role.SUPPLIER, Role.NETWORK_OPERATOR
_BEGIN, _END = START - timedelta(days=30), START + timedelta(days=9000)
_USAGES = {
    CellKey.SIGNATURE: CertificateUsage.DIGITAL_SIGNATURE,
    CellKey.AGREEMENT: CertificateUsage.KEY_AGREEMENT,
    CellKey.TOP_UP: CertificateUsage.KEY_AGREEMENT,
}
_NAMES = {
    Role.RECOVERY: "90-B3-D5-1F-30-00-00-01",
    Role.ACCESS_CONTROL_BROKER: "90-B3-D5-1F-30-00-00-02",
    Role.TRANSITIONAL_COS: "90-B3-D5-1F-30-00-00-04",
    Role.WAN_PROVIDER: "90-B3-D5-1F-30-00-00-07",
    Role.SUPPLIER: "90-B3-D5-1F-30-01-00-00",
    Role.NETWORK_OPERATOR: "90-B3-D5-1F-30-02-00-00",
    Role.LOAD_CONTROLLER: "90-B3-D5-1F-30-01-00-08",
}
_OWN_FORMS = (0x0104, 0x0108, 0x0109)
OTHER_SUPPLIER = Eui64.from_text("90-B3-D5-1F-30-01-01-00")
_serials = itertools.count(1)


def _serial() -> int:
    return serial_number(next(_serials).to_bytes(16, "big"))


def new_key() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True, slots=True)
class Credential:
    certificate: CertificateView
    key: PrivateKey


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A root and an issuing authority under it."""

    root: Signer
    issuing: Signer

    @classmethod
    def build(cls, name: str = "1") -> Hierarchy:
        key, below = new_key(), new_key()
        root = Signer(
            private_key=key,
            certificate=build_root(
                key,
                common_name=f"Root {name}",
                serial=_serial(),
                not_before=_BEGIN,
                not_after=_END,
            ),
        )
        issuing = build_issuing(
            below.public_key(),
            issuer=root,
            common_name=f"Z{name}",
            serial=_serial(),
            not_before=_BEGIN,
            not_after=_END,
        )
        return cls(root, Signer(private_key=below, certificate=issuing))

    def issue(
        self,
        role: Role,
        cell: CellKey,
        eui: Eui64 | None = None,
        *,
        usage: CertificateUsage | None = None,
        not_after: datetime = _END,
    ) -> Credential:
        """A certificate for what a cell of this role and key holds."""
        key = new_key()
        certificate = build_organisation(
            key.public_key(),
            issuer=self.issuing,
            eui=eui or Eui64.from_text(_NAMES[role]),
            role=role,
            usage=usage or _USAGES[cell],
            serial=_serial(),
            not_before=_BEGIN,
            not_after=not_after,
        )
        return Credential(certificate, key)

    def certify(self, request: bytes) -> CertificateView:
        read = read_device_request(request)
        return build_device(
            read.public_key,
            issuer=self.issuing,
            device_id=read.device_id,
            usage=read.usage,
            serial=_serial(),
            not_before=START,
        )


@cache
def hierarchy() -> Hierarchy:
    return Hierarchy.build()


@cache
def credentials() -> Mapping[CellName, Credential]:
    """What every cell holds at first; the broker has a signature key wherever one is asked."""
    return {
        CellName(role, key): hierarchy().issue(role, key)
        for role in _NAMES
        for key in CellKey
        if key is not CellKey.TOP_UP or role is SUPPLIER
    }


class Bench:
    """`held` are the parties' own keys, which the tests change along with the device's cells."""

    def __init__(
        self, device_type: DeviceType = DeviceType.ESME, settings: FirmwareSettings | None = None
    ) -> None:
        self.device_type = device_type
        self.clock = SimulatedClock(START)
        self.sent: list[bytes] = []
        self.held: dict[CellName, Credential] = dict(credentials())
        self.counter = 1000
        self.device = GbcsDevice(
            self.clock,
            DEVICE,
            now=self.clock.now,
            send=self.sent.append,
            can_send=lambda: True,
        )
        self.agenda = Agenda(self.clock, OwnTime(self.clock))
        self.security = Security(self.device, self.device_type, self.agenda)
        self.firmware = Firmware(
            self.device, self.agenda, settings or FirmwareSettings(version=bytes(3) + b"\x01")
        )
        requests = self.device.credentials.requests().values()
        anchors = {
            name: (
                hierarchy().root.certificate
                if name.role is Role.ROOT
                else credentials()[name].certificate
            )
            for name in CELLS[self.device_type]
        }
        self.device.credentials.install(map(hierarchy().certify, requests), anchors)

    @property
    def cells(self) -> Mapping[CellName, Any]:
        return self.device.credentials.anchors.cells

    def holds(self, name: CellName) -> bytes:
        """The key identifier in a cell."""
        identifier: bytes = self.cells[name].subject_key_identifier
        return identifier

    def state(self) -> tuple[dict[CellName, Any], dict[Role, int], int]:
        anchors = self.device.credentials.anchors
        return dict(anchors.cells), dict(anchors.counters), anchors.prepayment_counter

    def pass_time(self, span: timedelta) -> None:
        self.clock.advance(span)

    # Commands, protected as the parties and the broker do it.

    def next_counter(self) -> int:
        self.counter += 1
        return self.counter

    def plain(
        self,
        code: int,
        role: Role,
        payload: bytes,
        counter: int,
        supplementary: tuple[Eui64, int] | None = None,
    ) -> Message:
        return messages.command(
            message_code=code,
            originator=self.eui(role),
            recipient=DEVICE,
            counter=counter,
            payload=payload,
            supplementary=supplementary,
        )

    def eui(self, role: Role) -> Eui64:
        eui = self.held[CellName(role, CellKey.SIGNATURE)].certificate.eui
        assert eui is not None
        return eui

    def protect(self, message: Message, role: Role, form: Protection) -> bytes:
        if form.signed:
            key = self.held[CellName(role, CellKey.SIGNATURE)].key
            message = protection.sign(message, key)
        if form.maced:
            message = protection.add_mac(message, self.secret(BROKER))
        return message.to_octets()

    def secret(self, role: Role) -> bytes:
        store, usage = KeyStore(), KeyUsage.KEY_AGREEMENT
        party, device = KeyName(self.eui(role), usage), KeyName(DEVICE, usage)
        store.add_private(party, self.held[CellName(role, CellKey.AGREEMENT)].key)
        store.add_public(device, self.device.credentials.certificates[usage].public_key)
        secret = store.shared_secret(party, device)
        assert secret is not None
        return secret

    def command(
        self,
        code: int,
        role: Role,
        value: Json,
        *,
        counter: int | None = None,
        form: Protection | None = None,
        supplementary: tuple[Eui64, int] | None = None,
    ) -> bytes:
        """An ASN.1 command; `form` where it is not the first that its use case allows."""
        counter = counter if counter is not None else self.next_counter()
        payload = codec.build(code, Cra.COMMAND, value)
        message = self.plain(code, role, payload, counter, supplementary)
        row = catalogue.use_case(code)
        assert row is not None
        if form is None:
            form = protections(row)[0]
            # No table says of the replacements whether they are critical.
            if code in MODES and code not in _OWN_FORMS:
                form = SIGNED_AND_MACED
        return self.protect(message, role, form)

    def messages(self, cra: Cra) -> list[Message]:
        return [message for message in map(parse, self.sent) if message.cra is cra]

    def answer(self, octets: bytes) -> Message | None:
        """The response to a command, None where none came."""
        before = len(self.messages(Cra.RESPONSE))
        self.device.process(octets)
        answers = self.messages(Cra.RESPONSE)[before:]
        assert len(answers) <= 1
        return answers[0] if answers else None

    def ask(self, code: int, role: Role, value: Json, **given: Any) -> Json:
        """The typed value of the response."""
        answer = self.answer(self.command(code, role, value, **given))
        assert answer is not None, "no response"
        return codec.decode_message(answer).value

    def alerts(self, message_code: int) -> list[Message]:
        return [one for one in self.messages(Cra.ALERT) if one.message_code == message_code]

    def logged(self) -> tuple[int, ...]:
        return self.device.security_log.codes()

    # What tests ask for again and again.

    def update(
        self,
        code: int,
        new: Mapping[CellName, Credential],
        *,
        counter: int | None = None,
        authorised_by: CellName | None = None,
        path: tuple[CertificateView, ...] | None = None,
        at: datetime | None = None,
        **control: Json,
    ) -> Json:
        """The value of an update command; `control` are more fields of its control."""
        counter = counter if counter is not None else self.next_counter()
        mode = MODES[code]
        cell = authorised_by or CellName(mode.authorising, CellKey.SIGNATURE)
        authorising = {"authorising_cell": cell_form(cell)} if mode.names_cell else {}
        path = path if path is not None else (hierarchy().issuing.certificate,)
        value = {
            "control": {
                "mode": mode.name,
                "authorising_counter": counter,
                **authorising,
                **control,
            },
            "replacements": [
                {"certificate": {"der": one.certificate.der.hex()}, "target_cell": cell_form(name)}
                for name, one in new.items()
            ],
            "path_certificates": [{"der": view.der.hex()} for view in path],
        }
        if at is not None:
            value["execution_time"] = at.isoformat().replace("+00:00", "Z")
        return value

    def send_update(
        self,
        code: int,
        new: Mapping[CellName, Credential],
        *,
        spoil: Callable[[Json], Json] = lambda value: value,
        **given: Any,
    ) -> Message | None:
        """Build, protect and send one; the response, None where none came."""
        counter = self.next_counter()
        value = spoil(self.update(code, new, counter=counter, **given))
        role = MODES[code].authorising
        return self.answer(self.command(code, role, value, counter=counter))


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A device's clock that agrees with the bench's."""

    clock: SimulatedClock

    def now(self) -> datetime:
        return self.clock.now()

    def bench_time(self, own: datetime) -> datetime:
        return own


def fresh(*names: CellName, eui: Eui64 | None = None) -> dict[CellName, Credential]:
    """New certificates for cells, of the same party if no other is named."""
    return {name: hierarchy().issue(name.role, name.key, eui) for name in names}


def cells_of(role: Role, device_type: DeviceType = DeviceType.ESME) -> tuple[CellName, ...]:
    return tuple(name for name in CELLS[device_type] if name.role is role)


def statuses(value: Json) -> list[str]:
    """Of each cell, in an outcome of a response or alert."""
    return [one["status"] for one in value["outcome"]["replacements"]]
