"""A virtual time server: NTP over UDP, with the bench's time and a planted difference to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta

from assay.clock import Clock, LoopThread
from rigs.drivers.time_source.packet import (
    CLIENT,
    SERVER,
    NtpPacket,
    RemoteTimeError,
    to_timestamp,
)
from rigs.virtual.faults import (
    DroppedConnection,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
)
from rigs.virtual.server import HOST, VirtualServer


class VirtualTimeServer(VirtualServer, asyncio.DatagramProtocol):
    """`ahead` is how much its clock is ahead of the bench's."""

    def __init__(
        self,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        ahead: timedelta = timedelta(0),
    ) -> None:
        super().__init__(clock, loop_thread, faults)
        self.ahead = ahead
        self.stratum = 1
        self.leap = 0
        self.reference = b"GPS\0"
        self._late: set[asyncio.TimerHandle] = set()
        self._transport = loop_thread(self._listen())
        self._port: int = self._transport.get_extra_info("sockname")[1]

    @property
    def resource(self) -> str:
        return f"ntp://{HOST}:{self._port}"

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        try:
            question = NtpPacket.from_bytes(data)
        except RemoteTimeError:
            return
        effect = self._faults.effect_on("time")
        if question.mode != CLIENT or isinstance(effect, NoAnswer | DroppedConnection):
            return
        octets = self._answer(question).to_bytes()
        if isinstance(effect, GarbledAnswer):
            octets = effect.octets
        if isinstance(effect, LateAnswer):
            loop = asyncio.get_running_loop()
            self._late.add(loop.call_later(effect.delay_s, self._send, octets, addr))
            return
        self._send(octets, addr)

    def _answer(self, question: NtpPacket) -> NtpPacket:
        now = to_timestamp(self._clock.now() + self.ahead)
        return NtpPacket(
            mode=SERVER,
            leap=self.leap,
            stratum=self.stratum,
            reference=self.reference,
            originated=question.transmitted,
            received=now,
            transmitted=now,
        )

    def _send(self, octets: bytes, addr: tuple[str, int]) -> None:
        self._transport.sendto(octets, addr)

    async def _listen(self) -> asyncio.DatagramTransport:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, 0))
        return transport

    async def stop(self) -> None:
        for handle in self._late:
            handle.cancel()
        self._transport.close()
        await asyncio.sleep(0)
