"""Meters whose display and buttons mislead, or tell what is private."""

from __future__ import annotations

from datetime import timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import DisplayItem, Indicator
from rigs.devices.esme.display_sources import kilowatt_hours
from rigs.devices.esme.user_interface import Button, UserCommand
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-pin-any",
    "Takes any four digits for the PIN",
    requirement="SMETS-E-160",
    severity=Severity.CRITICAL,
    deviation="Every entry of four digits opens what is behind the privacy PIN.",
)
def pin_any(meter: Meter) -> None:
    meter.user_interface.pin.accepts = lambda _pin, _entry: True


@rogue(
    "meter-pin-unordered",
    "Takes the digits of the PIN in any order",
    requirement="SMETS-E-160",
    severity=Severity.MAJOR,
    deviation="The digits of the privacy PIN are compared without their order.",
)
def pin_unordered(meter: Meter) -> None:
    meter.user_interface.pin.accepts = lambda pin, entry: sorted(pin) == sorted(entry)


@rogue(
    "meter-pin-refused",
    "Refuses the right PIN",
    requirement="SMETS-E-160",
    severity=Severity.MAJOR,
    deviation="No entry opens what is behind the privacy PIN.",
)
def pin_refused(meter: Meter) -> None:
    meter.user_interface.pin.accepts = lambda _pin, _entry: False


@rogue(
    "meter-pin-stays-open",
    "Leaves open what the PIN has opened",
    requirement="SMETS-E-160",
    severity=Severity.CRITICAL,
    deviation="What the privacy PIN has opened is not closed when nobody is there any more.",
)
def pin_stays_open(meter: Meter) -> None:
    meter.user_interface.pin.close = lambda: None  # type: ignore[method-assign]


@rogue(
    "meter-pin-lost-in-outage",
    "Forgets the PIN in an outage",
    requirement="SMETS-E-160",
    severity=Severity.MAJOR,
    deviation="After an outage there is no privacy PIN.",
)
def pin_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(meter.user_interface.pin.disable)


@rogue(
    "meter-pin-overwritten",
    "Lets anybody set a new PIN",
    requirement="SMETS-E-160",
    severity=Severity.CRITICAL,
    deviation="A new privacy PIN is taken without the one before.",
)
def pin_overwritten(meter: Meter) -> None:
    pin = meter.user_interface.pin
    size, sound = meter.user_interface.dialogues[UserCommand.SET_PRIVACY_PIN]

    def take(digits: str) -> bool:
        pin.disable()
        return sound(digits)

    meter.user_interface.dialogues[UserCommand.SET_PRIVACY_PIN] = (size, take)


@rogue(
    "meter-pin-not-disabled",
    "Keeps a PIN that the supplier takes away",
    requirement="SMETS-E-160",
    severity=Severity.MAJOR,
    deviation="Disable Privacy PIN is acknowledged and has no effect.",
)
def pin_not_disabled(meter: Meter) -> None:
    meter.user_interface.pin.disable = lambda: None  # type: ignore[method-assign]


@rogue(
    "meter-balance-unprotected",
    "Shows the balance to everybody",
    requirement="SMETS-E-161",
    severity=Severity.MAJOR,
    deviation="The meter balance is not behind the privacy PIN.",
)
def balance_unprotected(meter: Meter) -> None:
    meter.display.protected -= {DisplayItem.METER_BALANCE}


@rogue(
    "meter-register-protected",
    "Hides its register behind the PIN",
    requirement="SMETS-E-161",
    severity=Severity.MINOR,
    deviation="The import register is behind the privacy PIN.",
)
def register_protected(meter: Meter) -> None:
    meter.display.protected |= {DisplayItem.IMPORT, DisplayItem.SUPPLY_STATE}


@rogue(
    "meter-supplier-name-cut",
    "Cuts the supplier's name",
    requirement="SMETS-E-163",
    severity=Severity.MINOR,
    deviation="Of the supplier's name the first fourteen characters are shown.",
)
def supplier_name_cut(meter: Meter) -> None:
    meter.display.sources[DisplayItem.SUPPLIER_NAME] = lambda: meter.contact.supplier_name[:14]


@rogue(
    "meter-message-cut",
    "Cuts the supplier's message",
    requirement="SMETS-E-163",
    severity=Severity.MINOR,
    deviation="Of a message the first hundred characters are shown.",
)
def message_cut(meter: Meter) -> None:
    sound = meter.display.show
    meter.display.show = lambda text: sound(text[:100])


@rogue(
    "meter-message-unmarked",
    "Does not say that there is a message",
    requirement="SMETS-E-163",
    severity=Severity.MINOR,
    deviation="The sign of an unread message never appears.",
)
def message_unmarked(meter: Meter) -> None:
    meter.display.indicators[Indicator.MESSAGE] = lambda: False


@rogue(
    "meter-message-lost-in-outage",
    "Forgets a message in an outage",
    requirement="SMETS-E-163",
    severity=Severity.MINOR,
    deviation="After an outage there is no message.",
)
def message_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.display.show(""))


@rogue(
    "meter-acknowledgement-unreported",
    "Does not tell that a message was read",
    requirement="SMETS-E-163",
    severity=Severity.MINOR,
    deviation="Alert 81A6 is never sent.",
)
def acknowledgement_unreported(meter: Meter) -> None:
    meter.alerts.silenced.add(0x81A6)


@rogue(
    "meter-customer-number-not-shown",
    "Shows no customer identification number",
    requirement="SMETS-E-162",
    severity=Severity.MAJOR,
    deviation="The customer identification number is taken and never shown.",
)
def customer_number_not_shown(meter: Meter) -> None:
    meter.display.sources[DisplayItem.CUSTOMER_IDENTIFICATION] = lambda: ""


@rogue(
    "meter-shows-supply-on",
    "Shows a supply that is off as on",
    requirement="SMETS-E-166",
    severity=Severity.CRITICAL,
    deviation="The display says SUPPLY ON in every state, without a sign.",
)
def shows_supply_on(meter: Meter) -> None:
    meter.display.sources[DisplayItem.SUPPLY_STATE] = lambda: "SUPPLY ON"
    meter.display.indicators[Indicator.DISABLED] = lambda: False


@rogue(
    "meter-shows-supply-off",
    "Shows a supply that is on as off",
    requirement="SMETS-E-166",
    severity=Severity.MAJOR,
    deviation="The sign of a supply that is off is on in every state.",
)
def shows_supply_off(meter: Meter) -> None:
    meter.display.indicators[Indicator.DISABLED] = lambda: True


@rogue(
    "meter-shows-no-network",
    "Shows no home area network where there is one",
    requirement="SMETS-E-166",
    severity=Severity.MINOR,
    deviation="The display says NO HAN whether or not the meter has joined.",
)
def shows_no_network(meter: Meter) -> None:
    meter.display.sources[DisplayItem.NETWORK_STATUS] = lambda: "NO HAN"


@rogue(
    "meter-no-prompt-to-connect",
    "Does not say that the supply can be connected",
    requirement="SMETS-E-164",
    severity=Severity.MAJOR,
    deviation="The sign of an armed supply never appears.",
)
def no_prompt_to_connect(meter: Meter) -> None:
    meter.display.indicators[Indicator.ARMED] = lambda: False


@rogue(
    "meter-rate-from-zero",
    "Numbers its rates from zero on the display",
    requirement="SMETS-E-164",
    severity=Severity.MINOR,
    deviation="The active rate is shown one too low.",
)
def rate_from_zero(meter: Meter) -> None:
    operation = meter.tariffs.primary.operation
    meter.display.sources[DisplayItem.TARIFF_RATE] = lambda: (
        f"RATE {operation.rate.time_of_use - 1}"
    )


@rogue(
    "meter-register-rounded-up",
    "Shows energy that has not passed",
    requirement="SMETS-E-167",
    severity=Severity.MAJOR,
    deviation="The register on the display is rounded to the nearest kilowatt-hour.",
)
def register_rounded_up(meter: Meter) -> None:
    sources = meter.display.sources
    sources[DisplayItem.IMPORT] = lambda: kilowatt_hours(meter.import_watt_hours() + 500)


@rogue(
    "meter-menu-times-out-early",
    "Goes back to the start too early",
    requirement="SMETS-E-168",
    severity=Severity.MINOR,
    deviation="The menu goes back to the default display after twenty seconds.",
)
def menu_times_out_early(meter: Meter) -> None:
    meter.user_interface.timeout = timedelta(seconds=20)


@rogue(
    "meter-menu-never-times-out",
    "Stays where somebody left it",
    requirement="SMETS-E-168",
    severity=Severity.MINOR,
    deviation="The menu goes back to the default display after a day.",
)
def menu_never_times_out(meter: Meter) -> None:
    meter.user_interface.timeout = timedelta(days=1)


@rogue(
    "meter-closes-on-touch",
    "Closes an armed supply on any touch",
    requirement="SMETS-E-129",
    severity=Severity.MAJOR,
    deviation="Any press of the second button closes an armed supply.",
)
def closes_on_touch(meter: Meter) -> None:
    meter.user_interface.is_deliberate = lambda _held: True


@rogue(
    "meter-closes-after-long-hold",
    "Wants the button held longer than it says",
    requirement="SMETS-E-129",
    severity=Severity.MINOR,
    deviation="The button must be held for three seconds.",
)
def closes_after_long_hold(meter: Meter) -> None:
    meter.user_interface.is_deliberate = lambda held: held >= timedelta(seconds=3)


@rogue(
    "meter-any-button-closes",
    "Closes an armed supply with any button",
    requirement="SMETS-E-129",
    severity=Severity.MAJOR,
    deviation="Each button, held, does what the second one does.",
)
def any_button_closes(meter: Meter) -> None:
    sound = meter.user_interface.press

    def press(button: Button, held: timedelta = timedelta(0)) -> None:
        sound(Button.CONFIRM if held else button, held)

    meter.user_interface.press = press  # type: ignore[method-assign]
