"""The trust centre's side of every key establishment that is under way.

A device that has the network key and shows no certificate in time is sent away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.zigbee.implicit_certificates import CbkeIdentity
from rigs.zigbee.key_exchange import Command, Fault, Responder
from rigs.zigbee.smart_energy.key_establishment import Initiate

PATIENCE = timedelta(minutes=2)
"""From the moment that a device holds the network key; this bench's choice."""


class KeyAgreements:
    """`on_agreed` gets each new link key, `on_failed` each fault, `on_overdue` each device that
    did not agree in time. Hook: `begins` makes the responder for a device.
    """

    def __init__(
        self, clock: Clock, identity: CbkeIdentity, say: Callable[[Eui64, Command], None]
    ) -> None:
        self._clock = clock
        self._identity = identity
        self._say = say
        self._under_way: dict[Eui64, Responder] = {}
        self._due: dict[Eui64, datetime] = {}
        self._overdue = Alarm(clock, self._expire)
        self.patience = PATIENCE
        self.on_agreed: list[Callable[[Eui64, bytes], None]] = []
        self.on_failed: list[Callable[[Eui64, Fault], None]] = []
        self.on_overdue: list[Callable[[Eui64], None]] = []
        self.begins: Callable[[Eui64], Responder] = lambda device: Responder(
            identity, device, clock.now()
        )

    def await_(self, device: Eui64) -> None:
        """It holds the network key, and has to agree on a link key now."""
        self._due[device] = self._clock.now() + self.patience
        self._set_alarm()

    def forget(self, device: Eui64) -> None:
        self._under_way.pop(device, None)
        self._due.pop(device, None)
        self._set_alarm()

    def receive(self, device: Eui64, command: Command) -> None:
        if isinstance(command, Initiate):
            self._under_way[device] = self.begins(device)
        exchange = self._under_way.get(device)
        if exchange is None:
            return
        answer = exchange.receive(command)
        if answer is not None:
            self._say(device, answer)
        if exchange.fault is not None:
            del self._under_way[device]
            for failed in tuple(self.on_failed):
                failed(device, exchange.fault)
        elif exchange.link_key is not None:
            self.forget(device)
            for agreed in tuple(self.on_agreed):
                agreed(device, exchange.link_key)

    def _expire(self) -> None:
        now = self._clock.now()
        for device in [one for one, due in self._due.items() if due <= now]:
            self.forget(device)
            for callback in tuple(self.on_overdue):
                callback(device)
        self._set_alarm()

    def _set_alarm(self) -> None:
        self._overdue.set(min(self._due.values(), default=None))
