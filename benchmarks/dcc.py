"""Complete critical transactions a second: user, DCC, hub and meter in one process, over real HTTP.

One transaction: the user builds and signs a Service Request, the DCC checks and transforms it and
signs the Pre-Command's Response, the user correlates and signs the Pre-Command and sends it in a
second request, the DCC adds its MAC and sends it down, the meter checks MAC and signature and
answers signed, the DCC checks the answer and delivers it signed, the user checks and parses it.
Everything is on one core and on mutual TLS; nothing is left out but the evidence of a run.
The user is driven by both of its faces: the asynchronous one, on the loop that the others live on
as a user's own system would have it, and the blocking one that steps use, where each message
changes threads. One transaction follows the other: on one core several at once are no faster.

In the same run it measures what cannot be avoided: the cryptographic operations of a transaction
by `cryptography` alone, and its XML (canonical form of each document at both ends, parsing) with
its three HTTP exchanges by lxml and aiohttp alone. The goal is half of the rate of the latter.

How fair that bound is: it posts as often as a transaction does and as many octets, and makes more
canonical forms than a signer needs who wrote the document himself. But it is plain HTTP, where
the transaction is on mutual TLS, so the same with TLS is measured beside it; and it has no
cryptography. The rate of both together, one after the other, says what would be left if all else
cost nothing.

Then the national 34 transactions a second are held for two minutes, on a fixed timetable that
does not wait for the answers before, and the latencies from the time due are reported.

Run it with `python benchmarks/dcc.py [seconds for the rates] [seconds at 34 a second]`.
"""

from __future__ import annotations

import hashlib
import os
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aiohttp import ClientSession, TCPConnector, web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from assay.adapter.inbox import Received
from assay.adapter.user import DccUser
from assay.clock import LoopThread
from assay.declarations import Declarations, read_bench, read_device, read_plan
from fixtures.bench import Bench
from fixtures.bodies import body_of
from fixtures.composition import Session, compose, open_session
from fixtures.parties import USERS
from fixtures.timeline import Timeline

REQUEST = "6.11"
"""Synchronise Clock: critical, five items, possible again and again."""
NATIONAL_RATE = 34
SIGNS, VERIFIES, AGREEMENTS = 7, 8, 4
POSTS = 3
"""Two requests of the user, one delivery by the DCC."""
USER = "import supplier"
WARM_UP = 20
BATCH = 20
"""Transactions between two looks at the time by one who is not on the loop."""
GOAL = 0.5
WHOLE, CRYPTOGRAPHY = "complete critical transactions", "cryptography alone"
BOUND, SECURED = "XML and HTTP alone", "XML and HTTPS alone"


Action = Callable[[], int]
"""Does something as often as it says."""


class NoTimeline(Timeline):
    """What a run would keep as evidence is dropped."""

    def add(self, *_arguments: object, **_named: object) -> None:  # type: ignore[override]
        return


def check(code: str, received: Received | None) -> None:
    """AssertionError where any step did not go as it should: a fast refusal is no result."""
    assert code == "I99", code
    assert received is not None and received.device is not None, received
    assert received.problem is None and received.device.succeeded, received


def forget(user: DccUser) -> None:
    user.exchanges.clear()
    user.inbox.received.clear()


def best_rates(actions: Mapping[str, Action], seconds: float) -> dict[str, float]:
    """Times a second of each, in turn a second each: the best second of each counts, as other
    work on the machine slows some and makes none faster."""
    rates = dict.fromkeys(actions, 0.0)
    for _ in range(max(2, round(seconds / len(actions)))):
        for name, action in actions.items():
            count, start = 0, time.perf_counter()
            while (elapsed := time.perf_counter() - start) < 1.0:
                count += action()
            rates[name] = max(rates[name], count / elapsed)
    return rates


def transaction(bench: Bench, user: DccUser) -> None:
    exchange = user.request(REQUEST, bench.meter_id, body_of(REQUEST, user.clock.now()))
    check(exchange.code, user.wait_for_response(exchange))
    forget(user)


async def transactions_on_loop(bench: Bench, user: DccUser, number: int) -> None:
    for _ in range(number):
        body = body_of(REQUEST, user.clock.now())
        exchange = await user.hold(user.conversation(REQUEST, bench.meter_id, body))
        check(exchange.code, await user.response(exchange))
        forget(user)


def cryptography_alone() -> Action:
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    scheme, message = ec.ECDSA(hashes.SHA256()), bytes(200)
    signature, public, other = ours.sign(message, scheme), ours.public_key(), theirs.public_key()

    def operations() -> int:
        for _ in range(SIGNS):
            ours.sign(message, scheme)
        for _ in range(VERIFIES):
            public.verify(signature, message, scheme)
        for _ in range(AGREEMENTS):
            ours.exchange(ec.ECDH(), other)
        return 1

    return operations


@contextmanager
def xml_and_http(
    loop: LoopThread,
    documents: list[bytes],
    server_tls: ssl.SSLContext | None = None,
    client_tls: ssl.SSLContext | None = None,
) -> Iterator[Action]:
    """Each document canonical and digested at both ends and parsed; three posts to a server that
    does nothing."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=documents[0], content_type="application/xml")

    async def open_both() -> tuple[web.AppRunner, ClientSession]:
        application = web.Application()
        application.router.add_post("/", answer)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server_tls).start()
        connector = TCPConnector(ssl=client_tls if client_tls is not None else True)
        return runner, ClientSession(connector=connector)

    runner, session = loop(open_both())
    scheme = "http" if server_tls is None else "https"
    url = f"{scheme}://127.0.0.1:{runner.addresses[0][1]}/"

    async def post(document: bytes) -> None:
        async with session.post(url, data=document) as reply:
            await reply.read()

    def operations() -> int:
        for document in documents:
            for _ in range(2):
                tree = etree.fromstring(document)
                hashlib.sha256(etree.tostring(tree, method="c14n")).digest()
                hashlib.sha256(etree.tostring(tree[-1], method="c14n")).digest()
        for document in documents[:POSTS]:
            loop(post(document))
        return 1

    try:
        yield operations
    finally:
        loop(session.close())
        loop(runner.cleanup())


def documents_of(bench: Bench, user: DccUser) -> list[bytes]:
    """Those of one transaction, as they pass the user."""
    seen: list[bytes] = []

    def tap(kind: str, _title: str, octets: bytes) -> None:
        if kind.startswith("duis"):
            seen.append(octets)

    user.taps.append(tap)
    exchange = user.request(REQUEST, bench.meter_id, body_of(REQUEST, user.clock.now()))
    received = user.wait_for_response(exchange)
    user.taps.remove(tap)
    assert received is not None
    return [*seen, received.document]


def hold_rate(bench: Bench, user: DccUser, seconds: float) -> list[float]:
    """Latency of each transaction from when it was due, in seconds."""
    latencies = []
    start = time.perf_counter()
    for number in range(int(seconds * NATIONAL_RATE)):
        due = start + number / NATIONAL_RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        transaction(bench, user)
        latencies.append(time.perf_counter() - due)
    return latencies


def measure(session: Session, bench: Bench, user: DccUser, seconds: float) -> dict[str, float]:
    """Times a second of the transaction by either face of the user, and of its parts alone."""
    loop, documents = session.loop_thread, documents_of(bench, user)
    party = USERS[USER]
    server_tls = session.security.dccki.server_ssl_context(party.name)
    client_tls = session.security.dccki.client_ssl_context(party.eui, party.name)

    def on_loop() -> int:
        loop(transactions_on_loop(bench, user, BATCH))
        return BATCH

    def blocking() -> int:
        transaction(bench, user)
        return 1

    with (
        xml_and_http(loop, documents) as plain,
        xml_and_http(loop, documents, server_tls, client_tls) as secured,
    ):
        rates = best_rates(
            {
                WHOLE: on_loop,
                "the same by a blocking user": blocking,
                CRYPTOGRAPHY: cryptography_alone(),
                BOUND: plain,
                SECURED: secured,
            },
            seconds,
        )
    both = 1 / rates[CRYPTOGRAPHY] + 1 / rates[SECURED]
    return rates | {f"{CRYPTOGRAPHY} and {SECURED}": 1 / both}


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    sustained = float(sys.argv[2]) if len(sys.argv) > 2 else 120.0
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    declarations = Declarations(
        bench=read_bench(None), device=read_device(None), plan=read_plan(None), rogue=None
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with (
            open_session(declarations, place / "session") as session,
            compose(session, NoTimeline(place / "evidence")) as bench,
        ):
            bench.installation.commission()
            bench.evidence.is_detailed = False
            user = bench.users.user(USER)
            for _ in range(WARM_UP):
                transaction(bench, user)
            rates = measure(session, bench, user, seconds)
            latencies = sorted(hold_rate(bench, user, sustained))
    for name, rate in rates.items():
        print(f"{name:45s} {rate:6.0f} /s, {rate / rates[BOUND]:.2f} of {BOUND}")
    ratio = rates[WHOLE] / rates[BOUND]
    print(f"goal: {GOAL}, reached: {ratio:.2f}")
    cuts = statistics.quantiles(latencies, n=1000)
    points = (("p50", cuts[499]), ("p95", cuts[949]), ("p99", cuts[989]), ("max", latencies[-1]))
    words = ", ".join(f"{name} {value * 1000:.1f} ms" for name, value in points)
    print(f"at {NATIONAL_RATE}/s for {sustained:.0f} s: {words}")
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
