"""Whether the capture holds everything: blocks that are missing, and what the sniffer lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from assay.gbcs.errors import GbcsError
from rigs.capture.assembly import Incomplete
from rigs.capture.checks.check import finding, sender
from rigs.capture.decoded import Decoded, Layer
from rigs.capture.findings import Check, Finding
from rigs.zigbee.smart_energy.clusters import cluster_name


class Fragments:
    """`overdue` gives the messages that cannot become whole any more, and `has_open_transfers`
    whether segments of a large GBCS message are waiting for others."""

    def __init__(
        self,
        overdue: Callable[[datetime | None], list[Incomplete]],
        has_open_transfers: Callable[[], bool],
    ) -> None:
        self._overdue = overdue
        self._has_open_transfers = has_open_transfers

    def look(self, frame: Decoded) -> Iterator[Finding]:
        yield from map(_missing, self._overdue(frame.frame.at))

    def finish(self) -> Iterator[Finding]:
        yield from map(_missing, self._overdue(None))
        if self._has_open_transfers():
            yield Finding(
                check=Check.MISSING_FRAGMENT,
                at=None,
                number=0,
                subject="GBCS block transfer",
                detail="segments of a large message without the others",
            )


def _missing(incomplete: Incomplete) -> Finding:
    route = incomplete.route
    return Finding(
        check=Check.MISSING_FRAGMENT,
        at=incomplete.began,
        number=0,
        subject=f"{route.source:04X} to {route.destination:04X}",
        detail=f"{cluster_name(route.cluster)}, APS counter {route.counter}: {incomplete.missing}",
    )


class SnifferGaps:
    """What the sniffer itself says that it lost, and frames that arrived damaged."""

    def look(self, frame: Decoded) -> Iterator[Finding]:
        if frame.frame.lost_before:
            told = f"{frame.frame.lost_before} lost before this one"
            yield finding(Check.SNIFFER_GAP, frame, "sniffer", told)

    def finish(self) -> Iterator[Finding]:
        return iter(())


class WellFormed:
    """What opened and yet cannot be read, or should not be there; what is closed is another
    check's."""

    def look(self, frame: Decoded) -> Iterator[Finding]:
        message = frame.gbcs.message if frame.gbcs is not None else None
        if message is not None and message.is_pre_command:
            told = "GBCS: a pre-command, which nobody has signed"
            yield finding(Check.MALFORMED, frame, sender(frame), told)
        if frame.problem is None or frame.is_closed or frame.reached is Layer.PHYSICAL:
            return
        what = "GBCS" if isinstance(frame.problem, GbcsError) else Layer(frame.reached + 1).name
        yield finding(Check.MALFORMED, frame, sender(frame), f"{what}: {frame.problem}")

    def finish(self) -> Iterator[Finding]:
        return iter(())
