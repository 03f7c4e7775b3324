"""Meters that watch the voltage wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.voltage import LastingLevel
from rigs.devices.esme.voltage_settings import Level
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-average-over-one-volt-high",
    "Sees an average over-voltage one volt too late",
    requirement="SMETS-E-081",
    severity=Severity.MAJOR,
    deviation="The average over-voltage threshold acts one volt above its value.",
)
def average_over_one_volt_high(meter: Meter) -> None:
    meter.voltage.average_over.error_volts = Decimal(1)


@rogue(
    "meter-average-over-one-volt-low",
    "Sees an average over-voltage that is none",
    requirement="SMETS-E-081",
    severity=Severity.MAJOR,
    deviation="The average over-voltage threshold acts one volt below its value.",
)
def average_over_one_volt_low(meter: Meter) -> None:
    meter.voltage.average_over.error_volts = Decimal(-1)


@rogue(
    "meter-average-under-one-volt-low",
    "Sees an average under-voltage one volt too late",
    requirement="SMETS-E-082",
    severity=Severity.MAJOR,
    deviation="The average under-voltage threshold acts one volt below its value.",
)
def average_under_one_volt_low(meter: Meter) -> None:
    meter.voltage.average_under.error_volts = Decimal(-1)


@rogue(
    "meter-extreme-over-one-volt-high",
    "Sees an extreme over-voltage one volt too late",
    requirement="SMETS-E-083",
    severity=Severity.MAJOR,
    deviation="The extreme over-voltage threshold acts one volt above its value.",
)
def extreme_over_one_volt_high(meter: Meter) -> None:
    meter.voltage.extreme_over.error_volts = Decimal(1)


@rogue(
    "meter-extreme-under-one-volt-high",
    "Sees an extreme under-voltage that is none",
    requirement="SMETS-E-084",
    severity=Severity.MAJOR,
    deviation="The extreme under-voltage threshold acts one volt above its value.",
)
def extreme_under_one_volt_high(meter: Meter) -> None:
    meter.voltage.extreme_under.error_volts = Decimal(1)


@rogue(
    "meter-extreme-over-too-patient",
    "Waits too long before it reports an extreme over-voltage",
    requirement="SMETS-E-088",
    severity=Severity.MINOR,
    deviation="The period of the extreme over-voltage is two seconds too long.",
)
def extreme_over_too_patient(meter: Meter) -> None:
    meter.voltage.extreme_over.error_time = timedelta(seconds=2)


@rogue(
    "meter-extreme-under-too-hasty",
    "Reports an extreme under-voltage before its time",
    requirement="SMETS-E-088",
    severity=Severity.MINOR,
    deviation="The period of the extreme under-voltage is two seconds too short.",
)
def extreme_under_too_hasty(meter: Meter) -> None:
    meter.voltage.extreme_under.error_time = timedelta(seconds=-2)


@rogue(
    "meter-average-repeated",
    "Reports an over-voltage in every period",
    requirement="SMETS-E-081",
    severity=Severity.MAJOR,
    deviation="Each period above the threshold raises event, alert and counter again.",
)
def average_repeated(meter: Meter) -> None:
    meter.voltage.average_over.is_news = lambda was, is_beyond: was or is_beyond


@rogue(
    "meter-average-return-not-reported",
    "Does not report that the average is back",
    requirement="SMETS-E-081",
    severity=Severity.MAJOR,
    deviation="Alerts 8085 and 8089 are never sent.",
)
def average_return_not_reported(meter: Meter) -> None:
    meter.alerts.silenced |= {0x8085, 0x8089}


@rogue(
    "meter-extreme-return-not-reported",
    "Does not report the end of an extreme voltage",
    requirement="SMETS-E-083",
    severity=Severity.MAJOR,
    deviation="Alerts 808D and 8095 are never sent.",
)
def extreme_return_not_reported(meter: Meter) -> None:
    meter.alerts.silenced |= {0x808D, 0x8095}


@rogue(
    "meter-average-under-as-over",
    "Reports an under-voltage as an over-voltage",
    requirement="SMETS-E-082",
    severity=Severity.MAJOR,
    deviation="An average below the threshold has event and alert 8002.",
)
def average_under_as_over(meter: Meter) -> None:
    meter.voltage.average_under.codes[True] = 0x8002


@rogue(
    "meter-voltage-counter-not-reset",
    "Keeps a counter that it was told to reset",
    requirement="SMETS-E-089",
    severity=Severity.MINOR,
    deviation="The over-voltage counter keeps its value when it is reset.",
)
def voltage_counter_not_reset(meter: Meter) -> None:
    meter.voltage.average_over.counter_after_reset = lambda counter: counter


@rogue(
    "meter-voltage-counter-lost",
    "A new threshold resets the counter",
    requirement="SMETS-E-089",
    severity=Severity.MINOR,
    deviation="Setting the over-voltage threshold also resets its counter.",
)
def voltage_counter_lost(meter: Meter) -> None:
    meter.voltage.average_over.counter_after_configuring = lambda _: 0


@rogue(
    "meter-voltage-log-misdated",
    "Dates an average by the start of its period",
    requirement="SMETS-E-080",
    severity=Severity.MINOR,
    deviation="An entry of the voltage log carries the start of its period.",
)
def voltage_log_misdated(meter: Meter) -> None:
    meter.voltage.stamp = lambda: meter.now() - timedelta(seconds=meter.voltage.average.period_s)


@rogue(
    "meter-swell-one-volt-high",
    "Sees a swell one volt too late",
    requirement="SMETS-E-085",
    severity=Severity.MINOR,
    deviation="The threshold of a swell acts one volt above its value.",
)
def swell_one_volt_high(meter: Meter) -> None:
    meter.voltage.swell.error_volts = Decimal(1)


@rogue(
    "meter-sag-too-patient",
    "Waits too long before it reports a sag",
    requirement="SMETS-E-086",
    severity=Severity.MINOR,
    deviation="The period of a sag is two seconds too long.",
)
def sag_too_patient(meter: Meter) -> None:
    meter.voltage.sag.error_time = timedelta(seconds=2)


@rogue(
    "meter-sag-as-extreme",
    "Reports a sag as an extreme under-voltage",
    requirement="SMETS-E-086",
    severity=Severity.MAJOR,
    deviation="A sag has the codes of an extreme under-voltage.",
)
def sag_as_extreme(meter: Meter) -> None:
    meter.voltage.sag.codes = dict(meter.voltage.extreme_under.codes)


@rogue(
    "meter-voltage-monitor-never-off",
    "Watches a voltage that it was not to watch",
    requirement="SMETS-E-087",
    severity=Severity.MINOR,
    deviation="A period of zero is taken for one second.",
)
def voltage_monitor_never_off(meter: Meter) -> None:
    sound_level, sound_average = meter.voltage.set_level, meter.voltage.set_average_period

    def set_level(level: LastingLevel, setting: Level) -> None:
        sound_level(level, replace(setting, period_s=setting.period_s or 1))

    def set_average_period(seconds: int) -> None:
        sound_average(seconds or 600)

    meter.voltage.set_level = set_level  # type: ignore[method-assign]
    meter.voltage.set_average_period = set_average_period  # type: ignore[method-assign]


@rogue(
    "meter-voltage-not-logged",
    "Keeps no record of the voltage",
    requirement="SMETS-E-090",
    severity=Severity.MAJOR,
    deviation="The power event log gets no entries about voltages.",
)
def voltage_not_logged(meter: Meter) -> None:
    meter.power_event_log.is_recorded = lambda code: code >= 0x8F00
