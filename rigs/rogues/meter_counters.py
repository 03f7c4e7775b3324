"""Meters that lose or mix replay counters, or are silent about commands that they refuse."""

from __future__ import annotations

from assay.gbcs.acceptance import Accepted
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.meter_credentials import unlogged
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-counters-lost-in-outage",
    "Forgets its replay counters in an outage",
    requirement="SMETS-E-202",
    severity=Severity.CRITICAL,
    deviation="After a loss of power every replay counter is zero.",
)
def counters_lost_in_outage(meter: Meter) -> None:
    counters = meter.credentials.anchors.counters
    meter.on_power_up.append(lambda: counters.update(dict.fromkeys(counters, 0)))


@rogue(
    "meter-counters-lost-with-firmware",
    "New firmware begins with new counters",
    requirement="SMETS-E-202",
    severity=Severity.CRITICAL,
    deviation="After an activation of firmware every replay counter is zero.",
)
def counters_lost_with_firmware(meter: Meter) -> None:
    counters = meter.credentials.anchors.counters
    meter.firmware.on_version.append(lambda _: counters.update(dict.fromkeys(counters, 0)))


@rogue(
    "meter-one-counter-for-all",
    "Keeps one replay counter for all parties",
    requirement="GBCS-9.2-COUNTER-KEPT",
    severity=Severity.CRITICAL,
    deviation="A command of one party moves the counters of all.",
)
def one_counter_for_all(meter: Meter) -> None:
    sound, counters = meter.remember_counter, meter.credentials.anchors.counters

    def remember(command: Accepted) -> None:
        sound(command)
        counters.update(dict.fromkeys(counters, command.message.counter))

    meter.remember_counter = remember


@rogue(
    "meter-read-moves-counter",
    "A read moves the replay counter",
    requirement="GBCS-9.2-COUNTER-KEPT",
    severity=Severity.MAJOR,
    deviation="The counter of every command is stored, whether it is protected by it or not.",
)
def read_moves_counter(meter: Meter) -> None:
    def remember(command: Accepted) -> None:
        meter.credentials.anchors.counters[command.role] = command.message.counter

    meter.remember_counter = remember


@rogue(
    "meter-silent-about-unsupported",
    "Says nothing of a command that it does not know",
    requirement="GBCS-9.1-UNSUPPORTED",
    severity=Severity.MINOR,
    deviation="No alert 8F85 is sent.",
)
def silent_about_unsupported(meter: Meter) -> None:
    meter.security.unsupported.is_told = False


@rogue(
    "meter-tells-anyone-of-unsupported",
    "Tells anyone of commands that it does not know",
    requirement="GBCS-9.1-UNSUPPORTED",
    severity=Severity.MAJOR,
    deviation="Alert 8F85 is sent for a command that is not authentic.",
)
def tells_anyone_of_unsupported(meter: Meter) -> None:
    meter.security.unsupported.is_authentic = lambda _: True


@rogue(
    "meter-answers-unsupported",
    "Answers a command that it does not know",
    requirement="GBCS-9.1-UNSUPPORTED",
    severity=Severity.MINOR,
    deviation="A command of an unknown use case gets an empty response.",
)
def answers_unsupported(meter: Meter) -> None:
    meter.serve({0x007F: lambda _: b""})


@rogue(
    "meter-unusual-not-logged",
    "Does not count bad commands",
    requirement="SMETS-E-182",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F60.",
)
def unusual_not_logged(meter: Meter) -> None:
    unlogged(meter, 0x8F60)


@rogue(
    "meter-unusual-too-soon",
    "Takes two bad commands for many",
    requirement="SMETS-E-182",
    severity=Severity.MINOR,
    deviation="Two bad commands leave an entry 8F60.",
)
def unusual_too_soon(meter: Meter) -> None:
    meter.security.unusual.limit = 2
