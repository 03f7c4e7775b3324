"""A hold on the bench's clock that is let go while a device, and not the stick, is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from assay.clock import Clock


class Hold:
    """From `take` to `drop` simulated time stands still, but for what is done within `let_go`.

    With holds that begin and end around single commands, time would slip through between the end
    of one and the turn of the loop in which its caller goes on.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held = ExitStack()

    def take(self) -> None:
        self._held.enter_context(self._clock.exchange())

    def drop(self) -> None:
        self._held.close()

    @contextmanager
    def let_go(self) -> Iterator[None]:
        self.drop()
        try:
            yield
        finally:
            self.take()
