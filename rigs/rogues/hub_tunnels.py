"""Hubs that ask for tunnels too soon, too late, too often or never."""

from __future__ import annotations

from datetime import timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-no-tunnel-at-power-on",
    "Asks for no tunnels at its power-on",
    requirement="SMETS-C-017",
    severity=Severity.MAJOR,
    deviation="Tunnels are asked for when a message comes.",
)
def no_tunnel_at_power_on(hub: Hub) -> None:
    hub.tunnels.power_on = lambda: None  # type: ignore[method-assign]


@rogue(
    "hub-no-tunnel-after-joining",
    "Asks a device that has joined for no tunnel",
    requirement="SMETS-C-017",
    severity=Severity.MAJOR,
    deviation="The first message asks for the tunnel.",
)
def no_tunnel_after_joining(hub: Hub) -> None:
    hub.tunnels.joined = lambda _: None  # type: ignore[method-assign,assignment]


@rogue(
    "hub-tunnel-for-good",
    "Takes a tunnel to last for good",
    requirement="SMETS-C-017",
    severity=Severity.MAJOR,
    deviation="A tunnel is not asked for again after 65,535 seconds.",
)
def tunnel_for_good(hub: Hub) -> None:
    hub.tunnels.life = timedelta(days=3650)


@rogue(
    "hub-tunnel-every-hour",
    "Asks for its tunnels every hour",
    requirement="SMETS-C-017",
    severity=Severity.MINOR,
    deviation="A tunnel is asked for again after 3,600 seconds.",
)
def tunnel_every_hour(hub: Hub) -> None:
    hub.tunnels.life = timedelta(hours=1)


@rogue(
    "hub-busy-asked-too-soon",
    "Asks a busy device again after half a minute",
    requirement="SMETS-C-017",
    severity=Severity.MINOR,
    deviation="The wait after the status busy is 30 seconds.",
)
def busy_asked_too_soon(hub: Hub) -> None:
    hub.tunnels.busy_wait = timedelta(seconds=30)


@rogue(
    "hub-busy-asked-too-late",
    "Asks a busy device again after half an hour",
    requirement="SMETS-C-017",
    severity=Severity.MAJOR,
    deviation="The wait after the status busy is 30 minutes.",
)
def busy_asked_too_late(hub: Hub) -> None:
    hub.tunnels.busy_wait = timedelta(minutes=30)


@rogue(
    "hub-tunnel-for-each-message",
    "Asks for a tunnel before every message",
    requirement="SMETS-C-017",
    severity=Severity.MINOR,
    deviation="A tunnel that works is not used again.",
)
def tunnel_for_each_message(hub: Hub) -> None:
    sound = hub.tunnels.put

    def put(device_id: Eui64, octets: bytes) -> None:
        hub.tunnels.left(device_id)
        sound(device_id, octets)

    hub.tunnels.put = put  # type: ignore[method-assign]
