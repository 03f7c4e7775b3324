"""Meters that mishandle credentials: those of parties, their own, and replay counters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from assay.gbcs.acceptance import Accepted
from assay.gbcs.asn1 import codec
from assay.gbcs.asn1.credentials import CredentialsStatus
from assay.gbcs.envelope import Cra
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.security.own_keys import UPDATE
from rigs.devices.security.update import CredentialUpdate, Floor, Replacement, UpdateOutcome
from rigs.devices.security.updates import UPDATED
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_SUCCESS = CredentialsStatus.SUCCESS


def _unlogged(meter: Meter, *codes: int) -> None:
    sound = meter.is_logged_in
    meter.is_logged_in = lambda code, log: code not in codes and sound(code, log)


def _believes(meter: Meter, *statuses: CredentialsStatus) -> None:
    """What is wrong in one of these ways is taken for good."""
    sound = meter.security.updates.judge

    def judge(one: Replacement, update: CredentialUpdate) -> CredentialsStatus:
        status = sound(one, update)
        return _SUCCESS if status in statuses else status

    meter.security.updates.judge = judge


@rogue(
    "meter-keeps-old-credentials",
    "Acknowledges new credentials and keeps the old",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="A replacement of a party's certificates is answered with success and not made.",
)
def keeps_old_credentials(meter: Meter) -> None:
    meter.security.updates.is_replaced = lambda _: False


@rogue(
    "meter-keeps-signing-key",
    "Keeps the key that signatures are verified with",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="Of new certificates those for signatures are not taken.",
)
def keeps_signing_key(meter: Meter) -> None:
    meter.security.updates.is_replaced = lambda name: name.key is not CellKey.SIGNATURE


@rogue(
    "meter-replacement-empties-cell",
    "Empties a cell when it is replaced",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="A cell for signatures is empty after its replacement.",
)
def replacement_empties_cell(meter: Meter) -> None:
    def is_emptied(name: CellName) -> bool:
        return name.key is CellKey.SIGNATURE

    meter.credentials.is_cell_emptied = is_emptied


@rogue(
    "meter-replaces-in-part",
    "Takes the good part of a bad replacement",
    requirement="SMETS-E-203",
    severity=Severity.CRITICAL,
    deviation="Of a replacement with a bad certificate the good ones are taken.",
)
def replaces_in_part(meter: Meter) -> None:
    meter.security.updates.is_committed = lambda _: True


@rogue(
    "meter-accepts-expired-certificate",
    "Accepts a certificate that has expired",
    requirement="SMETS-E-203",
    severity=Severity.CRITICAL,
    deviation="The validity of a new certificate is not compared with the time.",
)
def accepts_expired_certificate(meter: Meter) -> None:
    updates = meter.security.updates
    sound = updates.judge
    updates.judge = lambda one, update: sound(one, replace(update, is_time_checked=False))


@rogue(
    "meter-accepts-foreign-certificate",
    "Accepts a certificate of any authority",
    requirement="SMETS-E-203",
    severity=Severity.CRITICAL,
    deviation="The path of a new certificate to the root is not followed.",
)
def accepts_foreign_certificate(meter: Meter) -> None:
    _believes(meter, CredentialsStatus.NO_TRUST_ANCHOR)


@rogue(
    "meter-accepts-any-certificate",
    "Accepts a certificate for another use",
    requirement="SMETS-E-203",
    severity=Severity.CRITICAL,
    deviation="Use and validity of a new certificate are not looked at.",
)
def accepts_any_certificate(meter: Meter) -> None:
    _believes(meter, CredentialsStatus.BAD_CERTIFICATE)


@rogue(
    "meter-mixes-parties",
    "Lets two parties share a role",
    requirement="SMETS-E-203",
    severity=Severity.CRITICAL,
    deviation="Cells of one role may be of different parties.",
)
def mixes_parties(meter: Meter) -> None:
    meter.security.updates.mixed_roles = lambda _: frozenset()


@rogue(
    "meter-replacement-not-logged",
    "Leaves no trace of new credentials",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F70.",
)
def replacement_not_logged(meter: Meter) -> None:
    _unlogged(meter, UPDATED)


@rogue(
    "meter-logs-failed-replacement-as-done",
    "Logs a replacement that failed as done",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="The security log gets an entry 8F70 whatever became of a replacement.",
)
def logs_failed_replacement_as_done(meter: Meter) -> None:
    def is_committed(outcome: UpdateOutcome) -> bool:
        if not outcome.is_success:
            meter.report(UPDATED)
        return outcome.is_success

    meter.security.updates.is_committed = is_committed


@rogue(
    "meter-dated-credentials-early",
    "Replaces credentials before their date",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="A dated replacement is made ninety minutes before its date.",
)
def dated_credentials_early(meter: Meter) -> None:
    meter.security.updates.is_due_at = lambda at: at - timedelta(minutes=90)


@rogue(
    "meter-dated-credentials-late",
    "Replaces credentials a day late",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="A dated replacement is made a day after its date.",
)
def dated_credentials_late(meter: Meter) -> None:
    meter.security.updates.is_due_at = lambda at: at + timedelta(days=1)


@rogue(
    "meter-cancelled-credentials-come",
    "Replaces credentials although that was cancelled",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="The cancellation of a dated replacement is acknowledged and not heeded.",
)
def cancelled_credentials_come(meter: Meter) -> None:
    meter.security.updates.is_dropped = lambda _: False


@rogue(
    "meter-dated-failure-untold",
    "Says nothing of a dated replacement that failed",
    requirement="SMETS-E-203",
    severity=Severity.MAJOR,
    deviation="No alert 8F67 is sent.",
)
def dated_failure_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(0x8F67)


@rogue(
    "meter-dated-replacement-untold",
    "Says nothing of a dated replacement",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="No alert of message code 00CB is sent.",
)
def dated_replacement_untold(meter: Meter) -> None:
    meter.alerts.silenced |= {0x8F66, 0x8F67}


@rogue(
    "meter-ignores-floors",
    "Does not reset the counter of a new party",
    requirement="SMETS-E-201",
    severity=Severity.CRITICAL,
    deviation="The counter of a role stays where it was when its credentials are replaced.",
)
def ignores_floors(meter: Meter) -> None:
    meter.security.updates.apply_floor = lambda _: None


@rogue(
    "meter-floor-never-lower",
    "Never lowers a counter",
    requirement="SMETS-E-201",
    severity=Severity.CRITICAL,
    deviation="A floor below the stored counter is not taken.",
)
def floor_never_lower(meter: Meter) -> None:
    updates, counters = meter.security.updates, meter.credentials.anchors.counters
    sound = updates.apply_floor

    def apply(floor: Floor) -> None:
        before = counters.get(Role.SUPPLIER, 0)
        if floor.counter is None or floor.counter > before:
            sound(floor)

    updates.apply_floor = apply


def _floored(meter: Meter, change: Callable[[int], int]) -> None:
    updates = meter.security.updates
    sound = updates.apply_floor

    def apply(floor: Floor) -> None:
        counter = change(floor.counter) if floor.counter is not None else None
        sound(replace(floor, counter=counter))

    updates.apply_floor = apply


@rogue(
    "meter-floor-one-more",
    "Sets a counter one too high",
    requirement="SMETS-E-201",
    severity=Severity.MAJOR,
    deviation="A counter begins one above the floor that was given.",
)
def floor_one_more(meter: Meter) -> None:
    _floored(meter, lambda counter: counter + 1)


@rogue(
    "meter-floor-in-32-bits",
    "Loses the upper half of a counter",
    requirement="SMETS-E-201",
    severity=Severity.CRITICAL,
    deviation="Of a floor 32 bits are kept.",
)
def floor_in_32_bits(meter: Meter) -> None:
    _floored(meter, lambda counter: counter & 0xFFFFFFFF)


@rogue(
    "meter-floor-for-all",
    "Resets the counters of everybody",
    requirement="SMETS-E-201",
    severity=Severity.CRITICAL,
    deviation="A floor for one role is taken for all.",
)
def floor_for_all(meter: Meter) -> None:
    updates, counters = meter.security.updates, meter.credentials.anchors.counters
    sound = updates.apply_floor

    def apply(floor: Floor) -> None:
        sound(floor)
        counters.update(dict.fromkeys(counters, floor.counter or 0))

    updates.apply_floor = apply


@rogue(
    "meter-obeys-who-has-gone",
    "Carries out what a party dated that has gone since",
    requirement="SMETS-E-203",
    severity=Severity.MAJOR,
    deviation="Dated commands of a party that was replaced are carried out.",
)
def obeys_who_has_gone(meter: Meter) -> None:
    meter.security.updates.on_replaced.clear()
    meter.firmware.verifier.checks = ()


@rogue(
    "meter-new-key-never-used",
    "Acknowledges a certificate for its new key and keeps the old key",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="The key pair in use is never changed.",
)
def new_key_never_used(meter: Meter) -> None:
    meter.security.own_keys.change = lambda _certificate, _key: True


@rogue(
    "meter-takes-any-own-certificate",
    "Answers success to any certificate for itself",
    requirement="SMETS-E-200",
    severity=Severity.CRITICAL,
    deviation="A certificate for its own key is not compared with the key, nor with its identity.",
)
def takes_any_own_certificate(meter: Meter) -> None:
    def succeed(command: Accepted) -> bytes:
        return codec.build(command.use_case.code, Cra.RESPONSE, "success")

    meter.serve({UPDATE: succeed})


@rogue(
    "meter-gives-first-certificate",
    "Gives its first certificate for ever",
    requirement="SMETS-E-200",
    severity=Severity.MAJOR,
    deviation="Its certificate read back is the one from the factory.",
)
def gives_first_certificate(meter: Meter) -> None:
    first = dict(meter.credentials.certificates)
    meter.security.own_keys.provide = first.get


@rogue(
    "meter-new-key-not-logged",
    "Leaves no trace of its new key",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F4D or 8F4F.",
)
def new_key_not_logged(meter: Meter) -> None:
    _unlogged(meter, 0x8F4D, 0x8F4F)


@rogue(
    "meter-failed-key-not-logged",
    "Leaves no trace of a certificate that it refuses",
    requirement="SMETS-E-204",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F4C or 8F4E.",
)
def failed_key_not_logged(meter: Meter) -> None:
    _unlogged(meter, 0x8F4C, 0x8F4E)


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
    _unlogged(meter, 0x8F60)


@rogue(
    "meter-unusual-too-soon",
    "Takes two bad commands for many",
    requirement="SMETS-E-182",
    severity=Severity.MINOR,
    deviation="Two bad commands leave an entry 8F60.",
)
def unusual_too_soon(meter: Meter) -> None:
    meter.security.unusual.limit = 2
