"""Alerts of one device: its own counter, the right recipient and protection, from the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs import messages
from assay.gbcs.dlms.data import Data
from assay.gbcs.envelope import Message
from assay.gbcs.identifiers import Eui64
from rigs.devices.alerts import ALERTS, AlertRow
from rigs.devices.credentials import DeviceCredentials
from rigs.devices.outbox import Outbox
from rigs.devices.seal import Seal


class AlertSender:
    """`counter` is the last one used and survives outages (GBCS digest 1.6).

    `silenced` and `delays` are by alert code and empty on a sound device. `is_wanted` answers
    for the remote parties' alert settings.
    """

    def __init__(
        self,
        clock: Clock,
        credentials: DeviceCredentials,
        seal: Seal,
        outbox: Outbox,
        now: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._credentials = credentials
        self._seal = seal
        self._outbox = outbox
        self._now = now
        self.counter = 0
        self.next_counter: Callable[[int], int] = lambda last: last + 1
        self.is_wanted: Callable[[int], bool] = lambda _code: True
        self.silenced: set[int] = set()
        self.delays: dict[int, timedelta] = {}
        self.build: Callable[..., Message] = messages.dlms_alert

    def send(
        self,
        code: int,
        *extras: Data,
        message_code: int | None = None,
        recipient: Eui64 | None = None,
    ) -> None:
        """Send the alert, if nobody is named, to the first of its recipients whose credentials
        are held, and to those who get a copy. `message_code` where the code alone does not say
        it (8F66, 8F67, 8F72, 8F1C).
        """
        if code in self.silenced or not self.is_wanted(code):
            return
        row = ALERTS[code]
        for party in self._recipients(row) if recipient is None else (recipient,):
            self._send(code, extras, row, message_code, party)

    def send_message(
        self, code: int, build: Callable[[Eui64, int], Message], recipient: Eui64 | None = None
    ) -> None:
        """An alert whose payload is no usual one: `build` gets recipient and counter."""
        if code in self.silenced or not self.is_wanted(code):
            return
        row = ALERTS[code]
        for party in self._recipients(row) if recipient is None else (recipient,):
            self._build_and_post(code, build, row, party)

    def take_counter(self) -> int:
        """The device's next own counter, used with this."""
        self.counter = self.next_counter(self.counter)
        return self.counter

    def _send(
        self,
        code: int,
        extras: tuple[Data, ...],
        row: AlertRow,
        message_code: int | None,
        recipient: Eui64,
    ) -> None:
        def build(party: Eui64, counter: int) -> Message:
            return self.build(
                message_code=row.message_code if message_code is None else message_code,
                alert_code=code,
                originator=self._credentials.device_id,
                recipient=party,
                counter=counter,
                at=self._now(),
                extras=extras,
            )

        self._build_and_post(code, build, row, recipient)

    def _build_and_post(
        self, code: int, build: Callable[[Eui64, int], Message], row: AlertRow, recipient: Eui64
    ) -> None:
        message = build(recipient, self.take_counter())
        sealed = self._seal.protect(message, critical=row.critical)
        if sealed is not None:
            self._post(sealed.to_octets(), self.delays.get(code))

    def _recipients(self, row: AlertRow) -> tuple[Eui64, ...]:
        held = (self._credentials.party(role) for role in row.recipients)
        first = next((party for party in held if party is not None), None)
        copies = (self._credentials.party(role) for role in row.copies)
        return tuple(party for party in (first, *copies) if party is not None)

    def _post(self, octets: bytes, delay: timedelta | None) -> None:
        if delay is None:
            self._outbox.put(octets)
        else:
            self._clock.call_later(delay, lambda: self._outbox.put(octets))
