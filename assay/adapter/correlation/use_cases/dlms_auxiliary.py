"""Auxiliary loads of an ESME or SAPC: ECS46a, 46c, 46d, 47, 47a, 47e."""

from __future__ import annotations

from collections.abc import Callable

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.dlms_values import Rows, activation, items, number, put, text
from assay.adapter.correlation.errors import NotCarriedError
from assay.adapter.correlation.expected import ItemRow, Listed, Want
from assay.adapter.correlation.times import dlms_date_time
from assay.adapter.correlation.use_cases.dlms_schedules import (
    named_special_days,
    schedule,
    special_day_table,
    wildcard_dates,
)
from assay.gbcs.dlms.access import Obis, Op
from assay.gbcs.dlms.data import Data, Tag
from assay.gbcs.identifiers import Eui64

_DATA, _SCRIPT_TABLE = 1, 9
_AUXILIARY_SCRIPTS = "0-0:10.0.103.255"
_LIMIT_SCRIPTS = "0-0:10.0.107.255"


def _descriptions(asked: Asked) -> tuple[ItemRow, ...]:
    """Only the controllers that the request names, by their numbers."""
    return tuple(
        ItemRow(
            f"description of controller {controller}",
            Op.SET,
            _DATA,
            Obis.from_text(f"0-0:94.44.0.{10 + controller}"),
            2,
            text(Tag.VISIBLE_STRING, "SwitchDescription")(description),
        )
        for controller, description in asked.by_index("ALCSHCALCSDescription").items()
    )


ECS46A = items(_descriptions)


def _switch_types(asked: Asked) -> tuple[ItemRow, ...]:
    return tuple(
        ItemRow(
            f"type of controller {controller}",
            Op.SET,
            _DATA,
            Obis.from_text(f"0-0:94.44.0.{20 + controller}"),
            2,
            _switch_type(switch),
        )
        for controller, switch in asked.by_index("SwitchTypeAndId").items()
    )


def _switch_type(switch: Asked) -> Want:
    """An ALCS has eight zero octets for an identifier."""
    if switch.has("ALCS"):
        return Want(Data(Tag.OCTET_STRING, bytes(8)), f"{switch.path}ALCS", "ALCS")
    device, where = switch.leaf("HCALCS", Eui64)
    if not any(device):
        raise NotCarriedError(where, device, "identifiers other than zero, which means ALCS")
    return Want(Data(Tag.OCTET_STRING, bytes(device)), where, device)


_ACTIVATE, _DEACTIVATE = 0x01, 0x02


def _switch_script(entry: Asked) -> Want:
    switch = entry.at("ActivateDeactivateSwitch")
    controller, where = switch.leaf("@index", int)
    code = _ACTIVATE if switch.has("ActivateSwitch") else _DEACTIVATE
    if code == _DEACTIVATE:
        switch.value("DeactivateSwitch", type(None))
    said = f"controller {controller}, {'activate' if code == _ACTIVATE else 'deactivate'}"
    return Want(Data(Tag.LONG_UNSIGNED, controller << 8 | code), where, said)


_OUTPUT, _INPUT = 0x1000, 0x2000
_SCHEDULED = 0x80
"""Set with the level in schedules, clear in immediate commands (vectors of ECS46d, ECS47a)."""


def _level(action: Asked, flag: int) -> Want:
    controller = action.value("@auxiliaryControllerN", int)
    level, where = action.leaf("CommandedStateLevel", int)
    direction = _INPUT if action.has("InputFromControlledLoad") else _OUTPUT
    said = f"controller {controller}, {'input' if direction == _INPUT else 'output'} {level} %"
    code = direction | controller << 8 | flag | level
    return Want(Data(Tag.LONG_UNSIGNED, code), where, said)


def _scheduler(
    entries: str,
    script: Callable[[Asked], Want],
    special_days: str,
    index: str,
    dates: str,
) -> tuple[Rows, ...]:
    def table(asked: Asked) -> Listed:
        return schedule(
            asked.each(entries),
            table=_AUXILIARY_SCRIPTS,
            script=script,
            special_days=named_special_days(
                "SpecialDaysApplicability", index, asked.by_index(special_days, index)
            ),
            dates=wildcard_dates(dates),
        )

    return (
        put("special days", 11, "0-1:11.0.3.255", 2, special_day_table(special_days, index=index)),
        put("auxiliary calendar", 10, "0-1:12.0.2.255", 2, table),
        activation("auxiliary calendar", "0-0:94.44.128.26"),
        activation("special days", "0-0:94.44.128.35"),
    )


ECS46C = items(
    _switch_types,
    *_scheduler(
        "ALCSHCALCSConnectionSchedule",
        _switch_script,
        "ALCSHCALCSSpecialDays/ALCSHCALCSSpecialDay",
        "@index",
        "ALCSScheduleDatesAndTime",
    ),
)
ECS46D = items(
    *_scheduler(
        "AuxiliaryControllerSchedule",
        lambda entry: _level(entry.at("AuxiliaryControllerAction"), _SCHEDULED),
        "AuxiliaryControllerSpecialDayDefinitions/AuxiliaryControllerSpecialDayDefinition",
        "@identifier",
        "AuxiliaryControllerSchedulePeriodAndTime",
    )
)


def _controller(controller: int, field: int) -> Obis:
    return Obis.from_text(f"0-0:94.44.{116 + controller}.{field}")


def _run(script: Want, table: str = _AUXILIARY_SCRIPTS) -> ItemRow:
    return ItemRow("script", Op.ACTION, _SCRIPT_TABLE, Obis.from_text(table), 1, script)


def _for_a_time(element: str, code: int, field: int) -> Rows:
    """The duration, then the script that switches for so long."""

    def build(asked: Asked) -> tuple[ItemRow, ...]:
        switch = asked.at(element)
        controller, where = switch.leaf("@index", int)
        script = Want(Data(Tag.LONG_UNSIGNED, controller << 8 | code), where, controller)
        duration = number(Tag.LONG_UNSIGNED, "Duration")(switch)
        obis = _controller(controller, field)
        return (ItemRow("duration", Op.SET, _DATA, obis, 2, duration), _run(script))

    return build


ECS47_ACTIVATE = items(_for_a_time("ActivateALCSHCALCS", 0x11, 1))
ECS47_DEACTIVATE = items(_for_a_time("DeactivateALCSHCALCS", 0x12, 2))
"""Its object is verified by the object tables, its script by event logs, which name 12 beside 11
and 20: no vector of the command itself was at hand."""


def _reset(asked: Asked) -> tuple[ItemRow, ...]:
    controller, where = asked.at("ResetALCSHCALCS").leaf("@index", int)
    return (_run(Want(Data(Tag.LONG_UNSIGNED, controller << 8 | 0x20), where, controller)),)


ECS47_RESET = items(_reset)


def _period(table: str, start_field: int) -> Rows:
    def build(asked: Asked) -> tuple[ItemRow, ...]:
        controller = asked.value("@auxiliaryControllerN", int)
        return (
            ItemRow(
                "start of period",
                Op.SET,
                _DATA,
                _controller(controller, start_field),
                2,
                dlms_date_time(asked, "StartDateTime"),
            ),
            ItemRow(
                "end of period",
                Op.SET,
                _DATA,
                _controller(controller, start_field + 1),
                2,
                dlms_date_time(asked, "EndDateTime"),
            ),
            _run(_level(asked, 0), table),
        )

    return build


ECS47A = items(_period(_AUXILIARY_SCRIPTS, 1))
ECS47E = items(_period(_LIMIT_SCRIPTS, 3))
