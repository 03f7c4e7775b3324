"""GBZ payloads as JSON and back: numbers of the standard in hex, words beside them.

`name`, `cluster_name` and an attribute's `name` are for the reader; on the way back a
component may be named instead of numbered ("name": "GetSnapshot" alone says cluster,
direction and command), so that one can be written by hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from assay.gbcs.errors import EncodeError
from assay.gbcs.gbz import tables
from assay.gbcs.gbz.components import (
    CLUSTER_COMMAND,
    DISABLE_DEFAULT_RESPONSE,
    FROM_SERVER,
    Component,
    Executed,
    GbzAlert,
    GbzPayload,
    Payload,
    direction_of,
    frame_command,
)
from assay.gbcs.gbz.fields import time_seconds, time_text
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import PROFILE_WIDE_BY_NAME, hex_number

Json = Any
_FRAME_TYPES = ("profile-wide", "cluster")
_NO_DEFAULT = "disable_default_response"


def to_json(payload: Payload) -> Json:
    if isinstance(payload, GbzAlert):
        return {"alert": _alert_to_json(payload)}
    return {"components": [_component_to_json(component) for component in payload.components]}


def _component_to_json(component: Component) -> Json:
    form = dict(_frame_to_json(component.cluster, component.frame_control, component.command))
    form["sequence"] = component.sequence
    if component.from_date_time is not None:
        form["from_date_time"] = time_text(component.from_date_time)
    if component.blob is None:
        form["payload"] = component.payload
    else:
        form["encrypted"] = component.blob.hex()
    return form


@lru_cache(maxsize=1024)
def _frame_to_json(cluster: int, frame_control: int, command: int) -> dict[str, Json]:
    form: dict[str, Json] = {"cluster": f"0x{cluster:04X}"}
    cluster_name = tables.cluster_names().get(cluster)
    if cluster_name is not None:
        form["cluster_name"] = cluster_name
    frame_type = frame_control & CLUSTER_COMMAND
    direction = direction_of(frame_control)
    form["frame_type"] = _FRAME_TYPES[frame_type]
    form["direction"] = direction.value
    form[_NO_DEFAULT] = bool(frame_control & DISABLE_DEFAULT_RESPONSE)
    form["command"] = f"0x{command:02X}"
    found = frame_command(cluster, frame_control, command)
    if found is not None:
        form["name"] = found.name
    return form


def _alert_to_json(alert: GbzAlert) -> Json:
    form: dict[str, Json] = {"code": f"0x{alert.code:04X}", "time": time_text(alert.time)}
    if alert.executed is not None:
        executed = alert.executed
        form["executed"] = {
            "message_code": f"0x{executed.message_code:04X}",
            "counter": executed.counter,
            **_executed_frame(executed),
        }
    if alert.image_hash is not None:
        form["image_hash"] = alert.image_hash.hex()
    if alert.issue_code is not None:
        form["issue_code"] = alert.issue_code
    if alert.component is not None:
        form["component"] = _component_to_json(alert.component)
    return form


def _executed_frame(executed: Executed) -> dict[str, Json]:
    """The frame control stays whole: it is a quotation, and none of its bits is checked."""
    form: dict[str, Json] = {
        "cluster": f"0x{executed.cluster:04X}",
        "frame_control": f"0x{executed.frame_control:02X}",
        "command": f"0x{executed.command:02X}",
    }
    found = frame_command(executed.cluster, executed.frame_control, executed.command)
    if found is not None:
        form["name"] = found.name
    return form


def from_json(form: Json) -> Payload:
    """Raises EncodeError for a missing or unfit field."""
    if not isinstance(form, dict) or len(form) != 1:
        raise EncodeError("GBZ payload", "an object with components or alert", repr(form))
    if "alert" in form:
        return _alert_from_json(_object(form["alert"], "alert", ("code", "time")))
    components = form.get("components")
    if not isinstance(components, list):
        raise EncodeError("components", "a list", repr(components))
    return GbzPayload(tuple(_component_from_json(component) for component in components))


def _object(form: Json, label: str, needed: tuple[str, ...]) -> dict[str, Json]:
    if not isinstance(form, dict):
        raise EncodeError(label, "an object", repr(form))
    for name in needed:
        if name not in form:
            raise EncodeError(f"{label}.{name}", "a value", "none")
    return form


def _component_from_json(form: Json) -> Component:
    fields = _object(form, "component", ("sequence",))
    if ("payload" in fields) is ("encrypted" in fields):
        raise EncodeError("component", "either payload or encrypted", ", ".join(fields))
    cluster, frame_control, command = _frame_from_json(fields)
    start = fields.get("from_date_time")
    return Component(
        cluster,
        frame_control,
        fields["sequence"],
        command,
        fields.get("payload"),
        _octets(fields["encrypted"], "encrypted") if "encrypted" in fields else None,
        None if start is None else _seconds(start, "from_date_time"),
    )


def _frame_from_json(fields: dict[str, Json]) -> tuple[int, int, int]:
    """(cluster, frame control, command); the default response is left enabled unless said."""
    said = tuple(map(fields.get, _FRAME_FIELDS))
    try:
        return _frame(*said)
    except TypeError:  # something that is no text
        raise EncodeError("component", f"texts in {', '.join(_FRAME_FIELDS)}", said) from None


_FRAME_FIELDS = ("cluster", "command", "name", "direction", "frame_type", _NO_DEFAULT)


@lru_cache(maxsize=1024)
def _frame(
    cluster: Json, command: Json, name: Json, direction: Json, frame_type: Json, is_silent: Json
) -> tuple[int, int, int]:
    if command is None:
        return _named_frame(cluster, name, direction, is_silent)
    if frame_type not in _FRAME_TYPES:
        raise EncodeError("frame_type", " or ".join(_FRAME_TYPES), repr(frame_type))
    frame_control = _frame_control(frame_type, _direction(direction), is_silent)
    return hex_number(cluster, 4, "cluster"), frame_control, hex_number(command, 2, "command")


def _frame_control(frame_type: str, direction: Direction, is_silent: Json) -> int:
    frame_control = _FRAME_TYPES.index(frame_type)
    frame_control |= FROM_SERVER if direction is Direction.SERVER_TO_CLIENT else 0
    return frame_control | (DISABLE_DEFAULT_RESPONSE if is_silent else 0)


def _named_frame(
    cluster: Json, name: Json, direction: Json, is_silent: Json
) -> tuple[int, int, int]:
    wide = PROFILE_WIDE_BY_NAME.get(name)
    if wide is not None:
        frame_control = _frame_control(_FRAME_TYPES[0], _direction(direction), is_silent)
        return hex_number(cluster, 4, "cluster"), frame_control, wide
    found = tables.command_by_name().get(name)
    if found is None:
        raise EncodeError("component", "a command or the name of one", repr(name))
    number, its_direction, command = found
    return number, _frame_control(_FRAME_TYPES[1], its_direction, is_silent), command


def _direction(form: Json) -> Direction:
    try:
        return Direction(form)
    except ValueError:
        raise EncodeError("direction", " or ".join(Direction), repr(form)) from None


def _seconds(form: Json, label: str) -> int:
    try:
        return time_seconds(form)
    except (TypeError, ValueError):
        raise EncodeError(label, "a time such as 2030-01-01T00:00:00Z", repr(form)) from None


def _octets(form: Json, label: str) -> bytes:
    try:
        return bytes.fromhex(form)
    except (TypeError, ValueError):
        raise EncodeError(label, "octets as hex text", repr(form)) from None


def _alert_from_json(form: dict[str, Json]) -> GbzAlert:
    executed, component = form.get("executed"), form.get("component")
    return GbzAlert(
        hex_number(form["code"], 4, "alert code"),
        _seconds(form["time"], "alert time"),
        executed=None if executed is None else _executed_from_json(executed),
        image_hash=_octets(form["image_hash"], "image_hash") if "image_hash" in form else None,
        issue_code=form.get("issue_code"),
        component=None if component is None else _component_from_json(component),
    )


def _executed_from_json(form: Json) -> Executed:
    needed = ("message_code", "counter", "cluster", "frame_control", "command")
    fields = _object(form, "executed", needed)
    return Executed(
        hex_number(fields["message_code"], 4, "message_code"),
        fields["counter"],
        hex_number(fields["cluster"], 4, "cluster"),
        hex_number(fields["frame_control"], 2, "frame_control"),
        hex_number(fields["command"], 2, "command"),
    )
