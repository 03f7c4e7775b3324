"""What devices of a home ask each other without GBCS: requests, who may make them, answers.

Displays and load switches talk to an electricity meter in plain ZigBee Smart Energy (GBCS digest
2.1). At evidence level SIM such a command is a typed value that is carried in process, with the
latency of the network and lost where one of the two cannot be heard. Who answers holds every
request against its own device log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from assay.clock import Clock
from assay.gbcs.identifiers import Eui64
from rigs.devices.peers import Right

REPLY_WITHIN = timedelta(seconds=5)
"""After so long no answer will come; this bench's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The base of all requests, and of what a meter tells by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`is_granted` is False for who may not ask that; `content` is None then."""

    is_granted: bool
    content: object = None


REFUSED = Reply(is_granted=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAttributes(Request):
    """`since`: for attributes that hold a history, how far back."""

    cluster: int
    attributes: tuple[int, ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAttribute(Request):
    """No device of a home may write on a meter; it is there to be refused."""

    cluster: int
    attribute: int
    value: int | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterTopUp(Request):
    """PECS01: twenty digits."""

    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateEmergencyCredit(Request):
    """PECS02."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableSupply(Request):
    """PECS03. `on` is the only thing that may be asked for (E-125)."""

    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GetScheduledEvents(Request):
    """HECS01: from a start on (0 for now), at most so many."""

    start: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEventStatus(Request):
    """What a switch made of an event. Its clock is none: `event_time` is 1 (GBCS digest 10.4)."""

    event_id: int
    is_followed: bool
    event_time: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadControlEvent(Request):
    """From meter to switch, as an answer or by itself: the state it is to be in."""

    event_id: int
    is_closed: bool


class Answerer(Protocol):
    def answer(self, sender: Eui64, request: Request) -> Reply | None:
        """None from a device that cannot be heard."""


Handler = Callable[[Eui64, Request], object]


class RequestTable:
    """A device's answers. `allows` is asked with the sender and the right a request needs."""

    def __init__(self, is_on: Callable[[], bool], allows: Callable[[Eui64, Right], bool]) -> None:
        self._is_on = is_on
        self.allows = allows
        self._handlers: dict[type[Request], tuple[Right | None, Handler]] = {}

    def serve(self, kind: type[Request], right: Right | None, handler: Handler) -> None:
        """`right` is None for what anybody of the network may ask."""
        self._handlers[kind] = (right, handler)

    @property
    def kinds(self) -> Mapping[type[Request], Right | None]:
        return {kind: right for kind, (right, _) in self._handlers.items()}

    def answer(self, sender: Eui64, request: Request) -> Reply | None:
        if not self._is_on():
            return None
        right, handler = self._handlers.get(type(request), (None, _refuse))
        if right is not None and not self.allows(sender, right):
            return REFUSED
        content = handler(sender, request)
        return content if isinstance(content, Reply) else Reply(is_granted=True, content=content)


class RequestCarrier:
    """Requests between the devices of one network. `can_hear` says whether a device can be heard
    on it now. `taps` are called with sender, target, request and reply.
    """

    def __init__(self, clock: Clock, latency: Callable[[], timedelta]) -> None:
        self._clock = clock
        self._latency = latency
        self._answerers: dict[Eui64, Answerer] = {}
        self.is_up: Callable[[], bool] = lambda: True
        self.can_hear: Callable[[Eui64], bool] = lambda _: True
        self.taps: list[Callable[[Eui64, Eui64, Request, Reply | None], None]] = []

    def offer(self, device_id: Eui64, answerer: Answerer) -> None:
        """From now on this device answers."""
        self._answerers[device_id] = answerer

    def ask(
        self,
        sender: Eui64,
        target: Eui64,
        request: Request,
        on_reply: Callable[[Reply | None], None] = lambda _: None,
    ) -> None:
        """`on_reply` gets None where no answer came in time."""

        def arrive() -> None:
            reply = self._answer(sender, target, request)
            for tap in self.taps:
                tap(sender, target, request, reply)
            if reply is None:
                self._clock.call_later(REPLY_WITHIN, lambda: on_reply(None))
            else:
                self._clock.call_later(self._latency(), lambda: on_reply(reply))

        self._clock.call_later(self._latency(), arrive)

    def _answer(self, sender: Eui64, target: Eui64, request: Request) -> Reply | None:
        answerer = self._answerers.get(target)
        is_heard = self.is_up() and self.can_hear(sender) and self.can_hear(target)
        return answerer.answer(sender, request) if answerer is not None and is_heard else None


def _refuse(_sender: Eui64, _request: Request) -> object:
    return REFUSED
