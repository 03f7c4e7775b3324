"""Meters whose logs forget, or whose alert settings do not do what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rigs.devices.alert_settings import Behaviour
from rigs.devices.alerts import ALERTS
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.logs import Entry, Log
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_COVERS = range(0x8F73, 0x8F79)


def _cleared_too(meter: Meter, log: Log) -> None:
    """This log with the event log."""

    def left(_entries: tuple[Entry, ...]) -> Iterable[Entry]:
        log.clear()
        return ()

    meter.event_log.after_clearing = left


@rogue(
    "meter-event-log-short",
    "Holds fewer events than it must",
    requirement="SMETS-E-170",
    severity=Severity.MINOR,
    deviation="The event log holds ninety-nine entries.",
)
def event_log_short(meter: Meter) -> None:
    meter.event_log.size = 99


@rogue(
    "meter-event-log-stops",
    "Stops when its event log is full",
    requirement="SMETS-E-174",
    severity=Severity.MAJOR,
    deviation="With a hundred entries in the event log new ones are dropped.",
)
def event_log_stops(meter: Meter) -> None:
    meter.event_log.is_recorded = lambda _code: len(meter.event_log.entries) < 100


@rogue(
    "meter-power-event-log-short",
    "Holds fewer power events than it must",
    requirement="SMETS-E-172",
    severity=Severity.MINOR,
    deviation="The power event log holds fifty entries.",
)
def power_event_log_short(meter: Meter) -> None:
    meter.power_event_log.size = 50


@rogue(
    "meter-controller-log-short",
    "Holds fewer actions of controllers than it must",
    requirement="SMETS-E-173",
    severity=Severity.MINOR,
    deviation="The log of the auxiliary controllers holds sixty-four entries.",
)
def controller_log_short(meter: Meter) -> None:
    meter.auxiliary.log.size = 64


@rogue(
    "meter-event-log-not-cleared",
    "Keeps an event log that it was told to clear",
    requirement="SMETS-E-170",
    severity=Severity.MINOR,
    deviation="Clear Event Log is acknowledged and has no effect.",
)
def event_log_not_cleared(meter: Meter) -> None:
    meter.event_log.after_clearing = lambda entries: entries


@rogue(
    "meter-clearing-not-logged",
    "Leaves no trace of a cleared log",
    requirement="SMETS-E-170",
    severity=Severity.MAJOR,
    deviation="The security log gets no entry 8F52.",
)
def clearing_not_logged(meter: Meter) -> None:
    meter.security_log.is_recorded = lambda code: code != 0x8F52


@rogue(
    "meter-security-log-cleared",
    "Clears the security log with the event log",
    requirement="SMETS-E-171",
    severity=Severity.CRITICAL,
    deviation="Clear Event Log empties the security log too.",
)
def security_log_cleared(meter: Meter) -> None:
    _cleared_too(meter, meter.security_log)


@rogue(
    "meter-power-event-log-cleared",
    "Clears the power event log with the event log",
    requirement="SMETS-E-172",
    severity=Severity.MAJOR,
    deviation="Clear Event Log empties the power event log too.",
)
def power_event_log_cleared(meter: Meter) -> None:
    _cleared_too(meter, meter.power_event_log)


@rogue(
    "meter-security-log-lost-in-outage",
    "Forgets its security log in an outage",
    requirement="SMETS-E-171",
    severity=Severity.CRITICAL,
    deviation="After an outage the security log is empty.",
)
def security_log_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(meter.security_log.clear)


@rogue(
    "meter-commands-logged-as-failed",
    "Logs each command as not carried out",
    requirement="SMETS-E-176",
    severity=Severity.MINOR,
    deviation="The event log has 8155 for commands that were carried out.",
)
def commands_logged_as_failed(meter: Meter) -> None:
    meter.command_log.code = lambda _payload: 0x8155


@rogue(
    "meter-voltage-logged-without-volts",
    "Logs a voltage event without the voltage",
    requirement="SMETS-E-176",
    severity=Severity.MINOR,
    deviation="The other information of a voltage event is zero.",
)
def voltage_logged_without_volts(meter: Meter) -> None:
    meter.voltage.on_event[:] = [lambda code, _volts: meter.report(code, other=0)]


@rogue(
    "meter-user-commands-logged-without-which",
    "Does not log what a user wanted",
    requirement="SMETS-E-176",
    severity=Severity.MINOR,
    deviation="The other information of a user's command is that of another one.",
)
def user_commands_logged_without_which(meter: Meter) -> None:
    sound = meter.event_log.write

    def write(code: int, other: bytes | int | None = None, *, at: datetime | None = None) -> None:
        sound(code, bytes(2) if code in (0x8161, 0x8162) else other, at=at)

    meter.event_log.write = write  # type: ignore[method-assign]


@rogue(
    "meter-alert-choice-ignored",
    "Sends alerts that were turned off",
    requirement="SMETS-E-091",
    severity=Severity.MINOR,
    deviation="Choices about alerts are stored and not looked at.",
)
def alert_choice_ignored(meter: Meter) -> None:
    meter.alerts.is_wanted = lambda _code: True
    meter.is_told = lambda code: ALERTS[code].is_sent


@rogue(
    "meter-alert-choice-for-all",
    "Turns all voltage alerts off with one",
    requirement="SMETS-E-091",
    severity=Severity.MAJOR,
    deviation="The choice about alert 8020 counts for 8028 too.",
)
def alert_choice_for_all(meter: Meter) -> None:
    sound = meter.is_told
    meter.is_told = lambda code: sound(0x8020 if code == 0x8028 else code) and sound(code)


@rogue(
    "meter-alert-off-for-good",
    "Does not turn an alert on again",
    requirement="SMETS-E-091",
    severity=Severity.MAJOR,
    deviation="What was once turned off stays off.",
)
def alert_off_for_good(meter: Meter) -> None:
    sound, off = meter.alert_settings.choose, set[tuple[Behaviour, int]]()

    def choose(behaviour: Behaviour, code: int, is_enabled: bool) -> None:
        if not is_enabled:
            off.add((behaviour, code))
        sound(behaviour, code, is_enabled and (behaviour, code) not in off)

    meter.alert_settings.choose = choose  # type: ignore[method-assign]


@rogue(
    "meter-alert-choice-is-log-choice",
    "Does not log what it does not tell",
    requirement="SMETS-E-091",
    severity=Severity.MAJOR,
    deviation="The choice about an alert is taken for the log too.",
)
def alert_choice_is_log_choice(meter: Meter) -> None:
    sound = meter.alert_settings.choose

    def choose(behaviour: Behaviour, code: int, is_enabled: bool) -> None:
        sound(behaviour, code, is_enabled)
        if behaviour is Behaviour.WAN_ALERT:
            sound(Behaviour.LOGGING, code, is_enabled)

    meter.alert_settings.choose = choose  # type: ignore[method-assign]


@rogue(
    "meter-log-choice-ignored",
    "Logs what was not to be logged",
    requirement="SMETS-E-177",
    severity=Severity.MINOR,
    deviation="Choices about logging are stored and not looked at.",
)
def log_choice_ignored(meter: Meter) -> None:
    meter.is_logged_in = lambda code, log: log in ALERTS[code].logs
    meter.event_log.is_wanted = meter.power_event_log.is_wanted = lambda _code: True


@rogue(
    "meter-settings-read-as-delivered",
    "Reads alert settings back as it was delivered",
    requirement="SMETS-E-177",
    severity=Severity.MINOR,
    deviation="What is read of the alert settings is what held before any choice.",
)
def settings_read_as_delivered(meter: Meter) -> None:
    settings = meter.alert_settings

    def read(behaviour: Behaviour, high: int) -> str:
        codes = range(high << 8 | 0xFF, (high << 8) - 1, -1)
        return "".join("1" if settings.default(behaviour, code) else "0" for code in codes)

    settings.read_bits = read  # type: ignore[method-assign]


@rogue(
    "meter-critical-alerts-turned-off",
    "Lets a supplier turn critical alerts off",
    requirement="SMETS-E-175",
    severity=Severity.CRITICAL,
    deviation="With any alert of the supplier turned off, those about covers are off too.",
)
def critical_alerts_turned_off(meter: Meter) -> None:
    sound = meter.alert_settings.choose

    def choose(behaviour: Behaviour, code: int, is_enabled: bool) -> None:
        sound(behaviour, code, is_enabled)
        if behaviour is Behaviour.WAN_ALERT and not is_enabled:
            meter.alerts.silenced.update(_COVERS)

    meter.alert_settings.choose = choose  # type: ignore[method-assign]
