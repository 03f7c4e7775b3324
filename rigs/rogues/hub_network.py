"""Hubs whose networks, tunnels, stores or logs are not what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assay.gbcs.dlms.data import Data
from assay.gbcs.identifiers import Eui64
from rigs.devices.hub import VirtualHub as Hub
from rigs.devices.hub.device_log import LogEntry
from rigs.devices.hub.formation import Network
from rigs.devices.hub.images import TransferResult
from rigs.devices.hub.sub_ghz import SubGhzBand, SubGhzSettings
from rigs.devices.hub.sub_ghz.band import SEARCHES_FAILED
from rigs.devices.hub.sub_ghz.scans import Assessment, Trigger
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.HUB)


def _band(hub: Hub) -> SubGhzBand:
    if hub.sub_ghz is None:
        raise ValueError("expected a hub with a sub-GHz radio, this one has none")
    return hub.sub_ghz


# The device log.


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


# Formation.


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


# Outages and time.


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


# Tunnels.


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


# Stores and logs.


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


# Sub-GHz.


@rogue(
    "hub-sub-ghz-not-kept",
    "Acknowledges a sub-GHz configuration and keeps its own",
    requirement="SMETS-C-006",
    severity=Severity.MAJOR,
    deviation="What is read back is what was there before.",
)
def sub_ghz_not_kept(hub: Hub) -> None:
    band = _band(hub)
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
    band = _band(hub)
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
    band = _band(hub)
    band._quietest = lambda: band.channel  # type: ignore[method-assign]


@rogue(
    "hub-channel-changed-for-nothing",
    "Changes to a channel that is no better",
    requirement="SMETS-C-007",
    severity=Severity.MINOR,
    deviation="Every scan changes the channel.",
)
def channel_changed_for_nothing(hub: Hub) -> None:
    band = _band(hub)
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
    band = _band(hub)
    band._after = lambda _span, step: step()  # type: ignore[method-assign,assignment]


@rogue(
    "hub-channel-log-not-written",
    "Logs only the channel of its formation",
    requirement="SMETS-C-014",
    severity=Severity.MINOR,
    deviation="A change of channel is not in the channel log.",
)
def channel_log_not_written(hub: Hub) -> None:
    _band(hub)._note_channel = lambda: None  # type: ignore[method-assign]


@rogue(
    "hub-channel-log-empty",
    "Has no channel log before the first change",
    requirement="SMETS-C-014",
    severity=Severity.MINOR,
    deviation="The formation of the network is not in the channel log.",
)
def channel_log_empty(hub: Hub) -> None:
    _band(hub).channel_log.clear()


@rogue(
    "hub-channel-of-formation",
    "Says for ever the channel of its formation",
    requirement="SMETS-C-014",
    severity=Severity.MAJOR,
    deviation="The channel that is read does not follow a change.",
)
def channel_of_formation(hub: Hub) -> None:
    band = _band(hub)
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
    band = _band(hub)
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
    scans = _band(hub).scans
    scans.per_day = scans.commands_per_day = 1000


@rogue(
    "hub-scans-beside-terminal",
    "Scans while a terminal is on the network",
    requirement="SMETS-C-008",
    severity=Severity.MINOR,
    deviation="An installer loses the network in the middle of its work.",
)
def scans_beside_terminal(hub: Hub) -> None:
    scans = _band(hub).scans
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
    _band(hub).duty.airtime_of = lambda _: timedelta(0)


@rogue(
    "hub-duty-counts-octets-twice",
    "Is limited at half of what is allowed",
    requirement="SMETS-C-007",
    severity=Severity.MAJOR,
    deviation="The time on air of a message is counted twice.",
)
def duty_counts_twice(hub: Hub) -> None:
    duty = _band(hub).duty
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
    band = _band(hub)
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


# Terminals.


@rogue(
    "hub-window-of-a-day",
    "Lets terminals in for a day",
    requirement="SMETS-C-010",
    severity=Severity.CRITICAL,
    deviation="The window for terminals closes 24 hours after power-on.",
)
def window_of_a_day(hub: Hub) -> None:
    hub.hand_held_window.length = timedelta(days=1)


@rogue(
    "hub-window-of-half-an-hour",
    "Lets terminals in for half an hour",
    requirement="SMETS-C-010",
    severity=Severity.MAJOR,
    deviation="The window for terminals closes 30 minutes after power-on.",
)
def window_of_half_an_hour(hub: Hub) -> None:
    hub.hand_held_window.length = timedelta(minutes=30)


@rogue(
    "hub-window-once",
    "Opens the window for terminals at its first power-on only",
    requirement="SMETS-C-010",
    severity=Severity.MAJOR,
    deviation="After an interruption no terminal is let in.",
)
def window_once(hub: Hub) -> None:
    hub.hand_held_window.power_off = lambda: None  # type: ignore[method-assign]
    sound, seen = hub.hand_held_window.power_on, [0]

    def power_on() -> None:
        seen[0] += 1
        if seen[0] == 1:
            sound()

    hub.hand_held_window.power_on = power_on  # type: ignore[method-assign]


@rogue(
    "hub-no-terminals",
    "Lets no terminal in",
    requirement="SMETS-T-101",
    severity=Severity.MAJOR,
    deviation="A terminal gets no answer to its key exchange.",
)
def no_terminals(hub: Hub) -> None:
    hub.admit_hand_held = lambda _device, _code: None  # type: ignore[method-assign,assignment]


@rogue(
    "hub-terminal-not-backed-up",
    "Does not tell that a terminal is in its log",
    requirement="SMETS-T-101",
    severity=Severity.MAJOR,
    deviation="While a terminal is on the network no backup is sent.",
)
def terminal_not_backed_up(hub: Hub) -> None:
    def changed() -> None:
        if not any(entry.is_hand_held for entry in hub.device_log.entries):
            sound()

    (sound,) = hub.device_log.on_change
    hub.device_log.on_change[:] = [changed]


@rogue(
    "hub-terminal-window-ignored",
    "Lets a terminal in at any time",
    requirement="SMETS-T-103",
    severity=Severity.CRITICAL,
    deviation="The window for terminals never closes.",
)
def terminal_window_ignored(hub: Hub) -> None:
    hub.hand_held_window.length = timedelta(days=3650)


@rogue(
    "hub-terminal-in-history",
    "Keeps a terminal in its history",
    requirement="SMETS-T-104",
    severity=Severity.MINOR,
    deviation="The historic log has the terminal when it has left.",
)
def terminal_in_history(hub: Hub) -> None:
    sound = hub.historic_log.keep
    hub.historic_log.keep = lambda entry: sound(  # type: ignore[method-assign]
        replace(entry, is_hand_held=False)
    )


@rogue(
    "hub-local-responses-over-wan",
    "Sends the answer to a terminal's command over the WAN",
    requirement="SMETS-T-102",
    severity=Severity.MAJOR,
    deviation="A terminal never gets a response.",
)
def local_responses_over_wan(hub: Hub) -> None:
    hub.routing.local.terminal_of = lambda _: None  # type: ignore[method-assign,assignment]


@rogue(
    "hub-local-commands-dropped",
    "Takes no commands of a terminal",
    requirement="SMETS-T-102",
    severity=Severity.MAJOR,
    deviation="A command that a terminal hands over is dropped.",
)
def local_commands_dropped(hub: Hub) -> None:
    hub.routing.local.take = lambda _terminal, _message: False  # type: ignore[method-assign,assignment]


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
    _band(hub).lost_meter.searches = 1


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
    band = _band(hub)
    sound = band.request_scan
    band.request_scan = lambda trigger: sound(  # type: ignore[method-assign]
        Trigger.REMOTE_COMMAND if trigger is Trigger.GSME_MISSING_FOR_A_DAY else trigger
    )
