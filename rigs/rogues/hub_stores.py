"""Hubs whose stores, event log or images are not what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.images import TransferResult
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-last-word-is-joining",
    "Notes the time of the joining and no other",
    requirement="SMETS-C-013",
    severity=Severity.MAJOR,
    deviation="The time of the last communication is that of the first.",
)
def last_word_is_joining(hub: Hub) -> None:
    store = hub.communications
    sound = store.hear

    def hear(device_id: Eui64) -> None:
        if store.of(device_id) is None:
            sound(device_id)

    store.hear = hear  # type: ignore[method-assign]


@rogue(
    "hub-last-word-is-now",
    "Gives the present time for the last communication",
    requirement="SMETS-C-013",
    severity=Severity.MAJOR,
    deviation="A device that has been silent for hours seems to have just been heard.",
)
def last_word_is_now(hub: Hub) -> None:
    store = hub.communications
    sound = store.of

    def of(device_id: Eui64) -> object:
        heard = sound(device_id)
        return replace(heard, at=hub.now()) if heard is not None else None

    store.of = of  # type: ignore[method-assign,assignment]


@rogue(
    "hub-strength-on-2-4-ghz",
    "Gives a strength where there is no sub-GHz",
    requirement="SMETS-C-013",
    severity=Severity.MINOR,
    deviation="A device on 2.4 GHz has -35 dBm in place of the mark.",
)
def strength_on_2_4_ghz(hub: Hub) -> None:
    hub.communications.strength_of = lambda _: -35


@rogue(
    "hub-event-log-empty",
    "Does not log its commands",
    requirement="SMETS-C-005",
    severity=Severity.MAJOR,
    deviation="The event log stays empty.",
)
def event_log_empty(hub: Hub) -> None:
    hub.on_carried_out.clear()


@rogue(
    "hub-event-log-lost-in-outage",
    "Forgets its event log in an outage",
    requirement="SMETS-C-005",
    severity=Severity.MAJOR,
    deviation="The event log is empty after an interruption of the supply.",
)
def event_log_lost_in_outage(hub: Hub) -> None:
    hub.power.on_ready.append(hub.event_log.clear)


@rogue(
    "hub-image-results-unsaid",
    "Does not tell what became of an image",
    requirement="SMETS-C-009",
    severity=Severity.MAJOR,
    deviation="CCS08 is never sent.",
)
def image_results_unsaid(hub: Hub) -> None:
    hub.images.tell = lambda _device, _version, _result: None


@rogue(
    "hub-image-for-other-hardware",
    "Says that an image for other hardware arrived",
    requirement="SMETS-C-009",
    severity=Severity.MAJOR,
    deviation="CCS08 says success whatever became of the image.",
)
def image_for_other_hardware(hub: Hub) -> None:
    sound = hub.images.tell
    hub.images.tell = lambda device, version, _: sound(device, version, TransferResult.SUCCESS)


@rogue(
    "hub-image-given-up",
    "Gives an image up at the first failure",
    requirement="SMETS-C-009",
    severity=Severity.MAJOR,
    deviation="A transfer is not tried again.",
)
def image_given_up(hub: Hub) -> None:
    hub.images.patience = timedelta(0)
