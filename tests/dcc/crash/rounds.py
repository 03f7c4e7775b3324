"""Load on a DCC that is killed again and again, and what must be true of it in the end."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

from assay.clock import LoopThread
from assay.dcc.access import COMMAND_VARIANTS
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.pki.origin import origin_of
from assay.dcc.store import open_store
from assay.duis.identifiers import RequestId
from assay.duis.requests import Request, build_request
from assay.duis.responses import DccAlert, DccOnlyResponse, Response, parse_response
from assay.duis.signature import sign, verify
from assay.duis.values import TEXT_KEY, CalendarDate
from assay.gbcs.certificates import RemotePartyRole
from assay.gbcs.envelope import parse
from assay.gbcs.identifiers import Eui64
from tests.dcc.crash.parties import METERS, keys_of
from tests.dcc.parties import BODIES, BROKER, SUPPLIER
from tests.dcc.server_bench import UserService

DATED = ("4.1.1", "4.10", "3.1")
"""Each at each meter once: a later one would take the place of an earlier one."""


@dataclass(slots=True)
class Accepted:
    """What the DCC has acknowledged, by what it owes for it."""

    answers: set[RequestId] = field(default_factory=set)
    dated: set[RequestId] = field(default_factory=set)
    sequenced: set[RequestId] = field(default_factory=set)
    schedules: set[int] = field(default_factory=set)
    devices: set[Eui64] = field(default_factory=set)
    last: dict[Eui64, int] = field(default_factory=dict)

    @property
    def owed(self) -> set[RequestId]:
        return self.answers | self.dated | self.sequenced


@dataclass(slots=True)
class Rounds:
    folder: Path
    seed: int
    loop: LoopThread = field(default_factory=LoopThread)
    accepted: Accepted = field(default_factory=Accepted)
    user: UserService = field(init=False)
    keys: BenchKeys = field(init=False)
    chance: random.Random = field(init=False)
    _process: subprocess.Popen[str] | None = field(default=None, init=False)
    _url: str = field(default="", init=False)
    _counters: Iterator[int] = field(default_factory=lambda: itertools.count(1), init=False)
    _dated: Iterator[tuple[Eui64, str]] = field(init=False)
    _preceding: RequestId | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._dated = iter([(meter, srv) for srv in DATED for meter in METERS])
        self.user = UserService(self.loop)
        self.user.start()
        store = open_store(self.database)
        self.keys = keys_of(origin_of(store, datetime.now(UTC)))
        store.close()

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder}/dcc.db"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.dcc.crash.served", self.database, self.user.url]
        self._process = subprocess.Popen(
            [*command, str(self.folder / "premises.log")], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self._url = self._process.stdout.readline().strip()
        assert self._url.startswith("http"), "the DCC did not start"

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(timeout=20)
            assert process.stdout is not None
            process.stdout.close()

    def close(self) -> None:
        self.kill()
        self.user.stop()
        self.loop.close()

    def load_and_kill(self, within_s: float) -> None:
        """SIGKILL at a random moment, wherever the DCC is then."""
        self.start()
        process = self._process
        assert process is not None
        timer = threading.Timer(self.chance.uniform(0.05, within_s), process.kill)
        timer.start()
        try:
            for number in itertools.count():
                # A user that is down now and then leaves letters in the outbox.
                self.user.status = 503 if number // 20 % 2 else 204
                self._one()
        except (urllib.error.URLError, ConnectionError, HTTPException):
            pass  # killed
        finally:
            timer.join()
            self.kill()

    def settle(self, timeout_s: float) -> None:
        """A last run, until all is answered that is owed."""
        self.user.status = 204
        self.start()
        end = time.monotonic() + timeout_s
        while self.unanswered() and time.monotonic() < end:
            time.sleep(0.1)

    def unanswered(self) -> set[RequestId]:
        return self.accepted.owed - self.answered()

    def answered(self) -> set[RequestId]:
        """By a response, or by an alert that it has failed."""
        found: set[RequestId] = set()
        for response in self.taken():
            if response.request_id is not None:
                found.add(response.request_id)
            if isinstance(response.body, DccAlert):
                request_id = response.body.content.get("CommandRequestID")
                if isinstance(request_id, RequestId):
                    found.add(request_id)
        return found

    def taken(self) -> list[Response]:
        """What the user has taken, duplicates and all."""
        documents = list(self.user.taken)
        return [parse_response(verify(one, self.keys.find_x509).content) for one in documents]

    def ask(self, srv: str, body: dict[str, Any], *, counter: int | None = None) -> Response:
        """A request to the DCC itself."""
        return self._send(self._request(srv, BROKER, body, counter=counter))

    def repeat(self, target: Eui64) -> Response:
        """A request under the last counter that was accepted."""
        return self._send(self._request("7.4", target, {}, counter=self.accepted.last[target]))

    def commands(self) -> list[bytes]:
        """What has reached the premises; the last line may be cut short."""
        lines = (self.folder / "premises.log").read_text().splitlines()
        return [bytes.fromhex(line) for line in lines]

    def _one(self) -> None:
        kind = self.chance.choice(
            (self._on_demand, self._date, self._schedule, self._notify, self._sequence)
        )
        kind()

    def _on_demand(self) -> None:
        srv = self.chance.choice(("7.4", "6.24.1"))
        request = self._request(srv, self.chance.choice(METERS), BODIES[srv])
        self._accept(request, self.accepted.answers)

    def _date(self) -> None:
        place = next(self._dated, None)
        if place is None:
            return
        meter, srv = place
        when = datetime.now(UTC) + timedelta(seconds=self.chance.uniform(2, 5))
        body = {**BODIES[srv], "ExecutionDateTime": when.replace(microsecond=0)}
        self._accept(self._request(srv, meter, body), self.accepted.dated)

    def _sequence(self) -> None:
        header: dict[str, Any] = {"first_in_sequence": True}
        if self._preceding is not None and self.chance.random() < 0.7:
            header = {"preceding_request_id": self._preceding}
        request = self._request("7.4", self.chance.choice(METERS), {}, **header)
        self._preceding = None
        self._accept(request, self.accepted.sequenced)
        self._preceding = request.request_id

    def _schedule(self) -> None:
        meter = self.chance.choice(METERS)
        body = {
            "ScheduleFrequency": "Yearly",
            "ScheduleStartDate": CalendarDate(2099, 1, 1),
            "DSPScheduledServiceReference": "4.15",
            "DSPScheduledServiceReferenceVariant": "4.15",
            "DeviceID": meter,
            "DSPReadLoadLimitData": {},
        }
        answer = self.ask("5.1", body)
        if isinstance(answer.body, DccOnlyResponse):
            number = answer.body.content[TEXT_KEY]
            assert isinstance(number, int)
            assert number not in self.accepted.schedules, "a schedule's number came twice"
            self.accepted.schedules.add(number)

    def _notify(self) -> None:
        device = Eui64(b"\x00\xdb\x99\x99" + next(self._counters).to_bytes(4, "big"))
        answer = self.ask("12.2", {**BODIES["12.2"], "DeviceID": device})
        assert answer.response_code == "I99", answer
        self.accepted.devices.add(device)

    def _accept(self, request: Request, owed: set[RequestId]) -> None:
        answer = self._send(request)
        assert answer.response_code == "I99", answer
        owed.add(request.request_id)
        self.accepted.last[request.request_id.target] = request.request_id.counter

    def _request(
        self,
        srv: str,
        target: Eui64,
        body: Any,
        *,
        counter: int | None = None,
        **header: Any,
    ) -> Request:
        number = counter if counter is not None else next(self._counters)
        return Request(
            request_id=RequestId(SUPPLIER, target, number),
            command_variant=8 if target == BROKER else 1,
            srv=srv,
            body=body,
            **header,
        )

    def _send(self, request: Request) -> Response:
        signer = self.keys.credential(SUPPLIER, RemotePartyRole.XML_SIGNING)
        document = sign(
            build_request(request), signer.private_key, signer.certificate.to_cryptography()
        )
        service = COMMAND_VARIANTS[request.command_variant].service
        http = urllib.request.Request(
            f"{self._url}/api/v1/{service}",
            data=document,
            headers={"Content-Type": "application/xml"},
        )
        with urllib.request.urlopen(http, timeout=20) as answer:
            return parse_response(verify(answer.read(), self.keys.find_x509).content)


def contradictions(commands: list[bytes]) -> list[tuple[Any, ...]]:
    """Counters under which two different Commands went out."""
    seen: dict[tuple[Any, ...], bytes] = {}
    found = []
    for octets in commands:
        message = parse(octets)
        name = (message.originator, message.recipient, message.counter)
        if seen.setdefault(name, octets) != octets:
            found.append(name)
    return found
