"""The runner's side of the watchdog: starts it, beats, and hears when it has taken over."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from assay.verdicts import BenchFault
from rigs.safety.lease import Lease
from rigs.safety.watchdog import BEAT, END, LIMIT_S, READY

BEATS_IN_LIMIT = 6
START_S = 10.0
END_S = 5.0


class Heartbeat:
    """A watchdog over these leases, from now until `end`.

    `lost` is called once, on a thread of its own, when the watchdog has taken the bench over or
    is gone itself: the bench is then unguarded.
    """

    def __init__(
        self,
        leases: Sequence[Lease],
        record: Path,
        lost: Callable[[], None],
        *,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._lost = lost
        self._limit_s = limit_s
        self._is_over = threading.Event()
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "rigs.safety.watchdog",
                str(record),
                str(limit_s),
                *(str(each.path) for each in leases),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[each.descriptor() for each in leases],
            start_new_session=True,  # what is sent to the runner's group is not for it
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._pipe = self._process.stdin
        self._await_start(self._process.stdout.fileno())
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._thread.start()

    @property
    def process(self) -> int:
        """Id of the watchdog's process."""
        return self._process.pid

    def end(self) -> None:
        """The runner has made the bench safe itself."""
        self._is_over.set()
        self._thread.join()
        with suppress(BrokenPipeError):
            os.write(self._pipe.fileno(), END)
        self._close()

    def _await_start(self, output: int) -> None:
        ready, _, _ = select.select([output], [], [], START_S)
        if not ready or os.read(output, 1) != READY:
            self._process.kill()
            self._close()
            raise BenchFault(f"the watchdog did not start within {START_S} s")

    def _close(self) -> None:
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._pipe.close()
        self._process.stdout.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _beat(self) -> None:
        while not self._is_over.wait(self._limit_s / BEATS_IN_LIMIT):
            try:
                os.write(self._pipe.fileno(), BEAT)
            except BrokenPipeError:
                self._lost()
                return
