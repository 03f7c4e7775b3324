"""Everything that keeps one bench safe while a process drives it.

Leases on the instruments that stand somewhere, a watchdog over them, the permission to be live,
and the registry of what has to be off. A bench without such instruments needs neither leases nor
watchdog: its virtual instruments end with the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assay.verdicts import BenchLost
from rigs.safety.heartbeat import Heartbeat
from rigs.safety.lease import Lease, default_folder
from rigs.safety.outcome import SafeOutcome
from rigs.safety.permission import Permission
from rigs.safety.safe_state import Safeable, SafeState
from rigs.safety.watchdog import LIMIT_S

RECORD = "watchdog.jsonl"


class BenchGuard:
    """Made by `guarded`; instruments report to it when they have been opened."""

    def __init__(self, leases: Mapping[str, Lease]) -> None:
        self.permission = Permission()
        self.safe_state = SafeState()
        self._leases = leases
        self.outcomes: dict[str, SafeOutcome] = {}
        """Of each instrument, when it was made safe last."""
        self.watchdog: int | None = None
        """Id of the watchdog's process, where there is one."""

    def opened(self, instrument: Safeable) -> None:
        """From now on it may be live."""
        self.safe_state.add(instrument)
        lease = self._leases.get(instrument.name)
        if lease is not None:
            lease.hold(instrument.dialogue)

    def make_safe(self) -> Sequence[SafeOutcome]:
        """Everything off, whatever is known about it; never raises."""
        outcomes = self.safe_state.make_safe()
        self.outcomes.update({each.name: each for each in outcomes})
        return outcomes

    def prove_safe(self) -> None:
        """Everything off, and BenchLost with the names of those of which that is not known."""
        unsafe = [each.words for each in self.make_safe() if not each.is_safe]
        if unsafe:
            raise BenchLost("; ".join(unsafe))

    def lost(self) -> None:
        """The watchdog has taken over, or is gone: nothing may be live without it."""
        self.permission.withdraw("the watchdog has taken the bench over, or is gone")
        self.make_safe()

    def release(self) -> None:
        for name, lease in self._leases.items():
            lease.release(self.outcomes.get(name) or _never_live(lease))


@contextmanager
def guarded(
    addresses: Mapping[str, str],
    *,
    record: Path | None = None,
    folder: Path | None = None,
    limit_s: float = LIMIT_S,
) -> Iterator[BenchGuard]:
    """Hold these instruments, by name, that stand somewhere. What a run before this one left live
    is made safe first.

    `record` is the folder in which the watchdog notes what it did; beside the leases otherwise.
    BenchFault if another run drives one of them, or one was left live and cannot be reached.
    """
    where = default_folder() if folder is None else folder
    with ExitStack() as stack:
        leases: dict[str, Lease] = {}
        for name, address in sorted(addresses.items(), key=lambda each: each[1]):
            leases[name] = Lease.take(where, name, address)
            stack.callback(leases[name].close)
        guard = BenchGuard(leases)
        if leases:
            note = (where if record is None else record) / RECORD
            heartbeat = Heartbeat(list(leases.values()), note, guard.lost, limit_s=limit_s)
            guard.watchdog = heartbeat.process
        else:
            heartbeat = None
        try:
            yield guard
        finally:
            guard.make_safe()
            if heartbeat is not None:
                heartbeat.end()
            guard.release()


def _never_live(lease: Lease) -> SafeOutcome:
    return SafeOutcome(
        name=lease.name, address=lease.address, is_safe=True, is_verified=False, seconds=0.0
    )
