"""What the WAN brings up: responses to Commands, alerts to users and to the broker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.alerts import DccAlerts
from assay.dcc.dsp.answers import Answers, Letter
from assay.dcc.dsp.commands import CommandInFlight
from assay.dcc.dsp.customer_number import customer_number_in
from assay.dcc.dsp.device_alerts import alert_to_broker, alert_to_others
from assay.dcc.dsp.device_dated import OUTCOMES
from assay.dcc.dsp.effects import BELIEVED, Effects
from assay.dcc.dsp.modes import Modes
from assay.dcc.inventory import Inventory, LifecycleEvent
from assay.dcc.registration import Registration
from assay.dcc.trust import BrokerKeys, Trust
from assay.duis.identifiers import RequestId
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
    has verified itself, but for a few named variants (`effects.BELIEVED`)."""

    audit: Audit
    inventory: Inventory
    registration: Registration
    trust: Trust
    broker: BrokerKeys
    modes: Modes
    effects: Effects
    alerts: DccAlerts
    answers: Answers
    deliver: Callable[[Letter], None]
    now: Callable[[], datetime]
    dcc_parties: frozenset[Eui64]
    """Those that send Commands beside the broker: the change of supplier party."""

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

    def returned(self, octets: bytes) -> None:
        """By 8.13: the response to a Command that a user delivered, or may have delivered,
        itself. The user has it already."""
        self._response(parse(octets), octets, is_local=True)

    def _response(self, message: Message, octets: bytes, *, is_local: bool = False) -> None:
        command = self.modes.commands.find(message)
        if command is None:
            self._note(message, "response", "answers no Command in flight: dropped", octets)
            return
        authentic = self._is_authentic(message)
        if authentic is False:
            self._note(message, "response", "protection does not verify: dropped", octets)
            return
        self.modes.commands.close(command)
        request = command.request
        note = "returned by the user" if is_local else "forwarded to the requester"
        self._note(message, "response", note, octets, request_id=request.request_id)
        if not is_local:
            self.deliver(self._letter(command, octets))
        self.modes.answered(command, message)
        if authentic:
            self._heard_of(LifecycleEvent.HUB_ANSWERED, message.originator)
        if authentic or request.srv in BELIEVED:
            changed = self.effects.apply(request, message, self.now())
            self._note_effect(message.originator, request.request_id, changed)

    def _letter(self, command: CommandInFlight, octets: bytes) -> Letter:
        request = command.request
        if command.schedule_id is not None:
            return self.answers.scheduled_response(
                request.request_id, request.srv, octets, command.schedule_id
            )
        number = customer_number_in(command.message) if request.srv == "9.1" else None
        if number is not None:
            return self.answers.customer_number(request.request_id, number, octets)
        return self.answers.service_response(request.request_id, request.srv, octets)

    def _alert(self, message: Message, octets: bytes) -> None:
        code = alert_code_of(message)
        if message.recipient == self.broker.eui:
            self._alert_to_broker(message, octets, code)
            return
        is_to_user = self.registration.user(message.recipient) is not None
        if code is None or not (is_to_user or message.recipient in self.dcc_parties):
            self._note(message, "device alert", "no such user, or no alert code: dropped", octets)
            return
        self._learn(message, code)
        outcome = None
        if code in OUTCOMES and self._is_authentic(message) is not False:
            outcome = self.modes.device_dated.outcome(message, code)
        if outcome is not None:
            number, total, request = outcome.number, outcome.total, outcome.request
            note, kind = f"forwarded, {number} of {total}", "future dated device alert"
            self._note(message, kind, note, octets, f"{code:04X}", request.request_id)
            self.deliver(self.answers.dated_outcome(request, code, octets, number, total))
            return
        if not is_to_user:
            self._note(message, "device alert", "for the DCC itself", octets, f"{code:04X}")
            return
        self._note(message, "device alert", "forwarded", octets, f"{code:04X}")
        self.deliver(
            self.answers.device_alert(
                message.originator, message.recipient, message.counter, code, octets
            )
        )

    def _learn(self, message: Message, code: int) -> None:
        """What an alert for somebody else tells the DCC in passing, if the device signed it."""
        if self._is_authentic(message):
            changed = alert_to_others(self.effects.estate, message, code, self.now())
            self._note_effect(message.originator, None, changed)

    def _alert_to_broker(self, message: Message, octets: bytes, code: int | None) -> None:
        words = f"{code:04X}" if code is not None else None
        if not self._is_authentic(message):
            note = "to the broker, protection does not verify: dropped"
            self._note(message, "device alert", note, octets, words)
            return
        self._note(message, "device alert", "to the broker", octets, words)
        changed = alert_to_broker(self.effects.estate, message, code, self.now())
        self._note_effect(message.originator, None, changed)

    def _note_effect(
        self, device: Eui64, request_id: RequestId | None, changed: str | None
    ) -> None:
        if changed is not None:
            self.audit.record(
                Direction.INSIDE, "effect", device=device, message_id=request_id, note=changed
            )

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
        if not self.inventory.may_happen(event, hub):
            return
        for device in self.inventory.behind(hub):
            self.inventory.happened(event, device.device_id, self.now())

    def _note(
        self,
        message: Message | None,
        kind: str,
        note: str,
        octets: bytes,
        code: str | None = None,
        request_id: RequestId | None = None,
    ) -> None:
        self.audit.record(
            Direction.FROM_DEVICE,
            kind,
            party=message.recipient if message is not None else None,
            device=message.originator if message is not None else None,
            message_id=request_id,
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
