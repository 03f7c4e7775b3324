"""The dialogue with one stick: opened, asked, bounded in time, and lost.

Waiting for the stick is wall time. A stick that is silent, fails, resets itself or lets its port
close is lost: everyone who waits is told at once, and every later call says the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import ExitStack, suppress
from typing import Any, Final

import bellows.ash
import bellows.exception
import bellows.types as ezsp_types

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchFault, BenchLost
from rigs.drivers.coordinator import settings
from rigs.drivers.coordinator.ezsp_link import BenchEzsp

COMMAND_PATIENCE_S = 4.0
"""Wall time for one command; the link itself repeats frames within it."""

CONNECTION_PATIENCE_S = 9.0
"""Wall time for opening the port and starting the stick: three resets of 2.5 s each."""

NO_EUI = Eui64(bytes(8))

_LINK_ERRORS: Final = (
    TimeoutError,
    OSError,
    RuntimeError,
    bellows.ash.AshException,
    bellows.exception.EzspError,
    bellows.exception.ControllerError,
)


class StickSession:
    """`on_callback` gets what the stick says by itself, `on_incoming` messages and blocks.

    `on_reset` is told that the stick has forgotten what was under way.
    """

    def __init__(
        self, path: str, clock: Clock, command_patience_s: float, connection_patience_s: float
    ) -> None:
        self.path = path
        self._clock = clock
        self.command_patience_s = command_patience_s
        self._connection_patience_s = connection_patience_s
        self.eui = NO_EUI
        self.on_callback: Callable[[str, list[Any]], None] = lambda _name, _values: None
        self.on_incoming: Callable[[dict[str, Any]], None] = lambda _: None
        self.on_lost: list[Callable[[BenchLost], None]] = []
        self.on_reset: list[Callable[[], None]] = []
        self._ezsp: BenchEzsp | None = None
        self._lost: BenchLost | None = None
        self._lost_signal = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def ezsp(self) -> BenchEzsp:
        """bellows' object; BenchLost where there is none, or the stick is lost."""
        if self._lost is not None:
            raise self._lost
        if self._ezsp is None:
            raise BenchLost(f"stick at {self.path}: not connected")
        return self._ezsp

    async def connect(self) -> None:
        """Open the port and start the stick; nothing where that has been done."""
        if self._ezsp is not None:
            _ = self.ezsp
            return
        self._lost = None
        self._lost_signal = asyncio.Event()
        with self._clock.exchange():
            self._ezsp = BenchEzsp(
                self.path, self._clock, self, lambda fields: self.on_incoming(fields)
            )
            self._ezsp.add_callback(lambda name, values: self.on_callback(name, values))
            try:
                async with asyncio.timeout(self._connection_patience_s):
                    await self._ezsp.connect(use_thread=False)
            except _LINK_ERRORS as error:
                lost = self.lose("no answer", error)
                await self.close()
                raise lost from error
            await self._know_each_other(self._ezsp)

    async def _know_each_other(self, ezsp: BenchEzsp) -> None:
        if ezsp.ezsp_version != settings.EZSP_VERSION:
            seen = ezsp.ezsp_version
            await self.close()
            raise self.fault(f"expected EZSP {settings.EZSP_VERSION}, seen {seen}")
        (eui,) = await self.ask("getEui64")
        self.eui = device_of(eui)

    async def close(self) -> None:
        """Let go of the port; the stick stays as it is."""
        ezsp, self._ezsp = self._ezsp, None
        self.lose("closed", None)
        if ezsp is None:
            return
        with self._clock.exchange(), suppress(*_LINK_ERRORS):  # it may have gone already
            async with asyncio.timeout(self.command_patience_s):
                await ezsp.disconnect()

    async def reconnect(self) -> None:
        """As `connect`, also where the stick was lost before."""
        if self._lost is not None:
            await self.close()
        await self.connect()

    async def start_over(self, endpoint: settings.Endpoint) -> None:
        """Reset and configured, with its endpoint, no network up."""
        ezsp = self.ezsp

        async def reset() -> None:
            await ezsp.reset()
            await ezsp.version()

        await self.bounded(reset(), "reset")
        for callback in tuple(self.on_reset):
            callback()
        await self.bounded(ezsp.write_config(settings.CONFIGURATION), "configuration")
        await self.demand("addEndpoint", **settings.endpoint_fields(endpoint))

    async def ask(self, name: str, **fields: Any) -> list[Any]:
        """One command; BenchLost where no answer comes, BenchFault where the stick refuses it."""
        return list(await self.bounded(getattr(self.ezsp, name)(**fields), name))

    async def demand(self, name: str, **fields: Any) -> None:
        """A command that answers with nothing but a status, which has to be success."""
        (status,) = await self.ask(name, **fields)
        self.require(name, status)

    def require(self, name: str, status: Any) -> None:
        if int(status) != settings.SUCCESS:
            raise self.fault(f"{name}: expected 0, seen {status!r}")

    def fault(self, what: str) -> BenchFault:
        return BenchFault(f"stick at {self.path}: {what}")

    async def bounded(self, work: Awaitable[Any], name: str) -> Any:
        """Until it is done, the link has failed, or the patience is over."""
        command = asyncio.ensure_future(work)
        lost = asyncio.ensure_future(self._lost_signal.wait())
        try:
            await asyncio.wait(
                {command, lost},
                timeout=self.command_patience_s,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if self._lost is None and command.done():
                return command.result()
        except bellows.exception.InvalidCommandError as error:
            raise self.fault(f"{name} is unknown to it: {error}") from error
        except _LINK_ERRORS as error:
            raise self.lose(name, error) from error
        finally:
            _give_up(command)
            lost.cancel()
        raise self.lose(f"{name}: no answer within {self.command_patience_s} s", None)

    def connection_lost(self, reason: BaseException | None) -> None:
        """bellows' word that the port closed, or that the stick failed or reset itself."""
        if self._ezsp is not None:
            self.lose("the link failed", reason)

    def lose(self, what: str, reason: BaseException | None) -> BenchLost:
        """Note the loss, once; everyone who waits is told."""
        if self._lost is not None:
            return self._lost
        because = "" if reason is None else f" ({reason!r})"
        self._lost = lost = BenchLost(f"stick at {self.path}: {what}{because}")
        self._lost_signal.set()
        for callback in tuple(self.on_lost):
            callback(lost)
        return lost

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """What a callback causes: time stands still until the stick has taken it."""
        held = ExitStack()
        held.enter_context(self._clock.exchange())

        async def run() -> None:
            with held, suppress(BenchFault):  # whoever waits has been told; so is the next call
                await work

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _give_up(command: asyncio.Future[Any]) -> None:
    """What comes of it concerns nobody any more."""
    if not command.cancel() and not command.cancelled():
        command.exception()


def eui_of(device: Eui64) -> Any:
    return ezsp_types.EUI64.deserialize(bytes(device)[::-1])[0]


def device_of(eui: Any) -> Eui64:
    return Eui64(bytes(eui.serialize())[::-1])


def key_of(key: bytes) -> Any:
    return ezsp_types.KeyData.deserialize(bytes(key))[0]
