"""The payload kind of gas: ZCL commands in the order of the use case, numbered from zero.

A component is a function from the frame to any number of ZCL commands, so that one profile
per day or one alert setting per group needs no kind of its own. Names of commands and of
their fields are those of the GBZ command table (gbcs.md 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from assay.dcc.transform.frame import Frame
from assay.gbcs.errors import EncodeError
from assay.gbcs.gbz import tables
from assay.gbcs.gbz.components import (
    CLUSTER_COMMAND,
    FROM_SERVER,
    MAX_COMPONENTS,
    Component,
    GbzPayload,
    encode,
)
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import READ_ATTRIBUTES

Json = Any
FieldSource: TypeAlias = Callable[[Frame], Json]
"""One field of a ZCL command: a number, a text, or a list of items."""


class Zcl(NamedTuple):
    """One ZCL command without its number; `from_date_time` is seconds since 2000."""

    cluster: int
    frame_control: int
    command: int
    payload: Json
    from_date_time: int | None = None


ComponentSource: TypeAlias = Callable[[Frame], Iterable[Zcl]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gbz:
    """`components` in the order of the use case."""

    components: tuple[ComponentSource, ...]

    def octets(self, _: int, frame: Frame) -> bytes:
        """EncodeError for values that no field can hold."""
        commands = [zcl for source in self.components for zcl in source(frame)]
        if len(commands) > MAX_COMPONENTS:
            raise EncodeError("components", f"at most {MAX_COMPONENTS}", len(commands))
        numbered = (
            Component(
                zcl.cluster,
                zcl.frame_control,
                number,
                zcl.command,
                zcl.payload,
                from_date_time=zcl.from_date_time,
            )
            for number, zcl in enumerate(commands)
        )
        return encode(GbzPayload(tuple(numbered)))


def gbz(*components: ComponentSource) -> Gbz:
    return Gbz(components=components)


def zcl(name: str, fields: Mapping[str, Json], from_date_time: int | None = None) -> Zcl:
    """A command by its name in the command table; KeyError for an unknown one."""
    cluster, direction, command = tables.command_by_name()[name]
    frame_control = CLUSTER_COMMAND
    if direction is Direction.SERVER_TO_CLIENT:
        frame_control |= FROM_SERVER
    return Zcl(cluster, frame_control, command, dict(fields), from_date_time)


def one(
    name: str, fields: Mapping[str, Json | FieldSource], from_date_time: FieldSource | None = None
) -> ComponentSource:
    """One command whose fields are constants or come from the frame."""

    def source(frame: Frame) -> tuple[Zcl, ...]:
        start = None if from_date_time is None else from_date_time(frame)
        return (zcl(name, filled(fields, frame), start),)

    return source


def filled(fields: Mapping[str, Json | FieldSource], frame: Frame) -> dict[str, Json]:
    return {name: field(frame) if callable(field) else field for name, field in fields.items()}


def read_attributes(cluster: int, *attributes: int) -> ComponentSource:
    payload = {"attributes": [{"attribute": attribute} for attribute in attributes]}
    return lambda _: (Zcl(cluster, 0, READ_ATTRIBUTES, payload),)
