"""Lines over TCP: however bytes arrive, whoever else is connected, whatever is declared bad."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigs.virtual.faults import (
    DroppedConnection,
    Fault,
    FaultSchedule,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)
from rigs.virtual.lines import LineReader
from rigs.virtual.server import HOST
from rigs.virtual.transport import MAX_LINE_LENGTH
from tests.rigs.instruments.benches import Bench

NO_ERROR = b'+0,"No error"\n'


class Client:
    """A controller without a driver: octets out, lines in."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=2)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self.socket.makefile("rb")

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def line(self) -> bytes:
        return self._file.readline()

    def ask(self, message: str) -> bytes:
        self.send(message.encode("ascii") + b"\n")
        return self.line()

    def close(self) -> None:
        self._file.close()
        self.socket.close()


@contextmanager
def connected(bench: Bench) -> Iterator[Client]:
    client = Client(bench.source_server.port)
    try:
        yield client
    finally:
        client.close()


@pytest.fixture
def client(bench: Bench) -> Iterator[Client]:
    with connected(bench) as client:
        yield client


@given(
    st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line)),
    st.integers(min_value=1, max_value=40),
)
def test_lines_survive_any_chunking(lines: list[bytes], chunk: int) -> None:
    wire = b"".join(line + b"\n" for line in lines)
    reader = LineReader(max_length=12)
    pieces = (wire[start : start + chunk] for start in range(0, len(wire), chunk))
    assert [line for piece in pieces for line in reader.feed(piece)] == lines


@pytest.mark.parametrize("chunk", [1, 5, 100])
def test_a_line_that_is_too_long_is_refused_and_the_next_one_is_not(chunk: int) -> None:
    wire = b"short\n" + b"x" * 13 + b"\nlast\nrest"
    reader = LineReader(max_length=12)
    pieces = (wire[start : start + chunk] for start in range(0, len(wire), chunk))
    lines = [line for piece in pieces for line in reader.feed(piece)]
    assert (lines, reader.unfinished) == ([b"short", None, b"last"], b"rest")


def test_a_message_may_arrive_in_pieces(client: Client) -> None:
    for piece in (b"VOLT 2", b"30;:VO", b"LT?\nFREQ", b"?\n"):
        client.send(piece)
    assert [client.line(), client.line()] == [b"+2.30E+2\n", b"+6.0E+1\n"]


def test_messages_may_arrive_together(client: Client) -> None:
    client.send(b"VOLT 230\nVOLT?\r\nSYST:ERR?\n\n")
    assert [client.line(), client.line()] == [b"+2.30E+2\n", NO_ERROR]


def test_an_oversized_message_is_refused(client: Client) -> None:
    client.send(b"VOLT " + b"1" * MAX_LINE_LENGTH + b"\n")
    assert client.ask("SYST:ERR?").startswith(b"-363")
    assert client.ask("VOLT?") == b"+0.0E+0\n"


def test_octets_that_are_no_ascii_are_refused(client: Client) -> None:
    client.send(b"VOLT 2\xb33\n")
    assert client.ask("SYST:ERR?").startswith(b"-101")


def test_clients_share_the_instrument_and_not_the_answers(bench: Bench, client: Client) -> None:
    with connected(bench) as other:
        client.send(b"VOLT 230;:VOLT?\n")
        assert client.line() == b"+2.30E+2\n"
        assert other.ask("VOLT?;FREQ?") == b"+2.30E+2;+6.0E+1\n"


def test_a_client_that_leaves_in_the_middle_of_a_query_left_it_unterminated(
    bench: Bench, client: Client
) -> None:
    with connected(bench) as hasty:
        hasty.ask("VOLT?")
        hasty.send(b"FREQ?")
    assert bench.premises.clock.wait_until(
        lambda: client.ask("*ESR?;SYST:ERR?").endswith(b'-420,"Query UNTERMINATED"\n'),
        timedelta(seconds=1),
    )


def test_time_goes_on_while_a_message_waits_for_completion(bench: Bench, client: Client) -> None:
    client.send(b"VOLT:MODE LIST;:LIST:DWEL 5;:INIT;:TRIG\n*OPC?\n")
    with connected(bench) as other:
        assert other.ask("STAT:OPER:COND?") == b"8\n"
        bench.premises.clock.advance(timedelta(seconds=5))
    assert client.line() == b"1\n"


def test_a_message_behind_wai_waits_for_its_turn(bench: Bench, client: Client) -> None:
    client.send(b"VOLT:MODE LIST;:LIST:DWEL 5;:INIT;:TRIG;*WAI\nSTAT:OPER:COND?\n")
    with connected(bench) as other:
        assert other.ask("STAT:OPER:COND?;:SYST:ERR?") == b"8;" + NO_ERROR
        bench.premises.clock.advance(timedelta(seconds=5))
    assert client.line() == b"0\n"


def test_a_new_message_interrupts_an_answer_that_is_still_awaited(client: Client) -> None:
    client.send(b"VOLT:MODE LIST;:INIT;*OPC?\n")
    assert client.ask("SYST:ERR?") == b'-410,"Query INTERRUPTED"\n'


def test_a_server_that_is_closed_answers_nobody(bench: Bench, client: Client) -> None:
    client.ask("VOLT?")
    bench.source_server.close()
    assert client.line() == b""
    with pytest.raises(ConnectionRefusedError):
        Client(bench.source_server.port)


def test_an_answer_can_be_late_and_time_stands_still_for_it(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=LateAnswer(delay_s=0.05), containing="volt?"))
    client.send(b"VOLT?\n")
    with connected(bench) as other:
        other.ask("FREQ?")
        bench.premises.clock.advance(timedelta(hours=1))
        client.socket.settimeout(0.01)
        assert client.line() == b"+0.0E+0\n"


def test_a_late_answer_can_be_interrupted(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=LateAnswer(delay_s=60)))
    client.send(b"VOLT?\n")
    assert client.ask("SYST:ERR?").startswith(b"-410")
    bench.premises.clock.advance(timedelta(hours=1))


def test_an_answer_can_fail_to_come(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=NoAnswer(), spares=1))
    assert client.ask("VOLT 5;VOLT?") == b"+5.0E+0\n"
    client.send(b"VOLT 6;VOLT?\n")
    assert client.ask("VOLT?;:SYST:ERR?") == b"+6.0E+0;" + NO_ERROR


def test_an_answer_can_be_garbled(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=GarbledAnswer(octets=b"#!")))
    assert [client.ask("VOLT?"), client.ask("VOLT?")] == [b"#!\n", b"+0.0E+0\n"]


def test_an_error_can_be_in_the_queue_out_of_nothing(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=QueuedError(number=-240), containing="VOLT "))
    assert client.ask("VOLT 5;:SYST:ERR?;:VOLT?") == b'-240,"Hardware error";+5.0E+0\n'


def test_a_connection_can_be_cut_before_a_message_is_executed(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=DroppedConnection()))
    assert client.ask("VOLT 5;VOLT?") == b""
    with connected(bench) as other:
        assert other.ask("VOLT?") == b"+0.0E+0\n"


def test_faults_can_be_taken_back(bench: Bench, client: Client) -> None:
    bench.source_server.inject(Fault(effect=NoAnswer(), times=None))
    bench.source_server.clear_faults()
    assert client.ask("VOLT?") == b"+0.0E+0\n"


@given(
    st.integers(min_value=0, max_value=5),
    st.one_of(st.none(), st.integers(min_value=1, max_value=5)),
)
def test_a_fault_hits_as_often_as_declared(spares: int, times: int | None) -> None:
    schedule = FaultSchedule([Fault(effect=NoAnswer(), spares=spares, times=times)])
    hits = [schedule.effect_on("VOLT?") is not None for _ in range(12)]
    expected = 12 - spares if times is None else times
    assert hits == [False] * spares + [True] * expected + [False] * (12 - spares - expected)


@pytest.mark.parametrize(("spares", "times"), [(-1, 1), (0, 0)])
def test_a_fault_that_can_never_be_is_refused(spares: int, times: int) -> None:
    with pytest.raises(ValueError, match="spares"):
        Fault(effect=NoAnswer(), spares=spares, times=times)
