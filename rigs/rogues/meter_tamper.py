"""Meters that miss tampering, tell it wrongly, or answer it wrongly."""

from __future__ import annotations

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.tamper import EVENTS
from rigs.premises_tamper import Interference
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_COVERS = range(0x8F73, 0x8F79)


@rogue(
    "meter-terminal-cover-unseen",
    "Has no sensor on its terminal cover",
    requirement="SMETS-E-180",
    severity=Severity.CRITICAL,
    deviation="The removal of the terminal cover is never seen.",
)
def terminal_cover_unseen(meter: Meter) -> None:
    meter.tamper.is_seen = lambda what: what is not Interference.TERMINAL_COVER


@rogue(
    "meter-magnet-unseen",
    "Does not notice a magnet",
    requirement="SMETS-E-180",
    severity=Severity.CRITICAL,
    deviation="A strong magnetic field is never seen.",
)
def magnet_unseen(meter: Meter) -> None:
    meter.tamper.is_seen = lambda what: what is not Interference.MAGNET


@rogue(
    "meter-tamper-unseen-unpowered",
    "Is blind without supply",
    requirement="SMETS-E-180",
    severity=Severity.CRITICAL,
    deviation="Tampering while the supply is lost is never reported.",
)
def tamper_unseen_unpowered(meter: Meter) -> None:
    meter.tamper.is_seen_unpowered = lambda _what: False


@rogue(
    "meter-tamper-unreported",
    "Tells nobody of a cover",
    requirement="SMETS-E-180",
    severity=Severity.CRITICAL,
    deviation="Alerts 8F73 to 8F78 are never sent.",
)
def tamper_unreported(meter: Meter) -> None:
    meter.alerts.silenced |= set(_COVERS)


@rogue(
    "meter-tamper-reported-once",
    "Reports the first opening of a cover and no other",
    requirement="SMETS-E-180",
    severity=Severity.MAJOR,
    deviation="Each interference is seen once in the life of the meter.",
)
def tamper_reported_once(meter: Meter) -> None:
    began: list[Interference] = []

    def is_seen(what: Interference) -> bool:
        began.append(what)
        return began.count(what) <= 2  # a beginning and an end

    meter.tamper.is_seen = is_seen


@rogue(
    "meter-covers-exchanged",
    "Takes one cover for another",
    requirement="SMETS-E-180",
    severity=Severity.MINOR,
    deviation="Meter cover and terminal cover have each other's code.",
)
def covers_exchanged(meter: Meter) -> None:
    one, other = Interference.METER_COVER, Interference.TERMINAL_COVER
    meter.tamper.events = {**EVENTS, one: EVENTS[other], other: EVENTS[one]}


@rogue(
    "meter-tamper-not-in-security-log",
    "Keeps no record of a cover",
    requirement="SMETS-E-180",
    severity=Severity.MAJOR,
    deviation="The security log gets no entries 8F73 to 8F78.",
)
def tamper_not_in_security_log(meter: Meter) -> None:
    meter.security_log.is_recorded = lambda code: code not in _COVERS


@rogue(
    "meter-tamper-end-unlogged",
    "Keeps no record of a cover that was closed",
    requirement="SMETS-E-180",
    severity=Severity.MINOR,
    deviation="The event log gets no entries about the end of an interference.",
)
def tamper_end_unlogged(meter: Meter) -> None:
    ends = {event.end for event in EVENTS.values()}
    meter.event_log.is_recorded = lambda code: code not in ends


@rogue(
    "meter-hub-removal-unseen",
    "Does not notice that its hub is taken off",
    requirement="SMETS-E-181",
    severity=Severity.MAJOR,
    deviation="The removal of the hub from the meter, and its return, are never seen.",
)
def hub_removal_unseen(meter: Meter) -> None:
    meter.tamper.is_seen = lambda what: what is not Interference.HUB_REMOVED


@rogue(
    "meter-never-locks",
    "Leaves the supply on while somebody tampers",
    requirement="SMETS-E-126",
    severity=Severity.CRITICAL,
    deviation="With the supply tamper state Locked the supply stays as it is.",
)
def never_locks(meter: Meter) -> None:
    meter.tamper.is_locking = lambda _chosen: False


@rogue(
    "meter-lock-unreported",
    "Locks the supply and says nothing",
    requirement="SMETS-E-126",
    severity=Severity.MAJOR,
    deviation="Alert 81BE is never sent.",
)
def lock_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x81BE)


@rogue(
    "meter-lock-opened-by-button",
    "Lets the consumer free a locked supply",
    requirement="SMETS-E-126",
    severity=Severity.CRITICAL,
    deviation="The button frees and closes a supply that tampering has locked.",
)
def lock_opened_by_button(meter: Meter) -> None:
    def press() -> None:
        meter.supply.unlock()
        meter.supply.enable()

    meter.supply.press = press


@rogue(
    "meter-lock-for-good",
    "Keeps a supply locked against its supplier",
    requirement="SMETS-E-126",
    severity=Severity.CRITICAL,
    deviation="No command of the supplier frees a supply that tampering has locked.",
)
def lock_for_good(meter: Meter) -> None:
    meter.supply.unlock = lambda: None  # type: ignore[method-assign]


@rogue(
    "meter-always-locks",
    "Locks a supply that was to stay unchanged",
    requirement="SMETS-E-127",
    severity=Severity.CRITICAL,
    deviation="With the supply tamper state Unchanged the supply is locked all the same.",
)
def always_locks(meter: Meter) -> None:
    meter.tamper.is_locking = lambda _chosen: True
