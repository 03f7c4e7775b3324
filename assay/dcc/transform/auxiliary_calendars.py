"""Calendars of auxiliary controllers: entries, special days, kinds of switch (ECS46c, ECS46d)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from assay.dcc.transform.auxiliary_values import CONTROL_SCRIPTS, level_script
from assay.dcc.transform.calendar_values import (
    activation,
    by_index,
    content,
    date_octets,
    repeated,
)
from assay.dcc.transform.chosen_items import (
    DATA,
    EXTENDED_DATA,
    SCHEDULE,
    SPECIAL_DAYS,
    ChosenItems,
    set_item,
)
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.schedule_table import (
    days_of_week_bits,
    schedule_entry,
    special_day_bits,
    special_day_table,
)
from assay.duis.values import Content, field
from assay.gbcs.dlms.access import Item
from assay.gbcs.dlms.data import Data, array, octet_string
from assay.gbcs.errors import EncodeError
from assay.gbcs.identifiers import Eui64

_ALCS = Eui64(bytes(8))
_BY_CALENDAR = 0x80
_CALENDAR_SWITCHES: Mapping[str, int] = {"ActivateSwitch": 0x01, "DeactivateSwitch": 0x02}
_APPLICABLE_DAYS = "SpecialDaysApplicability"


def _switch_calendar(frame: Frame) -> tuple[Item, ...]:
    kinds = by_index(frame.body, "SwitchTypeAndId")
    entries = repeated(frame.body, "ALCSHCALCSConnectionSchedule")
    special_days = content(frame.body["ALCSHCALCSSpecialDays"])
    return (
        *(
            set_item(DATA, f"0-0:94.44.0.{20 + number}", 2, _switch_kind(kind))
            for number, kind in kinds.items()
        ),
        *_calendar(
            frame,
            by_index(special_days, "ALCSHCALCSSpecialDay"),
            [(_calendar_switch(entry), entry) for entry in entries],
            special_day_key="@index",
            period="ALCSScheduleDatesAndTime",
        ),
    )


def _switch_kind(kind: Content) -> Data:
    """Eight zeros for an ALCS, the identifier of an HCALCS."""
    if "HCALCS" not in kind:
        return octet_string(_ALCS)
    identifier = field(kind, "HCALCS", Eui64)
    if identifier == _ALCS:
        raise EncodeError("HCALCS", "another identifier: zeros mean an ALCS", identifier)
    return octet_string(identifier)


def _calendar_switch(entry: Content) -> int:
    action = content(entry["ActivateDeactivateSwitch"])
    (switch,) = (script for name, script in _CALENDAR_SWITCHES.items() if name in action)
    return field(action, "@index", int) << 8 | switch


SWITCH_CALENDAR = ChosenItems(items=_switch_calendar)


def _controller_calendar(frame: Frame) -> tuple[Item, ...]:
    definitions = content(frame.body["AuxiliaryControllerSpecialDayDefinitions"])
    entries = repeated(frame.body, "AuxiliaryControllerSchedule")
    return _calendar(
        frame,
        by_index(definitions, "AuxiliaryControllerSpecialDayDefinition", key="@identifier"),
        [(_calendar_level(entry), entry) for entry in entries],
        special_day_key="@identifier",
        period="AuxiliaryControllerSchedulePeriodAndTime",
    )


def _calendar_level(entry: Content) -> int:
    return level_script(content(entry["AuxiliaryControllerAction"])) | _BY_CALENDAR


CONTROLLER_CALENDAR = ChosenItems(items=_controller_calendar)


def _calendar(
    frame: Frame,
    special_days: Mapping[int, Content],
    entries: list[tuple[int, Content]],
    *,
    special_day_key: str,
    period: str,
) -> tuple[Item, ...]:
    """Special days, the entries with their scripts, and when both begin."""
    table = (
        _entry(
            place,
            script,
            _days_of_week(entry),
            _special_days_of(entry, special_days, special_day_key),
            content(entry[period]),
        )
        for place, (script, entry) in enumerate(entries, start=1)
    )
    begin = activation(frame)
    return (
        set_item(SPECIAL_DAYS, "0-1:11.0.3.255", 2, special_day_table(special_days)),
        set_item(SCHEDULE, "0-1:12.0.2.255", 2, array(*table)),
        set_item(EXTENDED_DATA, "0-0:94.44.128.26", 6, begin),
        set_item(EXTENDED_DATA, "0-0:94.44.128.35", 6, begin),
    )


def _entry(place: int, script: int, days_of_week: str, special_days: str, period: Content) -> Data:
    return schedule_entry(
        index=place,
        script_table=CONTROL_SCRIPTS,
        script=script,
        at=field(period, "SwitchTime", time),
        days_of_week=days_of_week,
        special_days=special_days,
        begin=date_octets(content(period["StartDate"])),
        end=date_octets(content(period["EndDate"])),
    )


def _days_of_week(entry: Content) -> str:
    """No day is set where the request names none (inferred)."""
    return days_of_week_bits(content(entry.get("DaysOfWeekApplicability", {})))


def _special_days_of(entry: Content, defined: Mapping[int, Content], key: str) -> str:
    named = [field(day, key, int) for day in repeated(entry, _APPLICABLE_DAYS)]
    return special_day_bits(_APPLICABLE_DAYS, named, defined)
