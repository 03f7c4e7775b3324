"""All that a meter counts and keeps of energy, joined: flows, profiles, logs, demands, billing.

Everything hangs on the energy flows and on the meter's agenda, which settles the flows ahead of
each duty. Ranks order what falls due at the same moment: half hour, day, billing period.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rigs.devices.agenda import Agenda
from rigs.devices.esme.metering.billing import BillingDataLog
from rigs.devices.esme.metering.daily import DailyLogs
from rigs.devices.esme.metering.demand import Demands
from rigs.devices.esme.metering.flows import EnergyFlows
from rigs.devices.esme.metering.half_hours import HalfHours
from rigs.devices.esme.metering.history import HistoricalValues
from rigs.devices.esme.metering.power_levels import PowerLevel, PowerThresholds
from rigs.devices.esme.metering.profiles import Profiles
from rigs.devices.esme.metering.snapshots import SnapshotSources
from rigs.devices.esme.metering.tenancy import Tenancy


class Metering:
    """`now` is the meter's clock. What tariff and payment add to the logs they put into
    `snapshot_sources`; what begins with a billing period they add to `billing.on_period_end`;
    on a change of tariff or payment mode they call `billing.take_snapshot`; costs go to
    `history.take_cost`.
    """

    def __init__(
        self, agenda: Agenda, flows: EnergyFlows, now: Callable[[], datetime], *, is_twin: bool
    ) -> None:
        self.is_twin = is_twin
        self.flows = flows
        self.snapshot_sources = SnapshotSources(flows, is_twin=is_twin)
        self.half_hours = HalfHours(agenda, flows)
        self.profiles = Profiles(is_twin=is_twin)
        self.daily = DailyLogs(agenda, flows, self.snapshot_sources, is_twin=is_twin)
        self.demands = Demands(now())
        self.history = HistoricalValues()
        self.billing = BillingDataLog(agenda, self.snapshot_sources, is_twin=is_twin)
        self.power_thresholds = PowerThresholds()
        self.tenancy = Tenancy()
        self.half_hours.on_end += [self.profiles.take, self.daily.take, self.demands.take]
        self.daily.on_day.append(self.history.end_day)

    @property
    def power_level(self) -> PowerLevel:
        return self.power_thresholds.level(self.flows.active_power())
