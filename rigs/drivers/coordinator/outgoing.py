"""Messages to devices: in blocks, in turn, until the stick says what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import timedelta

import bellows.types as ezsp_types

from assay.clock import Clock, Timer
from assay.gbcs.identifiers import Eui64
from assay.verdicts import BenchLost
from rigs.capabilities.radio import ApsMessage, Delivery
from rigs.drivers.coordinator import settings
from rigs.drivers.coordinator.blocks import FRAGMENT, Block, blocks_of, windows
from rigs.drivers.coordinator.hold import Hold
from rigs.drivers.coordinator.neighbours import Neighbours
from rigs.drivers.coordinator.session import StickSession

DELIVERY_PATIENCE = timedelta(seconds=120)
"""Time of the bench until the stick must have said what became of a block: four attempts at a
device that sleeps take 38 s."""

BLOCK_ROUNDS = 3
"""How often a window is sent of which the stick could not deliver a block."""

_DELIVERY_FAILED, _NETWORK_DOWN, _NOT_JOINED, _NO_LINK_KEY = 0x66, 0x91, 0x93, 0xAE
_OF_NO_USE = (_NETWORK_DOWN, _NOT_JOINED, _NO_LINK_KEY)
"""The radio is off, or the device was never let in or has been sent away."""
_TAGS = 256


class Outgoing:
    """`largest_payload` is what the stick takes at once; `keyed` the devices that have keys."""

    def __init__(
        self,
        session: StickSession,
        neighbours: Neighbours,
        clock: Clock,
        keyed: Collection[Eui64],
        window: int,
    ) -> None:
        self._session = session
        self._neighbours = neighbours
        self._clock = clock
        self._keyed = keyed
        self._window = window
        self.largest_payload = 0
        self._sent: dict[int, asyncio.Future[int]] = {}
        self._tag = 0
        self._turns: dict[Eui64, asyncio.Lock] = {}
        session.on_lost.append(self._lost)
        session.on_reset.append(self._reset)

    async def send(self, message: ApsMessage, hold: Hold) -> Delivery:
        """`hold` is let go while the message, or its turn, is waited for."""
        turn = self._turns.setdefault(message.peer, asyncio.Lock())
        with hold.let_go():
            await turn.acquire()
        try:
            return await self._send(message, hold)
        finally:
            turn.release()

    async def _send(self, message: ApsMessage, hold: Hold) -> Delivery:
        address = await self._neighbours.address_of(message.peer)
        if address is None:
            return Delivery.NOT_DELIVERED
        sequence = 0
        for window in windows(blocks_of(message, self.largest_payload), self._window):
            missing = window
            for _ in range(BLOCK_ROUNDS if window[0].options & FRAGMENT else 1):
                sequence, missing = await self._send_blocks(
                    message, address, missing, sequence, hold
                )
                if not missing:
                    break
            if missing:
                return Delivery.NOT_DELIVERED
        return Delivery.DELIVERED

    async def _send_blocks(
        self,
        message: ApsMessage,
        address: int,
        blocks: tuple[Block, ...],
        sequence: int,
        hold: Hold,
    ) -> tuple[int, tuple[Block, ...]]:
        """The APS counter that they have, and those that were not acknowledged."""
        under_way: list[tuple[Block, asyncio.Future[int], Timer]] = []
        for block in blocks:
            sequence, future, limit = await self._submit(message, address, block, sequence)
            under_way.append((block, future, limit))
        missing: tuple[Block, ...] = ()
        for block, future, limit in under_way:
            try:
                with hold.let_go():
                    status = await future
            finally:
                limit.cancel()
            if status != settings.SUCCESS:
                missing += (block,)
        return sequence, missing

    async def _submit(
        self, message: ApsMessage, address: int, block: Block, sequence: int
    ) -> tuple[int, asyncio.Future[int], Timer]:
        """Hand a block to the stick: its counter, what becomes of it, and until when."""
        tag, future = self._next()
        header = ezsp_types.EmberApsFrame(
            profileId=message.profile,
            clusterId=message.cluster,
            sourceEndpoint=message.source_endpoint,
            destinationEndpoint=message.destination_endpoint,
            options=ezsp_types.EmberApsOption(block.options),
            groupId=block.group,
            sequence=sequence,
        )
        status, given = await self._session.ask(
            "sendUnicast",
            type=ezsp_types.EmberOutgoingMessageType.OUTGOING_DIRECT,
            indexOrDestination=ezsp_types.EmberNodeId(address),
            apsFrame=header,
            messageTag=ezsp_types.uint8_t(tag),
            messageContents=block.payload,
        )
        if int(status) != settings.SUCCESS:
            del self._sent[tag]
            if int(status) == _NO_LINK_KEY and message.peer in self._keyed:
                raise self._session.fault(f"it has lost the link key of {message.peer}")
            if int(status) not in _OF_NO_USE:
                raise self._session.fault(f"sendUnicast: expected 0, seen {status!r}")
            future.set_result(int(status))
        limit = self._clock.call_later(DELIVERY_PATIENCE, lambda: self._overdue(tag))
        return int(given), future, limit

    def message_sent(
        self, _kind: int, _address: int, _header: object, tag: int, status: int, _contents: bytes
    ) -> None:
        """The stick's word on a block."""
        future = self._sent.pop(int(tag), None)
        if future is not None and not future.done():
            future.set_result(int(status))

    def _next(self) -> tuple[int, asyncio.Future[int]]:
        for _ in range(_TAGS):
            self._tag = (self._tag + 1) % _TAGS
            if self._tag not in self._sent:
                future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
                self._sent[self._tag] = future
                return self._tag, future
        raise self._session.fault(f"{_TAGS} messages under way")

    def _overdue(self, tag: int) -> None:
        if tag in self._sent:
            self._session.lose("it took a message, and no word came of what became of it", None)

    def _reset(self) -> None:
        pending, self._sent = self._sent, {}
        for future in pending.values():
            if not future.done():
                future.set_result(_DELIVERY_FAILED)

    def _lost(self, lost: BenchLost) -> None:
        pending, self._sent = self._sent, {}
        for future in pending.values():
            if not future.done():
                future.set_exception(lost)
                future.exception()  # its command failed too, so perhaps nobody waits for it
