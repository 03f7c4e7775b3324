"""How a device that sleeps hears anything: it asks, again and again, while it expects something.

In between its receiver is off. A device that listens always needs none of this.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import MacLayer
from rigs.zigbee import nwk
from rigs.zigbee.mac import Address, MacFrame, MacKind
from rigs.zigbee.mac_commands import MAC_COMMANDS, DataRequest

INTERVAL = timedelta(milliseconds=250)
SOON = timedelta(milliseconds=20)
"""After something was said or heard: the answer, or the next block, is on its way."""
AT_ONCE = timedelta(milliseconds=1)
"""After the parent has said that more is waiting. All three are this bench's choice."""


class Polling:
    """`sleeps`: without, the receiver is on all the time and nothing is asked for.

    `on_outcome` says of each poll whether the parent acknowledged it. Hook: `is_owed` says
    whether something that was sent is not acknowledged yet.
    """

    def __init__(self, clock: Clock, link: MacLayer, *, sleeps: bool) -> None:
        self._clock = clock
        self._link = link
        self.sleeps = sleeps
        self.interval = INTERVAL
        self.on_outcome: Callable[[bool], None] = lambda _: None
        self.is_owed: Callable[[], bool] = lambda: False
        self._until: datetime | None = None
        self._is_asking = False
        self._alarm = Alarm(clock, self._poll)
        link.node.is_listening = not sleeps

    @property
    def is_expecting(self) -> bool:
        return self._until is not None

    def expect(self, span: timedelta) -> None:
        """Something may come within this time."""
        if not self.sleeps:
            return
        until = self._clock.now() + span
        self._until = max(until, self._until or until)
        self._link.node.is_listening = True
        soon = self._clock.now() + SOON
        if self._alarm.due is None or self._alarm.due > soon:
            self._alarm.set(soon)

    def hurry(self) -> None:
        """More is waiting."""
        if self.sleeps and self._until is not None:
            self._alarm.set(self._clock.now() + AT_ONCE)

    def rest(self) -> None:
        """Nothing is expected any more."""
        self._alarm.cancel()
        self._until = None
        if self.sleeps:
            self._link.node.is_listening = False

    def ask(self) -> None:
        """One data request, under the address that the device has."""
        own: Address = self._link.eui if self._link.address is None else self._link.address
        if self._link.pan is None or (self._is_asking and not self._link.is_idle):
            return
        self._is_asking = True
        self._link.send(
            MacFrame(
                kind=MacKind.COMMAND,
                sequence=0,
                destination_pan=self._link.pan,
                destination=nwk.COORDINATOR,
                source=own,
                payload=MAC_COMMANDS.build(DataRequest()),
                ack_request=True,
            ),
            self._asked,
        )

    def forget(self) -> None:
        """The radio was switched off under way."""
        self._is_asking = False
        self.rest()

    def _asked(self, success: bool) -> None:
        self._is_asking = False
        self.on_outcome(success)

    def _poll(self) -> None:
        is_over = self._until is None or self._clock.now() >= self._until
        if is_over and not self.is_owed() and self._link.is_idle:
            self.rest()
            return
        self.ask()
        self._alarm.set(self._clock.now() + self.interval)
