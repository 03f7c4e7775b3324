"""Meters that count energy wrongly, or keep half hours, days and demands wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from assay.gbcs.acceptance import Check
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import DisplayItem
from rigs.devices.esme.metering.demand import DailyWindow, MaximumDemand
from rigs.devices.esme.metering.flows import by_phase
from rigs.devices.esme.metering.half_hours import HALF_HOUR, HalfHour
from rigs.devices.tariff import Rate
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)

_DAY = timedelta(days=1)
_HALF_HOURS_OF_A_DAY = 48
_RESET_DEMANDS = 0x005A


def _demands_told(meter: Meter, alter: Callable[[HalfHour], HalfHour]) -> None:
    """The demands hear of another half hour than the one that was."""
    demands, listeners = meter.metering.demands, meter.metering.half_hours.on_end
    at = listeners.index(demands.take)
    listeners[at] = lambda half_hour: demands.take(alter(half_hour))


def _demands(meter: Meter) -> Iterable[MaximumDemand]:
    demands = meter.metering.demands
    return demands.active_import, demands.configurable, demands.active_export


# Registers and power.


@rogue(
    "meter-no-reactive-import",
    "Counts no reactive import",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="The register of reactive import stands still.",
)
def no_reactive_import(meter: Meter) -> None:
    meter.flows.reactive_import.measure = lambda: Decimal(0)


@rogue(
    "meter-export-registers-exchanged",
    "Counts active export as reactive export",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="The export registers, active and reactive, have each other's energy.",
)
def export_registers_exchanged(meter: Meter) -> None:
    flows = meter.flows
    flows.active_export.measure = lambda: flows.passing.reactive_export
    flows.reactive_export.measure = lambda: flows.passing.active_export


@rogue(
    "meter-export-runs-import",
    "Charges what is exported",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="Power in either direction runs the import register.",
)
def export_runs_import(meter: Meter) -> None:
    def either_way(powers: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
        taken, given = by_phase(powers)
        return taken + given, given

    meter.flows.split = either_way


@rogue(
    "meter-power-in-tens-of-watts",
    "States its power in tens of watts",
    requirement="SMETS-E-021",
    severity=Severity.MAJOR,
    deviation="Active power import is read as a tenth of what it is.",
)
def power_in_tens_of_watts(meter: Meter) -> None:
    sound = meter.flows.active_power
    meter.flows.active_power = lambda: sound() / 10


@rogue(
    "meter-power-stuck",
    "States the power that it saw first",
    requirement="SMETS-E-021",
    severity=Severity.MAJOR,
    deviation="Active power import is always some power that passed long ago, 300 W.",
)
def power_stuck(meter: Meter) -> None:
    meter.flows.active_power = lambda: Decimal(300)


# Half hours.


@rogue(
    "meter-half-hour-stamped-at-start",
    "Stamps half hours with their start",
    requirement="SMETS-E-026",
    severity=Severity.CRITICAL,
    deviation="Entries of the import profile carry the start of their half hour.",
)
def half_hour_stamped_at_start(meter: Meter) -> None:
    meter.metering.profiles.active_import.stamp = lambda at: at - HALF_HOUR


@rogue(
    "meter-whole-hours",
    "Keeps hours for half hours",
    requirement="SMETS-E-032",
    severity=Severity.CRITICAL,
    deviation="Profile entries are made at minute 0 only.",
)
def whole_hours(meter: Meter) -> None:
    half_hours = meter.metering.half_hours
    sound = half_hours.end_after

    def hour_after(after: datetime) -> datetime:
        end = sound(after)
        return end if end.minute == 0 else sound(end)

    half_hours.end_after = hour_after


@rogue(
    "meter-no-reactive-profile",
    "Keeps no reactive half hours",
    requirement="SMETS-E-032",
    severity=Severity.MAJOR,
    deviation="The profile of reactive import stays empty.",
)
def no_reactive_profile(meter: Meter) -> None:
    meter.metering.profiles.reactive_import.is_recorded = lambda: False


@rogue(
    "meter-export-profile-exchanged",
    "Enters active export as reactive export",
    requirement="SMETS-E-032",
    severity=Severity.MAJOR,
    deviation="In the export profile, active and reactive values are exchanged.",
)
def export_profile_exchanged(meter: Meter) -> None:
    listeners, profiles = meter.metering.half_hours.on_end, meter.metering.profiles

    def exchanged(half_hour: HalfHour) -> None:
        active, reactive = half_hour.active_export, half_hour.reactive_export
        profiles.take(replace(half_hour, active_export=reactive, reactive_export=active))

    listeners[listeners.index(profiles.take)] = exchanged


@rogue(
    "meter-profile-of-a-year",
    "Keeps half hours for a year, not thirteen months",
    requirement="SMETS-E-022",
    severity=Severity.MAJOR,
    deviation="The profile of active import holds 365 days.",
)
def profile_of_a_year(meter: Meter) -> None:
    meter.metering.profiles.active_import.resize(365 * _HALF_HOURS_OF_A_DAY)


@rogue(
    "meter-other-profiles-of-two-months",
    "Keeps export and reactive half hours for two months",
    requirement="SMETS-E-023",
    severity=Severity.MAJOR,
    deviation="The profiles of export and of reactive import hold 60 days.",
)
def other_profiles_of_two_months(meter: Meter) -> None:
    profiles = meter.metering.profiles
    for log in (profiles.export, profiles.reactive_import):
        log.resize(60 * _HALF_HOURS_OF_A_DAY)


@rogue(
    "meter-profile-without-its-last",
    "Leaves out the entry at the end of a range",
    requirement="SMETS-E-028",
    severity=Severity.MAJOR,
    deviation="A read of the import profile by dates takes the last date as excluded.",
)
def profile_without_its_last(meter: Meter) -> None:
    log = meter.metering.profiles.active_import
    log.is_in_range = lambda first, at, last: first <= at < last


@rogue(
    "meter-profile-touching-a-range",
    "Returns half hours that a range only touches",
    requirement="SMETS-E-028",
    severity=Severity.MINOR,
    deviation="A read by dates returns the entry whose half hour holds the last date.",
)
def profile_touching_a_range(meter: Meter) -> None:
    log, half_hour = meter.metering.profiles.active_import, HALF_HOUR.seconds
    log.is_in_range = lambda first, at, last: first <= at < last + half_hour


@rogue(
    "meter-loses-half-hours-of-outages",
    "Makes no entries for half hours that ended without supply",
    requirement="SMETS-E-027",
    severity=Severity.MAJOR,
    deviation="A half hour that ends during an outage is missing from the profile.",
)
def loses_half_hours_of_outages(meter: Meter) -> None:
    meter.metering.profiles.active_import.is_recorded = lambda: meter.power.is_ready


@rogue(
    "meter-voltage-stamped-at-start",
    "Stamps average voltages with the start of their period",
    requirement="SMETS-E-033",
    severity=Severity.MINOR,
    deviation="An entry of the voltage log carries a time ten minutes early.",
)
def voltage_stamped_at_start(meter: Meter) -> None:
    sound = meter.voltage.stamp
    meter.voltage.stamp = lambda: sound() - timedelta(minutes=10)


# Days.


@rogue(
    "meter-daily-consumption-of-a-year",
    "Keeps the consumption of a year only",
    requirement="SMETS-E-024",
    severity=Severity.MAJOR,
    deviation="The daily consumption log holds 365 entries.",
)
def daily_consumption_of_a_year(meter: Meter) -> None:
    meter.metering.daily.consumption.resize(365)


@rogue(
    "meter-daily-consumption-a-day-late",
    "Enters a day's consumption under the next day",
    requirement="SMETS-E-024",
    severity=Severity.MAJOR,
    deviation="The stamp of daily consumption is a day too late.",
)
def daily_consumption_a_day_late(meter: Meter) -> None:
    meter.metering.daily.consumption.stamp = lambda at: at + _DAY


@rogue(
    "meter-daily-log-of-four-weeks",
    "Keeps daily readings for four weeks",
    requirement="SMETS-E-025",
    severity=Severity.MAJOR,
    deviation="The daily read logs of import and export hold 28 entries.",
)
def daily_log_of_four_weeks(meter: Meter) -> None:
    for log in (meter.metering.daily.registers, meter.metering.daily.export):
        log.resize(28)


@rogue(
    "meter-daily-log-without-rates",
    "Takes down no registers by time of use",
    requirement="SMETS-E-025",
    severity=Severity.MAJOR,
    deviation="In daily and billing entries the registers of the tariff are zero.",
)
def daily_log_without_rates(meter: Meter) -> None:
    meter.metering.snapshot_sources.time_of_use = lambda: (0,) * _HALF_HOURS_OF_A_DAY


@rogue(
    "meter-no-prepayment-log",
    "Takes down no balances",
    requirement="SMETS-E-025",
    severity=Severity.MAJOR,
    deviation="The prepayment daily read log stays empty.",
)
def no_prepayment_log(meter: Meter) -> None:
    meter.metering.daily.prepayment.is_recorded = lambda: False


@rogue(
    "meter-daily-log-stops-when-full",
    "Stops taking down readings when its log is full",
    requirement="SMETS-E-026",
    severity=Severity.MAJOR,
    deviation="The daily read log keeps its oldest 31 entries and takes no more.",
)
def daily_log_stops_when_full(meter: Meter) -> None:
    log = meter.metering.daily.registers
    log.is_recorded = lambda: len(log) < log.capacity


# Maximum demand.


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


# Phases and elements.


@rogue(
    "meter-first-phase-only",
    "Counts the first phase only",
    requirement="SMETS-P-002",
    severity=Severity.CRITICAL,
    deviation="What passes phases 2 and 3 is not counted.",
)
def first_phase_only(meter: Meter) -> None:
    meter.flows.split = lambda powers: by_phase(list(powers)[:1])


@rogue(
    "meter-misses-first-phase",
    "Counts all phases but the first",
    requirement="SMETS-P-002",
    severity=Severity.CRITICAL,
    deviation="A polyphase meter does not count what passes phase 1.",
)
def misses_first_phase(meter: Meter) -> None:
    if len(meter.phases.monitors) > 1:
        meter.flows.split = lambda powers: by_phase(list(powers)[1:])


@rogue(
    "meter-nets-phases",
    "Offsets the export of a phase against the import of others",
    requirement="SMETS-P-002",
    severity=Severity.CRITICAL,
    deviation="Phases are summed before import and export are told apart.",
)
def nets_phases(meter: Meter) -> None:
    meter.flows.split = lambda powers: by_phase([sum(powers, Decimal(0))])


@rogue(
    "meter-second-element-uncounted",
    "Does not count its second element",
    requirement="SMETS-T-001",
    severity=Severity.CRITICAL,
    deviation="The register of the second element stands still.",
)
def second_element_uncounted(meter: Meter) -> None:
    meter.flows.secondary_import.measure = lambda: Decimal(0)


@rogue(
    "meter-elements-cross-talk",
    "Counts a hundredth of one element at the other",
    requirement="SMETS-T-001",
    severity=Severity.CRITICAL,
    deviation="Load on one element runs the register of the other a little.",
)
def elements_cross_talk(meter: Meter) -> None:
    flows, part = meter.flows, Decimal("0.01")
    primary, second = flows.active_import.measure, flows.secondary_import.measure
    flows.active_import.measure = lambda: primary() + part * second()
    flows.secondary_import.measure = lambda: second() + part * primary()


@rogue(
    "meter-power-of-primary-element",
    "States the primary element's power for its own",
    requirement="SMETS-T-001",
    severity=Severity.MAJOR,
    deviation="Active power import leaves the second element out.",
)
def power_of_primary_element(meter: Meter) -> None:
    meter.flows.active_power = meter.flows.primary_power


@rogue(
    "meter-second-element-one-rate",
    "Counts its second element in the last register",
    requirement="SMETS-E-052",
    severity=Severity.CRITICAL,
    deviation="Whatever the calendar says, energy of the second element lands in register 4.",
)
def second_element_one_rate(meter: Meter) -> None:
    if meter.tariffs.secondary is not None:
        meter.tariffs.secondary.operation.attribution.register_of = lambda _: Rate(4)


@rogue(
    "meter-second-element-keeps-prices",
    "Keeps the old prices of its second element",
    requirement="SMETS-T-001",
    severity=Severity.CRITICAL,
    deviation="The second element's new prices are acknowledged and never in force.",
)
def second_element_keeps_prices(meter: Meter) -> None:
    if meter.tariffs.secondary is not None:
        meter.tariffs.secondary.operation.tariffs.parts_taken = lambda _parts: ()


@rogue(
    "meter-second-element-free",
    "Charges nothing for its second element",
    requirement="SMETS-T-002",
    severity=Severity.CRITICAL,
    deviation="Costs of the second element do not reach the balance.",
)
def second_element_free(meter: Meter) -> None:
    if meter.tariffs.secondary is not None:
        meter.tariffs.secondary.operation.on_share.clear()
        meter.tariffs.secondary.operation.on_cost.clear()


# The clock.


@rogue(
    "meter-starts-anew-when-clock-is-set",
    "Forgets what is due when its clock is set",
    requirement="SMETS-E-007",
    severity=Severity.MAJOR,
    deviation="Jumped-over duties are never done, and those of a repeated hour twice.",
)
def starts_anew_when_clock_is_set(meter: Meter) -> None:
    sound = meter.clock.on_set[0]
    meter.clock.on_set[0] = lambda was_reliable: (
        meter.agenda.clock_set(was_reliable=False) if was_reliable else sound(was_reliable)
    )


@rogue(
    "meter-week-begins-on-sunday",
    "Takes Sunday for the first day of a week",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="The historical values of weeks end on Saturday night.",
)
def week_begins_on_sunday(meter: Meter) -> None:
    meter.metering.history.weeks.is_end = lambda midnight: midnight.weekday() == 6


@rogue(
    "meter-month-without-end",
    "Never ends a month",
    requirement="SMETS-E-031",
    severity=Severity.MAJOR,
    deviation="Consumption and cost of the month go on for ever, and no month is kept.",
)
def month_without_end(meter: Meter) -> None:
    meter.metering.history.months.is_end = lambda _: False


@rogue(
    "meter-keeps-a-year",
    "Keeps twelve months",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="The thirteenth month back is not there.",
)
def keeps_a_year(meter: Meter) -> None:
    meter.metering.history.months.size = 12


@rogue(
    "meter-keeps-all-days",
    "Keeps days that the household has done with",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="A month of days is kept.",
)
def keeps_all_days(meter: Meter) -> None:
    meter.metering.history.days.size = 31


@rogue(
    "meter-keeps-a-month-of-weeks",
    "Keeps four weeks",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="The fifth week back is not there.",
)
def keeps_a_month_of_weeks(meter: Meter) -> None:
    meter.metering.history.weeks.size = 4


@rogue(
    "meter-history-costs-twice",
    "Counts each cost twice in its history",
    requirement="SMETS-E-031",
    severity=Severity.MAJOR,
    deviation="Historical costs are twice what was charged.",
)
def history_costs_twice(meter: Meter) -> None:
    meter.tariffs.on_cost.append(meter.metering.history.take_cost)


@rogue(
    "meter-history-lost-in-outage",
    "Forgets its historical values in an outage",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="When the supply comes back no day is there.",
)
def history_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(meter.metering.history.days.clear)


@rogue(
    "meter-shows-utc",
    "Shows UTC for local time",
    requirement="SMETS-E-010",
    severity=Severity.MINOR,
    deviation="The display does not follow summer time.",
)
def shows_utc(meter: Meter) -> None:
    _shown(meter, lambda now: now)


@rogue(
    "meter-shows-summer-all-year",
    "Shows summer time all year",
    requirement="SMETS-E-010",
    severity=Severity.MINOR,
    deviation="In winter the display is an hour ahead.",
)
def shows_summer_all_year(meter: Meter) -> None:
    _shown(meter, lambda now: now + timedelta(hours=1))


def _shown(meter: Meter, local: Callable[[datetime], datetime]) -> None:
    item = DisplayItem.LOCAL_TIME
    meter.display.sources[item] = lambda: local(meter.now()).strftime("%d/%m/%Y %H:%M")
