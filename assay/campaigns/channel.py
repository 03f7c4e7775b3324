"""JSON lines between the runner and each of its jobs, over one socket pair.

The job claims a scenario, which no other job of the round then gets, asks before it begins, and
goes on only when the runner has answered, that is when the attempt is in the ledger. The runner
can say `stop`: finish this scenario and end. When the other end is gone, the runner sees the end
of the messages, and the job is interrupted, so that its fixtures make the bench safe: nobody
would see what it does any more.
"""

from __future__ import annotations

import json
import os
import queue
import selectors
import signal
import socket
import threading
from collections.abc import Callable, Collection, Iterator
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
    """The runner's end of the channel to one job."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""

    def fileno(self) -> int:
        return self._connection.fileno()

    def read(self) -> list[Message] | None:
        """What has come, once the connection is readable; None at its end."""
        try:
            received = self._connection.recv(_CHUNK)
        except ConnectionError:
            return None
        if not received:
            return None
        *lines, self._buffer = (self._buffer + received).split(b"\n")
        return [json.loads(line) for line in lines]

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


def messages(
    ends: Collection[RunnerEnd], is_over: Callable[[RunnerEnd], bool]
) -> Iterator[tuple[RunnerEnd, Message]]:
    """Every message of every job, until each has closed its end or its process is over."""
    with selectors.DefaultSelector() as selector:
        for end in ends:
            selector.register(end, selectors.EVENT_READ, end)
        while selector.get_map():
            # Asked first: what a job sent before it ended is read below.
            over = [key.data for key in selector.get_map().values() if is_over(key.data)]
            ready: list[RunnerEnd] = [key.data for key, _ in selector.select(_POLL_S)]
            for end in ready:
                received = end.read()
                if received is None:
                    selector.unregister(end)
                    continue
                for message in received:
                    yield end, message
            for end in over:
                if end not in ready:
                    selector.unregister(end)


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
