"""Delivery to the users' Receive Response services: signed letters, in order, at least once.

A letter is in the outbox until the user has answered with success. One that was tried before
may have arrived then: it is marked, in the audit trail and in an HTTP header.

A letter holds the clock from hand-over until the user has answered, so that simulated time
does not overtake it. A service that is down is tried every 5 minutes for 2 days (duis.md 4).
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from assay.clock import Clock, LoopThread, Timer
from assay.dcc.audit import Audit, Direction
from assay.dcc.dsp.answers import Letter
from assay.dcc.dsp.records import COUNTERS, Counter
from assay.dcc.non_gateway.mailbox import folder_of, put_letter
from assay.dcc.registration import Registration
from assay.dcc.settings import DccSettings
from assay.dcc.store import Book, BookForm, MemoryStore, Store
from assay.gbcs.identifiers import Eui64

TRY = "Assay-Delivery-Try"
"""HTTP header from the second try on: the user may have had the letter before. Our own; the
public interface has no mark for a duplicate."""
_TIMEOUT = ClientTimeout(total=10)  # wall time, well below the clock's own limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A letter that its user has not taken. `tries` are those that failed or were cut short."""

    number: int
    letter: Letter
    since: datetime
    tries: int = 0

    @property
    def key(self) -> str:
        return str(self.number)


OUTBOX = BookForm(
    name="undelivered",
    record=Undelivered,
    key=lambda undelivered: undelivered.key,
    columns={"party": lambda undelivered: undelivered.letter.user.hex()},
    parts=(Letter,),
)


@dataclass(slots=True)
class _Post:
    """One user's letters go one by one: a task is running, or a try is due, or neither."""

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
    store: Store = field(default_factory=MemoryStore)
    _outbox: Book[Undelivered] = field(init=False)
    _numbers: Counter = field(init=False)
    _posts: dict[Eui64, _Post] = field(default_factory=dict, init=False)
    _session: ClientSession | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._outbox = self.store.book(OUTBOX)
        self._numbers = Counter(0, "letter", self.store.book(COUNTERS))

    def submit(self, letter: Letter) -> None:
        """Hand over; it goes out once the transaction is safe."""
        now = self.clock.now()
        with self.store.transaction():
            number = self._numbers.next()
            self._outbox.put(Undelivered(number=number, letter=letter, since=now))
            self.store.after_commit(lambda: self._pump(letter.user))

    def resume(self) -> None:
        """Letters that an earlier run of the DCC left: it may have been cut short while one of
        them was on its way, so the first of each user counts as tried."""
        for user in self.registration.users:
            first = self._outbox.first(party=user.eui.hex())
            if first is not None:
                self._outbox.put(replace(first, tries=first.tries + 1))
                self._pump(user.eui)

    def undelivered(self, user: Eui64) -> int:
        return self._outbox.count(party=user.hex())

    def undelivered_in_all(self) -> int:
        return len(self._outbox)

    def try_now(self, user: Eui64) -> None:
        """The next try is due, or the user's service is known to have come up."""
        post = self._posts.get(user)
        if post is not None and post.next_try is not None:
            post.next_try.cancel()
            post.next_try = None
        self._pump(user)

    async def close(self) -> None:
        """Letters that are still here stay here."""
        for post in self._posts.values():
            if post.next_try is not None:
                post.next_try.cancel()
                post.next_try = None
            if post.task is not None:
                post.task.cancel()
                await asyncio.gather(post.task, return_exceptions=True)
                post.task = None
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _pump(self, user: Eui64) -> None:
        post = self._posts.setdefault(user, _Post())
        if post.task is not None or post.next_try is not None:
            return
        undelivered = self._outbox.first(party=user.hex())
        if undelivered is None:
            return
        hold = ExitStack()
        hold.enter_context(self.clock.exchange())
        post.task = self.loop_thread.loop.create_task(self._deliver(undelivered, post))
        # Not inside the task: one that is cancelled before its first step never gets there.
        post.task.add_done_callback(lambda _: hold.close())

    async def _deliver(self, undelivered: Undelivered, post: _Post) -> None:
        """The next letter is handed over before this one lets the clock go."""
        letter = undelivered.letter
        problem = await self._send(undelivered)
        post.task = None
        is_last_try = self.clock.now() - undelivered.since >= self.settings.delivery_period
        if problem is not None and not is_last_try:
            self._record(letter, f"not delivered: {problem}")
            self._outbox.put(replace(undelivered, tries=undelivered.tries + 1))
            post.next_try = self.clock.call_later(
                self.settings.delivery_interval, lambda: self.try_now(letter.user)
            )
            return
        self._outbox.remove(undelivered.key)
        self._record(letter, _outcome(problem, undelivered.tries))
        self._pump(letter.user)

    async def _send(self, undelivered: Undelivered) -> str | None:
        """Why it did not arrive; None where the user took it."""
        letter = undelivered.letter
        registered = self.registration.user(letter.user)
        url = registered.receive_url if registered is not None else None
        if url is None:
            return "the user has no Receive Response service"
        folder = folder_of(url)
        if folder is not None:
            return _put(folder, undelivered)
        try:
            async with self._open_session().post(
                url, data=letter.document, headers=_headers(undelivered.tries)
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
            # Nobody here sets a cookie; the usual jar is searched for each request.
            self._session = ClientSession(
                connector=connector, timeout=_TIMEOUT, cookie_jar=DummyCookieJar()
            )
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


def _put(folder: Path, undelivered: Undelivered) -> str | None:
    letter = undelivered.letter
    try:
        put_letter(folder, undelivered.number, letter.kind, letter.document)
    except OSError as error:
        return f"{folder}: {error.strerror}"
    return None


def _headers(tries: int) -> dict[str, str]:
    headers = {"Content-Type": "application/xml"}
    return headers | {TRY: str(tries + 1)} if tries else headers


def _outcome(problem: str | None, tries: int) -> str:
    if problem is not None:
        return f"lost: {problem}"
    return f"delivered at try {tries + 1}, perhaps a duplicate" if tries else "delivered"
