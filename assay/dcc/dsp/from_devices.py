"""What the WAN brings up: responses to Commands, alerts to users and to the broker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.answers import Answers, Letter
from assay.dcc.dsp.commands import Commands
from assay.dcc.dsp.effects import Effects
from assay.dcc.dsp.joining import DEVICE_LOG_CHANGED, Joining, device_log_hashes
from assay.dcc.inventory import Inventory, LifecycleEvent
from assay.dcc.registration import Registration
from assay.dcc.trust import BrokerKeys, Trust
from assay.gbcs import payload, protection
from assay.gbcs.asn1.codec import Asn1Payload
from assay.gbcs.certificates import CertificateUsage
from assay.gbcs.dlms.access import Notification
from assay.gbcs.dlms.data import Tag
from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import GbcsError
from assay.gbcs.gbz.components import GbzAlert
from assay.gbcs.identifiers import Eui64

MAX_ALERT_CODE = 0xFFFF


@dataclass(slots=True, kw_only=True)
class FromDevices:
    """The DCC forwards what it cannot judge (a MAC made for the user) and acts only on what it
    has verified itself."""

    audit: Audit
    inventory: Inventory
    registration: Registration
    trust: Trust
    broker: BrokerKeys
    commands: Commands
    effects: Effects
    joining: Joining
    alerts: DccAlerts
    answers: Answers
    deliver: Callable[[Letter], None]
    now: Callable[[], datetime]

    def message_up(self, hub_id: bytes, octets: bytes) -> None:
        hub = Eui64(hub_id)
        self._heard_of(LifecycleEvent.WAN_CONTACT, hub)
        try:
            message = parse(octets)
        except GbcsError as error:
            self._note(None, "message", f"no GBCS message: {error}", octets)
            return
        problem = self._problem_of_way(hub, message)
        if problem is not None:
            self._note(message, "message", problem, octets)
        elif message.cra is Cra.RESPONSE:
            self._response(message, octets)
        elif message.cra is Cra.ALERT:
            self._alert(message, octets)
        else:
            self._note(message, "message", "a Command from a device: dropped", octets)

    def power_lost(self, hub_id: bytes, since: datetime) -> None:
        hub = Eui64(hub_id)
        told = self.alerts.power_lost(hub, since)
        self.audit.record(
            Direction.FROM_DEVICE,
            "power outage",
            device=hub,
            note=f"since {since.isoformat()}, {len(told)} alerts raised",
        )

    def _problem_of_way(self, hub: Eui64, message: Message) -> str | None:
        device = self.inventory.find(message.originator)
        if device is None:
            return f"originator {message.originator} is not in the inventory: dropped"
        if device.hub is not None and device.hub != hub:
            return f"originator is behind hub {device.hub}, came through {hub}: dropped"
        return None

    def _response(self, message: Message, octets: bytes) -> None:
        command = self.commands.find(message)
        if command is None:
            self._note(message, "response", "answers no Command in flight: dropped", octets)
            return
        authentic = self._is_authentic(message)
        if authentic is False:
            self._note(message, "response", "protection does not verify: dropped", octets)
            return
        self.commands.close(command)
        request = command.request
        self._note(message, "response", "forwarded to the requester", octets)
        self.deliver(self.answers.service_response(request.request_id, request.srv, octets))
        if authentic:
            self._heard_of(LifecycleEvent.HUB_ANSWERED, message.originator)
            changed = self.effects.apply(request, message, self.now())
            if changed is not None:
                self.audit.record(
                    Direction.INSIDE,
                    "effect",
                    device=message.originator,
                    message_id=request.request_id,
                    note=changed,
                )

    def _alert(self, message: Message, octets: bytes) -> None:
        if message.recipient == self.broker.eui:
            self._alert_to_broker(message, octets)
            return
        code = alert_code_of(message)
        if self.registration.user(message.recipient) is None or code is None:
            self._note(message, "device alert", "no such user, or no alert code: dropped", octets)
            return
        self._note(message, "device alert", "forwarded", octets, f"{code:04X}")
        self.deliver(
            self.answers.device_alert(
                message.originator, message.recipient, message.counter, code, octets
            )
        )

    def _alert_to_broker(self, message: Message, octets: bytes) -> None:
        code = alert_code_of(message)
        words = f"{code:04X}" if code is not None else None
        if not self._is_authentic(message):
            note = "to the broker, protection does not verify: dropped"
            self._note(message, "device alert", note, octets, words)
            return
        self._note(message, "device alert", "to the broker", octets, words)
        if message.message_code != DEVICE_LOG_CHANGED:
            return
        _, typed = payload.decode(message)
        hashes = device_log_hashes(typed) if isinstance(typed, Notification) else None
        if hashes is not None:
            self.joining.device_log(message.originator, hashes)

    def _is_authentic(self, message: Message) -> bool | None:
        """None where the DCC cannot tell: a MAC made for the user."""
        device = message.originator
        if message.signature:
            key = self.trust.device_key(device, CertificateUsage.DIGITAL_SIGNATURE)
            return key is not None and protection.is_signature_valid(message, key)
        if message.recipient != self.broker.eui:
            return None
        secret = self.broker.secret_with(device)
        return secret is not None and protection.is_mac_valid(message, secret)

    def _heard_of(self, event: LifecycleEvent, hub: Eui64) -> None:
        """The gas proxy function goes with its hub."""
        for device in self.inventory.behind(hub):
            self.inventory.happened(event, device.device_id, self.now())

    def _note(
        self,
        message: Message | None,
        kind: str,
        note: str,
        octets: bytes,
        code: str | None = None,
    ) -> None:
        self.audit.record(
            Direction.FROM_DEVICE,
            kind,
            party=message.recipient if message is not None else None,
            device=message.originator if message is not None else None,
            code=code,
            note=note,
            octets=octets,
        )


def alert_code_of(message: Message) -> int | None:
    """The code that an alert's payload states; None where its payload has no known form."""
    try:
        _, typed = payload.decode(message)
    except GbcsError:
        return None
    code = _stated_code(typed)
    return code if isinstance(code, int) and 0 <= code <= MAX_ALERT_CODE else None


def _stated_code(typed: object) -> object:
    if isinstance(typed, Notification) and typed.body.tag == Tag.STRUCTURE and typed.body.value:
        return typed.body.value[0].value
    if isinstance(typed, GbzAlert):
        return typed.code
    if isinstance(typed, Asn1Payload) and isinstance(typed.value, dict):
        text = typed.value.get("alert_code")  # in hex, as alert codes are written
        return int(text, 16) if isinstance(text, str) else None
    return None
