"""Profile, device and cluster numbers of Smart Energy, and a name for each."""

from __future__ import annotations

from enum import IntEnum

from rigs.zigbee.aps import ApsFrame, ApsKind

PROFILE = 0x0109
DEVICE_PROFILE = 0x0000
"""ZigBee Device Objects, endpoint 0."""
DEVICE_ANNOUNCE = 0x0013
"""A cluster of theirs: a device says that it is on the network."""


class Cluster(IntEnum):
    BASIC = 0x0000
    TIME = 0x000A
    OTA_UPGRADE = 0x0019
    KEEP_ALIVE = 0x0025
    PRICE = 0x0700
    DEMAND_RESPONSE = 0x0701
    METERING = 0x0702
    MESSAGING = 0x0703
    TUNNELING = 0x0704
    PREPAYMENT = 0x0705
    ENERGY_MANAGEMENT = 0x0706
    CALENDAR = 0x0707
    DEVICE_MANAGEMENT = 0x0708
    EVENTS = 0x0709
    SUB_GHZ = 0x070B
    KEY_ESTABLISHMENT = 0x0800


WITHOUT_LINK_KEY = frozenset(
    (Cluster.BASIC, Cluster.KEEP_ALIVE, Cluster.SUB_GHZ, Cluster.KEY_ESTABLISHMENT)
)
"""Clusters that may be used under the network key alone (recalled: the Smart Energy profile's
table of cluster security). Everything else of the profile needs the link key (protocol Z-06)."""


def needs_link_key(frame: ApsFrame) -> bool:
    """Whether a data frame of this cluster must be protected at APS."""
    return (
        frame.kind is ApsKind.DATA
        and frame.profile == PROFILE
        and frame.cluster not in WITHOUT_LINK_KEY
    )


def cluster_name(cluster: int) -> str:
    try:
        return Cluster(cluster).name.lower().replace("_", " ")
    except ValueError:
        return f"cluster {cluster:04X}"
