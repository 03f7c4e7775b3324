"""Displays and load switches of the home that mislead in one item or one moment."""

from __future__ import annotations

from datetime import timedelta

from rigs.devices.hcalcs import LoadControlSwitch
from rigs.devices.ppmid import Asked, PrepaymentDisplay, Result
from rigs.devices.type2 import InHomeDisplay
from rigs.devices.type2.reader import PowerBand
from rigs.devices.type2.screen import kilo
from rigs.rogues.row import Severity, Subject, planter

ppmid, hcalcs, ihd = (planter(s) for s in (Subject.PPMID, Subject.HCALCS, Subject.IHD))


@ihd(
    "ihd-always-medium",
    "Shows medium power whatever is drawn",
    requirement="SMETS-D-003",
    severity=Severity.MINOR,
    deviation="The ambient indication stays medium.",
)
def always_medium(display: InHomeDisplay) -> None:
    display.band_of = lambda _watts, _low, _high: PowerBand.MEDIUM


@ihd(
    "ihd-tenfold",
    "Shows ten times what there is",
    requirement="SMETS-D-001",
    severity=Severity.MAJOR,
    deviation="Power and energy have their decimal point one place too far right.",
)
def tenfold(display: InHomeDisplay) -> None:
    display.screen.kilo = lambda number: kilo(10 * number)


@ihd(
    "ihd-always-in-summer",
    "Shows summer time in winter",
    requirement="SMETS-D-002",
    severity=Severity.MINOR,
    deviation="The local time is an hour ahead of UTC all year.",
)
def always_in_summer(display: InHomeDisplay) -> None:
    display.screen.local_time = lambda utc: utc + timedelta(hours=1)


@ihd(
    "ihd-stays-dark",
    "Does not come back after an outage",
    requirement="SMETS-D-008",
    severity=Severity.MAJOR,
    deviation="After a loss of supply the display stays dark.",
)
def stays_dark(display: InHomeDisplay) -> None:
    lost: list[object] = []
    sound = display.screen.is_lit
    display.power.on_lost.append(lost.append)
    display.screen.is_lit = lambda: sound() and not lost


@ppmid(
    "ppmid-supply-always-on",
    "Says that the supply was switched on before it knows",
    requirement="SMETS-I-003",
    severity=Severity.CRITICAL,
    deviation="A request to switch a supply on is shown as accepted, whoever it was to.",
)
def supply_always_on(display: PrepaymentDisplay) -> None:
    display.shown_result = lambda asked, result: (
        Result.ACCEPTED if asked is Asked.ENABLE_SUPPLY else result
    )


@hcalcs(
    "hcalcs-closed-when-nobody-commands",
    "Is closed where nobody commands it",
    requirement="SMETS-H-004",
    severity=Severity.CRITICAL,
    deviation="The safe state that a meter names before any command is taken for closed.",
)
def closed_when_nobody_commands(switch: LoadControlSwitch) -> None:
    sound = switch.actuate
    switch.actuate = lambda closed: sound(
        closed or (switch.event is not None and not switch.event.event_id)
    )
