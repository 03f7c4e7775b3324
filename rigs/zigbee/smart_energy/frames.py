"""A cluster's typed commands as ZCL frames, and back."""

from __future__ import annotations

from typing import Any

from rigs.zigbee.commands import CommandSet
from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.octets import Octets
from rigs.zigbee.smart_energy import key_establishment, ota, tunneling
from rigs.zigbee.smart_energy.clusters import Cluster, cluster_name
from rigs.zigbee.zcl import ZclFrame

_SETS: dict[tuple[int, bool], CommandSet] = {
    (Cluster.TUNNELING, False): tunneling.TO_SERVER,
    (Cluster.TUNNELING, True): tunneling.TO_CLIENT,
    (Cluster.KEY_ESTABLISHMENT, False): key_establishment.KEY_ESTABLISHMENT,
    (Cluster.KEY_ESTABLISHMENT, True): key_establishment.KEY_ESTABLISHMENT,
    (Cluster.OTA_UPGRADE, False): ota.TO_SERVER,
    (Cluster.OTA_UPGRADE, True): ota.TO_CLIENT,
}
"""By cluster and whether the frame goes to the client."""


def has_command(cluster: int, frame: ZclFrame) -> bool:
    """Whether the command of a frame is a typed one."""
    commands = _SETS.get((cluster, frame.is_to_client))
    return commands is not None and not frame.is_general and frame.command in commands.rows


def to_zcl(
    cluster: int,
    command: object,
    *,
    sequence: int,
    is_to_client: bool,
    wants_default_response: bool = False,
) -> ZclFrame:
    """A typed command of a cluster as a frame; ValueError for one that it does not have."""
    commands = _SETS.get((cluster, is_to_client))
    if commands is None:
        raise ValueError(f"{cluster_name(cluster)} has no typed commands")
    octets = commands.build(command)
    return ZclFrame(
        command=octets[0],
        sequence=sequence,
        payload=octets[1:],
        is_to_client=is_to_client,
        wants_default_response=wants_default_response,
    )


def from_zcl(cluster: int, frame: ZclFrame) -> Any:
    """The typed command in a cluster frame, or RemoteRadioError."""
    commands = _SETS.get((cluster, frame.is_to_client))
    if commands is None:
        raise RemoteRadioError("cluster", "one with typed commands", cluster_name(cluster))
    return commands.parse_fields(frame.command, Octets(frame.payload))
