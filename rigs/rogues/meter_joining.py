"""Meters that mishandle their device log."""

from __future__ import annotations

from dataclasses import replace

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.envelope import Cra
from assay.gbcs.identifiers import Eui64
from rigs.devices.device_type import DeviceType
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.joining import JOINED, NOT_UNJOINED, UNJOIN_A_OR_C, UNJOINED
from rigs.devices.peers import Peer
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_REQUIREMENT = "SMETS-D-007"


def _unlogged(meter: Meter, *codes: int) -> None:
    sound = meter.is_logged_in
    meter.is_logged_in = lambda code, log: code not in codes and sound(code, log)


@rogue(
    "meter-join-not-kept",
    "Acknowledges a join and does not keep it",
    requirement=_REQUIREMENT,
    severity=Severity.MAJOR,
    deviation="Joined devices are not entered in the device log.",
)
def join_not_kept(meter: Meter) -> None:
    def enter(peer: Peer) -> None:
        meter.security.device_log.find(peer.device_id)

    meter.security.device_log.enter = enter  # type: ignore[method-assign]


@rogue(
    "meter-join-as-other-type",
    "Enters a device of another type",
    requirement=_REQUIREMENT,
    severity=Severity.CRITICAL,
    deviation="A load switch is entered as a display, with the rights of one.",
)
def join_as_other_type(meter: Meter) -> None:
    log = meter.security.device_log
    sound = log.enter

    def enter(peer: Peer) -> None:
        is_switch = peer.device_type is DeviceType.HCALCS
        sound(replace(peer, device_type=DeviceType.PPMID) if is_switch else peer)

    log.enter = enter  # type: ignore[method-assign]


@rogue(
    "meter-joins-once",
    "Refuses to join a device once more",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="A join with a device that is in the log fails.",
)
def joins_once(meter: Meter) -> None:
    log = meter.security.device_log
    meter.security.joins.is_written = lambda peer: log.find(peer.device_id) is None


@rogue(
    "meter-join-not-logged",
    "Leaves no trace of a join",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="The security log gets no entry 8F49.",
)
def join_not_logged(meter: Meter) -> None:
    _unlogged(meter, JOINED)


@rogue(
    "meter-unjoin-not-logged",
    "Leaves no trace of an unjoin",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="The security log gets no entry 8F4B.",
)
def unjoin_not_logged(meter: Meter) -> None:
    _unlogged(meter, UNJOINED)


@rogue(
    "meter-failed-unjoin-not-logged",
    "Leaves no trace of an unjoin that failed",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="The security log gets no entry 8F4A.",
)
def failed_unjoin_not_logged(meter: Meter) -> None:
    _unlogged(meter, NOT_UNJOINED)


@rogue(
    "meter-unjoin-not-done",
    "Acknowledges an unjoin and goes on",
    requirement=_REQUIREMENT,
    severity=Severity.CRITICAL,
    deviation="A device that was unjoined stays in the log.",
)
def unjoin_not_done(meter: Meter) -> None:
    log = meter.security.device_log

    def remove(device_id: Eui64) -> bool:
        return log.find(device_id) is not None

    log.remove = remove  # type: ignore[method-assign]


@rogue(
    "meter-unjoins-everybody",
    "Unjoins everybody at once",
    requirement=_REQUIREMENT,
    severity=Severity.MAJOR,
    deviation="An unjoin empties the device log.",
)
def unjoins_everybody(meter: Meter) -> None:
    log = meter.security.device_log

    def remove(device_id: Eui64) -> bool:
        is_known = log.find(device_id) is not None
        log.replace(())
        return is_known

    log.remove = remove  # type: ignore[method-assign]


@rogue(
    "meter-unjoins-strangers",
    "Answers every unjoin with success",
    requirement=_REQUIREMENT,
    severity=Severity.MINOR,
    deviation="An unjoin of a device that was never joined succeeds.",
)
def unjoins_strangers(meter: Meter) -> None:
    log = meter.security.device_log

    def unjoin(command: Accepted) -> bytes:
        log.remove(Eui64.from_text(codec.decode_message(command.message).value))
        meter.report(UNJOINED)
        return codec.build(UNJOIN_A_OR_C, Cra.RESPONSE, "success")

    meter.serve({UNJOIN_A_OR_C: unjoin})


@rogue(
    "meter-device-log-lost-in-outage",
    "Forgets its devices in an outage",
    requirement=_REQUIREMENT,
    severity=Severity.MAJOR,
    deviation="After a loss of power the device log is empty.",
)
def device_log_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.security.device_log.replace(()))


@rogue(
    "meter-device-log-wraps",
    "Lets the oldest device go for a new one",
    requirement=_REQUIREMENT,
    severity=Severity.MAJOR,
    deviation="A device that joins when the log is full takes the place of the first.",
)
def device_log_wraps(meter: Meter) -> None:
    log, sound = meter.security.device_log, meter.security.device_log.has_room_for

    def has_room_for(kind: DeviceType) -> bool:
        while not sound(kind):
            log.remove(log.peers[0].device_id)
        return True

    log.has_room_for = has_room_for


@rogue(
    "meter-takes-no-type-2",
    "Takes no device of type 2",
    requirement=_REQUIREMENT,
    severity=Severity.MAJOR,
    deviation="A join by method B finds no room in the device log.",
)
def takes_no_type_2(meter: Meter) -> None:
    sound = meter.security.device_log.has_room_for
    meter.security.device_log.has_room_for = lambda kind: (
        kind is not DeviceType.TYPE_2 and sound(kind)
    )


@rogue(
    "meter-log-without-end",
    "Takes any number of devices",
    requirement="HAN-LIMITS",
    severity=Severity.MINOR,
    deviation="No place of the device log is the last.",
)
def log_without_end(meter: Meter) -> None:
    meter.security.device_log.has_room_for = lambda _: True


@rogue(
    "meter-log-of-eleven-alike",
    "Counts all devices alike",
    requirement="HAN-LIMITS",
    severity=Severity.MINOR,
    deviation="The device log has eleven places for whatever comes.",
)
def log_of_eleven_alike(meter: Meter) -> None:
    log = meter.security.device_log
    log.has_room_for = lambda _: len(log.peers) < 11


@rogue(
    "meter-type-2-takes-places",
    "Lets displays of type 1 fill the house",
    requirement="HAN-LIMITS",
    severity=Severity.MINOR,
    deviation="Devices of both types share seven places.",
)
def type_2_takes_places(meter: Meter) -> None:
    log, sound = meter.security.device_log, meter.security.device_log.has_room_for
    log.has_room_for = lambda kind: len(log.peers) < 7 and sound(kind)
