"""Hubs that form their network or invite to it wrongly."""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.formation import Network
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-network-of-its-own-address",
    "Forms its network under another address than the printed one",
    requirement="SMETS-C-001",
    severity=Severity.CRITICAL,
    deviation="The extended identifier is that of the hub function.",
)
def network_of_its_own_address(hub: Hub) -> None:
    hub.formation.form(hub.device_id)


@rogue(
    "hub-forms-anew",
    "Forms another network after every interruption",
    requirement="SMETS-C-001",
    severity=Severity.CRITICAL,
    deviation="The extended identifier is counted up at each power-on.",
)
def forms_anew(hub: Hub) -> None:
    def form() -> None:
        raised = int.from_bytes(hub.network_id, "big") + 1
        hub.formation.network = Network(
            extended_id=Eui64(raised.to_bytes(8, "big")), short_id=1, channel=11
        )

    hub.power.on_ready.append(form)


@rogue(
    "hub-beacon-without-power",
    "Sends beacons without a supply",
    requirement="SMETS-C-001",
    severity=Severity.MINOR,
    deviation="A terminal that scans hears the hub also in an outage.",
)
def beacon_without_power(hub: Hub) -> None:
    def beacon() -> object:
        return hub.formation.beacon(is_joining_permitted=hub.joining.is_open)

    hub.beacon = beacon  # type: ignore[method-assign,assignment]


@rogue(
    "hub-beacon-never-invites",
    "Says in no beacon that devices may join",
    requirement="SMETS-C-001",
    severity=Severity.MAJOR,
    deviation="The bit that permits joining stays clear.",
)
def beacon_never_invites(hub: Hub) -> None:
    sound = hub.formation.beacon
    hub.formation.beacon = lambda **_: sound(  # type: ignore[method-assign]
        is_joining_permitted=False
    )
