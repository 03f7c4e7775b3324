"""Meters that keep half hours wrongly, or return others than were asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.metering.half_hours import HALF_HOUR, HalfHour
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_HALF_HOURS_OF_A_DAY = 48


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
