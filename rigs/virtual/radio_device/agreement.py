"""A device's key establishment with its hub, carried over cluster 0x0800."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.zigbee.implicit_certificates import CbkeIdentity
from rigs.zigbee.key_exchange import Command, Fault, Initiator


class Agreement:
    """`on_agreed` gets the link key, `on_failed` the fault, or None where no answer came."""

    def __init__(
        self,
        clock: Clock,
        wait: timedelta,
        say: Callable[[Command], None],
        on_agreed: Callable[[bytes], None],
        on_failed: Callable[[Fault | None], None],
    ) -> None:
        self._clock = clock
        self._wait = wait
        self._say = say
        self._on_agreed = on_agreed
        self._on_failed = on_failed
        self._exchange: Initiator | None = None
        self._alarm = Alarm(clock, lambda: self._fail(None))

    @property
    def is_under_way(self) -> bool:
        return self._exchange is not None

    def begin(self, identity: CbkeIdentity, hub: Eui64) -> None:
        self._exchange = Initiator(identity, hub, self._clock.now())
        self._alarm.set(self._clock.now() + self._wait)
        self._say(self._exchange.start())

    def stop(self) -> None:
        self._alarm.cancel()
        self._exchange = None

    def receive(self, command: Command) -> None:
        exchange = self._exchange
        if exchange is None:
            return
        answer = exchange.receive(command)
        if answer is not None:
            self._say(answer)
        if exchange.fault is not None:
            self._fail(exchange.fault)
        elif exchange.link_key is not None:
            self.stop()
            self._on_agreed(exchange.link_key)

    def _fail(self, fault: Fault | None) -> None:
        self.stop()
        self._on_failed(fault)
