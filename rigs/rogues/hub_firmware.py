"""Hubs that lose the firmware of meters, or do not tell what became of it."""

from __future__ import annotations

from rigs.devices.hub import VirtualHub as Hub
from rigs.rogues.row import Severity, Subject, planter

hub_rogue = planter(Subject.HUB)


@hub_rogue(
    "hub-forgets-image-in-outage",
    "Forgets the image that it copies when the power goes",
    requirement="SMETS-E-196",
    severity=Severity.MAJOR,
    deviation="An image that is being copied to a meter is lost with the power.",
)
def hub_forgets_image_in_outage(hub: Hub) -> None:
    hub.power.on_lost.append(lambda _: hub.images.forget())


@hub_rogue(
    "hub-silent-about-images",
    "Does not tell what became of an image",
    requirement="SMETS-C-009",
    severity=Severity.MAJOR,
    deviation="No alert 8F89 or 8F8A is sent.",
)
def hub_silent_about_images(hub: Hub) -> None:
    hub.images.tell = lambda _device, _version, _result: None
