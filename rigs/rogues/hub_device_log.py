"""Hubs whose device log, its backup or its history is not what was commanded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.device_log import LogEntry
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


@rogue(
    "hub-add-replaces-entry",
    "Takes an addition of a known device for a new one",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="A device that is in the log already is entered anew, and has lost its key.",
)
def add_replaces_entry(hub: Hub) -> None:
    sound = hub.device_log.add

    def add(entry: LogEntry) -> None:
        hub.device_log.remove(entry.device_id)
        sound(entry)

    hub.device_log.add = add  # type: ignore[method-assign]


@rogue(
    "hub-backup-only-of-additions",
    "Backs up its log when a device is added and at no other change",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="A device that is removed, and a new key, are not told.",
)
def backup_only_of_additions(hub: Hub) -> None:
    known: set[int] = set()

    def changed() -> None:
        size = len(hub.device_log.entries)
        if size > max(known, default=0):
            sound()
        known.add(size)

    (sound,) = hub.device_log.on_change
    hub.device_log.on_change[:] = [changed]


@rogue(
    "hub-removal-of-nobody-succeeds",
    "Removes a device that it does not know, with success",
    requirement="SMETS-C-002",
    severity=Severity.MINOR,
    deviation="A removal always succeeds.",
)
def removal_of_nobody_succeeds(hub: Hub) -> None:
    sound = hub.device_log.remove

    def remove(device_id: Eui64) -> bool:
        sound(device_id)
        return True

    hub.device_log.remove = remove  # type: ignore[method-assign]


@rogue(
    "hub-joining-stays-open",
    "Lets devices join for good",
    requirement="SMETS-C-002",
    severity=Severity.CRITICAL,
    deviation="The window that opens with an addition never closes.",
)
def joining_stays_open(hub: Hub) -> None:
    sound = hub.joining.allow

    def allow(allowed: bool) -> None:
        hub.joining.timeout = timedelta(days=3650)
        sound(allowed)

    hub.joining.allow = allow  # type: ignore[method-assign]


@rogue(
    "hub-log-has-no-end",
    "Takes more devices than it has links for",
    requirement="SMETS-C-002",
    severity=Severity.MINOR,
    deviation="A 17th device is added with success.",
)
def log_has_no_end(hub: Hub) -> None:
    hub.device_log.capacity = 100


@rogue(
    "hub-room-for-eight",
    "Has room for eight devices",
    requirement="SMETS-C-016",
    severity=Severity.MAJOR,
    deviation="The ninth addition to the device log fails.",
)
def room_for_eight(hub: Hub) -> None:
    hub.device_log.capacity = 8


@rogue(
    "hub-no-history",
    "Keeps nothing of a device that was removed",
    requirement="SMETS-C-015",
    severity=Severity.MAJOR,
    deviation="The historic log stays empty.",
)
def no_history(hub: Hub) -> None:
    hub.historic_log.capacity = 0


@rogue(
    "hub-history-of-strangers",
    "Keeps a history of devices that never had a key",
    requirement="SMETS-C-015",
    severity=Severity.MINOR,
    deviation="Everything that is removed gets an entry in the historic log.",
)
def history_of_strangers(hub: Hub) -> None:
    sound = hub.historic_log.keep
    hub.historic_log.keep = lambda entry: sound(  # type: ignore[method-assign]
        replace(entry, restored_hash=entry.key_hash or bytes(16))
    )


@rogue(
    "hub-former-key-unknown",
    "Does not know a former key again",
    requirement="SMETS-C-015",
    severity=Severity.MAJOR,
    deviation="A device that was removed cannot come back with the key that it had.",
)
def former_key_unknown(hub: Hub) -> None:
    hub.joining.is_former_key = lambda _key, _hash: False
