"""Processor time of a piece of work, so that a test can say "soon" and mean it on any machine.

The least of a few attempts with the garbage collector off: a collection over the heap of a
whole test run takes longer than most of what is timed, and a neighbour may take the core.
"""

import gc
import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], limit: float, attempts: int = 5) -> float:
    """The least processor time (s) of `attempts`; the first below `limit` (s) is enough."""
    least = float("inf")
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in range(attempts):
            began = time.process_time()
            work()
            least = min(least, time.process_time() - began)
            if least < limit:
                break
    finally:
        if was_on:
            gc.enable()
    return least


def least_measured(measure: Callable[[], float], limit: float, attempts: int = 3) -> float:
    """The least wall time (s) that `measure` reports in `attempts`; the first below `limit` is
    enough. For what other processes do, which has no processor time of ours."""
    least = float("inf")
    for _ in range(attempts):
        least = min(least, measure())
        if least < limit:
            break
    return least
