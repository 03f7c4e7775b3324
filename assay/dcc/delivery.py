"""Delivery to the users' Receive Response services: signed letters, in order, at least once.

A letter holds the clock from hand-over until the user has answered, so that simulated time
does not overtake it. A service that is down is tried every 5 minutes for 2 days (duis.md 4).
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from assay.clock import Clock, LoopThread, Timer
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.answers import Letter
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.gbcs.identifiers import Eui64

_HEADERS = {"Content-Type": "application/xml"}
_TIMEOUT = ClientTimeout(total=10)  # wall time, well below the clock's own limit


@dataclass(frozen=True, slots=True)
class _Queued:
    letter: Letter
    since: datetime


@dataclass(slots=True)
class _Post:
    """One user's letters, oldest first. A task is running, or a try is due, or neither."""

    queue: deque[_Queued] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None
    next_try: Timer | None = None


@dataclass(slots=True, kw_only=True)
class Delivery:
    """All calls on the loop's thread. `tls` is the client side of the DCC, None for plain HTTP."""

    clock: Clock
    loop_thread: LoopThread
    registration: Registration
    audit: Audit
    settings: DccSettings
    tls: ssl.SSLContext | None = None
    _posts: dict[Eui64, _Post] = field(default_factory=dict, init=False)
    _session: ClientSession | None = field(default=None, init=False)

    def submit(self, letter: Letter) -> None:
        """Hand over; returns at once."""
        post = self._posts.setdefault(letter.user, _Post())
        post.queue.append(_Queued(letter, self.clock.now()))
        self._pump(letter.user)

    def undelivered(self, user: Eui64) -> int:
        post = self._posts.get(user)
        return len(post.queue) if post is not None else 0

    def undelivered_in_all(self) -> int:
        return sum(len(post.queue) for post in self._posts.values())

    def try_now(self, user: Eui64) -> None:
        """The next try is due, or the user's service is known to have come up."""
        post = self._posts.get(user)
        if post is None:
            return
        if post.next_try is not None:
            post.next_try.cancel()
            post.next_try = None
        self._pump(user)

    async def close(self) -> None:
        """Letters that are still here stay here."""
        for post in self._posts.values():
            if post.next_try is not None:
                post.next_try.cancel()
            if post.task is not None:
                post.task.cancel()
                await asyncio.gather(post.task, return_exceptions=True)
                post.task = None
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _pump(self, user: Eui64) -> None:
        post = self._posts[user]
        if post.task is not None or post.next_try is not None or not post.queue:
            return
        hold = ExitStack()
        hold.enter_context(self.clock.exchange())
        post.task = self.loop_thread.loop.create_task(self._deliver(user, post))
        # Not inside the task: one that is cancelled before its first step never gets there.
        post.task.add_done_callback(lambda _: hold.close())

    async def _deliver(self, user: Eui64, post: _Post) -> None:
        """The next letter is handed over before this one lets the clock go."""
        queued = post.queue[0]
        problem = await self._send(user, queued.letter)
        post.task = None
        is_last_try = self.clock.now() - queued.since >= self.settings.delivery_period
        if problem is not None and not is_last_try:
            self._record(queued.letter, f"not delivered: {problem}")
            post.next_try = self.clock.call_later(
                self.settings.delivery_interval, lambda: self.try_now(user)
            )
            return
        post.queue.popleft()
        self._record(queued.letter, "delivered" if problem is None else f"lost: {problem}")
        self._pump(user)

    async def _send(self, user: Eui64, letter: Letter) -> str | None:
        """Why it did not arrive; None where the user took it."""
        registered = self.registration.user(user)
        url = registered.receive_url if registered is not None else None
        if url is None:
            return "the user has no Receive Response service"
        try:
            async with self._open_session().post(
                url, data=letter.document, headers=_HEADERS
            ) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return None
                return f"POST {url}: expected HTTP 2xx, the user answered {answer.status}"
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            return f"POST {url}: {type(error).__name__}: {error}"

    def _open_session(self) -> ClientSession:
        if self._session is None:
            connector = TCPConnector(ssl=self.tls if self.tls is not None else True)
            self._session = ClientSession(connector=connector, timeout=_TIMEOUT)
        return self._session

    def _record(self, letter: Letter, note: str) -> None:
        self.audit.record(
            Direction.TO_USER,
            letter.kind,
            party=letter.user,
            message_id=letter.message_id,
            code=letter.code,
            note=note,
            octets=letter.document,
        )
