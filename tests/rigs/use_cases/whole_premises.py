"""Every device that has an identity, on one network, and every party that may command one.

The parties hold keys of the test hierarchy for every role that a cell may have, so that the updates
of credentials can be carried out as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from assay.clock import SimulatedClock
from assay.gbcs import messages, protection
from assay.gbcs.authority import Protection
from assay.gbcs.certificates import CertificateView
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.gbz.components import Component, GbzPayload, decode_message, describe_component
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyStore, KeyUsage
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from assay.wan import InProcessWan
from rigs.devices import (
    ElectricityMeter,
    HubConfiguration,
    MeterConfiguration,
    VirtualHub,
    han_electricity,
)
from rigs.devices.device_type import DeviceType
from rigs.devices.esme.auxiliary.wiring import wire_auxiliary
from rigs.devices.esme.configuration import MeterVariant
from rigs.devices.esme.wiring import wire
from rigs.devices.gpf import GasProxy
from rigs.devices.gsme import GasMeter, GasMeterConfiguration
from rigs.devices.hcalcs import (
    LoadControlSwitch,
    LoadControlSwitchConfiguration,
    serve_load_control,
)
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.peers import Peer
from rigs.devices.ppmid import PrepaymentDisplay, PrepaymentDisplayConfiguration
from rigs.devices.sapc import StandAloneController, StandAloneControllerConfiguration
from rigs.devices.security import CELLS
from rigs.premises import Contactor, SupplyNode
from rigs.premises_auxiliary import ProportionalNode
from rigs.premises_gas import BatteryNode, CoverNode, GasFlow, GasValve
from rigs.premises_tamper import TamperNode
from tests.rigs.security.kit import Credential, credentials, hierarchy

AnyDevice = (
    ElectricityMeter
    | GasMeter
    | GasProxy
    | PrepaymentDisplay
    | LoadControlSwitch
    | StandAloneController
    | VirtualHub
)
INSTALL_CODE = b"0123456789ABCDEF"
START = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
_TYPE_NUMBERS: Mapping[DeviceType, int] = {
    DeviceType.GSME: 0,
    DeviceType.ESME: 1,
    DeviceType.GPF: 3,
    DeviceType.HCALCS: 4,
    DeviceType.PPMID: 5,
}
"""As the hub's log names them; the others have no number there."""
IDENTIFIERS: Mapping[DeviceType, Eui64] = {
    kind: Eui64.from_text(f"00-DB-12-34-56-78-90-A{digit}")
    for digit, kind in enumerate(
        (
            DeviceType.ESME,
            DeviceType.GSME,
            DeviceType.CHF,
            DeviceType.GPF,
            DeviceType.PPMID,
            DeviceType.HCALCS,
            DeviceType.SAPC,
        )
    )
}
"""Those of the national set, so that a national message names the device that it is given to."""
NOBODY = Eui64.from_text("70-B3-D5-1F-30-00-17-FF")
WAIT_S, GAS_WAIT_S, STEP_S = 20, 2000, 2


@dataclass(slots=True)
class Dsp:
    """The DCC's end of the WAN: keeps what arrives."""

    arrived: list[Message] = field(default_factory=list)

    def message_up(self, hub_id: bytes, message: bytes) -> None:
        assert hub_id == IDENTIFIERS[DeviceType.CHF]
        self.arrived.append(parse(message))

    def power_lost(self, hub_id: bytes, since: datetime) -> None:
        """Which only the hub's own tests are about."""
        assert since >= START
        assert hub_id == IDENTIFIERS[DeviceType.CHF]


class WholePremises:
    """All of it joined; `devices` by type."""

    def __init__(self, variant: MeterVariant = MeterVariant.SINGLE_ELEMENT) -> None:
        self.clock = SimulatedClock(START)
        self.wan, self.dsp = InProcessWan(self.clock), Dsp()
        self.wan.attach_dsp(self.dsp)
        self.supply = SupplyNode(self.clock)
        self.supply.feed(Decimal(230), Decimal(50))
        self.held: dict[CellName, Credential] = dict(credentials())
        self.counter = 1000
        self.wiring = wire(self.clock, variant, self.supply)
        auxiliary = wire_auxiliary(self.clock, self.wiring.circuits, self.wiring.contactor)
        self.tamper, self.covers = TamperNode(self.clock), CoverNode(self.clock)
        clock, ids = self.clock, IDENTIFIERS
        hub = HubConfiguration(device_id=ids[DeviceType.CHF], network_id=ids[DeviceType.GPF])
        self.hub = VirtualHub(clock, self.wan, hub, self.supply)
        self.meter = ElectricityMeter(
            clock,
            MeterConfiguration(device_id=ids[DeviceType.ESME], variant=variant),
            supply=self.wiring.supply,
            contactor=self.wiring.contactor,
            load=self.wiring.load,
            circuits=auxiliary.circuits,
            tamper=self.tamper,
            auxiliary=auxiliary.ports,
        )
        valve = GasValve(clock)
        self.gas_flow = GasFlow(clock, valve)
        self.gas_meter = GasMeter(
            clock,
            GasMeterConfiguration(device_id=ids[DeviceType.GSME]),
            flow=self.gas_flow,
            valve=valve,
            battery=BatteryNode(clock),
            covers=self.covers,
        )
        self.proxy = GasProxy(clock, ids[DeviceType.GPF], self.hub)
        self.gas_meter.on_push.append(self.proxy.mirror)
        self.display = PrepaymentDisplay(
            clock, PrepaymentDisplayConfiguration(device_id=ids[DeviceType.PPMID]), self.supply
        )
        self.switch = LoadControlSwitch(
            clock,
            LoadControlSwitchConfiguration(device_id=ids[DeviceType.HCALCS]),
            self.supply,
            Contactor(clock, closed=False),
        )
        self.controller = StandAloneController(
            clock,
            StandAloneControllerConfiguration(device_id=ids[DeviceType.SAPC]),
            self.supply,
            ProportionalNode(clock),
        )
        self.devices: Mapping[DeviceType, AnyDevice] = {
            DeviceType.ESME: self.meter,
            DeviceType.GSME: self.gas_meter,
            DeviceType.GPF: self.proxy,
            DeviceType.PPMID: self.display,
            DeviceType.HCALCS: self.switch,
            DeviceType.SAPC: self.controller,
            DeviceType.CHF: self.hub,
        }
        self._certify()
        self._join()

    def _certify(self) -> None:
        for kind, device in self.devices.items():
            own = map(hierarchy().certify, device.credentials.requests().values())
            device.install(list(own), self.anchors(kind))

    def anchors(self, kind: DeviceType) -> dict[CellName, CertificateView]:
        return {
            name: hierarchy().root.certificate
            if name.role is Role.ROOT
            else credentials()[name].certificate
            for name in CELLS[kind]
        }

    def _join(self) -> None:
        requests = han_electricity.requests_of(self.meter)
        serve_load_control(self.meter, requests)
        self.meter.network.on_joined.append(lambda: self.meter.network.offer(requests))
        self.hub.joining.timeout = timedelta(minutes=5)
        self.hub.joining.allow(True)
        on_network = (self.meter, self.gas_meter, self.display, self.switch, self.controller)
        for kind, device in self.devices.items():
            if device in on_network:
                entry = LogEntry(
                    device_id=device.device_id,
                    install_code=INSTALL_CODE,
                    device_type=_TYPE_NUMBERS.get(kind, 0),
                )
                self.hub.device_log.add(entry)
        for joining in on_network:
            joining.join(self.hub, INSTALL_CODE)
        self.pass_time(30)
        self.gas_meter.security.device_log.enter(
            Peer(device_id=self.proxy.device_id, device_type=DeviceType.GPF)
        )
        self.proxy.security.device_log.enter(
            Peer(device_id=self.gas_meter.device_id, device_type=DeviceType.GSME)
        )
        now = self.clock.now()
        self.gas_meter.clock.set_from_hub(now - timedelta(minutes=1), now + timedelta(minutes=1))
        self.pass_time(3 * 3600)
        self.dsp.arrived.clear()

    def receive_image(self, kind: DeviceType, octets: bytes) -> None:
        """An OTA file as it comes from the hub; the hub and its gas proxy take none this way."""
        device = self.devices[kind]
        assert not isinstance(device, GasProxy | VirtualHub)
        device.firmware.receive_image(octets)

    def trust_again(self, kind: DeviceType) -> None:
        """The cells hold the parties' first certificates, whatever replaced them."""
        device = self.devices[kind]
        for name, certificate in self.anchors(kind).items():
            device.credentials.place(name, certificate)

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    # Commands, protected as the parties and the broker do it.

    def next_counter(self) -> int:
        self.counter += 1
        return self.counter

    def eui(self, role: Role) -> Eui64:
        """By contingency, for which the root stands, nobody commands whom a device could know."""
        if role is Role.ROOT:
            return NOBODY
        cell = CellName(role, CellKey.SIGNATURE)
        eui = credentials()[cell].certificate.eui
        assert eui is not None
        return eui

    def command(
        self,
        code: int,
        role: Role,
        device: Eui64,
        payload: bytes,
        *,
        counter: int | None = None,
        supplementary: Eui64 | None = None,
        certificate: bytes | None = None,
    ) -> Message:
        """Without any protection."""
        number = self.next_counter() if counter is None else counter
        return messages.command(
            message_code=code,
            originator=self.eui(role),
            recipient=device,
            counter=number,
            payload=payload,
            supplementary=None if supplementary is None else (supplementary, number),
            certificate=certificate,
        )

    def protect(self, message: Message, role: Role, form: Protection) -> bytes:
        if form.signed:
            signing = self.held[CellName(role, CellKey.SIGNATURE)].key
            message = protection.sign(message, signing)
        if form.maced:
            broker = Role.ACCESS_CONTROL_BROKER
            secret = self.secret(CellName(broker, CellKey.AGREEMENT), message.recipient)
            message = protection.add_mac(message, secret)
        return message.to_octets()

    def secret(self, cell: CellName, device: Eui64) -> bytes:
        """What a party's key in `cell` shares with a device."""
        store, usage = KeyStore(), KeyUsage.KEY_AGREEMENT
        certificates = self._device(device).credentials.certificates
        party, own = KeyName(self.eui(cell.role), usage), KeyName(device, usage)
        store.add_private(party, self.held[cell].key)
        store.add_public(own, certificates[usage].public_key)
        found = store.shared_secret(party, own)
        assert found is not None
        return found

    def _device(self, device_id: Eui64) -> AnyDevice:
        return next(one for one in self.devices.values() if one.device_id == device_id)

    # Sending, and what comes back.

    def answer(self, octets: bytes) -> Message | None:
        """The response to a command, None where none came; the gas meter has until it wakes."""
        self.dsp.arrived.clear()
        recipient = parse(octets).recipient
        is_gas = recipient == IDENTIFIERS[DeviceType.GSME]
        self.wan.send_down(IDENTIFIERS[DeviceType.CHF], recipient, octets)
        for _ in range((GAS_WAIT_S if is_gas else WAIT_S) // STEP_S):
            self.pass_time(STEP_S)
            answers = self.told(Cra.RESPONSE)
            if answers:
                return answers[0]
        return None

    def opened(self, answer: Message) -> tuple[Component, ...]:
        """The components of a GBZ answer to one of our parties; what is encrypted is decrypted."""
        payload = decode_message(answer)
        assert isinstance(payload, GbzPayload)
        return tuple(self._open(answer, at, one) for at, one in enumerate(payload.components))

    def _open(self, answer: Message, at: int, component: Component) -> Component:
        party = answer.other.supplementary_party
        if component.blob is None or party is not None:
            return component
        role = next(one for one in Role if self.eui(one) == answer.recipient)
        secret = self.secret(CellName(role, CellKey.AGREEMENT), answer.originator)
        plain = protection.decrypt(
            component.blob, secret, answer.originator, answer.counter, answer.recipient
        )
        assert plain is not None
        return component._replace(payload=describe_component(answer, at, plain))

    def told(self, cra: Cra) -> list[Message]:
        return [message for message in self.dsp.arrived if message.cra is cra]
