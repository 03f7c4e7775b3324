"""JSON lines between the runner and a job, over one socket pair.

The job asks before each scenario and goes on only when the runner has answered, that is when
the attempt is in the ledger. The runner can say `stop`: finish this scenario and end. When the
other end is gone, the runner sees the end of the messages, and the job is interrupted, so that
its fixtures make the bench safe: nobody would see what it does any more.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

Message = dict[str, Any]

_CHUNK = 65536
_POLL_S = 0.5
_STOP = "stop"


class RunnerLostError(RuntimeError):
    """The runner does not answer any more."""


def _line(message: Message) -> bytes:
    return json.dumps(message).encode("utf-8") + b"\n"


class RunnerEnd:
    """The runner's end. `is_over` tells whether the job's process has ended."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._connection.settimeout(_POLL_S)

    def messages(self, is_over: Callable[[], bool]) -> Iterator[Message]:
        """Every message until the job closes its end or its process is over."""
        buffer = b""
        while True:
            was_over = is_over()  # asked first: what it sent before it ended is read below
            try:
                received = self._connection.recv(_CHUNK)
            except TimeoutError:
                if was_over:
                    return
                continue
            except ConnectionError:
                return
            if not received:
                return
            *lines, buffer = (buffer + received).split(b"\n")
            yield from map(json.loads, lines)

    def answer(self, message: Message) -> None:
        self._send(_line(message))

    def stop(self) -> None:
        self._send(_line({_STOP: True}))

    def close(self) -> None:
        self._connection.close()

    def _send(self, line: bytes) -> None:
        try:
            self._connection.sendall(line)
        except ConnectionError:
            return  # the job is gone; `messages` ends, and the runner closes its attempts


class JobEnd:
    """The job's end. A thread listens, because `stop` may come at any time."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)
        self._connection = socket.socket(fileno=descriptor)
        self._answers: queue.Queue[Message | None] = queue.Queue()
        self._stop = threading.Event()
        self._closing = threading.Event()
        self._listener = threading.Thread(target=self._listen, name="runner", daemon=True)
        self._listener.start()

    @property
    def is_stop_requested(self) -> bool:
        return self._stop.is_set()

    def tell(self, message: Message) -> None:
        try:
            self._connection.sendall(_line(message))
        except ConnectionError as error:
            raise RunnerLostError("the runner closed the channel") from error

    def ask(self, message: Message) -> Message:
        self.tell(message)
        answer = self._answers.get()
        if answer is None:
            raise RunnerLostError("the runner closed the channel")
        return answer

    def close(self) -> None:
        self._closing.set()
        with suppress(OSError):  # the runner may have closed its end first
            self._connection.shutdown(socket.SHUT_RDWR)
        self._listener.join()
        self._connection.close()

    def _listen(self) -> None:
        # A runner that is killed with unread messages resets the connection.
        with suppress(ConnectionError), self._connection.makefile("rb") as lines:
            for line in lines:
                message: Message = json.loads(line)
                if _STOP in message:
                    self._stop.set()
                else:
                    self._answers.put(message)
        self._answers.put(None)
        if not self._closing.is_set():
            os.kill(os.getpid(), signal.SIGINT)  # to the process: it wakes the main thread
