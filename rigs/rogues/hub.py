"""Hubs that keep a loss of power to themselves, or do not look after their device log."""

from __future__ import annotations

from datetime import timedelta

from assay.gbcs.envelope import Cra, Message
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.device_log import DeviceLogFullError, LogEntry
from rigs.rogues.row import Severity, Subject, planter

SMALL_LOG = 2
rogue = planter(Subject.HUB)


@rogue(
    "hub-power-loss-not-reported",
    "Does not report a loss of power",
    requirement="SMETS-C-003",
    severity=Severity.MAJOR,
    deviation="The hub dies without a last gasp, so there is no AD1.",
)
def power_loss_not_reported(hub: Hub) -> None:
    hub.report_loss = lambda _: None


@rogue(
    "hub-power-loss-too-early",
    "Reports a loss of power that is too short",
    requirement="SMETS-C-003",
    severity=Severity.MINOR,
    deviation="The last gasp comes after 150 seconds.",
)
def power_loss_too_early(hub: Hub) -> None:
    hub.last_gasp_after = timedelta(seconds=150)


@rogue(
    "hub-power-loss-too-late",
    "Reports a loss of power too late",
    requirement="SMETS-C-003",
    severity=Severity.MAJOR,
    deviation="The last gasp comes after thirteen minutes.",
)
def power_loss_too_late(hub: Hub) -> None:
    hub.last_gasp_after = timedelta(minutes=13)


@rogue(
    "hub-power-loss-misdated",
    "Reports a loss of power with the time of the report",
    requirement="DUIS-10-AD1",
    severity=Severity.MINOR,
    deviation="The start of the outage is given as the time of the last gasp.",
)
def power_loss_misdated(hub: Hub) -> None:
    sound = hub.report_loss
    hub.report_loss = lambda since: sound(since + hub.last_gasp_after)


@rogue(
    "hub-silent-to-reads",
    "Answers nothing about itself",
    requirement="UEPT-NON-CRITICAL",
    severity=Severity.MAJOR,
    deviation="Only additions to the device log and removals from it are answered.",
)
def silent_to_reads(hub: Hub) -> None:
    sound, log_changes = hub.seal.protect, (0x0001, 0x0002)

    def protect(message: Message, *, critical: bool) -> Message | None:
        is_read = message.cra is Cra.RESPONSE and message.message_code not in log_changes
        return None if is_read else sound(message, critical=critical)

    hub.seal.protect = protect  # type: ignore[method-assign]


@rogue(
    "hub-log-holds-two",
    "Has no room for a third device",
    requirement="SMETS-C-016",
    severity=Severity.MAJOR,
    deviation="An addition to a device log of two devices fails.",
)
def log_holds_two(hub: Hub) -> None:
    sound = hub.device_log.add

    def add(entry: LogEntry) -> None:
        if len(hub.device_log.entries) >= SMALL_LOG:
            raise DeviceLogFullError(f"{entry.device_id}: no room")
        sound(entry)

    hub.device_log.add = add  # type: ignore[method-assign]


@rogue(
    "hub-backup-not-sent",
    "Does not back up its device log",
    requirement="GBCS-10.4-LOG-BACKUP",
    severity=Severity.MAJOR,
    deviation="Alert 8F12 is never sent.",
)
def backup_not_sent(hub: Hub) -> None:
    hub.alerts.silenced.add(0x8F12)


@rogue(
    "hub-backup-without-key",
    "Backs up its device log without the hashes of the keys",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="The hash of a link key stays empty when the device has joined.",
)
def backup_without_key(hub: Hub) -> None:
    hub.key_hash = lambda _: b""


@rogue(
    "hub-lets-anyone-join",
    "Lets a device join with any install code",
    requirement="GBCS-10.4-ADD-DEVICE",
    severity=Severity.CRITICAL,
    deviation="The install code of a joining device is not compared.",
)
def lets_anyone_join(hub: Hub) -> None:
    hub.joining.is_proven = lambda _entry, _install_code: True


@rogue(
    "hub-forgets-joining",
    "Adds a device and does not open joining",
    requirement="GBCS-10.4-ADD-DEVICE",
    severity=Severity.MAJOR,
    deviation="An added device is in the log and is never let in.",
)
def forgets_joining(hub: Hub) -> None:
    hub.joining.is_proven = lambda _entry, _install_code: False


@rogue(
    "hub-carries-for-anyone",
    "Carries messages for devices that are not in its log",
    requirement="SMETS-C-002",
    severity=Severity.CRITICAL,
    deviation="Messages from and to every device in range are carried.",
)
def carries_for_anyone(hub: Hub) -> None:
    hub.is_listed = lambda _: True


@rogue(
    "hub-time-wrong",
    "Serves a wrong time",
    requirement="SMETS-C-004",
    severity=Severity.MAJOR,
    deviation="The time on the home area network is one minute fast.",
)
def time_wrong(hub: Hub) -> None:
    hub.time_offset = timedelta(minutes=1)


@rogue(
    "hub-device-log-lost-in-outage",
    "Forgets its devices in an outage",
    requirement="SMETS-C-002",
    severity=Severity.MAJOR,
    deviation="After an outage the device log is empty.",
)
def device_log_lost_in_outage(hub: Hub) -> None:
    def forget() -> None:
        for entry in hub.device_log.entries:
            hub.device_log.remove(entry.device_id)

    hub.power.on_ready.append(forget)
