"""How much each kind of calendar and tariff holds (E-050 to E-054, G-004, G-005)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSizes:
    """The most that a calendar may have of each."""

    day_profiles: int
    switches_per_day: int
    week_profiles: int
    seasons: int
    special_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffSizes:
    """`blocks` are those of each of the `block_times_of_use`; one less are their thresholds."""

    calendar: CalendarSizes
    times_of_use: int
    block_times_of_use: int = 0
    blocks: int = 4

    @property
    def thresholds(self) -> int:
        return self.blocks - 1


_ELECTRICITY_CALENDAR = CalendarSizes(
    day_profiles=16, switches_per_day=48, week_profiles=4, seasons=4, special_days=50
)
ELECTRICITY = TariffSizes(calendar=_ELECTRICITY_CALENDAR, times_of_use=48, block_times_of_use=8)
SECONDARY_ELEMENT = TariffSizes(calendar=_ELECTRICITY_CALENDAR, times_of_use=4)
GAS = TariffSizes(
    calendar=CalendarSizes(
        day_profiles=4, switches_per_day=1, week_profiles=2, seasons=3, special_days=20
    ),
    times_of_use=4,
    block_times_of_use=1,
)
GAS_NON_DISABLEMENT = CalendarSizes(
    day_profiles=5, switches_per_day=3, week_profiles=2, seasons=3, special_days=20
)
