"""Change of tenancy: what was recorded before a date is not for the household any more (E-029).

Six stores are affected: billing data log, cumulative and historical value store, daily
consumption log, daily read log, prepayment daily read log, profile data log (which six is
inferred). Remote parties go on reading all; displays ask for the household's view.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assay.gbcs.date_time import seconds_since_2000
from rigs.devices.esme.metering.period_log import Entry, PeriodLog

_FOREVER = (1 << 32) - 1


class Tenancy:
    """`since` is the date-time of the last Restrict Data command; None before the first.

    It may lie in the future: then nothing is shown until it is past.
    """

    def __init__(self) -> None:
        self.since: datetime | None = None
        self.restrict: Callable[[datetime], None] = self._restrict

    def of_household(self, log: PeriodLog) -> tuple[Entry, ...]:
        """The entries that a display may show: those stamped later than the date."""
        if self.since is None:
            return log.entries
        return tuple(log.between(seconds_since_2000(self.since) + 1, _FOREVER))

    def _restrict(self, since: datetime) -> None:
        self.since = since
