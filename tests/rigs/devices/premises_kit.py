"""A virtual premises with parties that can talk to its devices, on simulated time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from assay.clock import Clock, SimulatedClock
from assay.gbcs import catalogue, messages, protection
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    Signer,
    build_device,
    build_organisation,
    build_root,
    read_device_request,
    serial_number,
)
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Item, Notification, Obis, Response, decode_payload
from assay.gbcs.dlms.data import (
    NULL,
    Data,
    Tag,
    array,
    boolean,
    double_long_unsigned,
    enum,
    integer,
    long_unsigned,
    octet_string,
    structure,
)
from assay.gbcs.dlms.decoding import decode_whole
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from assay.wan import InProcessWan
from rigs.devices import ElectricityMeter, HubConfiguration, MeterConfiguration, VirtualHub
from rigs.devices.esme.wiring import wire
from rigs.devices.gbcs_device import GbcsDevice
from rigs.devices.han import HanLink
from rigs.devices.protected_read import protection_parameters
from rigs.premises import SupplyNode
from rigs.premises_tamper import TamperNode

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HUB = Eui64.from_text("00-DB-12-34-56-78-90-A2")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
BASIC = MeterConfiguration(device_id=METER)
INSTALL_CODE = b"0123456789ABCDEF"
VOLTS, HERTZ = Decimal(230), Decimal(50)

BROKER = Role.ACCESS_CONTROL_BROKER
SUPPLIER = Role.SUPPLIER
NETWORK = Role.NETWORK_OPERATOR
_NAMES: Mapping[Role, Eui64] = {
    BROKER: Eui64.from_text("90-B3-D5-1F-30-00-00-02"),
    SUPPLIER: Eui64.from_text("90-B3-D5-1F-30-01-00-00"),
    NETWORK: Eui64.from_text("90-B3-D5-1F-30-02-00-00"),
}
_USAGES = {
    CellKey.SIGNATURE: (KeyUsage.DIGITAL_SIGNATURE, CertificateUsage.DIGITAL_SIGNATURE),
    CellKey.AGREEMENT: (KeyUsage.KEY_AGREEMENT, CertificateUsage.KEY_AGREEMENT),
}
_CELLS = [CellName(role, key) for role in _NAMES for key in _USAGES]
_SERIAL = serial_number(b"\x01" * 16)


@dataclass(frozen=True, slots=True)
class Parties:
    """Everyone's keys and certificates, and who certifies devices."""

    keys: Mapping[CellName, PrivateKey]
    anchors: Mapping[CellName, CertificateView]
    issuer: Signer


@cache
def parties() -> Parties:
    root_key = ec.generate_private_key(ec.SECP256R1())
    begin, end = START - timedelta(days=30), START + timedelta(days=9000)
    root = build_root(root_key, common_name="Z1", serial=_SERIAL, not_before=begin, not_after=end)
    issuer = Signer(private_key=root_key, certificate=root)
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in _CELLS}
    anchors = {
        name: build_organisation(
            keys[name].public_key(),
            issuer=issuer,
            eui=_NAMES[name.role],
            role=name.role,
            usage=_USAGES[name.key][1],
            serial=_SERIAL,
            not_before=begin,
            not_after=end,
        )
        for name in _CELLS
    }
    return Parties(keys, anchors, issuer)


def certify(device: GbcsDevice) -> list[CertificateView]:
    """What an SMKI would give for the device's own requests."""
    requests = [read_device_request(der) for der in device.credentials.requests().values()]
    return [
        build_device(
            request.public_key,
            issuer=parties().issuer,
            device_id=request.device_id,
            usage=request.usage,
            serial=_SERIAL,
            not_before=START,
        )
        for request in requests
    ]


@dataclass(slots=True)
class Dsp:
    """The DCC's end of the WAN: keeps what arrives."""

    clock: SimulatedClock
    arrived: list[tuple[datetime, bytes]] = field(default_factory=list)
    power_losses: list[tuple[datetime, datetime]] = field(default_factory=list)

    def message_up(self, hub_id: bytes, message: bytes) -> None:
        assert hub_id == HUB
        self.arrived.append((self.clock.now(), message))

    def power_lost(self, hub_id: bytes, since: datetime) -> None:
        assert hub_id == HUB
        self.power_losses.append((self.clock.now(), since))


class Premises:
    """Hub and meter on one supply, wired to a WAN; `joined` brings the meter onto the network."""

    def __init__(
        self,
        *,
        volts: Decimal = VOLTS,
        configuration: MeterConfiguration = BASIC,
        link: Callable[[Clock], HanLink] = HanLink,
    ) -> None:
        self.clock = SimulatedClock(START)
        self.wan = InProcessWan(self.clock)
        self.dsp = Dsp(self.clock)
        self.wan.attach_dsp(self.dsp)
        self.supply = SupplyNode(self.clock)
        if volts:
            self.supply.feed(volts, HERTZ)
        self.wiring = wire(self.clock, configuration.variant, self.supply)
        self.contactor, self.load = self.wiring.contactor, self.wiring.load
        self.secondary = self.wiring.circuits.secondary
        hub = HubConfiguration(device_id=HUB)
        self.hub = VirtualHub(self.clock, self.wan, hub, self.supply, link(self.clock))
        self.tamper = TamperNode(self.clock)
        self.meter = ElectricityMeter(
            self.clock,
            configuration,
            supply=self.wiring.supply,
            contactor=self.contactor,
            load=self.load,
            circuits=self.wiring.circuits,
            tamper=self.tamper,
        )
        self.keys = KeyStore()
        for name, key in parties().keys.items():
            self.keys.add_private(KeyName(_NAMES[name.role], _USAGES[name.key][0]), key)
        for device in (self.hub, self.meter):
            device.install(certify(device), parties().anchors)
            for usage, certificate in device.credentials.certificates.items():
                self.keys.add_public(KeyName(device.device_id, usage), certificate.public_key)
        self.counter = 1000

    @classmethod
    def joined(
        cls,
        configuration: MeterConfiguration = BASIC,
        link: Callable[[Clock], HanLink] = HanLink,
    ) -> Premises:
        premises = cls(configuration=configuration, link=link)
        premises.meter.join(premises.hub, INSTALL_CODE)
        premises.add_meter()
        premises.pass_time(20)
        assert premises.meter.network.is_joined
        premises.dsp.arrived.clear()
        return premises

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def feed(self, volts: Decimal | int | str) -> None:
        self.supply.feed(Decimal(volts), HERTZ if Decimal(volts) else Decimal(0))

    def interrupt(self, seconds: float) -> None:
        self.feed(0)
        self.pass_time(seconds)
        self.feed(VOLTS)

    def add_meter(self, install_code: bytes = INSTALL_CODE, window_s: int = 90) -> None:
        entry = structure(octet_string(METER), enum(1), octet_string(install_code), enum(1))
        self.send(
            self.command(
                0x0001, BROKER, (entry, long_unsigned(window_s), boolean(True)), recipient=HUB
            )
        )

    # Commands, built and protected as the parties and the broker do it.

    def next_counter(self) -> int:
        self.counter += 1
        return self.counter

    def plain_command(
        self,
        code: int,
        role: Role,
        data: Sequence[Data] | None = None,
        *,
        counter: int | None = None,
        recipient: Eui64 = METER,
        payload: bytes | None = None,
    ) -> Message:
        counter = counter if counter is not None else self.next_counter()
        octets = (
            payload
            if payload is not None
            else messages.dlms_command_payload(counter, items(code, data))
        )
        return messages.command(
            message_code=code,
            originator=_NAMES[role],
            recipient=recipient,
            counter=counter,
            payload=octets,
        )

    def sign(self, message: Message, role: Role) -> Message:
        return protection.sign(message, parties().keys[CellName(role, CellKey.SIGNATURE)])

    def mac(self, message: Message, device: Eui64 | None = None) -> Message:
        """The broker's MAC, with the key of the device that gets it."""
        secret = self.secret(_NAMES[BROKER], device if device is not None else message.recipient)
        return protection.add_mac(message, secret)

    def secret(self, party: Eui64, device: Eui64) -> bytes:
        usage = KeyUsage.KEY_AGREEMENT
        secret = self.keys.shared_secret(KeyName(party, usage), KeyName(device, usage))
        assert secret is not None
        return secret

    def command(
        self,
        code: int,
        role: Role,
        data: Sequence[Data] | None = None,
        *,
        counter: int | None = None,
        recipient: Eui64 = METER,
        payload: bytes | None = None,
    ) -> bytes:
        message = self.plain_command(
            code, role, data, counter=counter, recipient=recipient, payload=payload
        )
        row = catalogue.use_case(code)
        assert row is not None
        return self.mac(self.sign(message, role) if row.is_critical else message).to_octets()

    # Sending, and what comes back.

    def send(self, octets: bytes, target: Eui64 | None = None, wait_s: float = 3) -> None:
        self.wan.send_down(HUB, target if target is not None else parse(octets).recipient, octets)
        self.pass_time(wait_s)

    def arrived(self, cra: Cra, since: int = 0) -> list[Message]:
        found = [parse(octets) for _, octets in self.dsp.arrived[since:]]
        return [message for message in found if message.cra is cra]

    def answer(self, octets: bytes) -> Message | None:
        """The response to a command, None where none came."""
        before = len(self.dsp.arrived)
        self.send(octets)
        answers = self.arrived(Cra.RESPONSE, before)
        assert len(answers) <= 1
        return answers[0] if answers else None

    def ask(self, code: int, role: Role, data: Sequence[Data] | None = None) -> Response:
        answer = self.answer(self.command(code, role, data))
        assert answer is not None
        payload = decode_payload(answer.payload)
        assert isinstance(payload, Response)
        return payload

    def results(self, answer: Message) -> list[int]:
        """The result of each item of a DLMS answer."""
        payload = decode_payload(answer.payload)
        assert isinstance(payload, Response)
        return [item.result for item in payload.items]

    def alerts(self, code: int | None = None) -> list[tuple[Message, tuple[Data, ...]]]:
        """The alerts of a code (or all) with the parts of their payload."""
        found = []
        for message in self.arrived(Cra.ALERT):
            payload = decode_payload(message.payload)
            assert isinstance(payload, Notification)
            parts = payload.body.value
            if code is None or parts[0].value == code:
                found.append((message, parts))
        return found

    def alert_codes(self) -> list[int]:
        return [parts[0].value for _, parts in self.alerts()]

    # Requests that many tests make.

    def set_clock(self, start: datetime | None = None, end: datetime | None = None) -> Response:
        now = self.clock.now()
        window = structure(
            octet_string(bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF")),
            octet_string(DateTime.at(start or now - timedelta(minutes=5)).octets),
            octet_string(DateTime.at(end or now + timedelta(minutes=5)).octets),
        )
        return self.ask(0x0062, SUPPLIER, (enum(5), window, integer(0), NULL, NULL))

    def read_registers(self, role: Role = SUPPLIER) -> Message | None:
        return self.read_protected(0x0027, "0-0:94.44.34.10", role)

    def read_protected(self, code: int, obis: str, role: Role = SUPPLIER) -> Message | None:
        """Ask for the value of one sensitive data object."""
        counter = self.next_counter()
        objects = structure(
            long_unsigned(1),
            octet_string(Obis.from_text(obis)),
            integer(2),
            long_unsigned(0),
            structure(enum(0), NULL),
        )
        parameters = protection_parameters(counter, _NAMES[role], METER)
        data = structure(array(objects), array(parameters))
        return self.answer(self.command(code, role, (data,), counter=counter))

    def open_registers(self, answer: Message) -> Data:
        """The decrypted content of an answer to ECS17b."""
        payload = decode_payload(answer.payload)
        assert isinstance(payload, Response)
        blob = payload.items[0].data.value[1].value
        secret = self.secret(answer.recipient, answer.originator)
        plain = protection.decrypt(
            blob, secret, answer.originator, answer.counter, answer.recipient
        )
        assert plain is not None
        return decode_whole(plain)

    def watt_hours(self) -> int:
        answer = self.read_registers()
        assert answer is not None
        number = self.open_registers(answer).value[0].value[0].value
        assert isinstance(number, int)
        return number


def items(code: int, data: Sequence[Data] | None) -> tuple[Item, ...]:
    """The items of a use case with these data, in order; None means that none has any."""
    rows = catalogue.dlms_command(code)
    given = list(data) if data is not None else [NULL] * len(rows)
    return tuple(
        Item(row.op, row.class_id, row.obis, row.attribute, value)
        for row, value in zip(rows, given, strict=True)
    )


def profile_items(code: int, first: int, last: int) -> tuple[Item, ...]:
    """The items of a read by date; the times are seconds since 2000."""
    capture_time = structure(
        long_unsigned(1), octet_string(bytes.fromhex("00005E2C64FF")), integer(2), long_unsigned(0)
    )
    selection = structure(
        capture_time, double_long_unsigned(first), double_long_unsigned(last), array()
    )
    return tuple(
        item._replace(selector=1, selection=selection) if item.op == 4 else item
        for item in items(code, None)
    )


def numbers(data: Data) -> list[int]:
    """The values of a structure of integers."""
    assert data.tag == Tag.STRUCTURE
    return [part.value for part in data.value]
