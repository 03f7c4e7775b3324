"""The port of a virtual instrument that goes while somebody is just coming."""

from __future__ import annotations

import gc
import socket
import warnings

from assay.clock import LoopThread
from rigs.virtual.server import HOST
from rigs.virtual.tcp import TcpClient, TcpListener

ROUNDS = 60


def test_a_port_that_goes_while_somebody_comes_leaves_no_socket_open(
    loop_thread: LoopThread,
) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(ROUNDS):
            listener = TcpListener(loop_thread, TcpClient)
            with socket.create_connection((HOST, listener.port)):
                loop_thread(listener.stop())
            assert not listener.clients
        gc.collect()
    assert [str(each.message) for each in told] == []


def test_those_who_are_there_are_dropped(loop_thread: LoopThread) -> None:
    listener = TcpListener(loop_thread, TcpClient)
    with socket.create_connection((HOST, listener.port)) as there:
        there.settimeout(5)
        loop_thread(listener.stop())
        try:
            seen = there.recv(1)
        except ConnectionResetError:
            seen = b""
    assert seen == b""
