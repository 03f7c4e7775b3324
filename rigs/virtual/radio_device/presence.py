"""Whether the hub can still be heard, and the way back to it when it cannot.

Two messages or polls in a row that nobody acknowledged, and the device counts itself lost. One that
listens always says something now and then, so that it notices (keep-alive).
"""

from __future__ import annotations

from collections.abc import Callable

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.virtual.ether import Heard
from rigs.virtual.radio_device.attachment import Return
from rigs.virtual.radio_device.polling import Polling
from rigs.virtual.radio_device.settings import JoinCounts, Pauses, RadioSettings
from rigs.virtual.stack.layers import Layers, ReceivedCommand
from rigs.zigbee.mac import MacFrame


class Presence:
    """`on_lost` and `on_returned` are called at each change; `say_something` when it is time to
    make sure."""

    def __init__(
        self,
        clock: Clock,
        layers: Layers,
        polling: Polling,
        settings: RadioSettings,
        counts: JoinCounts,
        *,
        on_lost: Callable[[], None],
        on_returned: Callable[[], None],
        say_something: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._layers = layers
        self._polling = polling
        self._settings = settings
        self._counts = counts
        self._on_lost = on_lost
        self._on_returned = on_returned
        self._say_something = say_something
        self._network: Eui64 | None = None
        self._failures = 0
        self._pauses = Pauses(settings)
        self._keep_alive = Alarm(clock, self._still_there)
        self._again = Alarm(clock, self._return)
        self._step: Return | None = None
        self.is_lost = False

    @property
    def is_busy(self) -> bool:
        return self._step is not None

    def begin(self, network: Eui64) -> None:
        """The device has joined."""
        self._network = network
        self._failures = 0
        self.is_lost = False
        self._arm()

    def count(self, success: bool) -> None:
        """Of polls and of messages: the hub was heard, or it was not."""
        if self._network is None or self.is_lost:
            return
        self._failures = 0 if success else self._failures + 1
        if self._failures >= self._settings.failures_until_lost:
            self._counts.losses += 1
            self.seek_home()
            self._on_lost()
        elif self._failures:
            self._arm()

    def seek_home(self) -> None:
        """It has lost its hub, or its power for a while."""
        self._failures = 0
        self.is_lost = True
        self._keep_alive.cancel()
        self._pauses.begin_anew()
        self._return()

    def heard(self) -> None:
        """A message of the hub came, so there is no way back to look for."""
        if self.is_lost and self._step is None:
            self._again.cancel()
            self._returned(True)

    def hurry(self) -> None:
        """No use in waiting longer."""
        if self.is_lost and self._step is None:
            self._pauses.begin_anew()
            self._return()

    def stop(self) -> None:
        """Radio off; where it belonged to is kept."""
        self._keep_alive.cancel()
        self._again.cancel()
        if self._step is not None:
            self._step.stop()
            self._step = None

    def forget(self) -> None:
        self.stop()
        self._network = None
        self.is_lost = False

    def take(self, frame: MacFrame, heard: Heard) -> None:
        if self._step is not None:
            self._step.take(frame, heard)

    def take_command(self, received: ReceivedCommand) -> None:
        if self._step is not None:
            self._step.take_command(received)

    def _return(self) -> None:
        assert self._network is not None
        self._again.cancel()
        self._layers.link.forget()
        self._step = Return(
            self._clock,
            self._layers,
            self._polling,
            self._network,
            self._settings.channels,
            self._settings.capability,
            self._returned,
        )

    def _returned(self, success: bool) -> None:
        self._step = None
        if not success:
            self._polling.rest()
            self._again.set(self._clock.now() + self._pauses.take())
            return
        self.is_lost = False
        self._counts.returns += 1
        self._polling.expect(self._settings.linger)
        self._arm()
        self._on_returned()

    def _still_there(self) -> None:
        self._say_something()
        if not self.is_lost:
            self._arm()

    def _arm(self) -> None:
        if self._settings.keep_alive is None or self._settings.sleeps:
            return
        # After a failure it makes sure soon.
        doubt, usual = self._settings.keep_alive_in_doubt, self._settings.keep_alive
        self._keep_alive.set(self._clock.now() + (doubt if self._failures else usual))
