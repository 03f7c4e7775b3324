"""Meters that replace the credentials of parties, or their floors, wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from assay.gbcs.asn1.credentials import CredentialsStatus
from assay.gbcs.trust_anchors import CellKey, CellName, Role
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.security.update import CredentialUpdate, Floor, Replacement, UpdateOutcome
from rigs.devices.security.updates import UPDATED
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_SUCCESS = CredentialsStatus.SUCCESS


def unlogged(meter: Meter, *codes: int) -> None:
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
    unlogged(meter, UPDATED)


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
