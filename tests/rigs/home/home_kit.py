"""A home with its meter and the small devices that hang on the same network."""

from __future__ import annotations

from typing import Any, TypeVar

from assay.gbcs.asn1 import codec
from assay.gbcs.dlms.data import boolean, enum, long_unsigned, octet_string, structure
from assay.gbcs.envelope import Cra, Message
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName
from assay.gbcs.trust_anchors import Role
from rigs.devices import han_electricity
from rigs.devices.device_type import DeviceType
from rigs.devices.hcalcs import (
    LoadControlSwitch,
    LoadControlSwitchConfiguration,
    serve_load_control,
)
from rigs.devices.peers import Peer
from rigs.devices.ppmid import PrepaymentDisplay, PrepaymentDisplayConfiguration
from rigs.devices.sapc import StandAloneController, StandAloneControllerConfiguration
from rigs.devices.shared_events import share_events
from rigs.devices.small_device import SmallDevice
from rigs.premises import Contactor
from rigs.premises_auxiliary import ProportionalNode
from tests.rigs.devices.premises_kit import (
    BROKER,
    HUB,
    INSTALL_CODE,
    METER,
    Premises,
    certify,
    parties,
)

PPMID = Eui64.from_text("00-DB-12-34-56-78-90-A4")
SWITCH = Eui64.from_text("00-DB-12-34-56-78-90-A5")
SAPC = Eui64.from_text("00-DB-12-34-56-78-90-A6")
IHD = Eui64.from_text("00-DB-12-34-56-78-90-A8")
TERMINAL = Eui64.from_text("00-DB-12-34-56-78-90-A9")
D = TypeVar("D", bound=SmallDevice)


class Home:
    """`premises` as everywhere; the meter answers the devices of the home."""

    def __init__(self) -> None:
        self.premises = Premises.joined()
        meter = self.premises.meter
        self.requests = han_electricity.requests_of(meter)
        serve_load_control(meter, self.requests)
        share_events(meter)
        meter.network.offer(self.requests)

    @property
    def meter(self) -> Any:
        return self.premises.meter

    def admit(self, device_id: Eui64) -> None:
        """Into the hub's log, with the window open, as CCS01 does it."""
        self.premises.send(self.premises.command(0x0001, BROKER, _window(device_id), recipient=HUB))

    def put_in(self, device: D) -> D:
        """Certified, on the network."""
        device.install(certify(device), parties().anchors)
        for usage, certificate in device.credentials.certificates.items():
            self.premises.keys.add_public(KeyName(device.device_id, usage), certificate.public_key)
        device.join(self.premises.hub, INSTALL_CODE)
        self.admit(device.device_id)
        self.premises.pass_time(20)
        assert device.network.is_joined
        return device

    def join_pair(self, device: SmallDevice) -> None:
        """Device and meter in each other's device log, as CS03A leaves them."""
        self.meter.security.device_log.enter(
            Peer(device_id=device.device_id, device_type=device.device_type)
        )
        device.security.device_log.enter(Peer(device_id=METER, device_type=DeviceType.ESME))
        self.premises.pass_time(1)

    def ppmid(self) -> PrepaymentDisplay:
        configuration = PrepaymentDisplayConfiguration(device_id=PPMID)
        device = PrepaymentDisplay(self.premises.clock, configuration, self.premises.supply)
        return self.put_in(device)

    def switch(self) -> LoadControlSwitch:
        device = LoadControlSwitch(
            self.premises.clock,
            LoadControlSwitchConfiguration(device_id=SWITCH),
            self.premises.supply,
            Contactor(self.premises.clock, closed=False),
        )
        return self.put_in(device)

    def sapc(self) -> StandAloneController:
        device = StandAloneController(
            self.premises.clock,
            StandAloneControllerConfiguration(device_id=SAPC),
            self.premises.supply,
            ProportionalNode(self.premises.clock),
        )
        return self.put_in(device)

    def ask(self, device: Eui64, code: int, role: Role, value: Any) -> Message | None:
        """An ASN.1 command to one of them."""
        octets = self.premises.command(
            code, role, recipient=device, payload=codec.build(code, Cra.COMMAND, value)
        )
        return self.premises.answer(octets)

    def told(self, code: int) -> list[Message]:
        """Alerts of a message code that came to the DCC."""
        alerts = self.premises.arrived(Cra.ALERT)
        return [message for message in alerts if message.message_code == code]


def _window(device_id: Eui64) -> tuple[Any, ...]:
    entry = structure(octet_string(device_id), enum(1), octet_string(INSTALL_CODE), enum(0))
    return entry, long_unsigned(90), boolean(True)
