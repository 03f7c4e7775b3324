"""The bare line makes an instrument safe over whatever carries it, and knows when it has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest

from assay.clock import LoopThread, SimulatedClock
from assay.verdicts import BenchLost
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.safety.dialogue import Exchange, SafeDialogue, scpi_dialogue
from rigs.safety.safe_state import make_safe_by_dialogue
from rigs.safety.wire import hold, is_reachable
from rigs.virtual.ac_source import VirtualAcSource
from rigs.virtual.faults import (
    DroppedConnection,
    Fault,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
)
from rigs.virtual.hislip import HislipServer
from rigs.virtual.pty_server import PtyServer
from rigs.virtual.server import InstrumentServer
from rigs.virtual.transport import ScpiServer
from tests.rigs.safety.circuits import START

SHORT_S = 0.3
Make = Callable[[Any, Any, LoopThread], InstrumentServer]


class Source:
    """A virtual source that stands at 230 V, whoever switched it on."""

    def __init__(self, loop_thread: LoopThread, make: Make) -> None:
        clock = SimulatedClock(START, run=loop_thread.run)
        self.node = SupplyNode(clock)
        load = LoadNode(clock, self.node, Contactor(clock))
        self._source = VirtualAcSource(clock, self.node, load)
        self.server = make(self._source.instrument, clock, loop_thread)
        loop_thread.run(lambda: self._source.instrument.handle("VOLT 230;OUTP ON", lambda _: None))

    @property
    def dialogue(self) -> SafeDialogue:
        return scpi_dialogue(self.server.resource, ("OUTP OFF", "ABOR"), "OUTP?", "0")


@pytest.fixture(scope="module")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread("wire")
    yield thread
    thread.close()


@pytest.fixture(params=[ScpiServer, HislipServer, PtyServer])
def source(request: pytest.FixtureRequest, loop_thread: LoopThread) -> Iterator[Source]:
    made = Source(loop_thread, request.param)
    yield made
    made.server.close()


@pytest.fixture
def tcp_source(loop_thread: LoopThread) -> Iterator[Source]:
    made = Source(loop_thread, ScpiServer)
    yield made
    made.server.close()


def test_an_instrument_is_off_when_it_has_said_so(source: Source) -> None:
    assert source.node.volts == Decimal(230)
    hold(source.dialogue, 2.0)
    assert source.node.volts == 0


def test_an_instrument_that_says_it_is_on_is_not_safe(tcp_source: Source) -> None:
    asked = scpi_dialogue(tcp_source.server.resource, (), "OUTP?", "0")
    with pytest.raises(BenchLost, match=r"expected an answer like .*0.* to b'OUTP\?\\n', got"):
        hold(asked, SHORT_S)


@pytest.mark.parametrize("effect", [NoAnswer(), LateAnswer(delay_s=2), GarbledAnswer()])
def test_what_is_not_confirmed_is_not_known_to_be_safe_but_was_told(
    tcp_source: Source, effect: NoAnswer | LateAnswer | GarbledAnswer
) -> None:
    tcp_source.server.inject(Fault(effect=effect, times=None))
    outcome = make_safe_by_dialogue(
        "supply", tcp_source.dialogue, patience_s=SHORT_S, attempt_s=SHORT_S
    )
    assert not outcome.is_safe
    assert tcp_source.node.volts == 0


def test_a_connection_that_was_cut_once_is_made_again(tcp_source: Source) -> None:
    tcp_source.server.inject(Fault(effect=DroppedConnection()))
    outcome = make_safe_by_dialogue(
        "supply", tcp_source.dialogue, patience_s=SHORT_S, attempt_s=SHORT_S
    )
    assert outcome.is_safe and outcome.is_verified
    assert tcp_source.node.volts == 0


def test_nobody_at_the_address_is_told_as_such(loop_thread: LoopThread) -> None:
    gone = Source(loop_thread, ScpiServer)
    gone.server.close()
    outcome = make_safe_by_dialogue("supply", gone.dialogue, patience_s=SHORT_S, attempt_s=SHORT_S)
    assert not outcome.is_safe
    assert "refused" in outcome.detail


def test_over_http_a_path_is_asked_for() -> None:
    import http.server

    class Attenuator(http.server.BaseHTTPRequestHandler):
        asked: list[str] = []  # noqa: RUF012 - of this one server

        def do_GET(self) -> None:
            self.asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"1")

        def log_message(self, *_arguments: object) -> None:
            """Nothing on the terminal."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Attenuator) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        told = Exchange(send=b":SETATT=95", end=b"1", expects="1")
        hold(SafeDialogue(address=address, exchanges=(told,), verifies=False), 2.0)
        server.shutdown()
        thread.join()
    assert Attenuator.asked == ["/:SETATT=95"]


def test_a_dialogue_survives_the_file_it_is_kept_in() -> None:
    binary = Exchange(send=bytes(range(256)), length=8, expects="^x")
    dialogue = SafeDialogue(address="/dev/ttyUSB0", exchanges=(binary,), verifies=True, baud=1200)
    assert SafeDialogue.from_json(dialogue.to_json()) == dialogue


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("TCPIP0::10.0.0.9::5025::SOCKET", True),
        ("TCPIP::source.lab::hislip0::INSTR", True),
        ("ASRL/dev/ttyUSB0::INSTR", True),
        ("ASRLsocket://10.0.0.9:4001::INSTR", True),
        ("tcp://10.0.0.9:502", True),
        ("http://10.0.0.9", True),
        ("/dev/serial/by-id/usb-1", True),
        ("GPIB0::5::INSTR", False),
        ("USB0::1::2::3::INSTR", False),
    ],
)
def test_these_addresses_can_be_reached_without_a_driver(address: str, expected: bool) -> None:
    assert is_reachable(address) is expected
