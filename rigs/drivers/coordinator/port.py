"""The stick in callbacks, for a hub that lives on the loop thread and never waits.

What changes keys is done one thing after the other, in the order of the calls; a message that
follows it is sent after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities.radio import ApsMessage, Delivery, NetworkParameters
from rigs.drivers.coordinator.hold import Hold
from rigs.drivers.coordinator.stick import EmberStick


class StickPort:
    """`rigs.smart_energy_hub.RadioPort` on an `EmberStick`. All calls on the loop thread.

    A fault of the stick is kept in `fault` and told to `on_fault`; `check` raises it. Messages
    are then not delivered.
    """

    def __init__(self, stick: EmberStick, clock: Clock) -> None:
        self._stick = stick
        self._clock = clock
        self._last: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._wanted: NetworkParameters | None = None
        self._is_silent = False
        self.fault: BenchFault | None = None
        self.on_fault: list[Callable[[BenchFault], None]] = []
        stick.on_lost.append(self._lost)

    @property
    def eui(self) -> Eui64:
        return self._stick.eui

    @property
    def on_message(self) -> list[Callable[[ApsMessage], None]]:
        return self._stick.on_message

    @property
    def on_joined(self) -> list[Callable[[Eui64], None]]:
        return self._stick.on_joined

    @property
    def on_left(self) -> list[Callable[[Eui64], None]]:
        return self._stick.on_left

    def check(self) -> None:
        """Raise what went wrong since the last check, if anything did."""
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault

    def form(self, parameters: NetworkParameters) -> None:
        """Once: asked for again, the network stays, with those who are on it."""
        if parameters != self._wanted:
            self._wanted, self._is_silent = parameters, False
            self._next(lambda: self._stick.form(parameters))
        elif self._is_silent:
            self.resume()

    def silence(self) -> None:
        self._is_silent = True
        self._next(self._stick.silence)

    def resume(self) -> None:
        self._is_silent = False
        self._next(self._stick.resume)

    def permit(self, device: Eui64, link_key: bytes, window: timedelta) -> None:
        self._next(lambda: self._stick.permit(device, link_key, window))

    def set_link_key(self, device: Eui64, link_key: bytes) -> None:
        self._next(lambda: self._stick.set_link_key(device, link_key))

    def dismiss(self, device: Eui64) -> None:
        self._next(lambda: self._stick.dismiss(device))

    def send(self, message: ApsMessage, on_done: Callable[[Delivery], None]) -> None:
        before = self._last

        async def work(hold: Hold) -> None:
            if before is not None:
                await asyncio.wait({before})
            delivery = Delivery.NOT_DELIVERED
            try:
                delivery = await self._stick.send(message, hold)
            except BenchFault as fault:
                self._failed(fault)
            on_done(delivery)

        self._start(work)

    def _next(self, work: Callable[[], Awaitable[None]]) -> None:
        """After everything that was asked before; time stands still until it is done."""
        before = self._last

        async def run(_: Hold) -> None:
            if before is not None:
                await asyncio.wait({before})
            try:
                await work()
            except BenchFault as fault:
                self._failed(fault)

        self._last = self._start(run)

    def _start(self, work: Callable[[Hold], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        hold = Hold(self._clock)
        hold.take()

        def ended(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            hold.drop()

        task = asyncio.get_running_loop().create_task(work(hold))
        self._tasks.add(task)
        task.add_done_callback(ended)
        return task

    def _lost(self, lost: BenchLost) -> None:
        self._wanted = None
        self._failed(lost)

    def _failed(self, fault: BenchFault) -> None:
        if self.fault is not None:
            return
        self.fault = fault
        for callback in tuple(self.on_fault):
            callback(fault)
