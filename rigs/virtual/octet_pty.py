"""Serves virtual instruments that speak octets over a pseudo-terminal, as a serial port."""

from __future__ import annotations

from collections.abc import Iterable

from assay.clock import Clock, LoopThread
from rigs.virtual.faults import Fault
from rigs.virtual.octet_conversation import Conversation, OctetPeer
from rigs.virtual.octet_server import OctetServer
from rigs.virtual.pseudo_terminal import PseudoTerminal


class PtyOctetServer(OctetServer):
    """A serial line."""

    def __init__(
        self,
        peer: OctetPeer,
        clock: Clock,
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
        *,
        baud: int | None = None,
        echoes: bool = False,
    ) -> None:
        """Octets at another baud rate are noise and are dropped; None takes any rate.

        `echoes` sends back what comes in before anything else, as a head with a single light does.
        """
        super().__init__(peer, clock, loop_thread, faults)
        self.baud = baud
        self._echoes = echoes
        self._conversation = self._converse()
        self._terminal = PseudoTerminal(loop_thread, self._heard)

    @property
    def resource(self) -> str:
        return str(self._terminal.path)

    @property
    def line_baud(self) -> int | None:
        """What the client has set the line to."""
        return self._terminal.baud

    def is_understood(self) -> bool:
        """Whether what comes is more than noise, as the line is set now."""
        return self.baud is None or self.line_baud == self.baud

    def pull(self) -> None:
        """Pull the cable and plug it in again; on the loop thread."""
        self._conversation.end()
        self._conversation = self._converse()
        self._terminal.pull()

    def push(self, octets: bytes) -> None:
        """Send what nobody asked for; on the loop thread."""
        self._terminal.write(octets)

    async def stop(self) -> None:
        self._conversation.end()
        self._terminal.remove()

    def _converse(self) -> Conversation:
        return Conversation(self._peer, self._clock, self._faults, self.pull)

    def _heard(self, octets: bytes) -> None:
        if self._echoes:
            self._terminal.write(octets)
        if self.is_understood():
            self._conversation.take(octets, self._terminal.write)
