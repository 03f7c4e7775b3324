"""Displays and load switches of the home that show, ask or switch what they should not."""

from __future__ import annotations

from datetime import timedelta

from rigs.devices.firmware import ImageFault
from rigs.devices.firmware.firmware import VERSION_TOLD
from rigs.devices.han_requests import EnableSupply
from rigs.devices.hcalcs import LoadControlSwitch
from rigs.devices.ppmid import PrepaymentDisplay
from rigs.devices.type2 import InHomeDisplay
from rigs.devices.type2.reader import PowerBand
from rigs.rogues.row import Severity, Subject, planter

_BAD_SIGNATURE = ImageFault.BAD_SIGNATURE
ppmid, hcalcs, ihd = (planter(s) for s in (Subject.PPMID, Subject.HCALCS, Subject.IHD))


@ppmid(
    "ppmid-says-accepted",
    "Says that a code was accepted whatever the meter says",
    requirement="SMETS-I-002",
    severity=Severity.MAJOR,
    deviation="Every reply of an electricity meter is shown as accepted.",
)
def says_accepted(display: PrepaymentDisplay) -> None:
    display.is_accepted = lambda _: True


@ppmid(
    "ppmid-says-refused",
    "Says that emergency credit was refused whatever the meter says",
    requirement="SMETS-I-003",
    severity=Severity.MAJOR,
    deviation="Every reply of an electricity meter is shown as refused.",
)
def says_refused(display: PrepaymentDisplay) -> None:
    display.is_accepted = lambda _: False


@ppmid(
    "ppmid-asks-for-off",
    "Asks for no supply where it is to ask for one",
    requirement="SMETS-E-125",
    severity=Severity.CRITICAL,
    deviation="The request about the supply carries Supply OFF.",
)
def asks_for_off(display: PrepaymentDisplay) -> None:
    display.supply_request = lambda: EnableSupply(on=False)


@ppmid(
    "ppmid-firmware-untold",
    "Says nothing of its new firmware",
    requirement="SMETS-I-006",
    severity=Severity.MAJOR,
    deviation="No alert 8F8B, so that the DCC has nothing to forward.",
)
def firmware_untold(display: PrepaymentDisplay) -> None:
    display.alerts.silenced.add(VERSION_TOLD)


@ppmid(
    "ppmid-takes-any-image",
    "Takes firmware of anybody",
    requirement="SMETS-I-007",
    severity=Severity.CRITICAL,
    deviation="The signature of an image is not verified.",
)
def takes_any_image(display: PrepaymentDisplay) -> None:
    verifier = display.firmware.verifier
    verifier.checks = tuple(row for row in verifier.checks if row[0] is not _BAD_SIGNATURE)


@ppmid(
    "ppmid-never-runs-an-image",
    "Tells of firmware that it does not run",
    requirement="SMETS-I-007",
    severity=Severity.MAJOR,
    deviation="A sound image is told as a failure, and the old one goes on.",
)
def never_runs_an_image(display: PrepaymentDisplay) -> None:
    display.firmware.can_run = lambda _: False


@ppmid(
    "ppmid-reads-its-first-version",
    "States the version that it was made with",
    requirement="SMETS-I-007",
    severity=Severity.MINOR,
    deviation="A read of the version gives that of the factory for ever.",
)
def reads_its_first_version(display: PrepaymentDisplay) -> None:
    made_with = display.firmware.version
    display.firmware.read_version = lambda: made_with


@hcalcs(
    "hcalcs-never-closes",
    "Never closes its contacts",
    requirement="SMETS-H-004",
    severity=Severity.MAJOR,
    deviation="The contactor does not follow an event that closes it.",
)
def never_closes(switch: LoadControlSwitch) -> None:
    switch.actuate = lambda _closed: None


@hcalcs(
    "hcalcs-never-opens",
    "Never opens its contacts again",
    requirement="SMETS-H-002",
    severity=Severity.CRITICAL,
    deviation="Once closed, the contactor stays closed.",
)
def never_opens(switch: LoadControlSwitch) -> None:
    def actuate(closed: bool) -> None:
        if closed:
            switch.contactor.close()

    switch.actuate = actuate


@hcalcs(
    "hcalcs-trusts-lost-link",
    "Stays closed when it hears nothing of its meter",
    requirement="SMETS-H-002",
    severity=Severity.CRITICAL,
    deviation="A lost link is never noticed.",
)
def trusts_lost_link(switch: LoadControlSwitch) -> None:
    switch.patience = timedelta(days=3650)


@hcalcs(
    "hcalcs-impatient",
    "Opens ten minutes after its meter's last word",
    requirement="SMETS-H-002",
    severity=Severity.MAJOR,
    deviation="The link counts as lost after ten minutes.",
)
def impatient(switch: LoadControlSwitch) -> None:
    switch.patience = timedelta(minutes=10)


@ihd(
    "ihd-follows-each-minute",
    "Follows its meter each minute",
    requirement="SMETS-D-001",
    severity=Severity.MINOR,
    deviation="A change of power is shown after up to 60 seconds.",
)
def follows_each_minute(display: InHomeDisplay) -> None:
    display.every = timedelta(minutes=1)


@ihd(
    "ihd-shows-utc",
    "Shows UTC in summer",
    requirement="SMETS-D-002",
    severity=Severity.MINOR,
    deviation="The local time has no British Summer Time.",
)
def shows_utc(display: InHomeDisplay) -> None:
    display.screen.local_time = lambda utc: utc


@ihd(
    "ihd-money-in-pence",
    "Shows pence for pounds",
    requirement="SMETS-D-009",
    severity=Severity.MAJOR,
    deviation="Amounts are a hundred times too high.",
)
def money_in_pence(display: InHomeDisplay) -> None:
    sound = display.screen.pounds
    display.screen.pounds = lambda millipence: sound(100 * millipence)


@ihd(
    "ihd-always-low",
    "Shows low power whatever is drawn",
    requirement="SMETS-D-003",
    severity=Severity.MINOR,
    deviation="The ambient indication stays low.",
)
def always_low(display: InHomeDisplay) -> None:
    display.band_of = lambda _watts, _low, _high: PowerBand.LOW


@ihd(
    "ihd-names-its-meter",
    "Shows another identifier than its own",
    requirement="SMETS-D-008",
    severity=Severity.MINOR,
    deviation="The identifier that is shown is that of the meter.",
)
def names_its_meter(display: InHomeDisplay) -> None:
    display.screen.derived = {**display.screen.derived, "identifier": str}


@ihd(
    "ihd-on-battery",
    "Goes on without mains",
    requirement="SMETS-D-008",
    severity=Severity.MINOR,
    deviation="The display shows old values while there is no supply.",
)
def on_battery(display: InHomeDisplay) -> None:
    display.screen.is_lit = lambda: True
