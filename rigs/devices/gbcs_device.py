"""What every GBCS device does with a command: accept or refuse, carry out, answer, protect.

A device that refuses is silent: no response, nothing changed, an entry in the security log,
and an alert where the table has one (GBCS digest 9.1). The counter is stored once the
command has been authenticated, and only for use cases that are protected against replay,
so that reads never move it (9.2, inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs import messages
from assay.gbcs.acceptance import (
    CHECKS,
    Accepted,
    Check,
    Receiver,
    Refusal,
    Refused,
    accept,
)
from assay.gbcs.authority import SIGNED, protections
from assay.gbcs.catalogue import UseCase
from assay.gbcs.certificates import CertificateView
from assay.gbcs.counters import Guard, guard_of
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Request, decode_payload
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.keys import KeyName, KeyUsage, PublicKey
from rigs.devices.alert_sender import AlertSender
from rigs.devices.alerts import ALERTS, LogName
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.dlms_objects import ObjectTable, RunItems, stop_at_first_failure
from rigs.devices.logs import Log, security_log
from rigs.devices.outbox import Outbox
from rigs.devices.radio import RadioFrontEnd
from rigs.devices.seal import Seal

Handler = Callable[[Accepted], bytes]
"""From an accepted command to the payload of its response; RemoteGbcsError for a payload that
is none."""


class CommandRefusedError(Exception):
    """A handler found no authority for what is asked: silence, as for any refusal."""

    def __init__(self, reason: Refusal, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


SIGNED_RESPONSES = frozenset((*range(0x0100, 0x010A), 0x0125, 0x0126))
"""Replaced credentials: the response is signed, the command critical or not (GBCS digest 2)."""


class GbcsDevice:
    """The part that meters and hubs share. Hooks: every public attribute that is a callable.

    `on_report` hears every event code, `on_carried_out` every command with the payload of its
    answer, before that is sent.
    """

    def __init__(
        self,
        clock: Clock,
        device_id: Eui64,
        *,
        now: Callable[[], datetime],
        send: Callable[[bytes], None],
        can_send: Callable[[], bool],
    ) -> None:
        self._clock = clock
        self.device_id = device_id
        self.radio = RadioFrontEnd()
        self.now = now
        self.credentials = DeviceCredentials(device_id)
        self.seal = Seal(self.credentials)
        self.outbox = Outbox(send, can_send)
        self.alerts = AlertSender(clock, self.credentials, self.seal, self.outbox, now)
        self.security_log = security_log(now)
        self.logs: dict[LogName, Log] = {LogName.SECURITY: self.security_log}
        self.is_logged_in: Callable[[int, LogName], bool] = lambda code, log: (
            log in ALERTS[code].logs
        )
        self.is_told: Callable[[int], bool] = lambda code: ALERTS[code].is_sent
        self.on_report: list[Callable[[int], None]] = []
        self.on_carried_out: list[Callable[[Accepted, bytes], None]] = []
        self.objects = ObjectTable(())
        self.handlers: dict[int, Handler] = {}

        self.checks: tuple[tuple[str, Check], ...] = CHECKS
        self.refusal_code: Callable[[Refusal], int | None] = lambda reason: reason.log_code
        self.on_refusal: list[Callable[[Refused], None]] = []
        self.remember_counter: Callable[[Accepted], None] = self._store_counter
        self.is_answer_signed: Callable[[Accepted], bool] = _is_answer_signed
        self.contingency_key: Callable[[Message], PublicKey | None] = lambda _: None
        self.run_items: RunItems = stop_at_first_failure
        self.header_time: Callable[[UseCase], DateTime | None] = self._time_if_asked_for
        self.build_response: Callable[..., Message] = messages.response
        self.response_delay = timedelta(0)
        self._afterwards: list[Callable[[], None]] = []

    def serve(self, codes: Mapping[int, Handler]) -> None:
        """Know these message codes."""
        self.handlers.update(codes)

    def process(self, octets: bytes) -> None:
        """One message addressed to this device."""
        outcome = accept(octets, self.receiver(), self.checks)
        if isinstance(outcome, Refused):
            self.refuse(outcome)
            return
        try:
            outcome = self._meet(outcome)
            payload = self._carry_out(outcome)
        except RemoteGbcsError as error:
            # Authentic, but no payload that items could be reported for: inferred.
            self.refuse(
                Refused(reason=Refusal.MALFORMED, message=outcome.message, detail=str(error))
            )
            return
        except CommandRefusedError as error:
            self.refuse(Refused(reason=error.reason, message=outcome.message, detail=error.detail))
            return
        self._answer(outcome, payload)
        self.finish()

    def after_answer(self, act: Callable[[], None]) -> None:
        """To be done once the response, or the alert, that speaks of it is on its way."""
        self._afterwards.append(act)

    def finish(self) -> None:
        """Do what was put off until now."""
        acts, self._afterwards = self._afterwards, []
        for act in acts:
            act()

    def report(
        self,
        code: int,
        *extras: Data,
        other: bytes | int | None = None,
        at: datetime | None = None,
        message_code: int | None = None,
        recipient: Eui64 | None = None,
    ) -> None:
        """Log the event where the alert table says so, and send the alert where it is one.

        `other` is the "other information" of the log entry (octets; a number in the power event
        log), `at` the time of the entry if it is not now, `extras` what the alert carries besides.
        """
        for name, log in self.logs.items():
            if self.is_logged_in(code, name):
                log.write(code, other, at=at)
        if self.is_told(code):
            self.alerts.send(code, *extras, message_code=message_code, recipient=recipient)
        for callback in self.on_report:
            callback(code)

    def refuse(self, refused: Refused) -> None:
        code = self.refusal_code(refused.reason)
        if code is not None:
            self.security_log.write(code)
        if refused.reason.raises_alert:
            self.alerts.send(refused.reason.log_code)
        for callback in self.on_refusal:
            callback(refused)

    def run_dlms(self, command: Accepted) -> bytes:
        """The handler of every use case whose payload is DLMS."""
        payload = decode_payload(command.message.payload)
        if not isinstance(payload, Request):
            raise RemoteGbcsError(0, "payload", "an access request", type(payload).__name__)
        results = self.objects.run(command, payload, self.run_items)
        return messages.dlms_response_payload(command.message.counter, results)

    def receiver(self) -> Receiver:
        """This device as acceptance sees it now."""
        return Receiver(
            device_id=self.device_id,
            message_codes=frozenset(self.handlers),
            anchors=self.credentials.anchors,
            keys=self.credentials.keys,
            contingency_key=self.contingency_key,
        )

    def _meet(self, command: Accepted) -> Accepted:
        """Of a party that only the broker knows: take its key, number what is encrypted for it.

        In DLMS alone: the national answer in GBZ goes by the header's counter (GCS61).
        """
        other = command.message.other
        party, der = other.supplementary_party, other.certificate
        is_wanted = command.use_case.payload == "dlms" and bool(command.use_case.encrypted)
        if party is None or der is None or not is_wanted:
            return command
        if not self.credentials.anchors.roles_of(party):
            key = CertificateView.from_der(der).public_key
            self.credentials.keys.add_public(KeyName(party, KeyUsage.KEY_AGREEMENT), key)
        return replace(command, originator_counter=self.alerts.take_counter())

    def _carry_out(self, command: Accepted) -> bytes:
        self.remember_counter(command)
        payload = self.handlers[command.use_case.code](command)
        for callback in self.on_carried_out:
            callback(command, payload)
        return payload

    def _store_counter(self, command: Accepted) -> None:
        guard, anchors = guard_of(command.use_case.code), self.credentials.anchors
        if guard is Guard.PREPAYMENT:
            anchors.prepayment_counter = command.message.counter
        elif guard is Guard.ROLE:
            anchors.counters[command.role] = command.message.counter

    def _time_if_asked_for(self, use_case: UseCase) -> DateTime | None:
        return DateTime.at(self.now()) if use_case.response_date_time else None

    def _answer(self, command: Accepted, payload: bytes) -> None:
        at = self.header_time(command.use_case)
        response = self.build_response(command.message, payload, at=at)
        if command.originator_counter is not None:
            other = replace(
                response.other, supplementary_originator_counter=command.originator_counter
            )
            response = replace(response, other=other)
        sealed = self.seal.protect(response, critical=self.is_answer_signed(command))
        if sealed is None:
            return
        octets = sealed.to_octets()
        if self.response_delay:
            self._clock.call_later(self.response_delay, lambda: self.outbox.put(octets))
        else:
            self.outbox.put(octets)


def _is_answer_signed(command: Accepted) -> bool:
    """Of a use case with a form that is signed alone, the form of the command decides (CS02a)."""
    row, message = command.use_case, command.message
    if row.is_critical or row.code in SIGNED_RESPONSES:
        return True
    return message.mac is None and SIGNED in protections(row)
