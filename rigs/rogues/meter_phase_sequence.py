"""Meters that judge, tell or log the sequence of phases wrongly."""

from __future__ import annotations

from decimal import Decimal

from rigs.devices.alert_settings import Behaviour
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.phase_sequence import WRONG_SEQUENCE
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-phase-sequence-untold",
    "Says nothing of phases in the wrong order",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="No alert 81B7.",
)
def phase_sequence_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(WRONG_SEQUENCE)


@rogue(
    "meter-phase-sequence-always-wrong",
    "Takes every order of the phases for wrong",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="Alert 81B7 follows each start.",
)
def phase_sequence_always_wrong(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.report(WRONG_SEQUENCE))


@rogue(
    "meter-phase-sequence-to-the-degree",
    "Takes a phase that is a little off for another",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="An angle may be ten degrees off and no more.",
)
def phase_sequence_to_the_degree(meter: Meter) -> None:
    meter.phase_sequence.off = Decimal(10)


@rogue(
    "meter-phase-sequence-told-once",
    "Tells a wrong order of the phases once in its life",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="After the first alert 81B7 there is none, whatever came between.",
)
def phase_sequence_told_once(meter: Meter) -> None:
    told: list[int] = []
    sound = meter.phase_sequence.report

    def report(code: int) -> object:
        told.append(code)
        return sound(code) if len(told) == 1 else None

    meter.phase_sequence.report = report


@rogue(
    "meter-phase-sequence-unlogged",
    "Keeps no record of phases in the wrong order",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="The power event log gets no entry 81B7.",
)
def phase_sequence_unlogged(meter: Meter) -> None:
    sound = meter.power_event_log.is_recorded
    meter.power_event_log.is_recorded = lambda code: code != WRONG_SEQUENCE and sound(code)


@rogue(
    "meter-phase-sequence-always-alerted",
    "Sends alert 81B7 though it was turned off",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="The supplier's setting of that alert is not followed.",
)
def phase_sequence_always_alerted(meter: Meter) -> None:
    sound = meter.alert_settings.choose

    def choose(behaviour: Behaviour, code: int, is_enabled: bool) -> None:
        sound(behaviour, code, is_enabled or code == WRONG_SEQUENCE)

    meter.alert_settings.choose = choose  # type: ignore[method-assign]
