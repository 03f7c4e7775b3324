"""What every GBCS device does with a command: accept or refuse, carry out, answer, protect.

A device that refuses is silent: no response, nothing changed, an entry in the security log,
and an alert where the table has one (GBCS digest 9.1). The counter is stored once the
command has been authenticated, and only for use cases that are protected against replay,
so that reads never move it (9.2, inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from assay.gbcs.catalogue import UseCase
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Request, decode_payload
from assay.gbcs.envelope import Message
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64
from rigs.devices.alert_sender import AlertSender
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.dlms_objects import ObjectTable, RunItems, stop_at_first_failure
from rigs.devices.logs import security_log
from rigs.devices.outbox import Outbox
from rigs.devices.seal import Seal

Handler = Callable[[Accepted], bytes]
"""From an accepted command to the payload of its response; RemoteGbcsError for a payload that
is none."""


class GbcsDevice:
    """The part that meters and hubs share. Hooks: every public attribute that is a callable."""

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
        self.now = now
        self.credentials = DeviceCredentials(device_id)
        self.seal = Seal(self.credentials)
        self.outbox = Outbox(send, can_send)
        self.alerts = AlertSender(clock, self.credentials, self.seal, self.outbox, now)
        self.security_log = security_log(now)
        self.objects = ObjectTable(())
        self.handlers: dict[int, Handler] = {}

        self.checks: tuple[tuple[str, Check], ...] = CHECKS
        self.refusal_code: Callable[[Refusal], int | None] = lambda reason: reason.log_code
        self.on_refusal: list[Callable[[Refused], None]] = []
        self.remember_counter: Callable[[Accepted], None] = self._store_counter
        self.run_items: RunItems = stop_at_first_failure
        self.header_time: Callable[[UseCase], DateTime | None] = self._time_if_asked_for
        self.build_response: Callable[..., Message] = messages.response
        self.response_delay = timedelta(0)

    def serve(self, codes: Mapping[int, Handler]) -> None:
        """Know these message codes."""
        self.handlers.update(codes)

    def process(self, octets: bytes) -> None:
        """One message addressed to this device."""
        outcome = accept(octets, self._receiver(), self.checks)
        if isinstance(outcome, Refused):
            self.refuse(outcome)
            return
        try:
            payload = self._carry_out(outcome)
        except RemoteGbcsError as error:
            # Authentic, but no payload that items could be reported for: inferred.
            self.refuse(
                Refused(reason=Refusal.MALFORMED, message=outcome.message, detail=str(error))
            )
            return
        self._answer(outcome, payload)

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

    def _receiver(self) -> Receiver:
        return Receiver(
            device_id=self.device_id,
            message_codes=frozenset(self.handlers),
            anchors=self.credentials.anchors,
            keys=self.credentials.keys,
        )

    def _carry_out(self, command: Accepted) -> bytes:
        self.remember_counter(command)
        return self.handlers[command.use_case.code](command)

    def _store_counter(self, command: Accepted) -> None:
        if command.use_case.replay_protected:
            self.credentials.anchors.counters[command.role] = command.message.counter

    def _time_if_asked_for(self, use_case: UseCase) -> DateTime | None:
        return DateTime.at(self.now()) if use_case.response_date_time else None

    def _answer(self, command: Accepted, payload: bytes) -> None:
        at = self.header_time(command.use_case)
        response = self.build_response(command.message, payload, at=at)
        sealed = self.seal.protect(response, critical=command.use_case.is_critical)
        if sealed is None:
            return
        octets = sealed.to_octets()
        if self.response_delay:
            self._clock.call_later(self.response_delay, lambda: self.outbox.put(octets))
        else:
            self.outbox.put(octets)
