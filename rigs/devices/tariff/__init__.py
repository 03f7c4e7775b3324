"""Tariffs of both fuels as pure arithmetic: no messages, no device, no clock.

Facts: smets.md 1.4 (E-050 to E-064) and G-004, G-005, G-028; gbcs.md 4.6.

* `TariffOperation` runs one tariff; made of `TariffPair` (active and next), `Calendar`,
  `Attribution` (registers, counters, blocks) and `CostAccrual`.
* `Tariff` is a value; `SwitchingTable`, `PriceMatrix`, `ThresholdMatrix` are its parts.
* `Calendar` and `SwitchingTable` are generic, so a non-disablement calendar is one too.
"""

from rigs.devices.tariff.attribution import Attribution, Share
from rigs.devices.tariff.calendar import Calendar
from rigs.devices.tariff.cost import CostAccrual
from rigs.devices.tariff.dates import Beginning, DatePattern, Special
from rigs.devices.tariff.operation import TariffOperation
from rigs.devices.tariff.prices import Amount, Currency, PriceMatrix, ThresholdMatrix
from rigs.devices.tariff.sizes import (
    ELECTRICITY,
    GAS,
    GAS_NON_DISABLEMENT,
    SECONDARY_ELEMENT,
    CalendarSizes,
    TariffSizes,
)
from rigs.devices.tariff.switching_table import (
    DayProfile,
    Rate,
    Season,
    SpecialDay,
    Switch,
    SwitchingTable,
    WeekProfile,
)
from rigs.devices.tariff.tariff import CALENDAR, Part, Tariff, TariffPair

__all__ = [
    "CALENDAR",
    "ELECTRICITY",
    "GAS",
    "GAS_NON_DISABLEMENT",
    "SECONDARY_ELEMENT",
    "Amount",
    "Attribution",
    "Beginning",
    "Calendar",
    "CalendarSizes",
    "CostAccrual",
    "Currency",
    "DatePattern",
    "DayProfile",
    "Part",
    "PriceMatrix",
    "Rate",
    "Season",
    "Share",
    "Special",
    "SpecialDay",
    "Switch",
    "SwitchingTable",
    "Tariff",
    "TariffOperation",
    "TariffPair",
    "TariffSizes",
    "ThresholdMatrix",
    "WeekProfile",
]
