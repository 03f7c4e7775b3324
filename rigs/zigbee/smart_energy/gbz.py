"""Commands of price, metering, messaging, prepayment, calendar, device management and events.

Their layouts are facts that GBCS messages share (`assay.gbcs.gbz`, where each row has its grade):
the same commands travel within GBZ payloads and, on their own, over the home area network. Values
are dicts that are their own JSON form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.gbz import tables
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import decode_zcl_payload, encode_zcl_payload
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.smart_energy.clusters import cluster_name
from rigs.zigbee.zcl import ZclFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class GbzCommand:
    """One command of a cluster by its name, with its fields by theirs."""

    name: str
    fields: dict[str, Any]


def has_command(cluster: int, frame: ZclFrame) -> bool:
    """Whether the table knows the command of a frame."""
    return (
        not frame.is_general
        and frame.manufacturer is None
        and (cluster, _direction(frame.is_to_client), frame.command) in tables.command_rows()
    )


def from_zcl(cluster: int, frame: ZclFrame) -> GbzCommand:
    """The command in a cluster frame; RemoteRadioError for one that is not known or not whole."""
    direction = _direction(frame.is_to_client)
    row = tables.command_rows().get((cluster, direction, frame.command))
    if row is None or frame.is_general:
        raise RemoteRadioError(
            f"{cluster_name(cluster)} command", "one that GBCS uses", f"{frame.command:02X}"
        )
    try:
        fields = decode_zcl_payload(cluster, direction, frame.command, frame.payload)
    except RemoteGbcsError as error:
        raise RemoteRadioError(error.field, error.expected, error.seen) from error
    return GbzCommand(name=row["name"], fields=fields)


def to_zcl(command: GbzCommand, *, sequence: int) -> ZclFrame:
    """A command as a frame of its cluster; ValueError for a name or fields that it has not."""
    found = tables.command_by_name().get(command.name)
    if found is None:
        raise ValueError(f"command: expected one that GBCS uses, given {command.name!r}")
    cluster, direction, number = found
    return ZclFrame(
        command=number,
        sequence=sequence,
        payload=encode_zcl_payload(cluster, direction, number, command.fields),
        is_to_client=direction is Direction.SERVER_TO_CLIENT,
    )


def cluster_of(command: GbzCommand) -> int:
    """The cluster that has the command; ValueError where none has."""
    found = tables.command_by_name().get(command.name)
    if found is None:
        raise ValueError(f"command: expected one that GBCS uses, given {command.name!r}")
    return found[0]


def _direction(is_to_client: bool) -> Direction:
    return Direction.SERVER_TO_CLIENT if is_to_client else Direction.CLIENT_TO_SERVER
