"""A gas premises with parties that can talk to its devices, on simulated time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from assay.clock import Clock, SimulatedClock
from assay.gbcs import catalogue, messages, protection
from assay.gbcs.asn1 import codec
from assay.gbcs.certificates import (
    CertificateUsage,
    CertificateView,
    build_organisation,
    serial_number,
)
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.gbz.components import (
    CLUSTER_COMMAND,
    FROM_SERVER,
    Component,
    GbzAlert,
    GbzPayload,
    decode_message,
    describe_component,
    encode,
)
from assay.gbcs.gbz.tables import Direction, command_by_name
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage, PrivateKey
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from assay.wan import InProcessWan
from rigs.devices import HubConfiguration, VirtualHub
from rigs.devices.device_type import DeviceType
from rigs.devices.gpf import GasProxy
from rigs.devices.gsme import GasMeter, GasMeterConfiguration
from rigs.devices.han import HanLink
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.peers import Peer
from rigs.premises import SupplyNode
from rigs.premises_gas import BatteryNode, CoverNode, GasFlow, GasValve
from tests.rigs.devices.premises_kit import BROKER, HUB, NETWORK, SUPPLIER, Dsp, certify, parties

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
GAS_METER = Eui64.from_text("00-DB-12-34-56-78-90-A1")
PROXY = Eui64.from_text("00-DB-12-34-56-78-90-A3")
INSTALL_CODE = b"0123456789ABCDEF"
NAMES: Mapping[Role, Eui64] = {
    BROKER: Eui64.from_text("90-B3-D5-1F-30-00-00-02"),
    SUPPLIER: Eui64.from_text("90-B3-D5-1F-30-01-00-00"),
    NETWORK: Eui64.from_text("90-B3-D5-1F-30-02-00-00"),
}
TOP_UP = CellName(SUPPLIER, CellKey.TOP_UP)
GSME_TYPE = 0


@cache
def top_up_key() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def top_up_certificate() -> CertificateView:
    found = parties()
    return build_organisation(
        top_up_key().public_key(),
        issuer=found.issuer,
        eui=NAMES[SUPPLIER],
        role=SUPPLIER,
        usage=CertificateUsage.KEY_AGREEMENT,
        serial=serial_number(b"\x02" * 16),
        not_before=START - timedelta(days=30),
        not_after=START + timedelta(days=9000),
    )


class GasPremises:
    """Hub with gas proxy, gas meter on the network and, by `joined`, mirrored by the proxy."""

    def __init__(
        self,
        *,
        start: datetime = START,
        wake_interval: timedelta = timedelta(minutes=30),
        link: Callable[[Clock], HanLink] = HanLink,
    ) -> None:
        self.clock = SimulatedClock(start)
        self.wan = InProcessWan(self.clock)
        self.dsp = Dsp(self.clock)
        self.wan.attach_dsp(self.dsp)
        self.supply = SupplyNode(self.clock)
        self.supply.feed(Decimal(230), Decimal(50))
        hub = HubConfiguration(device_id=HUB)
        self.hub = VirtualHub(self.clock, self.wan, hub, self.supply, link(self.clock))
        self.proxy = GasProxy(self.clock, PROXY, self.hub)
        self.valve = GasValve(self.clock)
        self.flow = GasFlow(self.clock, self.valve)
        self.battery = BatteryNode(self.clock)
        self.covers = CoverNode(self.clock)
        self.meter = GasMeter(
            self.clock,
            GasMeterConfiguration(device_id=GAS_METER, wake_interval=wake_interval),
            flow=self.flow,
            valve=self.valve,
            battery=self.battery,
            covers=self.covers,
        )
        self.meter.on_push.append(self.proxy.mirror)
        self.keys = KeyStore()
        for name, key in parties().keys.items():
            usage = (
                KeyUsage.DIGITAL_SIGNATURE
                if name.key is CellKey.SIGNATURE
                else KeyUsage.KEY_AGREEMENT
            )
            self.keys.add_private(KeyName(NAMES[name.role], usage), key)
        anchors = {**parties().anchors, TOP_UP: top_up_certificate()}
        for device in (self.hub, self.meter, self.proxy):
            held = parties().anchors if device is self.hub else anchors
            device.install(certify(device), held)
            for usage, certificate in device.credentials.certificates.items():
                self.keys.add_public(KeyName(device.device_id, usage), certificate.public_key)
        self.counter = 1000

    @classmethod
    def joined(
        cls, start: datetime = START, link: Callable[[Clock], HanLink] = HanLink
    ) -> GasPremises:
        """Joined, its clock set, fast polling over, asleep; the proxy may mirror it."""
        premises = cls(start=start, link=link)
        premises.join()
        premises.pass_time(3 * 3600)
        premises.dsp.arrived.clear()
        return premises

    def join(self) -> None:
        self.hub.device_log.add(gas_meter_entry())
        self.hub.joining.timeout = timedelta(minutes=2)
        self.hub.joining.allow(True)
        self.meter.join(self.hub, INSTALL_CODE)
        self.pass_time(30)
        assert self.meter.network.is_joined
        self.meter.security.device_log.enter(
            Peer(device_id=PROXY, device_type=DeviceType.GPF, certificate=None)
        )
        self.proxy.security.device_log.enter(
            Peer(device_id=GAS_METER, device_type=DeviceType.GSME, certificate=None)
        )
        now = self.clock.now()
        self.meter.clock.set_from_hub(now - timedelta(minutes=1), now + timedelta(minutes=1))

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def to_next_wake(self) -> None:
        self.pass_time(1800)

    # Commands, built and protected as the parties and the broker do it.

    def next_counter(self) -> int:
        self.counter += 1
        return self.counter

    def command(
        self,
        code: int,
        payload: bytes,
        *,
        role: Role = SUPPLIER,
        recipient: Eui64 = GAS_METER,
        counter: int | None = None,
    ) -> bytes:
        message = messages.command(
            message_code=code,
            originator=NAMES[role],
            recipient=recipient,
            counter=counter if counter is not None else self.next_counter(),
            payload=payload,
        )
        row = catalogue.use_case(code)
        assert row is not None
        if row.is_critical:
            key = parties().keys[CellName(role, CellKey.SIGNATURE)]
            message = protection.sign(message, key)
        return protection.add_mac(message, self.secret(NAMES[BROKER], recipient)).to_octets()

    def secret(self, party: Eui64, device: Eui64) -> bytes:
        usage = KeyUsage.KEY_AGREEMENT
        secret = self.keys.shared_secret(KeyName(party, usage), KeyName(device, usage))
        assert secret is not None
        return secret

    def send(self, octets: bytes) -> None:
        self.wan.send_down(HUB, parse(octets).recipient, octets)

    def answer(self, octets: bytes, wait_s: float | None = None) -> Message | None:
        """The response; the meter has until a little after its next wake."""
        before = len(self.dsp.arrived)
        recipient = parse(octets).recipient
        self.send(octets)
        self.pass_time(wait_s if wait_s is not None else 2000 if recipient == GAS_METER else 5)
        found = [parse(one) for _, one in self.dsp.arrived[before:]]
        answers = [message for message in found if message.cra is Cra.RESPONSE]
        assert len(answers) <= 1
        return answers[0] if answers else None

    def ask(
        self,
        code: int,
        *components: Component,
        role: Role = SUPPLIER,
        recipient: Eui64 = GAS_METER,
        counter: int | None = None,
    ) -> list[Component]:
        """The components of the response, decrypted."""
        answer = self.answer(
            self.command(code, gbz(*components), role=role, recipient=recipient, counter=counter)
        )
        assert answer is not None
        return self.opened(answer)

    def opened(self, answer: Message) -> list[Component]:
        payload = decode_message(answer)
        assert isinstance(payload, GbzPayload)
        return [self._open(answer, index, one) for index, one in enumerate(payload.components)]

    def _open(self, answer: Message, index: int, component: Component) -> Component:
        if component.blob is None:
            return component
        secret = self.secret(answer.recipient, answer.originator)
        plain = protection.decrypt(
            component.blob, secret, answer.originator, answer.counter, answer.recipient
        )
        assert plain is not None
        return component._replace(payload=describe_component(answer, index, plain))

    def alerts(self, code: int | None = None) -> list[GbzAlert]:
        found = []
        for _, octets in self.dsp.arrived:
            message = parse(octets)
            if message.cra is not Cra.ALERT or message.payload[:2] != b"\x01\x09":
                continue
            alert = decode_message(message)
            assert isinstance(alert, GbzAlert)
            if code is None or alert.code == code:
                found.append(alert)
        return found

    def alert_codes(self) -> list[int]:
        return [alert.code for alert in self.alerts()]

    # Requests that many tests make.

    def read(
        self,
        code: int,
        *wanted: tuple[int, Sequence[int]],
        recipient: Eui64 = GAS_METER,
        role: Role = SUPPLIER,
    ) -> dict[int, Any]:
        """Attribute -> value, or the status of one that failed."""
        components = [reading(cluster, *ids) for cluster, ids in wanted]
        found: dict[int, Any] = {}
        for answer in self.ask(code, *components, recipient=recipient, role=role):
            for form in answer.payload["attributes"]:
                key = int(form["attribute"], 16)
                found[key] = form.get("value", form["status"])
        return found

    def set_clock(self, spread_s: float = 3600) -> dict[str, Any]:
        now = self.clock.now()
        window = {
            "validity_start": _text(now - timedelta(seconds=spread_s)),
            "validity_end": _text(now + timedelta(seconds=spread_s)),
        }
        answer = self.answer(self.command(0x007F, codec.build(0x007F, Cra.COMMAND, window)))
        assert answer is not None
        value: dict[str, Any] = codec.decode_message(answer).value
        return value


def gas_meter_entry() -> LogEntry:
    """Of the hub's device log, as CCS01 makes it."""
    return LogEntry(device_id=GAS_METER, install_code=INSTALL_CODE, device_type=GSME_TYPE)


def reading(cluster: int, *attributes: int) -> Component:
    forms = [{"attribute": f"0x{one:04X}"} for one in attributes]
    return Component(cluster, 0, 0, 0, {"attributes": forms})


def zcl(name: str, *, from_date_time: int | None = None, **fields: Any) -> Component:
    """A cluster command by its name."""
    cluster, direction, command = command_by_name()[name]
    frame = CLUSTER_COMMAND | (FROM_SERVER if direction is Direction.SERVER_TO_CLIENT else 0)
    return Component(cluster, frame, 0, command, fields, from_date_time=from_date_time)


def gbz(*components: Component) -> bytes:
    numbered = tuple(one._replace(sequence=number) for number, one in enumerate(components))
    return encode(GbzPayload(numbered))


def statuses(components: Sequence[Component]) -> list[str]:
    """Of Default Responses; "" for any other answer."""
    return [
        ""
        if one.payload is None or "status" not in one.payload or one.command != 0x0B
        else str(one.payload["status"])
        for one in components
    ]


def _text(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
