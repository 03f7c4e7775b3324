"""Hubs that choose, scan, change or limit their sub-GHz channel wrongly."""

from __future__ import annotations

from datetime import timedelta

from assay.gbcs.dlms.data import Data
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.sub_ghz import SubGhzBand, SubGhzSettings
from rigs.devices.hub.sub_ghz.scans import Assessment, Trigger
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


def band_of(hub: Hub) -> SubGhzBand:
    if hub.sub_ghz is None:
        raise ValueError("expected a hub with a sub-GHz radio, this one has none")
    return hub.sub_ghz


@rogue(
    "hub-sub-ghz-not-kept",
    "Acknowledges a sub-GHz configuration and keeps its own",
    requirement="SMETS-C-006",
    severity=Severity.MAJOR,
    deviation="What is read back is what was there before.",
)
def sub_ghz_not_kept(hub: Hub) -> None:
    band = band_of(hub)
    sound = band.configure

    def configure(settings: SubGhzSettings) -> None:
        before = band.settings
        sound(settings)
        band.settings = before

    band.configure = configure  # type: ignore[method-assign]


@rogue(
    "hub-sub-ghz-lost-in-outage",
    "Forgets its sub-GHz configuration in an outage",
    requirement="SMETS-C-006",
    severity=Severity.MAJOR,
    deviation="After an interruption of the supply the configuration is that of the factory.",
)
def sub_ghz_lost_in_outage(hub: Hub) -> None:
    band = band_of(hub)
    factory = band.settings
    hub.power.on_ready.append(lambda: setattr(band, "settings", factory))


@rogue(
    "hub-sub-ghz-change-unsaid",
    "Does not tell of a changed configuration",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Alert 8F2A is never sent.",
)
def sub_ghz_change_unsaid(hub: Hub) -> None:
    hub.alerts.silenced.add(0x8F2A)


@rogue(
    "hub-scan-keeps-channel",
    "Scans and stays where it is",
    requirement="SMETS-C-007",
    severity=Severity.MAJOR,
    deviation="The channel is never changed, however noisy it is.",
)
def scan_keeps_channel(hub: Hub) -> None:
    band = band_of(hub)
    band._quietest = lambda: band.channel  # type: ignore[method-assign]


@rogue(
    "hub-channel-changed-for-nothing",
    "Changes to a channel that is no better",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Every scan changes the channel.",
)
def channel_changed_for_nothing(hub: Hub) -> None:
    band = band_of(hub)
    band._quietest = lambda: band.settings.channels[-1]  # type: ignore[method-assign]
    band.noise_of = lambda mask: 0 if mask == band.settings.channels[-1] else 30


@rogue(
    "hub-channel-changed-at-once",
    "Changes its channel before the gas meter knows of it",
    requirement="SMETS-C-007",
    severity=Severity.CRITICAL,
    deviation="The steps of a change are made one after the other without a wait.",
)
def channel_changed_at_once(hub: Hub) -> None:
    band = band_of(hub)
    band._after = lambda _span, step: step()  # type: ignore[method-assign,assignment]


@rogue(
    "hub-channel-log-not-written",
    "Logs only the channel of its formation",
    requirement="SMETS-C-014",
    severity=Severity.MINOR,
    deviation="A change of channel is not in the channel log.",
)
def channel_log_not_written(hub: Hub) -> None:
    band_of(hub)._note_channel = lambda: None  # type: ignore[method-assign]


@rogue(
    "hub-channel-log-empty",
    "Has no channel log before the first change",
    requirement="SMETS-C-014",
    severity=Severity.MINOR,
    deviation="The formation of the network is not in the channel log.",
)
def channel_log_empty(hub: Hub) -> None:
    band_of(hub).channel_log.clear()


@rogue(
    "hub-channel-of-formation",
    "Says for ever the channel of its formation",
    requirement="SMETS-C-014",
    severity=Severity.MAJOR,
    deviation="The channel that is read does not follow a change.",
)
def channel_of_formation(hub: Hub) -> None:
    band = band_of(hub)
    formed = band.channel
    band._change = lambda _: setattr(band, "channel", formed)  # type: ignore[method-assign,assignment]


@rogue(
    "hub-scan-trigger-wrong",
    "Names a wrong trigger for a scan that was commanded",
    requirement="SMETS-C-008",
    severity=Severity.MINOR,
    deviation="The alert says that the gas meter asked for it.",
)
def scan_trigger_wrong(hub: Hub) -> None:
    band = band_of(hub)
    sound = band.request_scan
    band.request_scan = lambda _: sound(Trigger.GSME_REQUEST)  # type: ignore[method-assign,assignment]


@rogue(
    "hub-scans-without-limit",
    "Scans as often as it is told",
    requirement="SMETS-C-008",
    severity=Severity.MINOR,
    deviation="The numbers of a day are not looked at.",
)
def scans_without_limit(hub: Hub) -> None:
    scans = band_of(hub).scans
    scans.per_day = scans.commands_per_day = 1000


@rogue(
    "hub-scans-beside-terminal",
    "Scans while a terminal is on the network",
    requirement="SMETS-C-008",
    severity=Severity.MINOR,
    deviation="An installer loses the network in the middle of its work.",
)
def scans_beside_terminal(hub: Hub) -> None:
    scans = band_of(hub).scans
    sound = scans.obstacle

    def obstacle() -> Assessment | None:
        found = sound()
        return None if found is Assessment.HAND_HELD_CONNECTED else found

    scans.obstacle = obstacle


@rogue(
    "hub-duty-not-watched",
    "Does not keep to its duty cycle",
    requirement="SMETS-C-007",
    severity=Severity.CRITICAL,
    deviation="What it transmits is not counted.",
)
def duty_not_watched(hub: Hub) -> None:
    band_of(hub).duty.airtime_of = lambda _: timedelta(0)


@rogue(
    "hub-duty-counts-octets-twice",
    "Is limited at half of what is allowed",
    requirement="SMETS-C-007",
    severity=Severity.MAJOR,
    deviation="The time on air of a message is counted twice.",
)
def duty_counts_twice(hub: Hub) -> None:
    duty = band_of(hub).duty
    sound = duty.airtime_of
    duty.airtime_of = lambda octets: 2 * sound(octets)


@rogue(
    "hub-duty-end-unsaid",
    "Does not tell that it is no longer limited",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Alert 8F21 is never sent.",
)
def duty_end_unsaid(hub: Hub) -> None:
    hub.alerts.silenced.add(0x8F21)


@rogue(
    "hub-suspends-wrong-device",
    "Names another device than the one that it suspends",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Alert 8F20 carries the hub's own identifier.",
)
def suspends_wrong_device(hub: Hub) -> None:
    band = band_of(hub)
    sound = band._report

    def report(code: int, *extras: Data) -> None:
        own = (Data(extras[0].tag, bytes(hub.device_id)),) if code == 0x8F20 else extras
        sound(code, *own)

    band._report = report


@rogue(
    "hub-discards-silently",
    "Throws messages away and tells nobody",
    requirement="SMETS-C-007",
    severity=Severity.MAJOR,
    deviation="Alert 8F2C is never sent.",
)
def discards_silently(hub: Hub) -> None:
    hub.alerts.silenced.add(0x8F2C)


@rogue(
    "hub-no-capacity-unsaid",
    "Turns a sub-GHz device away and tells nobody",
    requirement="SMETS-C-007",
    severity=Severity.MAJOR,
    deviation="Alert 8F2D is never sent.",
)
def no_capacity_unsaid(hub: Hub) -> None:
    hub.alerts.silenced.add(0x8F2D)
