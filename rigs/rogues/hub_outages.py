"""Hubs that have no energy left for their last report."""

from __future__ import annotations

from datetime import timedelta

from rigs.devices.hub import VirtualHub as Hub
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-last-gasp-for-one",
    "Has energy for one report and takes a day to charge",
    requirement="SMETS-C-003",
    severity=Severity.MAJOR,
    deviation="What was drained does not come back while the supply is on.",
)
def last_gasp_for_one(hub: Hub) -> None:
    hub.energy.hold_up = timedelta(minutes=7)
    hub.energy.charge = lambda: None  # type: ignore[method-assign]
