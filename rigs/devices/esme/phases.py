"""The phases of a meter: the voltage of each, and outages of one while others live (E-092, E-107).

The meter lives as long as one phase does (P-001, inferred). Inferred as well: a phase counts as
out once it was below the working minimum for longer than the meter would bridge; while it is out
nothing is measured on it, so that an outage is no under-voltage; an outage of a phase is reported
apart from that of the meter only if another phase was there for a part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from assay.clock import Clock
from rigs.devices.alarm import Alarm
from rigs.devices.esme.outage import Outage, OutageReport
from rigs.devices.esme.voltage import LastingLevel
from rigs.devices.esme.voltage_monitor import VoltageMonitor
from rigs.devices.esme.voltage_settings import Level, VoltageSettings
from rigs.devices.power import RESOLUTION, MainsPower, PowerInput
from rigs.premises import SupplyNode


class PhaseSupply:
    """One phase of several. `lost_since` is bench time; None while the phase is there."""

    def __init__(
        self,
        clock: Clock,
        node: SupplyNode,
        power: MainsPower,
        power_input: PowerInput,
        report: OutageReport,
        now: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._node = node
        self._power = power
        self._input = power_input
        self._now = now
        self.report = report
        self.on_change: Callable[[], None] = lambda: None
        self.lost_since: datetime | None = None
        self._below_since: datetime | None = None
        self._is_reported_apart = False
        self._loss = Alarm(clock, self._lose)
        node.listen(lambda at, _volts: self._volts_changed(at))
        # A moment later, as a supply that comes back on all phases comes phase by phase.
        self._glance = Alarm(clock, self._others_live)
        power.on_restored.append(lambda _since, at: self._glance.set(at + RESOLUTION))

    def _volts_changed(self, at: datetime) -> None:
        if self._node.volts < self._input.working_minimum_volts:
            if self._below_since is None:
                self._below_since = at
                self._loss.set(at + self._input.bridging + RESOLUTION)
            return
        self._loss.cancel()
        since, self._below_since = self.lost_since, None
        self.lost_since = None
        if since is None:
            return
        self.on_change()
        if self._is_reported_apart:
            self._is_reported_apart = False
            now = self._now()
            self.report.restored(Outage(lost=now - (at - since), restored=now))
            if self._power.is_ready:
                self.report.tell()

    def _lose(self) -> None:
        self.lost_since = self._below_since
        self.on_change()
        if self._power.is_supplied:
            self._others_live()

    def _others_live(self) -> None:
        if self.lost_since is None or self._is_reported_apart:
            return
        self._is_reported_apart = True
        self.report.interrupted(self._now() - (self._clock.now() - self.lost_since))


class Phases:
    """The voltage monitors by phase, and, of a polyphase meter, the supply of each phase.

    Thresholds and periods of extreme voltages, sags and swells are one for all phases; averages
    are each phase's own (E-092).
    """

    def __init__(
        self,
        clock: Clock,
        nodes: tuple[SupplyNode, ...],
        power: MainsPower,
        settings: VoltageSettings,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._nodes = nodes
        self._power = power
        self.supplies: tuple[PhaseSupply, ...] = ()
        self.monitors = tuple(
            VoltageMonitor(clock, now, settings, self._volts(n), phase=n + 1 if nodes[1:] else 0)
            for n in range(len(nodes))
        )
        for node in nodes:
            node.listen(lambda at, _volts: self.observe(at))

    def watch_outages(
        self,
        power_input: PowerInput,
        now: Callable[[], datetime],
        report_of: Callable[[int], OutageReport],
    ) -> None:
        """Of each phase apart; a single phase has none but the meter's own outages."""
        if not self._nodes[1:]:
            return
        self.supplies = tuple(
            PhaseSupply(self._clock, node, self._power, power_input, report_of(phase), now)
            for phase, node in enumerate(self._nodes, start=1)
        )
        for supply in self.supplies:
            supply.on_change = lambda: self.observe(self._clock.now())

    def observe(self, at: datetime) -> None:
        """What the terminals carry from now on."""
        for n, monitor in enumerate(self.monitors):
            monitor.observe(at, self._volts(n))

    def switch_off(self, at: datetime) -> None:
        for monitor in self.monitors:
            monitor.observe(at, None)

    def tell_outages(self) -> None:
        for supply in self.supplies:
            supply.report.tell()

    def set_level(
        self, choose: Callable[[VoltageMonitor], LastingLevel], change: Callable[[Level], Level]
    ) -> None:
        """On all phases; each starts anew."""
        for monitor in self.monitors:
            level = choose(monitor)
            monitor.set_level(level, change(level.setting))

    def _volts(self, n: int) -> Decimal | None:
        is_lost = bool(self.supplies) and self.supplies[n].lost_since is not None
        return self._nodes[n].volts if self._power.is_alive and not is_lost else None
