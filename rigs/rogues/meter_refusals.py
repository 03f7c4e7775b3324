"""Meters that accept what they must refuse, or refuse in the wrong way."""

from __future__ import annotations

from assay.gbcs.acceptance import Check, Refused
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

Checks = tuple[tuple[str, Check], ...]
rogue = planter(Subject.METER)


def _without(checks: Checks, *names: str) -> Checks:
    return tuple(row for row in checks if row[0] not in names)


@rogue(
    "meter-accepts-replay",
    "Accepts a replayed command",
    requirement="GBCS-9.2-REPLAY",
    severity=Severity.CRITICAL,
    deviation="The counter of a command is not compared with the stored one.",
)
def accepts_replay(meter: Meter) -> None:
    meter.checks = _without(meter.checks, "counter")


@rogue(
    "meter-accepts-bad-mac",
    "Accepts a command with a wrong MAC",
    requirement="GBCS-9.1-AUTHENTICITY",
    severity=Severity.CRITICAL,
    deviation="The MAC of the access control broker is not verified.",
)
def accepts_bad_mac(meter: Meter) -> None:
    meter.checks = _without(meter.checks, "MAC")


@rogue(
    "meter-accepts-bad-signature",
    "Accepts a critical command with a wrong signature",
    requirement="GBCS-9.1-AUTHENTICITY",
    severity=Severity.CRITICAL,
    deviation="The signature of a critical command is not verified.",
)
def accepts_bad_signature(meter: Meter) -> None:
    meter.checks = _without(meter.checks, "signature")


@rogue(
    "meter-accepts-unprotected",
    "Accepts a command without signature and MAC",
    requirement="GBCS-9.1-AUTHENTICITY",
    severity=Severity.CRITICAL,
    deviation="Signature and MAC are verified where they are present, and not missed.",
)
def accepts_unprotected(meter: Meter) -> None:
    by_name = dict(meter.checks)
    lenient: dict[str, Check] = {
        "signature": lambda seen: by_name["signature"](seen) if seen.message.signature else None,
        "MAC": lambda seen: by_name["MAC"](seen) if seen.message.mac is not None else None,
    }
    sound = _without(meter.checks, "protection")
    meter.checks = tuple((name, lenient.get(name, check)) for name, check in sound)


@rogue(
    "meter-accepts-wrong-recipient",
    "Executes a command that names another recipient",
    requirement="GBCS-9.1-RECIPIENT",
    severity=Severity.CRITICAL,
    deviation="The recipient in the header is not compared with the meter's own identifier.",
)
def accepts_wrong_recipient(meter: Meter) -> None:
    meter.checks = _without(meter.checks, "recipient")


@rogue(
    "meter-accepts-role-without-authority",
    "Lets any party that it knows send any command",
    requirement="GBCS-9.1-AUTHORITY",
    severity=Severity.CRITICAL,
    deviation="The role of the originator is not compared with the roles of the use case.",
)
def accepts_role_without_authority(meter: Meter) -> None:
    meter.checks = _without(meter.checks, "authority")


@rogue(
    "meter-refusal-not-logged",
    "Leaves no trace of a refused command",
    requirement="GBCS-9.1-LOG",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry when a command is refused.",
)
def refusal_not_logged(meter: Meter) -> None:
    meter.refusal_code = lambda _: None


@rogue(
    "meter-refusal-logged-as-format",
    "Logs every refused command as a format error",
    requirement="GBCS-9.1-LOG",
    severity=Severity.MINOR,
    deviation="Whatever the reason, the security log says 8F1E.",
)
def refusal_logged_as_format(meter: Meter) -> None:
    meter.refusal_code = lambda _: 0x8F1E


@rogue(
    "meter-refusal-not-alerted",
    "Sends no alert for a refused command",
    requirement="GBCS-9.1-ALERT",
    severity=Severity.MAJOR,
    deviation="Alerts 8F30, 8F3D and 8F3E are never sent.",
)
def refusal_not_alerted(meter: Meter) -> None:
    meter.alerts.silenced |= {0x8F30, 0x8F3D, 0x8F3E}


@rogue(
    "meter-refused-command-moves-counter",
    "A refused command moves the stored counter",
    requirement="GBCS-9.2-COUNTER-KEPT",
    severity=Severity.CRITICAL,
    deviation="The counter of a command is stored before the command has been authenticated.",
)
def refused_command_moves_counter(meter: Meter) -> None:
    def store(refused: Refused) -> None:
        anchors = meter.credentials.anchors
        if refused.message is not None:
            for role in anchors.roles_of(refused.message.originator):
                anchors.counters[role] = refused.message.counter

    meter.on_refusal.append(store)


@rogue(
    "meter-answers-refused-command",
    "Answers a command that it refuses",
    requirement="GBCS-9.1-SILENCE",
    severity=Severity.MAJOR,
    deviation="A refused command gets an empty, unprotected response.",
)
def answers_refused_command(meter: Meter) -> None:
    def answer(refused: Refused) -> None:
        if refused.message is not None:
            meter.outbox.put(meter.build_response(refused.message, b"", at=None).to_octets())

    meter.on_refusal.append(answer)
