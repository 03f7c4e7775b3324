"""Where the octets of a capture stream come from: a socket, a FIFO, or the output of a tool."""

from __future__ import annotations

import os
import select
import shlex
import socket
import subprocess
import time
from typing import Protocol

_CHUNK = 1 << 16
_POLL_S = 0.01
_STOP_S = 2.0


class Source(Protocol):
    """Octets as they come. OSError where the other side has gone."""

    def receive(self, wait_s: float) -> bytes:
        """What has come, waiting so long for the first octet; empty where nothing does."""

    def close(self) -> None: ...


class SocketSource:
    """A TCP port that serves pcap."""

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self._socket = socket.create_connection((host, port), timeout_s)

    def receive(self, wait_s: float) -> bytes:
        self._socket.settimeout(max(wait_s, 1e-4))
        try:
            octets = self._socket.recv(_CHUNK)
        except TimeoutError:
            return b""
        if not octets:
            raise ConnectionResetError("the sniffer has closed the connection")
        return octets

    def close(self) -> None:
        self._socket.close()


class FifoSource:
    """A named pipe. Until its writer has come, an end of file means only that it has not."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self._has_writer = False

    def receive(self, wait_s: float) -> bytes:
        ready, _, _ = select.select([self._descriptor], [], [], max(wait_s, 0))
        if not ready:
            return b""
        octets = os.read(self._descriptor, _CHUNK)
        if octets:
            self._has_writer = True
            return octets
        if self._has_writer:
            raise BrokenPipeError("the writer of the FIFO has gone")
        time.sleep(min(wait_s, _POLL_S))
        return b""

    def close(self) -> None:
        os.close(self._descriptor)


class CommandSource:
    """A tool that writes pcap to its standard output; it ends with the capture."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen(
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def receive(self, wait_s: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        ready, _, _ = select.select([descriptor], [], [], max(wait_s, 0))
        if not ready:
            return b""
        octets = os.read(descriptor, _CHUNK)
        if not octets:
            raise BrokenPipeError(f"the tool has ended with {self._process.wait(_STOP_S)}")
        return octets

    def close(self) -> None:
        assert self._process.stdout is not None
        self._process.terminate()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
