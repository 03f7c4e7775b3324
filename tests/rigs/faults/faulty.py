"""A registry of drivers whose virtual instruments suffer declared faults from the start.

It also knows what the instruments act on, and so what is really on, whatever anybody says.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assay.declarations.bench import Instrument
from rigs.driver_entry import DriverEntry, Surroundings, VirtualPeer
from rigs.registry import OWN, Registry
from rigs.virtual.faults import Fault


@dataclass(slots=True)
class Truth:
    """What the premises get: supply and demand, and the last moment at which either changed."""

    around: Surroundings | None = None
    changed_at: float = field(default_factory=time.monotonic)

    def watch(self, around: Surroundings) -> None:
        """On the loop thread, as the nodes belong to it."""
        if self.around is not None:
            return
        self.around = around
        assert around.supply is not None and around.load is not None
        around.supply.listen(lambda *_: self._note())
        around.load.listen_demand(lambda *_: self._note())

    def _note(self) -> None:
        self.changed_at = time.monotonic()

    @property
    def is_off(self) -> bool:
        if self.around is None:
            return True  # not even a virtual instrument was there
        assert self.around.supply is not None and self.around.load is not None
        return not self.around.supply.volts and not self.around.load.requested_watts


class FaultyRegistry(Registry):
    """The known drivers; the faults go to the instruments of these names in the bench file."""

    def __init__(self, faults: Mapping[str, Iterable[Fault]]) -> None:
        super().__init__(OWN)
        self.truth = Truth()
        self._faults = {name: tuple(each) for name, each in faults.items()}

    def entry_for(self, name: str, declared: Instrument) -> DriverEntry:
        entry = super().entry_for(name, declared)
        start = entry.virtual
        if start is None:
            return entry

        def with_faults(around: Surroundings, what: Instrument) -> VirtualPeer:
            around.loop_thread.run(lambda: self.truth.watch(around))
            peer = start(around, what)
            for fault in self.faults_for(name):
                peer.inject(fault)
            return peer

        return replace(entry, virtual=with_faults)

    def faults_for(self, name: str) -> Iterable[Fault]:
        """Asked when a virtual instrument starts."""
        return self._faults.get(name, ())
