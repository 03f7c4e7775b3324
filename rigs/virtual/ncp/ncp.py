"""The stick as its host sees it: EZSP frames in, answers and callbacks out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.virtual.ether import Ether, Node
from rigs.virtual.ncp import ezsp
from rigs.virtual.ncp.codes import EmberStatus, EzspStatus, JoinDecision
from rigs.virtual.ncp.command_table import BY_NUMBER, COMMANDS
from rigs.virtual.ncp.handlers import Handler, handlers_of
from rigs.virtual.ncp.message_commands import MessageCommands
from rigs.virtual.ncp.network_commands import NetworkCommands
from rigs.virtual.ncp.security_commands import SecurityCommands
from rigs.virtual.ncp.session_commands import SessionCommands
from rigs.virtual.ncp.stack import Stack
from rigs.virtual.stack.layers import Received
from rigs.virtual.stack.trust_centre import Change, Joining
from rigs.zigbee import nwk
from rigs.zigbee.errors import RemoteRadioError

_VERSION = "version"


class Ncp:
    """A stick on a node of the ether. `send` takes each frame for the host.

    All calls belong to the bench's loop thread. What a command causes is told after its answer.
    """

    def __init__(
        self, ether: Ether, node: Node, clock: Clock, eui: Eui64, *, seed: int = 0
    ) -> None:
        self.ether = ether
        self.stack = Stack(node, clock, eui, seed=seed)
        self.stack.host = self
        self.send: Callable[[bytes], None] = lambda _: None
        self.session = SessionCommands(self.stack)
        self._messages = MessageCommands(self.stack, self.session, self._callback)
        network = NetworkCommands(self.stack, ether, node, self._callback)
        security = SecurityCommands(self.stack)
        self._handlers: dict[str, Handler] = {}
        for group in (self.session, network, security, self._messages):
            self._handlers |= handlers_of(group)
        self._last_answered = 0
        self._has_version = False
        self._held: list[bytes] | None = None
        self.session.reset()

    def reset(self) -> None:
        """The host has reset the stick, or it has reset itself."""
        self.stack.reset()
        self.session.reset()
        self._last_answered = 0
        self._has_version = False

    @staticmethod
    def name_of(octets: bytes) -> str:
        """The command or callback in a frame, for people and for declared faults."""
        try:
            row = BY_NUMBER.get(ezsp.parse(octets).number)
        except RemoteRadioError:
            return "?"
        return "?" if row is None else row.name

    def handle(self, octets: bytes) -> None:
        """Execute one frame of the host: its answer goes to `send`, then what it caused."""
        try:
            request = ezsp.parse(octets)
        except RemoteRadioError:
            return  # EZSP has no answer to what has no sequence number
        self._held = []
        try:
            answer = self._answer(request)
        finally:
            held, self._held = self._held, None
        self._last_answered = request.sequence
        self.send(answer)
        for frame in held:
            # Made before the answer was numbered: the sequence is the first octet.
            self.send(bytes((self._last_answered,)) + frame[1:])

    def _answer(self, request: ezsp.Request) -> bytes:
        row = BY_NUMBER.get(request.number)
        handler = None if row is None else self._handlers.get(row.name)
        if row is None or handler is None:
            return ezsp.answer(request, "invalidCommand", EzspStatus.INVALID_FRAME_ID)
        if row.name != _VERSION and (request.is_legacy or not self._has_version):
            return ezsp.answer(request, "invalidCommand", EzspStatus.VERSION_NOT_SET)
        try:
            fields = row.read_request(request.fields)
        except RemoteRadioError:
            return ezsp.answer(request, "invalidCommand", EzspStatus.TRUNCATED)
        values: tuple[Any, ...] = handler(**fields)
        self._has_version |= row.name == _VERSION
        return ezsp.answer(request, row.name, *values)

    def _callback(self, name: str, *values: object) -> None:
        if not self._has_version:
            return  # the host would not understand it
        assert name in COMMANDS
        frame = ezsp.callback(self._last_answered, name, *values)
        if self._held is None:
            self.send(frame)
        else:
            self._held.append(frame)

    def status_changed(self, status: EmberStatus) -> None:
        self._callback("stackStatusHandler", status)

    def joining(self, joining: Joining) -> None:
        self._callback(
            "trustCenterJoinHandler",
            joining.address,
            joining.eui,
            joining.change,
            _decision_on(joining),
            nwk.COORDINATOR,
        )

    def message(self, message: Received) -> None:
        self._messages.incoming(message)

    def polled(self, address: int) -> None:
        if self.session.settings.reports_polls:
            self._callback("pollHandler", address, False)


def _decision_on(joining: Joining) -> JoinDecision:
    if joining.change in (Change.SECURED_REJOIN, Change.LEFT):
        return JoinDecision.NO_ACTION
    return JoinDecision.DENY_JOIN if joining.link is None else JoinDecision.USE_PRECONFIGURED_KEY
