"""Hubs whose logs, configuration or terminals are not what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from assay.gbcs.dlms.access import Op
from assay.gbcs.identifiers import Eui64
from rigs.devices.dlms_objects import Call, ItemError
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.hub.hub import DEVICE_LOG_CHANGED
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)
_SUB_GHZ = "0-0:94.44.10.0"
_FIRST_THRESHOLD = 4
"""After four masks of channels."""
_LAST_RANK = 99


@rogue(
    "hub-log-change-unlogged",
    "Leaves no trace of a change of its device log",
    requirement="SMETS-C-005",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F12.",
)
def log_change_unlogged(hub: Hub) -> None:
    hub.security_log.is_recorded = lambda code: code != DEVICE_LOG_CHANGED


@rogue(
    "hub-event-log-whole",
    "Returns its whole event log whatever was asked",
    requirement="SMETS-C-005",
    severity=Severity.MINOR,
    deviation="The dates of a read are not looked at.",
)
def event_log_whole(hub: Hub) -> None:
    hub.event_log.is_in_range = lambda _first, _at, _last: True


@rogue(
    "hub-takes-in-strangers",
    "Takes in a device that nobody added",
    requirement="SMETS-C-002",
    severity=Severity.CRITICAL,
    deviation="A device that looks for a hub is entered in the device log and joins.",
)
def takes_in_strangers(hub: Hub) -> None:
    sound = hub.joining.admit

    def admit(
        device_id: Eui64, install_code: bytes, former_key: bytes | None = None
    ) -> bytes | None:
        if hub.device_log.find(device_id) is None:
            entry = LogEntry(device_id=device_id, install_code=install_code, device_type=0)
            hub.device_log.add(entry)
            hub.joining.allow(True)
        return sound(device_id, install_code, former_key)

    hub.joining.admit = admit  # type: ignore[method-assign]


@rogue(
    "hub-terminal-leaves-with-window",
    "Puts a terminal out when its window closes",
    requirement="SMETS-T-103",
    severity=Severity.MAJOR,
    deviation="A hand-held terminal is taken from the device log an hour after it has joined.",
)
def terminal_leaves_with_window(hub: Hub) -> None:
    sound, due = hub.device_log.add, list[datetime]()

    def add(entry: LogEntry) -> None:
        sound(entry)
        if entry.is_hand_held:
            due.append(hub.now() + timedelta(hours=1))
            duty.changed()

    def leave(_due: datetime) -> None:
        for entry in hub.device_log.entries:
            if entry.is_hand_held:
                hub.device_log.remove(entry.device_id)

    duty = hub.agenda.add(
        _LAST_RANK, lambda after: min((at for at in due if at > after), default=None), leave
    )
    hub.device_log.add = add  # type: ignore[method-assign]


@rogue(
    "hub-sub-ghz-refuses-nothing",
    "Acknowledges a configuration that it can't work by",
    requirement="SMETS-C-006",
    severity=Severity.MAJOR,
    deviation="A sub-GHz configuration out of its bounds is answered with success and dropped.",
)
def sub_ghz_refuses_nothing(hub: Hub) -> None:
    sound = hub.objects.access(Op.SET, 1, _SUB_GHZ, 2)

    def configure(call: Call) -> None:
        try:
            sound(call)
        except ItemError:
            return

    hub.objects.put(Op.SET, 1, _SUB_GHZ, 2, configure)


@rogue(
    "hub-sub-ghz-taken-in-part",
    "Takes the first value of a configuration that it refuses",
    requirement="SMETS-C-006",
    severity=Severity.MAJOR,
    deviation="Of a sub-GHz configuration that is refused the first threshold is in force.",
)
def sub_ghz_taken_in_part(hub: Hub) -> None:
    sound, band = hub.objects.access(Op.SET, 1, _SUB_GHZ, 2), hub.sub_ghz

    def configure(call: Call) -> None:
        if band is not None:
            first = call.data.value[_FIRST_THRESHOLD].value
            band.configure(replace(band.settings, normal_limited=first))
        sound(call)

    hub.objects.put(Op.SET, 1, _SUB_GHZ, 2, configure)
