"""Meters that find, keep or reset a maximum demand wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from assay.gbcs.acceptance import Check
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.metering.demand import DailyWindow, MaximumDemand
from rigs.devices.esme.metering.half_hours import HALF_HOUR, HalfHour
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_RESET_DEMANDS = 0x005A


def _demands_told(meter: Meter, alter: Callable[[HalfHour], HalfHour]) -> None:
    """The demands hear of another half hour than the one that was."""
    demands, listeners = meter.metering.demands, meter.metering.half_hours.on_end
    at = listeners.index(demands.take)
    listeners[at] = lambda half_hour: demands.take(alter(half_hour))


def _demands(meter: Meter) -> Iterable[MaximumDemand]:
    demands = meter.metering.demands
    return demands.active_import, demands.configurable, demands.active_export


@rogue(
    "meter-demand-in-watt-hours",
    "States watt-hours for watts of demand",
    requirement="SMETS-E-040",
    severity=Severity.MAJOR,
    deviation="A demand is the energy of its half hour, half of its power.",
)
def demand_in_watt_hours(meter: Meter) -> None:
    _demands_told(
        meter,
        lambda one: replace(
            one, active_import=one.active_import // 2, active_export=one.active_export // 2
        ),
    )


@rogue(
    "meter-demand-stamped-at-start",
    "Stamps a demand with the start of its half hour",
    requirement="SMETS-E-040",
    severity=Severity.MAJOR,
    deviation="The capture time is half an hour early.",
)
def demand_stamped_at_start(meter: Meter) -> None:
    _demands_told(meter, lambda one: replace(one, end=one.end - HALF_HOUR))


@rogue(
    "meter-demand-of-last-half-hour",
    "Keeps the last half hour for the highest",
    requirement="SMETS-E-040",
    severity=Severity.MAJOR,
    deviation="Every half hour takes the place of the one before.",
)
def demand_of_last_half_hour(meter: Meter) -> None:
    for demand in _demands(meter):
        demand.is_higher = lambda _new, _held: True


@rogue(
    "meter-demand-remembers-peak",
    "Keeps the highest power for the highest half hour",
    requirement="SMETS-E-043",
    severity=Severity.MAJOR,
    deviation="A half hour counts as if its highest power had lasted all through.",
)
def demand_remembers_peak(meter: Meter) -> None:
    peaks = [0]
    for node in meter.circuits.nodes:
        node.listen(lambda _at, watts: peaks.append(int(watts)))
    _demands_told(meter, lambda one: replace(one, active_import=max(peaks) // 2))


@rogue(
    "meter-demand-ignores-window",
    "Takes down no window for demands",
    requirement="SMETS-E-041",
    severity=Severity.MAJOR,
    deviation="A new window is acknowledged; every half hour goes on counting.",
)
def demand_ignores_window(meter: Meter) -> None:
    meter.metering.demands.set_window = lambda _window: None


@rogue(
    "meter-demand-window-inverted",
    "Counts the half hours outside the window",
    requirement="SMETS-E-041",
    severity=Severity.MAJOR,
    deviation="Start and end of the window are exchanged.",
)
def demand_window_inverted(meter: Meter) -> None:
    sound = meter.metering.demands.set_window
    meter.metering.demands.set_window = lambda one: sound(DailyWindow(one.stop, one.start))


@rogue(
    "meter-demand-counts-partial-half-hours",
    "Counts half hours that lie in the window in part",
    requirement="SMETS-E-041",
    severity=Severity.MINOR,
    deviation="The window is taken to begin with the half hour that its start lies in.",
)
def demand_counts_partial_half_hours(meter: Meter) -> None:
    sound = meter.metering.demands.set_window

    def widened(window: DailyWindow) -> None:
        begun = window.start.replace(minute=window.start.minute // 30 * 30)
        sound(DailyWindow(begun, window.stop))

    meter.metering.demands.set_window = widened


@rogue(
    "meter-new-window-clears-demand",
    "Loses the demand when the window changes",
    requirement="SMETS-E-042",
    severity=Severity.MINOR,
    deviation="Setting a window resets the demand that it is for.",
)
def new_window_clears_demand(meter: Meter) -> None:
    demands = meter.metering.demands
    sound = demands.set_window

    def clearing(window: DailyWindow) -> None:
        sound(window)
        demands.configurable.reset(meter.now())

    demands.set_window = clearing


@rogue(
    "meter-demand-not-reset",
    "Acknowledges a reset of demands and does nothing",
    requirement="SMETS-E-040",
    severity=Severity.MAJOR,
    deviation="Demands keep their values through a reset.",
)
def demand_not_reset(meter: Meter) -> None:
    for demand in _demands(meter):
        demand.reset = lambda _now: None


@rogue(
    "meter-demand-reset-unstamped",
    "Takes down no time of a reset",
    requirement="SMETS-E-045",
    severity=Severity.MINOR,
    deviation="The time of the last reset stays what it was.",
)
def demand_reset_unstamped(meter: Meter) -> None:
    def keep_time(demand: MaximumDemand, sound: Callable[[datetime], None]) -> None:
        def reset(now: datetime) -> None:
            before = demand.last_reset
            sound(now)
            demand.last_reset = before

        demand.reset = reset

    for demand in _demands(meter):
        keep_time(demand, demand.reset)


@rogue(
    "meter-demand-reset-by-anyone",
    "Lets the supplier reset demands",
    requirement="SMETS-E-044",
    severity=Severity.CRITICAL,
    deviation="Who may reset maximum demands is not checked.",
)
def demand_reset_by_anyone(meter: Meter) -> None:
    def lenient(check: Check) -> Check:
        return lambda seen: None if seen.message.message_code == _RESET_DEMANDS else check(seen)

    meter.checks = tuple(
        (name, lenient(check) if name == "authority" else check) for name, check in meter.checks
    )
