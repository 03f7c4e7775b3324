"""One event-loop thread: servers, virtual instruments and device state live on it.

Steps stay synchronous and call into it; blocking drivers stay off it
(a virtual instrument that lives here would wait for itself).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """Call it with a coroutine to run that there and wait for its result."""

    def __init__(self, name: str = "bench-loop") -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def __call__(self, coroutine: Coroutine[Any, Any, T], timeout_s: float = 30.0) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout_s)

    def run(self, action: Callable[[], T], timeout_s: float = 30.0) -> T:
        """Run a plain function on the loop's thread; directly if already there."""
        if threading.current_thread() is self._thread:
            return action()

        async def turn() -> T:
            return action()

        return self(turn(), timeout_s)

    def close(self) -> None:
        if self.loop.is_closed():
            return
        self(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(timeout=10)
        self.loop.close()

    async def _cancel_all(self) -> None:
        others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
