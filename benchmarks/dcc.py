"""Complete critical transactions a second: user, DCC, hub and meter in one process, over real HTTP.

One transaction: the user builds and signs a Service Request, the DCC checks and transforms it and
signs the Pre-Command's Response, the user correlates and signs the Pre-Command and sends it in a
second request, the DCC adds its MAC and sends it down, the meter checks MAC and signature and
answers signed, the DCC checks the answer and delivers it signed, the user checks and parses it.
Everything is on one core and on mutual TLS; nothing is left out but the evidence of a run.

In the same run it measures what cannot be avoided: the cryptographic operations of a transaction
by `cryptography` alone, and its XML (canonical form of each document at both ends, parsing) with
its three HTTP exchanges by lxml and aiohttp alone. The goal is half of the rate of the latter.
Then the national 34 transactions a second are held for two minutes, on a fixed timetable that
does not wait for the answers before, and the latencies from the time due are reported.

Run it with `python benchmarks/dcc.py [seconds for the rates] [seconds at 34 a second]`.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aiohttp import ClientSession, web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from assay.adapter.user import DccUser
from assay.clock import LoopThread
from assay.declarations import Declarations, read_bench, read_device, read_plan
from fixtures.bench import Bench
from fixtures.bodies import body_of
from fixtures.composition import compose, open_session
from fixtures.timeline import Timeline

REQUEST = "6.11"
"""Synchronise Clock: critical, five items, possible again and again."""
NATIONAL_RATE = 34
SIGNS, VERIFIES, AGREEMENTS = 7, 8, 4
POSTS = 3
"""Two requests of the user, one delivery by the DCC."""
WARM_UP = 20
GOAL = 0.5


class NoTimeline(Timeline):
    """What a run would keep as evidence is dropped."""

    def add(self, *_arguments: object, **_named: object) -> None:  # type: ignore[override]
        return


def best_rates(actions: Mapping[str, Callable[[], None]], seconds: float) -> dict[str, float]:
    """Times a second of each, in turn a second each: the best second of each counts, as other
    work on the machine slows some and makes none faster."""
    rates = dict.fromkeys(actions, 0.0)
    for _ in range(max(2, round(seconds / len(actions)))):
        for name, action in actions.items():
            count, start = 0, time.perf_counter()
            while (elapsed := time.perf_counter() - start) < 1.0:
                action()
                count += 1
            rates[name] = max(rates[name], count / elapsed)
    return rates


def transaction(bench: Bench, user: DccUser) -> None:
    """AssertionError where any step did not go as it should: a fast refusal is no result."""
    exchange = user.request(REQUEST, bench.meter_id, body_of(REQUEST, user.clock.now()))
    assert exchange.code == "I99", exchange.code
    received = user.wait_for_response(exchange)
    assert received is not None and received.device is not None, received
    assert received.problem is None and received.device.succeeded, received
    user.exchanges.clear()
    user.inbox.received.clear()


def cryptography_alone() -> Callable[[], None]:
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    scheme, message = ec.ECDSA(hashes.SHA256()), bytes(200)
    signature, public, other = ours.sign(message, scheme), ours.public_key(), theirs.public_key()

    def operations() -> None:
        for _ in range(SIGNS):
            ours.sign(message, scheme)
        for _ in range(VERIFIES):
            public.verify(signature, message, scheme)
        for _ in range(AGREEMENTS):
            ours.exchange(ec.ECDH(), other)

    return operations


@contextmanager
def xml_and_http(loop: LoopThread, documents: list[bytes]) -> Iterator[Callable[[], None]]:
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
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, ClientSession()

    runner, session = loop(open_both())
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"

    async def post(document: bytes) -> None:
        async with session.post(url, data=document) as reply:
            await reply.read()

    def operations() -> None:
        for document in documents:
            for _ in range(2):
                tree = etree.fromstring(document)
                hashlib.sha256(etree.tostring(tree, method="c14n")).digest()
                hashlib.sha256(etree.tostring(tree[-1], method="c14n")).digest()
        for document in documents[:POSTS]:
            loop(post(document))

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
            user = bench.users.user("import supplier")
            for _ in range(WARM_UP):
                transaction(bench, user)
            with xml_and_http(session.loop_thread, documents_of(bench, user)) as xml_http:
                rates = best_rates(
                    {
                        "whole": lambda: transaction(bench, user),
                        "cryptography": cryptography_alone(),
                        "XML and HTTP": xml_http,
                    },
                    seconds,
                )
            latencies = sorted(hold_rate(bench, user, sustained))
    whole, plain = rates["whole"], rates["XML and HTTP"]
    print(f"complete critical transactions      {whole:8.0f} /s")
    print(f"its cryptography alone              {rates['cryptography']:8.0f} /s")
    print(f"its XML and HTTP alone              {plain:8.0f} /s")
    print(f"ratio to XML and HTTP               {whole / plain:8.2f} (goal {GOAL})")
    cuts = statistics.quantiles(latencies, n=1000)
    points = (("p50", cuts[499]), ("p95", cuts[949]), ("p99", cuts[989]), ("max", latencies[-1]))
    words = ", ".join(f"{name} {value * 1000:.1f} ms" for name, value in points)
    print(f"at {NATIONAL_RATE}/s for {sustained:.0f} s: {words}")
    return 0 if whole / plain >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
