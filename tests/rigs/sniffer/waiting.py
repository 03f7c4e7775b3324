"""Waiting for what comes over a real wire, which takes the time that it takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_for(condition: Callable[[], bool], most_s: float = 10.0) -> None:
    deadline = time.monotonic() + most_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {most_s} s"
        time.sleep(0.005)
