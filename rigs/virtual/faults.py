"""Declared faults of an instrument's link, so that a test can prove what they lead to.

A bench with such a fault can vouch for nothing: whatever a scenario finds out on it must be
INCONCLUSIVE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAnswer:
    """The message is executed at once, its answer leaves later (wall time, as sockets count)."""

    delay_s: float


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The message is executed, its answer never leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GarbledAnswer:
    """The message is executed, these octets leave in the place of its answer."""

    octets: bytes = b"\x15\xff#~"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedError:
    """An error of the instrument enters its queue, then the message is executed."""

    number: int = -240


@dataclass(frozen=True, slots=True)
class DroppedConnection:
    """The connection is cut, the message is not executed."""


Effect = LateAnswer | NoAnswer | GarbledAnswer | QueuedError | DroppedConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An effect and the messages that it hits: those that contain the text, if any is given.

    `on_hit` is told each message that suffers it, on the loop thread.
    """

    effect: Effect
    containing: str = ""
    spares: int = 0
    times: int | None = 1  # None: from then on always
    on_hit: Callable[[str], None] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.spares < 0 or (self.times is not None and self.times < 1):
            raise ValueError(f"spares 0 or more and hits 1 or more, got {self}")


class FaultSchedule:
    """Counts the messages that each fault has seen, and says which effect one suffers."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._seen: list[tuple[Fault, int]] = [(fault, 0) for fault in faults]

    def add(self, fault: Fault) -> None:
        self._seen.append((fault, 0))

    def clear(self) -> None:
        self._seen.clear()

    def effect_on(self, message: str) -> Effect | None:
        """The first fault that is due wins; every fault that matches has seen the message."""
        effect: Effect | None = None
        for index, (fault, seen) in enumerate(self._seen):
            if fault.containing.upper() not in message.upper():
                continue
            self._seen[index] = (fault, seen + 1)
            if effect is None and _is_due(fault, seen):
                effect = fault.effect
                if fault.on_hit is not None:
                    fault.on_hit(message)
        return effect


def _is_due(fault: Fault, seen: int) -> bool:
    return fault.spares <= seen and (fault.times is None or seen < fault.spares + fault.times)
