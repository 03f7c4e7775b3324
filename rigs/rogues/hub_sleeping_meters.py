"""Hubs that do not serve gas meters that sleep, or do not look for lost ones."""

from __future__ import annotations

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.sub_ghz.band import SEARCHES_FAILED
from rigs.devices.hub.sub_ghz.scans import Trigger
from rigs.rogues.hub_sub_ghz import band_of
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-hands-over-at-once",
    "Takes a gas meter that sleeps for one that is awake",
    requirement="SMETS-G-018",
    severity=Severity.MINOR,
    deviation="An image of a gas meter is passed on within minutes.",
)
def hands_over_at_once(hub: Hub) -> None:
    sound = hub.images.duration
    hub.images.duration = lambda octets, _is_sleeping: sound(octets, False)


@rogue(
    "hub-drops-commands-for-an-image",
    "Has no room for commands while a gas meter fetches an image",
    requirement="SMETS-G-018",
    severity=Severity.CRITICAL,
    deviation="While an image of a gas meter is under way no message is passed on.",
)
def drops_commands_for_an_image(hub: Hub) -> None:
    sound = hub.routing.down

    def down(target: Eui64, octets: bytes) -> None:
        if not hub.images.is_gas_image_under_way:
            sound(target, octets)

    hub.routing.down = down  # type: ignore[method-assign]


@rogue(
    "hub-gives-a-meter-up-at-once",
    "Takes a gas meter for lost after one search",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Alert 8F29 follows the first search that failed.",
)
def gives_a_meter_up_at_once(hub: Hub) -> None:
    band_of(hub).lost_meter.searches = 1


@rogue(
    "hub-never-gives-a-meter-up",
    "Looks for a lost gas meter and tells nobody",
    requirement="SMETS-C-007",
    severity=Severity.MAJOR,
    deviation="No alert 8F29.",
)
def never_gives_a_meter_up(hub: Hub) -> None:
    hub.alerts.silenced.add(SEARCHES_FAILED)


@rogue(
    "hub-deaf-while-it-searches",
    "Does not notice that a gas meter came back",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Searches that failed are counted on, whoever is heard between them.",
)
def deaf_while_it_searches(hub: Hub) -> None:
    hub.communications.on_heard.clear()


@rogue(
    "hub-searches-without-a-trigger",
    "Looks for a lost gas meter in the name of another trigger",
    requirement="SMETS-C-008",
    severity=Severity.MINOR,
    deviation="The scan for a missing gas meter is told as one that was commanded.",
)
def searches_without_a_trigger(hub: Hub) -> None:
    band = band_of(hub)
    sound = band.request_scan
    band.request_scan = lambda trigger: sound(  # type: ignore[method-assign]
        Trigger.REMOTE_COMMAND if trigger is Trigger.GSME_MISSING_FOR_A_DAY else trigger
    )
