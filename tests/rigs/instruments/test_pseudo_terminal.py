"""The port that a virtual instrument on a serial line hangs on."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assay.clock import LoopThread
from rigs.virtual.pseudo_terminal import PseudoTerminal

_SPEEDS = slice(4, 6)  # of the input and of the output, in what tcgetattr returns
PULLS = 20


class Echo:
    """An instrument that sends back what it hears."""

    def __init__(self, loop_thread: LoopThread) -> None:
        self.terminal = PseudoTerminal(loop_thread, lambda octets: self.terminal.write(octets))


@pytest.fixture
def terminal(loop_thread: LoopThread) -> Iterator[PseudoTerminal]:
    terminal = Echo(loop_thread).terminal
    yield terminal
    loop_thread.run(terminal.remove)


@contextmanager
def client_of(terminal: PseudoTerminal) -> Iterator[int]:
    client = os.open(terminal.path, os.O_RDWR | os.O_NOCTTY)
    try:
        yield client
    finally:
        os.close(client)


def answer_to(octets: bytes, client: int) -> bytes:
    os.write(client, octets)
    answer = b""
    while len(answer) < len(octets):
        answer += os.read(client, 4096)
    return answer


def wait_until_lost(client: int) -> None:
    try:
        assert os.read(client, 1) == b""
    except OSError:
        return


def test_octets_pass_as_they_are(terminal: PseudoTerminal) -> None:
    octets = bytes(range(256))
    with client_of(terminal) as client:
        assert answer_to(octets, client) == octets


def test_a_client_that_has_lost_the_port_finds_it_again_at_once(
    terminal: PseudoTerminal, loop_thread: LoopThread
) -> None:
    for _ in range(PULLS):
        device = os.path.realpath(terminal.path)
        with client_of(terminal) as client:
            loop_thread.loop.call_soon_threadsafe(terminal.pull)
            wait_until_lost(client)
            with client_of(terminal) as next_client:
                assert os.ttyname(next_client) != device
                assert answer_to(b"anew", next_client) == b"anew"


def test_the_speed_that_the_client_has_set_can_be_read(
    terminal: PseudoTerminal, loop_thread: LoopThread
) -> None:
    with client_of(terminal) as client:
        settings = termios.tcgetattr(client)
        settings[_SPEEDS] = [termios.B19200] * 2
        termios.tcsetattr(client, termios.TCSANOW, settings)
        assert loop_thread.run(lambda: terminal.baud) == 19200


def test_a_port_that_has_been_removed_is_gone_for_good(
    terminal: PseudoTerminal, loop_thread: LoopThread
) -> None:
    loop_thread.run(terminal.remove)
    loop_thread.run(terminal.remove)
    assert not terminal.path.parent.exists()
