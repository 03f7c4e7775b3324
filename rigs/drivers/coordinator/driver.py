"""The stick as steps drive it: calls that block, on the caller's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from assay.clock import Clock, LoopThread
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities.measurement import Identity
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters
from rigs.drivers.coordinator.hold import Hold
from rigs.drivers.coordinator.outgoing import DELIVERY_PATIENCE
from rigs.drivers.coordinator.stick import EmberStick
from rigs.safety.dialogue import Exchange, SafeDialogue

T = TypeVar("T")

BAUD_RATE = 115_200
RESET = b"\x1a" * 32 + b"\xc0\x38\xbc\x7e"
"""Of ASH: cancel what is on the line, then reset; answered by C1 02 and the cause."""

PATIENCE = DELIVERY_PATIENCE + timedelta(seconds=60)


class EmberCoordinator:
    """The capability `Coordinator` on an `EmberStick`. BenchLost where the stick is silent.

    One that `is_virtual` ends with the process, so no watchdog needs to know how it is silenced.
    """

    def __init__(
        self,
        stick: EmberStick,
        clock: Clock,
        loop_thread: LoopThread,
        *,
        is_virtual: bool = False,
    ) -> None:
        self.stick = stick
        self._clock = clock
        self._loop_thread = loop_thread
        self._is_virtual = is_virtual

    def open(self) -> None:
        """Connected: a stick that is not there is known now."""
        self._at_once(self.stick.connect())

    def identify(self) -> Identity:
        return self._at_once(self.stick.identify())

    def form(self, parameters: NetworkParameters) -> None:
        self._wait(lambda _: self.stick.form(parameters))

    def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        self._wait(lambda _: self.stick.permit(device, link_key, window))

    def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        self._wait(lambda _: self.stick.set_link_key(device, link_key))

    def send(self, message: ApsMessage) -> Delivery:
        return self._wait(lambda hold: self.stick.send(message, hold))

    def on_message(self, callback: Callable[[ApsMessage], None]) -> None:
        self._loop_thread.run(lambda: self.stick.on_message.append(callback))

    def on_joined(self, callback: Callable[[Eui64], None]) -> None:
        self._loop_thread.run(lambda: self.stick.on_joined.append(callback))

    def dismiss(self, device: Eui64) -> None:
        self._wait(lambda _: self.stick.dismiss(device))

    def network(self) -> NetworkParameters:
        return self._loop_thread.run(self.stick.network)

    def link_keys(self) -> dict[Eui64, bytes]:
        return self._loop_thread.run(self.stick.link_keys)

    def silence(self) -> None:
        """Radio off, network kept."""
        self._at_once(self.stick.silence())

    def resume(self) -> None:
        """Radio on, in the network that was formed."""
        self._wait(lambda _: self.stick.resume())

    def safe(self) -> None:
        with suppress(BenchFault):  # a stick that does not answer cannot be told anything
            self.silence()

    def safe_dialogue(self) -> SafeDialogue | None:
        """For a watchdog without this driver: a stick that was reset is on no network."""
        if self._is_virtual or "://" in self.stick.path:
            return None
        reset = Exchange(send=RESET, end=b"\x7e", expects=r"\xc1\x02", pause_s=1.0)
        return SafeDialogue(
            address=self.stick.path, exchanges=(reset,), verifies=False, baud=BAUD_RATE
        )

    def close(self) -> None:
        """Silent, and the port let go."""
        self.safe()
        self._at_once(self.stick.close())

    def _at_once(self, work: Coroutine[Any, Any, T]) -> T:
        """What waits for the stick alone: the bench's time may stand still meanwhile."""
        return self._loop_thread(work)

    def _wait(self, work: Callable[[Hold], Coroutine[Any, Any, T]]) -> T:
        """Run it on the loop while the bench's time passes, which the work's hold decides."""
        hold = Hold(self._clock)
        hold.take()

        def start() -> asyncio.Task[T]:
            task = self._loop_thread.loop.create_task(work(hold))
            task.add_done_callback(lambda _: hold.drop())
            return task

        task = self._loop_thread.run(start)
        if not self._clock.wait_until(task.done, PATIENCE):
            self._loop_thread.run(task.cancel)
            raise BenchLost(f"stick at {self.stick.path}: nothing within {PATIENCE}")
        return self._loop_thread.run(task.result)
