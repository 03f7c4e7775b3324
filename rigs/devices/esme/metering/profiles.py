"""The half-hour profiles: thirteen months of active import, three of others (E-022, E-023)."""

from __future__ import annotations

from assay.gbcs.dlms.data import Tag, TypeDescription
from rigs.devices.esme.metering.half_hours import HalfHour
from rigs.devices.esme.metering.period_log import PeriodLog

IMPORT_CAPACITY = 19_056
OTHER_CAPACITY = 4_464
WATT_HOURS = TypeDescription(Tag.DOUBLE_LONG_UNSIGNED)


class Profiles:
    """`active_import` has a second value in a twin-element meter only."""

    def __init__(self, *, is_twin: bool) -> None:
        self._is_twin = is_twin
        self.active_import = PeriodLog((WATT_HOURS,) * (1 + is_twin), IMPORT_CAPACITY)
        self.export = PeriodLog((WATT_HOURS, WATT_HOURS), OTHER_CAPACITY)
        self.reactive_import = PeriodLog((WATT_HOURS,), OTHER_CAPACITY)

    def take(self, half_hour: HalfHour) -> None:
        end = half_hour.end
        if self._is_twin:
            self.active_import.append(end, half_hour.active_import, half_hour.secondary_import)
        else:
            self.active_import.append(end, half_hour.active_import)
        self.export.append(end, half_hour.active_export, half_hour.reactive_export)
        self.reactive_import.append(end, half_hour.reactive_import)
